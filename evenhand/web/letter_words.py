"""Letters in plain words: what each kind is, how far one has come, and what it owes the customer."""

from collections.abc import Mapping
from types import MappingProxyType

from evenhand.cases.reading import LetterRow
from evenhand.policy.events.correspondence import Delivery
from evenhand.policy.need import LetterFormat
from evenhand.policy.standing.correspondence import Post

STATEMENT_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "what": "what it is about",
        "why": "why we write",
        "next": "what happens next",
        "until": "until when, or by when",
        "complain": "how to complain",
        "ombudsman": "how to reach the Ombudsman",
        "advocate": "where to find an advocate",
        "undecided": "that nothing is decided yet",
        "account.invite": "how to give their account",
        "account.support": "that help and support are there for the asking",
        "decision": "what we decided",
        "forceful": "why this is more than forceful or determined",
        "stop": "what has to stop",
        "limits.how": "how they can contact us",
        "emergency.route": "how to reach us in an emergency",
        "appeal.route": "how to ask us to look again",
        "appeal.last_day": "the last day to ask",
        "appeal.help": "who can help them to ask",
        "marker.shows": "what the marker shows",
        "marker.audience": "who sees the marker",
        "rights.see": "their right to see what we hold",
        "rights.correct": "their right to have it put right",
        "rights.object": "their right to object",
        "rights.ico": "how to reach the Information Commissioner",
        "respond": "how and by when to answer",
        "shares": "what we share, and with whom",
        "withdraw": "how to change their mind",
        "advice": "where to get independent legal advice",
    }
)
"""Each statement that some letter may not leave out, as the end of "It says …"."""

HOW: Mapping[Delivery, str] = MappingProxyType(
    {Delivery.EMAIL: "By email", Delivery.POST: "By post", Delivery.BY_HAND: "By hand, or read to them"}
)
READY_MADE = tuple(each for each in LetterFormat if not each.is_made_elsewhere)
"""The formats that a file exists of at once, the rest being made by people."""


def slug(format: LetterFormat) -> str:
    """A format's word in an address: "large-print"."""
    return format.name.lower().replace("_", "-")


def format_of(word: str) -> LetterFormat | None:
    """The ready-made format that a word in an address stands for, or none."""
    return next((each for each in READY_MADE if slug(each) == word), None)


def state_of(row: LetterRow) -> str:
    """How far a letter has come, in words that say what it waits for."""
    if row.post == Post.ISSUED:
        match Delivery(row.delivery):
            case Delivery.EMAIL:
                return "Waits to be emailed"
            case Delivery.BY_HAND:
                return "Waits to be handed over"
        return "Printed, not posted yet" if row.batch_id else "Waits to be printed"
    words = str(row.post)
    return f"{words[0].upper()}{words[1:]}"


def state_kind(row: LetterRow) -> str:
    """Which kind of badge that state wears."""
    kinds = {Post.DRAFT: "due", Post.UNCERTAIN: "danger", Post.RETURNED: "danger", Post.SENT: "good"}
    return kinds.get(Post(row.post), "")

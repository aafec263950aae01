"""What to do next with a letter: in words, and as the acts that make sense where it stands."""

from dataclasses import dataclass
from typing import Any

from evenhand.cases.letter_file import LetterFile
from evenhand.cases.reading import CaseFile
from evenhand.doors.acts import remedy_page, remedy_words
from evenhand.doors.verb_words import words_of
from evenhand.policy import overtaken
from evenhand.policy.events.correspondence import Delivery
from evenhand.policy.occasion import Occasion
from evenhand.policy.standing.correspondence import Post
from evenhand.policy.verbs import VERBS
from evenhand.web import way
from evenhand.web.templatetags.words import day

ACTS = {
    Post.DRAFT: ("correspondence.approve", "correspondence.set_aside"),
    Post.ISSUED: ("correspondence.send", "correspondence.set_aside"),
    Post.UNCERTAIN: ("correspondence.confirm_sent", "correspondence.approve", "correspondence.set_aside"),
    Post.RETURNED: ("correspondence.approve", "correspondence.set_aside"),
    Post.SENT: ("correspondence.take_back", "correspondence.prove_receipt"),
    Post.SET_ASIDE: (),
}
"""What may be done with a letter in each state, the likeliest first."""
ALWAYS_SAID = {"correspondence.approve", "correspondence.confirm_sent", "correspondence.deliver_format"}
"""Acts whose refusal is worth a reader's time; the others are simply not offered while they cannot be done."""
AGAIN = "Approve the letter again"


@dataclass(frozen=True, slots=True)
class Step:
    """One act as a link, or what stands in its way for this viewer."""

    words: str
    href: str
    id: str
    objections: tuple[dict[str, Any], ...] = ()

    @property
    def waits(self) -> str:
        """The act by its name, over what stands in its way."""
        return f"You cannot do this yet: {self.words[:1].lower()}{self.words[1:]}"


def steps(file: CaseFile, letter: LetterFile, now: Occasion) -> tuple[list[Step], list[Step]]:
    """The acts open to the viewer, and those that are not with the reasons."""
    open_, closed = [], []
    aside_first = bool(out_of_date(file, letter))
    for verb in sorted(acts(letter), key=lambda verb: aside_first and verb != "correspondence.set_aside"):
        objections = tuple(dict.fromkeys(VERBS[verb].objections(file.case, now, letter.standing.id)))
        href = way.to_verb(file.reference, verb, letter.standing.id)
        again = verb == "correspondence.approve" and letter.row.post != Post.DRAFT
        step = Step(
            AGAIN if again else by_hand(verb),
            href,
            verb.partition(".")[2],
            tuple(
                {
                    "words": o.words,
                    "promise": o.promise,
                    "href": "" if o.remedy == "correspondence.set_aside" else remedy_page(file.reference, o.remedy),
                    "remedy": remedy_words(o.remedy),
                }
                for o in objections
            ),
        )
        if not objections:
            open_.append(step)
        elif verb in ALWAYS_SAID and not (aside_first and verb == "correspondence.approve"):
            # Why a letter that is out of date is not approved, the advice above has said.
            closed.append(step)
    return open_, closed


def acts(letter: LetterFile) -> list[str]:
    """The names of the verbs that make sense where the letter stands."""
    found = [verb for verb in ACTS[letter.standing.post] if verb != "correspondence.send" or may_be_handed_over(letter)]
    if letter.standing.awaits_format:
        found.insert(0, "correspondence.deliver_format")
    return found


def by_hand(verb: str) -> str:
    return "Record that it was handed over" if verb == "correspondence.send" else words_of(verb)


def may_be_handed_over(letter: LetterFile) -> bool:
    """Not one by email: it may be on its way this very moment."""
    return letter.row.delivery != Delivery.EMAIL


def out_of_date(file: CaseFile, letter: LetterFile) -> str:
    """Why a letter that has not gone is not to go any more; empty where it is."""
    unsent = letter.standing.post in overtaken.UNSENT
    return overtaken.why(file.case, letter.standing, file.day) if unsent else ""


def advice(file: CaseFile, letter: LetterFile) -> str:
    """What the letter waits for, and what whoever reads this may do about it."""
    row = letter.row
    if over := out_of_date(file, letter):
        return f"{over} {_out_of_date(letter)}"
    match letter.standing.post:
        case Post.DRAFT:
            return (
                "It waits for a person to approve it. Then it is dated, the last day to appeal is fixed if there is "
                "one, and it goes."
            )
        case Post.ISSUED:
            return _on_its_way(letter)
        case Post.UNCERTAIN:
            return (
                "Sending it was begun, and nobody knows whether it went. No machine tries again. Ask whoever runs our "
                f"mail whether message {row.message_id} left. If it did, say so here; if not, approve the letter again."
            )
        case Post.RETURNED:
            return (
                "It came back, so the customer may not know what it says. Find out how to reach them, then approve it "
                "again. The last day to appeal only ever moves later."
            )
        case Post.SET_ASIDE:
            return "What it tells no longer stands. It is kept, and never sent."
    return _after_sending(letter)


def _out_of_date(letter: LetterFile) -> str:
    if letter.row.batch and letter.standing.post is Post.ISSUED:
        return f"It is printed with batch {letter.row.batch.reference}. Take it out of the post, and set it aside."
    if letter.standing.post is Post.UNCERTAIN:
        return "If it went all the same, say so here. If not, set it aside: it is kept, and never sent."
    return "Set it aside: it is kept, and never sent."


def _on_its_way(letter: LetterFile) -> str:
    row = letter.row
    match Delivery(row.delivery):
        case Delivery.EMAIL if row.trouble:
            return "Our mail server could not be reached. It is tried again by itself, for a day."
        case Delivery.EMAIL:
            return "It is sent by email within a few minutes. Nothing is left for you to do."
        case Delivery.BY_HAND:
            return "Put it into their hands, or read it to them. Then record it here."
    if row.batch:
        return f"It is printed with batch {row.batch.reference}. Post it, then mark the batch as posted."
    return "It waits to be printed and posted with the others. You may print it alone."


def _after_sending(letter: LetterFile) -> str:
    if letter.standing.awaits_format:
        return (
            f"It was sent. The customer needs it as {letter.format.value}: have that made and delivered, then record "
            "the day here. Only then does the time to appeal begin."
        )
    delivered = day(letter.standing.deemed_on)
    if letter.row.delivery == Delivery.BY_HAND:
        return f"It was handed over, and counts as delivered on {delivered}. If they got it later, record that here."
    return f"It was sent, and counts as delivered on {delivered}. If it comes back, record that here."

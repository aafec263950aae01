"""C2: the list behind every number: each contact, the figures it stands in, or why it does not count."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from evenhand.policy.conduct import Conduct
from evenhand.policy.demand.behind import Part, parts
from evenhand.policy.demand.exclusion import Reason, exclusions
from evenhand.policy.demand.log import Contact, History
from evenhand.policy.demand.measure import Measure
from evenhand.policy.demand.sentence import as_many, counted, in_words
from evenhand.policy.demand.terms import DemandTerms
from evenhand.policy.need import Channel
from evenhand.web.demand_chart import kind_in_words
from evenhand.web.templatetags.words import moment

Row = dict[str, Any]
"""One contact as a page, a file and a case keep it: plain words and numbers, and no key of the log."""
NOT_KNOWN = "Not known"
"""How long a contact took, where the log does not say: not that it took no time."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One contact with what was made of it. `parts` says what it is to each measure in whose days it came."""

    contact: Contact
    about: str
    reason: Reason | None
    parts: tuple[tuple[Conduct, Part], ...]

    @property
    def verdict(self) -> str:
        """ "Not counted: came while we were late" or "Counted: excessive emails", if it is in that figure."""
        if self.reason is not None:
            return f"Not counted: {as_many(self.reason.words, 1)}"
        kinds = [kind.value for kind, part in self.parts if part is Part.FIGURE]
        return f"Counted: {', '.join(kinds)}" if kinds else "Counted"

    @property
    def row(self) -> Row:
        one = self.contact
        who = "They contacted us" if one.inward else "We contacted them"
        return {
            "at": one.at.isoformat(),
            "when": str(moment(one.at)),
            "how": f"{who} {Channel(one.channel).words}" if one.channel else who,
            "channel": one.channel,
            "inward": one.inward,
            "minutes": one.minutes if one.timed else NOT_KNOWN,
            "team": one.team,
            "about": self.about,
            "reason": self.reason.value if self.reason else "",
            "verdict": self.verdict,
            "parts": {slug(kind): part.value for kind, part in self.parts},
        }


def slug(kind: Conduct) -> str:
    """A kind as an address and a file name it: "excessive-emails"."""
    return kind.name.lower().replace("_", "-")


def left_out(history: History, terms: DemandTerms) -> dict[str, Reason]:
    """Why each contact that does not count is left out, by its key."""
    return exclusions(history, terms)


def rows(history: History, terms: DemandTerms, found: Sequence[Measure] = ()) -> list[Listed]:
    """Every contact in order, with what was made of it; `found` are the measures whose figures it may stand in."""
    reasons = left_out(history, terms)
    told = list(zip([one.kind for one in found], parts(history, found, terms), strict=True))
    return [
        Listed(
            one,
            _about(one, history),
            reasons.get(one.ref),
            tuple((kind, of[one.ref]) for kind, of in told if one.ref in of),
        )
        for one in history.contacts
    ]


def _about(one: Contact, history: History) -> str:
    matter = history.matters.get(one.matter)
    return f"{kind_in_words(matter.kind)} of {in_words(matter.opened)}" if matter else "Nothing in particular"


def summary(listed: Sequence[Listed]) -> str:
    """The fair reading of the year, before anything else is said."""
    theirs = [one for one in listed if one.contact.inward]
    if not theirs:
        return "They did not contact us."
    ours = sum(one.reason is not None and one.reason.is_ours for one in theirs)
    good = sum(one.reason is not None for one in theirs) - ours
    told = [f"They contacted us {counted(len(theirs), 'time')}."]
    if ours == len(theirs):
        return f"{told[0]} All of these came while our work was late or not done."
    if ours:
        told.append(f"{ours} of these came while our work was late or not done.")
    if good:
        told.append(f"{good} more had another good reason." if ours else f"{good} of these had a good reason.")
    if not ours and not good:
        told.append("None came while our work was late, and no other reason is recorded.")
    left = len(theirs) - ours - good
    return " ".join([*told, f"That leaves {left or 'none'}." if ours or good else ""]).strip()


def reasons(listed: Iterable[Listed]) -> list[tuple[str, int]]:
    """Each reason for not counting, with how many, most first: for a chart."""
    found = Counter(one.reason for one in listed if one.reason)
    return [(_begun(reason.words), number) for reason, number in found.most_common()]


def _begun(words: str) -> str:
    return words[0].upper() + words[1:]

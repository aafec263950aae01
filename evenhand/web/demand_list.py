"""C2: the list behind every number: each contact, the kinds it shows, or why it does not count."""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from evenhand.policy.conduct import Conduct
from evenhand.policy.demand.exclusion import Reason, exclusions
from evenhand.policy.demand.kind import shown
from evenhand.policy.demand.log import Contact, History
from evenhand.policy.demand.sentence import as_many, counted, in_words
from evenhand.policy.demand.terms import DemandTerms
from evenhand.policy.need import Channel
from evenhand.web.demand_chart import kind_in_words
from evenhand.web.templatetags.words import moment

SHOWN = 20
"""How many of the contacts a page lists; the CSV has them all."""
COLUMNS = [
    {"words": "When"},
    {"words": "How"},
    {"words": "Minutes", "numeric": True},
    {"words": "About"},
    {"words": "Does it count?"},
]


@dataclass(frozen=True, slots=True)
class Listed:
    """One contact with what was made of it."""

    contact: Contact
    about: str
    reason: Reason | None
    kinds: tuple[Conduct, ...]

    @property
    def verdict(self) -> str:
        """ "Not counted: came while we were late" or "Counted: excessive emails"."""
        if self.reason is not None:
            return f"Not counted: {as_many(self.reason.words, 1)}"
        return f"Counted: {', '.join(kind.value for kind in self.kinds)}" if self.kinds else "Counted"

    @property
    def cells(self) -> list[Any]:
        one = self.contact
        who = "They contacted us" if one.inward else "We contacted them"
        how = f"{who} {Channel(one.channel).words}" if one.channel else who
        return [moment(one.at), how, {"words": one.minutes, "numeric": True}, self.about, self.verdict]


def left_out(history: History, terms: DemandTerms) -> dict[str, Reason]:
    """Why each contact that does not count is left out, by its key."""
    return exclusions(history, terms)


def rows(history: History, terms: DemandTerms) -> list[Listed]:
    """Every contact in order, with what was made of it."""
    reasons = left_out(history, terms)
    kinds: dict[str, list[Conduct]] = defaultdict(list)
    fair = [one for one in history.contacts if one.ref not in reasons]
    for kind, contacts in shown(history, fair, terms).items():
        for one in contacts:
            kinds[one.ref].append(kind)
    return [
        Listed(one, _about(one, history), reasons.get(one.ref), tuple(kinds.get(one.ref, ())))
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


def as_csv(listed: Iterable[Listed]) -> str:
    """The list with a heading row; no cell begins with what a spreadsheet would take for a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["at", "channel", "direction", "minutes", "team", "about", "counted", "why_not", "kinds"])
    for one in listed:
        told = one.contact
        writer.writerow(
            [
                told.at.isoformat(),
                told.channel,
                "in" if told.inward else "out",
                told.minutes,
                safe(told.team),
                safe(one.about),
                "no" if one.reason else "yes",
                one.reason.value if one.reason else "",
                "; ".join(kind.value for kind in one.kinds),
            ]
        )
    return text.getvalue()


def safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text

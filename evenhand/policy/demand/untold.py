"""C2: what a log does not say of its contacts, and what cannot be measured without it: unknown is not "no"."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from evenhand.policy.conduct import Conduct
from evenhand.policy.demand.log import SELDOM, Contact


class Mark(StrEnum):
    """A column of the contacts without which a kind of demand does not show, or without which none does."""

    SENIOR = "asked_for_senior"
    SPECIFIC = "specific"
    CHANNEL = "channel"
    MINUTES = "minutes"

    def words(self, they: str) -> str:
        """Finishes "Our records do not show …". `they` is "they", "you" or "customers"."""
        return _WORDS[self].format(they=they)


_WORDS = {
    Mark.SENIOR: "whether {they} asked for someone more senior",
    Mark.SPECIFIC: "whether {they} said what it was about",
    Mark.CHANNEL: "how {they} contacted us",
    Mark.MINUTES: "how long many contacts took",
}
RESTS_ON: Mapping[Conduct, Mark] = {
    Conduct.EXCESSIVE_EMAILS: Mark.CHANNEL,
    Conduct.SENIOR_ONLY: Mark.SENIOR,
    Conduct.NOT_SPECIFIC: Mark.SPECIFIC,
}
"""The mark that shows each of these kinds. The others show by days and matters."""


def untold(contacts: Iterable[Contact]) -> frozenset[Mark]:
    """The marks that more than one in ten of the contacts to the landlord lack."""
    lacks = [_lacks(one) for one in contacts if one.inward]
    return frozenset(mark for mark in Mark if seldom(sum(mark in one for one in lacks), len(lacks)))


def seldom(lacking: int, number: int) -> bool:
    """Whether so many rows lack a mark that it says nothing: more than one in ten."""
    return lacking * SELDOM > number


def unseen(shown: Iterable[Conduct], marks: Iterable[Mark]) -> list[Mark]:
    """The marks for want of which a kind could not be measured, in order. In: the kinds that show all the same."""
    seen = {RESTS_ON[kind] for kind in shown if kind in RESTS_ON}
    return [mark for mark in Mark if mark in marks and mark not in seen]


def _lacks(one: Contact) -> frozenset[Mark]:
    said = {
        Mark.SENIOR: one.asked_for_senior is not None,
        Mark.SPECIFIC: one.specific is not None,
        Mark.CHANNEL: bool(one.channel),
        Mark.MINUTES: one.timed,
    }
    return frozenset(mark for mark, is_said in said.items() if not is_said)

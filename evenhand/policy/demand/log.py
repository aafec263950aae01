"""C2: what a landlord's log says of one customer: contacts, and the matters they were about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from evenhand.policy.need import Channel, Need


class Caller(StrEnum):
    """Who spoke or wrote."""

    SELF = "self"
    INTERPRETER = "interpreter"
    ADVOCATE = "advocate"


class Column(StrEnum):
    """What a landlord's log may or may not record. A column that is missing is unknown, not "no"."""

    TOLD = "told_on"
    DONE = "done_on"
    REOPENED = "reopened_on"
    EXEMPT = "exempt_kind"
    NEWS = "new_information"
    NEED = "because_of_need"
    CALLER = "caller"
    OFFERED = "offered_colleague"

    @property
    def words(self) -> str:
        """What cannot be said when the column is missing, after "The log does not show"."""
        return _CANNOT_SAY[self]


_CANNOT_SAY = {
    Column.TOLD: "when customers were told the date we promised",
    Column.DONE: "when work was done, only when it was closed",
    Column.REOPENED: "which matters were opened again",
    Column.EXEMPT: "which contacts were emergencies, or came from an advocate or a councillor",
    Column.NEWS: "which contacts told us something new",
    Column.NEED: "which contacts came because of a need",
    Column.CALLER: "whether an advocate or an interpreter made the contact",
    Column.OFFERED: "whether another colleague was offered",
}


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing a customer raised: a repair, a complaint, a report. Days are local; None is not, or not known.

    `theirs` is false for a matter of someone else that one of the customer's contacts was about. `unknown` names the
    days that its source does not tell.
    """

    ref: str
    kind: str
    opened: date
    told: date | None = None
    respond_by: date | None = None
    responded: date | None = None
    closed: date | None = None
    done: date | None = None
    reopened: date | None = None
    exhausted: date | None = None
    theirs: bool = True
    unknown: frozenset[Column] = frozenset()

    @property
    def finished(self) -> date | None:
        """When the work was done. Where the log does not record it, closing counts as doing, and strength falls."""
        return self.closed if Column.DONE in self.unknown else self.done

    @property
    def settled(self) -> date | None:
        """The day since which it has been both closed and done, and not opened again; or None."""
        if self.closed is None or self.finished is None:
            return None
        day = max(self.closed, self.finished)
        return None if self.reopened is not None and self.reopened >= day else day

    @property
    def grows(self) -> bool:
        """Whether it is of a kind of which a customer is asked to tell everything that happens next."""
        return self.kind.lower().startswith(GROWING)

    @property
    def date_given(self) -> date | None:
        """When the customer knew the date promised: if the log does not record it, when the matter was opened."""
        return self.opened if Column.TOLD in self.unknown else self.told


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact. `at` orders contacts, `day` is its local day; `matter` is empty where none was named.

    The marks are None where the log does not say. `exempt` names why the contact always gets through, or is empty.
    `inward` is false, too, where the log does not say who contacted whom; minutes not recorded are none, and
    `timed` is false then.
    """

    ref: str
    at: datetime
    day: date
    minutes: int
    channel: str = Channel.PHONE
    inward: bool = True
    team: str = ""
    matter: str = ""
    exempt: str | None = ""
    caller: str | None = Caller.SELF
    asked_for_senior: bool | None = None
    offered_colleague: bool | None = None
    specific: bool | None = None
    new_information: bool | None = False
    because_of_need: bool | None = False
    timed: bool = True

    def lacks(self) -> frozenset[Column]:
        """What the log does not say of this contact."""
        said = {
            Column.EXEMPT: self.exempt,
            Column.NEWS: self.new_information,
            Column.NEED: self.because_of_need,
            Column.CALLER: self.caller,
            Column.OFFERED: self.offered_colleague,
        }
        return frozenset(column for column, value in said.items() if value is None)


@dataclass(frozen=True, slots=True)
class History:
    """One customer's contacts and matters, and their needs. Contacts are in order of moment, then of reference."""

    contacts: tuple[Contact, ...]
    matters: Mapping[str, Matter]
    needs: frozenset[Need] = frozenset()


GROWING = ("asb", "antisocial", "anti-social", "nuisance", "noise", "harassment", "hate")
"""A matter whose kind begins with one of these grows with each incident: customers are asked to tell of every one."""

SELDOM = 10
"""A column is missing when more than one row in this many lacks it: one contact noted in haste is not that."""


def unknown(contacts: Iterable[Contact], matters: Iterable[Matter]) -> frozenset[Column]:
    """What the log does not show of these contacts of a customer, and of these matters."""
    inward = [one.lacks() for one in contacts if one.inward]
    theirs = [one.unknown for one in matters if one.theirs]
    return frozenset(column for column in Column for rows in (inward, theirs) if _seldom(column, rows))


def _seldom(column: Column, rows: list[frozenset[Column]]) -> bool:
    return sum(column in row for row in rows) * SELDOM > len(rows)

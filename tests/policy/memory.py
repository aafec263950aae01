"""What is kept in mind of a case by `remembered`, in the mission's own terms."""

from datetime import date
from typing import NamedTuple

from evenhand.policy.conduct import Conduct
from evenhand.policy.events import assessment
from evenhand.policy.terms import months_after


class Control(NamedTuple):
    """Something adverse that holds: a finding, a limit, a single contact or a marker."""

    id: str
    kind: str
    rests_on: str | None
    behaviour: frozenset[Conduct] = frozenset()
    provisional: bool = False
    due: date | None = None
    renewed: int = 0
    once_told: tuple[date, str] | None = None


class Memory(NamedTuple):
    person: str | None = None
    alleged: tuple[tuple[str, frozenset[Conduct]], ...] = ()
    is_case: bool = False
    turned_away: frozenset[str] = frozenset()
    """Reports that were found not to be about conduct."""
    targets: frozenset[str] = frozenset()
    took_part: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    investigated: bool = False
    how_often: bool = False
    heard: bool = False
    tried: frozenset[date] = frozenset()
    asked: frozenset[date] = frozenset()
    support: bool = False
    complaint_of_colleague: bool = False
    weighed: frozenset[tuple[assessment.Step, date]] = frozenset()
    rested: frozenset[str] = frozenset()
    """The kinds of decision that rest on the assessment for a decision."""
    warnings: frozenset[tuple[str, date, date | None]] = frozenset()
    """Each with the day it was given, and the day it was delivered."""
    skip_proposed_by: str | None = None
    skip_approved: date | None = None
    controls: frozenset[Control] = frozenset()
    deemed: frozenset[tuple[str, date]] = frozenset()
    last_days: frozenset[tuple[str, date]] = frozenset()
    withheld: frozenset[str] = frozenset()
    appeals: frozenset[tuple[str, str]] = frozenset()
    answered: frozenset[str] = frozenset()
    """What an appeal was decided about, with no fresh decision on it since."""
    died: bool = False
    closed: bool = False
    noticed: frozenset[tuple[str, date]] = frozenset()
    """Of which limit or single contact the customer heard that its review comes, and on what day that was due."""

    def has_weighed(self, step: assessment.Step, day: date, what: str = "") -> bool:
        """Rule 8: for this step, not more than three months ago, and for no other decision of the kind."""
        return what not in self.rested and any(s is step and day <= months_after(on, 3) for s, on in self.weighed)

    def warned(self, day: date) -> bool:
        """Rule 6: a warning that reached them before this day, and was given within twelve months."""
        return any(told is not None and told < day <= months_after(on, 12) for _, on, told in self.warnings)

    def control(self, id: str) -> Control | None:
        return next((c for c in self.controls if c.id == id), None)

    def first_delivery(self, about: str) -> date | None:
        return min((day for id, day in self.deemed if id == about), default=None)

    def last_day(self, about: str) -> date | None:
        return max((day for id, day in self.last_days if id == about), default=None)

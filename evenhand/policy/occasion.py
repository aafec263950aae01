"""Who acts, when, under which terms, and knowing what of the person."""

from dataclasses import dataclass, field
from datetime import date, datetime

from evenhand.policy.need import Channel, Need, unsuitable
from evenhand.policy.staff import Actor
from evenhand.policy.terms import Terms

ADULT = 18


@dataclass(frozen=True, slots=True)
class LiveLimit:
    """A plan or a single contact that holds today, from any of the person's cases."""

    case: str
    id: str
    channels: frozenset[Channel]
    single_contact: bool = False


@dataclass(frozen=True, slots=True)
class LiveMarker:
    """A marker that holds today, from any of the person's cases."""

    case: str
    id: str


@dataclass(frozen=True, slots=True)
class Known:
    """A frozen picture of the person, read under lock before the verb is asked.

    `age` is in whole years on the day, None when the date of birth is unknown. `tenancies` and `joint_tenants` are
    references of today's tenancies and of the others who hold them.
    """

    person: str | None = None
    age: int | None = None
    died_on: date | None = None
    needs: frozenset[Need] = frozenset()
    unsafe: frozenset[Channel] = frozenset()
    tenancies: frozenset[str] = frozenset()
    joint_tenants: frozenset[str] = frozenset()
    safe_representative: bool = False
    open_complaint: bool = False
    limits: frozenset[LiveLimit] = frozenset()
    markers: frozenset[LiveMarker] = frozenset()
    colleagues_too: frozenset[str] = frozenset()
    """Actor ids of colleagues who are this person or live with them: they may do nothing here (rule 21)."""
    affected: frozenset[str] = frozenset()
    """Actor ids of colleagues who were the target of the person's behaviour in any of their cases (rule 5)."""

    @property
    def must_not_be_told_alone(self) -> bool:
        """Under 18, or lacking capacity: a safe parent, guardian or attorney is told too (rule 10)."""
        return (self.age is not None and self.age < ADULT) or Need.LACKS_CAPACITY in self.needs

    @property
    def unsuitable(self) -> frozenset[Channel]:
        """The channels that a need or a danger to the person rules out."""
        return unsuitable(self.needs, self.unsafe)


@dataclass(frozen=True, slots=True)
class Occasion:
    """One act's circumstances. `at` is the moment (UTC); `day` the landlord's own calendar day, fixed at the door."""

    by: Actor
    at: datetime
    day: date
    terms: Terms = field(default_factory=Terms)
    known: Known = field(default_factory=Known)
    case: str = ""
    """The reference of the case acted on, to tell its own limits and markers from those of the person's other cases."""
    affected_in_linked: frozenset[str] = frozenset()
    """Actor ids of colleagues who were the target in a case that this one is linked to (rule 5)."""

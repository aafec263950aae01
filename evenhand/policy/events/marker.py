"""M1, M2, M3: what may happen to a marker."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evenhand.policy.events.ending import Ending
from evenhand.policy.events.event import Event


class Risk(StrEnum):
    """The kind of risk, apart from what happened and from what to do about it."""

    PHYSICAL = "physical aggression"
    THREATS = "threats or verbal abuse"
    HARASSMENT = "harassment or hate behaviour"
    WEAPON = "a weapon"
    UNSAFE_VISIT = "unsafe for contractors to work alone"

    @property
    def code(self) -> str:
        """The UKHDS person-alert code that other systems know this risk by."""
        return UKHDS[self]

    @property
    def is_high(self) -> bool:
        return self in (Risk.PHYSICAL, Risk.WEAPON)


UKHDS = {
    Risk.PHYSICAL: "RISK2.01",
    Risk.THREATS: "RISK2.02",
    Risk.HARASSMENT: "RISK2.03",
    Risk.WEAPON: "RISK2.05",
    Risk.UNSAFE_VISIT: "RISK3.02",
}


class Control(StrEnum):
    """What a colleague does about it."""

    PAIRS = "visit in pairs"
    RING_FIRST = "ring before visiting"
    OFFICE_ONLY = "meet at the office, not at home"
    SENIOR_ATTENDS = "a senior colleague attends"
    NO_LONE_CALLS = "calls are taken with a colleague listening"
    ASK_FIRST = "speak to the case's manager before any visit"

    @property
    def words(self) -> str:
        """As it is shown; the value itself is what is kept."""
        return self.value.replace("'", "’")


class Audience(StrEnum):
    """Who is told of the marker."""

    ALL = "all colleagues and contractors who visit or take calls"
    COLLEAGUES = "colleagues who visit or take calls"
    VISITORS = "colleagues and contractors who visit"


@dataclass(frozen=True, kw_only=True)
class ProvisionalMarkerPlaced(Event):
    marker: str
    incident: str
    risk: Risk
    controls: tuple[Control, ...]
    audience: Audience
    reasons: str
    confirm_by: date
    assess_by: date
    decide_by: date
    age_checked: str = ""
    safeguarding_check: str = ""
    safe_attendance: str = ""
    """How an emergency is still attended, where the marker keeps colleagues from the door (rule 9)."""


@dataclass(frozen=True, kw_only=True)
class ProvisionalMarkerConfirmed(Event):
    marker: str
    reasons: str


@dataclass(frozen=True, kw_only=True)
class ProvisionalMarkerRenewed(Event):
    marker: str
    reasons: str
    decide_by: date


@dataclass(frozen=True, kw_only=True)
class MarkerPlaced(Event):
    """With the id of a provisional marker, this confirms it by a finding."""

    marker: str
    incident: str
    finding: str
    risk: Risk
    code: str
    controls: tuple[Control, ...]
    audience: Audience
    reasons: str
    review_on: date
    notify_review_on: date
    age_checked: str
    safeguarding_check: str
    safe_attendance: str = ""


@dataclass(frozen=True, kw_only=True)
class NoticeWithheld(Event):
    marker: str
    reasons: str
    look_again_on: date


@dataclass(frozen=True, kw_only=True)
class NoticeGiven(Event):
    marker: str


@dataclass(frozen=True, kw_only=True)
class MarkerVaried(Event):
    marker: str
    controls: tuple[Control, ...]
    audience: Audience
    reasons: str
    safe_attendance: str = ""


@dataclass(frozen=True, kw_only=True)
class ReviewNotified(Event):
    """The customer is told of the coming review, or (late) that it was missed, with an apology."""

    marker: str
    review_on: date
    late: bool
    respond_by: date | None = None
    look_by: date | None = None
    """When it is late: by when it is looked at all the same."""


@dataclass(frozen=True, kw_only=True)
class MarkerKept(Event):
    marker: str
    reasons: str
    review_on: date
    notify_review_on: date


@dataclass(frozen=True, kw_only=True)
class MarkerRemoved(Event):
    """`told` is False where no letter about the marker ever went: then there is nothing to take back."""

    marker: str
    cause: Ending
    reasons: str
    told: bool = True


@dataclass(frozen=True, kw_only=True)
class MarkerReviewRequested(Event):
    marker: str
    words: str
    answer_by: date


@dataclass(frozen=True, kw_only=True)
class TenancyEnded(Event):
    """The person's tenancy ended: their markers are looked at again (rule 10)."""

    marker: str
    review_on: date

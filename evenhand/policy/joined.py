"""I1, rules 7 and 20: a report that joins another case. Its clocks go on where they run, and none begins again."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from evenhand.policy.case import Case
from evenhand.policy.events.event import Event, stamp
from evenhand.policy.events.incident import (
    AftercareGiven,
    AftercareMoved,
    ColleagueAffected,
    HomeInstructionPlaced,
    IncidentCorrected,
    IncidentReported,
    PersonIdentified,
)
from evenhand.policy.events.marker import ProvisionalMarkerPlaced
from evenhand.policy.occasion import Occasion

CARRIED = (ColleagueAffected, AftercareMoved, AftercareGiven, IncidentCorrected)
"""What was said of a report and done about it since goes with it: nothing is owed, or alleged, a second time."""


def taken(case: Case, now: Occasion, told: Iterable[Event], of: str) -> list[Event]:
    """The incident of the report `of`, taken into this case as its next; for `record`, which triages both at once.

    `told` is all that happened to the report. A marker or an instruction about it stays there with its days, and is
    decided with this case; neither begins here again (rules 7 and 20).
    """
    past = tuple(told)
    (reported,) = (event for event in past if isinstance(event, IncidentReported))
    new = f"I{len(case.incident.all) + 1}"
    moved: dict[str, Any] = {"at": now.at, "on": now.day, "incident": new}
    here = replace(
        reported,
        **moved,
        joined_from=of,
        joined_by=now.by.id,
        decide_by=now.terms.working_days_after(now.day, now.terms.decide_days),
        marked=any(isinstance(event, ProvisionalMarkerPlaced) for event in past),
        instructed=any(isinstance(event, HomeInstructionPlaced) for event in past),
    )
    carried = (replace(event, **moved) for event in past if isinstance(event, CARRIED))
    return [here, *(_alleging_no_more(event) for event in carried)]


def _alleging_no_more(event: Event) -> Event:
    """Everything that joins is yet to be put to the customer, a correction of it too."""
    return replace(event, alleges_more=False) if isinstance(event, IncidentCorrected) else event


def identified(case: Case, now: Occasion, person: str | None, of: str) -> list[Event]:
    """In a report whose person nobody knew: they are known in the case `of` that it joined, so an instruction on the
    home gives way, as it does wherever it comes to be known who it was (rules 10 and 20)."""
    if not person or case.incident.person or case.incident.believed:
        return []
    return [PersonIdentified(**stamp(now), person=person, how=f"The report joined case {of}, which is about them.")]

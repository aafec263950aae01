"""Rule 7: a provisional marker is confirmed by a finding, renewed, or removed: a finding that clears removes it."""

from evenhand.policy.case import Case
from evenhand.policy.conduct import Conduct
from evenhand.policy.events.ending import Ending
from evenhand.policy.events.event import Event, stamp
from evenhand.policy.events.marker import MarkerRemoved
from evenhand.policy.occasion import Occasion


def removed(case: Case, now: Occasion, against: frozenset[Conduct], cause: Ending, reasons: str) -> list[Event]:
    """The ends of provisional markers whose incident holds no behaviour among the conduct found `against` them."""
    return [
        MarkerRemoved(**stamp(now), marker=m.id, cause=cause, reasons=reasons)
        for m in case.marker.provisional
        if not any(conduct.is_behaviour for conduct in against & case.incident.conducts_in(m.incident))
    ]

"""P1: what was reported to the police."""

from dataclasses import dataclass, replace

from evenhand.policy.events.event import Event
from evenhand.policy.events.police import BeliefReported, ReportDeclined, ReportUpdated


@dataclass(frozen=True, slots=True)
class Police:
    reports: tuple[tuple[str, str, str], ...] = ()
    """Each report: its id, the incident it is about, the police's reference once known."""
    declined: frozenset[str] = frozenset()

    def get(self, id: str | None) -> tuple[str, str, str] | None:
        return next((r for r in self.reports if r[0] == id), None)

    def answered(self, incident: str) -> bool:
        return incident in self.declined or any(about == incident for _, about, _ in self.reports)


def moved(thread: Police, event: Event) -> Police:
    match event:
        case BeliefReported():
            return replace(thread, reports=(*thread.reports, (event.report, event.incident, "")))
        case ReportUpdated(report=id, reference=reference):
            reports = tuple((r, i, reference or ref) if r == id else (r, i, ref) for r, i, ref in thread.reports)
            return replace(thread, reports=reports)
        case ReportDeclined(incident=incident):
            return replace(thread, declined=thread.declined | {incident})
    return thread

"""Rule 15: how a sealed counter-allegation stands."""

from dataclasses import dataclass, replace
from datetime import date

from evenhand.policy.events.counter_allegation import AllegationAssigned, AllegationRecorded, AllegationResolved
from evenhand.policy.events.event import Event


@dataclass(frozen=True, slots=True)
class CounterAllegation:
    recorded: bool = False
    colleague: str | None = None
    investigator: str | None = None
    resolve_by: date | None = None
    resolved: bool = False

    @property
    def open(self) -> bool:
        return self.recorded and not self.resolved


def moved(thread: CounterAllegation, event: Event) -> CounterAllegation:
    match event:
        case AllegationRecorded():
            return replace(thread, recorded=True, colleague=event.colleague, resolve_by=event.resolve_by)
        case AllegationAssigned(investigator=investigator):
            return replace(thread, investigator=investigator)
        case AllegationResolved():
            return replace(thread, resolved=True)
    return thread

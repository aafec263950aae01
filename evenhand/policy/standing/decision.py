"""D1: the findings of a case, and which of them stand."""

from dataclasses import dataclass, field, replace

from evenhand.policy.conduct import Conduct, Finding
from evenhand.policy.events.decision import FindingMade, FindingQuashed, FindingVaried
from evenhand.policy.events.event import Event
from evenhand.policy.events.incident import IncidentCorrected, IncidentReported
from evenhand.policy.standing import told
from evenhand.policy.standing.told import Told


@dataclass(frozen=True, slots=True)
class Made:
    id: str
    by: str
    adverse: frozenset[Conduct]
    told: Told = field(default_factory=Told)
    quashed: bool = False

    @property
    def stands(self) -> bool:
        return bool(self.adverse) and not self.quashed


@dataclass(frozen=True, slots=True)
class Decision:
    findings: tuple[Made, ...] = ()
    undecided: bool = True
    """Whether something alleged has no finding yet: from the start, and again after a new incident."""
    quashed: bool = False
    """Whether an appeal cancelled the last finding: a fresh one may be made, and none must be."""

    def get(self, id: str | None) -> Made | None:
        return next((f for f in self.findings if f.id == id), None)

    @property
    def standing(self) -> Made | None:
        """The latest adverse finding that stands."""
        return next((f for f in reversed(self.findings) if f.stands), None)

    def against_behaviour(self, conducts: frozenset[Conduct]) -> Made | None:
        """The latest finding that stands against any behaviour among these, on which a marker may rest."""
        return next(
            (f for f in reversed(self.findings) if f.stands and any(c.is_behaviour for c in f.adverse & conducts)), None
        )

    def clears(self, conducts: frozenset[Conduct]) -> bool:
        """Whether all is decided, and nothing that stands is against any behaviour among these."""
        return not self.undecided and self.against_behaviour(conducts) is None

    @property
    def adverse(self) -> frozenset[Conduct]:
        return frozenset(c for f in self.findings if f.stands for c in f.adverse)


def moved(thread: Decision, event: Event) -> Decision:
    match event:
        case FindingMade():
            made = Made(event.finding, event.by, adverse_of(event.found))
            return replace(thread, findings=(*thread.findings, made), undecided=False, quashed=False)
        case FindingVaried():
            return _change(thread, event.finding, adverse=adverse_of(event.found))
        case FindingQuashed():
            return replace(_change(thread, event.finding, quashed=True), quashed=True)
        case IncidentReported(joined_from=str()) | IncidentCorrected(alleges_more=True):
            return replace(thread, undecided=True)
    if not isinstance(event, told.TELLING):
        return thread
    findings = tuple(replace(f, told=told.moved(f.told, f.id, event)) for f in thread.findings)
    return replace(thread, findings=findings) if findings != thread.findings else thread


def adverse_of(found: tuple[tuple[Conduct, Finding], ...]) -> frozenset[Conduct]:
    return frozenset(conduct for conduct, finding in found if finding.is_adverse)


def _change(thread: Decision, id: str, **changes: object) -> Decision:
    return replace(
        thread,
        findings=tuple(replace(f, **changes) if f.id == id else f for f in thread.findings),  # type: ignore[arg-type]
    )

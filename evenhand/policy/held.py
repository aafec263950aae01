"""What is held of one person, or of one home, on one day: all that today's answer rests on, read by nobody but it."""

from dataclasses import dataclass, field
from datetime import date, datetime

from evenhand.policy.events.expectation import Plan
from evenhand.policy.events.marker import Audience, Control, Risk
from evenhand.policy.hazard import Hazard
from evenhand.policy.need import Channel, Need


@dataclass(frozen=True, slots=True)
class Because:
    """The incident that a control rests on, in the closed list's words: never an account of it, never a name."""

    conducts: tuple[str, ...]
    happened_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldControl:
    """What limits and markers share. `case` and `id` name it in the record, `ask` who decides about it, in words.

    `because` is None where the asker does not work on the case: then nothing is said of what happened.
    """

    case: str
    id: str
    key: int = 0
    review_on: date | None = None
    under_appeal: bool = False
    because: Because | None = None
    ask: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldLimit(HeldControl):
    """E1: a plan that holds on the day."""

    plan: Plan
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldContact(HeldControl):
    """E2: the one colleague through whom the person reaches us. `covered`: they left, and `cover` answers."""

    name: str
    telephone: str
    email: str
    cover: str
    channels: frozenset[Channel]
    starts_on: date
    ends_on: date
    covered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldMarker(HeldControl):
    """M1: a marker that stands. `withheld`: the person has not been told, and hears nothing of it from us."""

    risk: Risk
    controls: tuple[Control, ...]
    audience: Audience
    high: bool = False
    safe_attendance: str = ""
    provisional: bool = False
    withheld: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldHazard:
    """A hazard of a home (rule 9). `detail` is for colleagues; everyone gets the kind's own instruction."""

    id: int
    kind: Hazard
    detail: str = ""
    review_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldInstruction:
    """A dated safety instruction on a home while nobody knows who it was (rule 20). `until` is its last day."""

    case: str
    id: str
    words: str
    until: date
    key: int = 0
    ask: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldAlert:
    """Rule 3: an older system held a warning, and nobody has found what lies behind it. It is no marker: neither a kind
    of risk nor anything of what happened is said. `until` is the last day on which it is told. `reported`: somebody has
    reported what lies behind it, and the report waits to be sorted."""

    id: int
    until: date
    reported: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What is held on a day of one person over all their records, or, with `of_home`, of one home.

    `others` are the markers of the other people who live at, or visit, the person's homes: they bind a visit and
    nothing else, and nothing says whose they are. `inherited` are unchecked warnings of older systems about anybody
    there, who is not named either. `counted` are the moments of the person's earlier contacts, within
    a limit and not exempt, that use up a plan's times; contact that we asked for, or began, is not among them.
    `telephone` is the number at which the landlord answers for all of this.
    """

    limits: tuple[HeldLimit, ...] = ()
    contacts: tuple[HeldContact, ...] = ()
    markers: tuple[HeldMarker, ...] = ()
    others: tuple[HeldMarker, ...] = ()
    hazards: tuple[HeldHazard, ...] = ()
    instructions: tuple[HeldInstruction, ...] = ()
    inherited: tuple[HeldAlert, ...] = ()
    needs: frozenset[Need] = frozenset()
    unsafe: frozenset[Channel] = frozenset()
    died_on: date | None = None
    of_home: bool = False
    telephone: str = ""
    counted: tuple[datetime, ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        """Whether no limit, marker, hazard, instruction or unchecked warning is held; needs may be."""
        controls = self.limits or self.contacts or self.markers or self.others
        return not (controls or self.hazards or self.instructions or self.inherited)

    @property
    def says_nothing(self) -> bool:
        """Whether there is nothing at all to say: no control, no hazard, no need, no danger, no death."""
        return self.is_empty and not (self.needs or self.unsafe or self.died_on)

    @property
    def told(self) -> tuple[HeldControl | HeldInstruction, ...]:
        """Every control of a case that an answer from this tells of: what the ledger of disclosures keeps (rule 14)."""
        return (*self.markers, *self.limits, *self.contacts, *self.others, *self.instructions)

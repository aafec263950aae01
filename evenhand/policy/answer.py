"""What a colleague, a contractor or a machine is told today: one sentence, what to do, and no more than they need."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from evenhand.policy.events.marker import Control
from evenhand.policy.exempt import Exempt


class Asker(StrEnum):
    """Who asks, as far as it decides what they may see of why. Every one gets every instruction."""

    COLLEAGUE = "colleague"
    CASEWORKER = "caseworker"
    CONTRACTOR = "contractor"


class AnswerCode(StrEnum):
    """What kind of answer this is, for a machine. Only one of them says that nothing is held."""

    INSTRUCTION = "instruction"
    NOTHING_HELD = "nothing_held"
    DIED = "died"
    NO_MATCH = "no_match"
    SEVERAL_MATCHES = "several_matches"
    REGISTER_STALE = "register_stale"
    UNAVAILABLE = "unavailable"
    NOT_KNOWN = "not_known"


class Allowed(StrEnum):
    """Whether to go ahead: freely, as the words say, or not unless it is an emergency."""

    YES = "yes"
    WITH_CARE = "with_care"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Instruction:
    """What to do about one way of contact. `emergency` is what to do all the same: none is ever refused (rule 1)."""

    allowed: Allowed
    words: str
    emergency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Today's answer. It stays as it is until `valid_until`, unless something new is recorded.

    `lead` is the one sentence to read first. `within_now` says whether the person's contact is within the limits at
    this moment, None where nothing limits it; `next_within` is the next moment that it is, None when it is now.
    `controls` is every control measure together, `why` as much of why as the asker may see, `help` what the person
    needs of us, `overdue` each review that is late, `cautions` what else to know: an appeal, a stale register.
    Moments are in the landlord's local time.
    """

    code: AnswerCode
    lead: str
    visit: Instruction
    call_in: Instruction
    call_out: Instruction
    message: Instruction
    valid_until: datetime
    within_now: bool | None = None
    next_within: datetime | None = None
    controls: tuple[Control, ...] = ()
    why: tuple[str, ...] = ()
    help: tuple[str, ...] = ()
    overdue: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    acknowledge: bool = False
    ask: str = ""
    exemptions: tuple[str, ...] = tuple(kind.words for kind in Exempt)


class Verdict(StrEnum):
    """How a contact stands to the limits. Exempt contact is never outside them."""

    NO_LIMIT = "no_limit"
    EXEMPT = "exempt"
    WITHIN = "within"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """Whether one contact was within the limits, and what to do with it.

    `counts` are the (case, id) of the limits whose times it uses up; `outside` of those it is outside, for their
    review. `read_first`: a person reads it for a hazard before anything else is done with it (rule 1).
    """

    verdict: Verdict
    words: str
    reasons: tuple[str, ...] = ()
    read_first: bool = False
    counts: tuple[tuple[str, str], ...] = ()
    outside: tuple[tuple[str, str], ...] = ()
    next_within: datetime | None = None

"""An answer about a visit as the columns that are added to each row (docs/visits.md), and as what is kept of it."""

from collections.abc import Mapping

from evenhand.policy.answer import Allowed, Answer, AnswerCode
from evenhand.policy.events.marker import Control
from evenhand.sharing.visit_columns import OURS

COLUMNS = ("code", "visit", "instruction", "ring first", "next step", "in an emergency", "risk", "also know", "ask")
HEADER = tuple(f"{OURS}{name}" for name in COLUMNS)
ASKS = ("code", "visit", "instruction", "ring first")
"""What someone does about it: whoever is booked is told when one of these changes."""
NOT_SURE = frozenset({AnswerCode.NO_MATCH, AnswerCode.SEVERAL_MATCHES, AnswerCode.NOT_KNOWN, AnswerCode.REGISTER_STALE})
DO_SOMETHING = frozenset({AnswerCode.INSTRUCTION.value, AnswerCode.DIED.value})
"""The answers that come from something that is held."""
VISIT = {Allowed.YES: "yes", Allowed.WITH_CARE: "with care", Allowed.NO: "no"}

Columns = Mapping[str, str]


def in_columns(answer: Answer, trouble: str = "") -> dict[str, str]:
    """The columns by name. In: `trouble` says what is not certain about the row, and what to do about that."""
    sure = answer.code not in NOT_SURE
    return {
        "code": answer.code.value,
        "visit": VISIT[answer.visit.allowed] if sure else "not known",
        "instruction": instruction(answer),
        "ring first": ("yes" if Control.RING_FIRST in answer.controls else "no") if sure else "not known",
        "next step": trouble or next_step(answer),
        "in an emergency": answer.visit.emergency,
        "risk": " ".join(answer.why),
        "also know": " ".join((*answer.cautions, *answer.overdue)),
        "ask": answer.ask.removeprefix("us on "),
    }


def instruction(answer: Answer) -> str:
    """What to do, first about the visit and then about all other contact: the leading sentence, and the rest of it."""
    visit, lead = answer.visit.words, answer.lead
    if answer.code in NOT_SURE and answer.code is not AnswerCode.REGISTER_STALE:
        return visit
    if answer.visit.allowed is Allowed.YES or answer.code is AnswerCode.REGISTER_STALE:
        return lead
    shared = _sentences_shared(visit, lead)
    return f"{visit} {lead[shared:]}".strip()


def next_step(answer: Answer) -> str:
    """What remains to be done before anyone goes."""
    if answer.visit.allowed is Allowed.NO:
        return "Send nobody yet."
    if answer.acknowledge:
        return "Make sure that whoever attends has read this before they go."
    return ""


def differs(before: Columns, after: Columns) -> bool:
    """Whether someone who was told the one must be told the other: not where only our register grew old, or new."""
    if before.get("code") not in DO_SOMETHING and after.get("code") not in DO_SOMETHING:
        return False
    return any(before.get(name) != after.get(name) for name in ASKS)


def _sentences_shared(one: str, other: str) -> int:
    """How many characters of whole sentences two texts begin with alike."""
    end = 0
    for place, (a, b) in enumerate(zip(f"{one} ", f"{other} ", strict=False), 1):
        if a != b:
            break
        if a == " " and one[place - 2 : place - 1] == ".":
            end = place
    return end

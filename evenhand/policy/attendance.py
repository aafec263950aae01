"""M1, rules 2 and 9: how a home is attended safely. Markers, hazards and instructions make one instruction."""

from collections.abc import Iterable
from dataclasses import dataclass

from evenhand.policy.answer import Allowed, Asker, Instruction
from evenhand.policy.contact_ways import in_order
from evenhand.policy.day_words import capital, sentence
from evenhand.policy.events.marker import Control
from evenhand.policy.held import Held, HeldHazard, HeldMarker
from evenhand.policy.need import Channel

NOT_A_PROMISE = "That is not a promise of safety: follow the lone-working procedure."
ATTEND = "A hazard, or someone in danger, is always attended."
TELL_FIRST = {
    Channel.PHONE: "Ring first",
    Channel.EMAIL: "Email first to say you are coming",
    Channel.LETTER: "Write first to say you are coming",
}


@dataclass(frozen=True, slots=True)
class Desk:
    """Whom to speak to: `who` in words for a colleague; for a contractor the landlord's number and nothing else."""

    asker: Asker
    who: str
    telephone: str

    @property
    def for_contractor(self) -> bool:
        return self.asker is Asker.CONTRACTOR

    @property
    def name(self) -> str:
        """As in "speak to …" and "ask …"."""
        if self.for_contractor:
            return f"us on {self.telephone}" if self.telephone else "the landlord"
        return self.who or "a manager"

    @property
    def landlord(self) -> str:
        """Whom a customer is told to contact by somebody who does not work for the landlord."""
        return f"the landlord on {self.telephone}" if self.telephone else "the landlord"


def controls_of(markers: Iterable[HeldMarker]) -> tuple[Control, ...]:
    """Every control measure of these markers, each once, in the order of the policy."""
    held = {control for marker in markers for control in marker.controls}
    return tuple(control for control in Control if control in held)


def visit(held: Held, suited: frozenset[Channel], desk: Desk) -> tuple[Instruction, str]:
    """What to do about a visit, and what of it the leading sentence says: empty when there is nothing to say.

    `suited` are the ways by which the person may be told that somebody is coming.
    """
    controls = controls_of((*held.markers, *held.others))
    known = [*_steps(controls, suited, desk), *_of_the_home(held, desk)]
    # An emergency never waits until somebody has been asked about an unchecked warning.
    all_the_same, steps = _all_the_same(held, known, desk), [*known, *_unchecked(held, desk)]
    if away := _kept_away(controls, held, desk):
        return Instruction(Allowed.NO, " ".join(away), all_the_same), " ".join(away)
    if steps:
        return Instruction(Allowed.WITH_CARE, " ".join(steps), all_the_same), " ".join(steps)
    about = "this home" if held.of_home else "visiting this person"
    words = f"We hold no warning about {about}. {NOT_A_PROMISE}"
    return Instruction(Allowed.YES, words, f"{ATTEND} Follow the lone-working procedure."), ""


def _steps(controls: tuple[Control, ...], suited: frozenset[Channel], desk: Desk) -> list[str]:
    """What to do at the door, as sentences."""
    steps = []
    if Control.PAIRS in controls:
        steps.append("Visit in pairs.")
    if Control.SENIOR_ATTENDS in controls:
        arranged = f" Ring {desk.name} to arrange it." if desk.for_contractor else ""
        steps.append(f"A senior colleague attends.{arranged}")
    if Control.RING_FIRST in controls:
        # A person who cannot use the telephone, or for whom it is dangerous, is told by a way that suits them.
        way = next((TELL_FIRST[channel] for channel in in_order(suited) if channel in TELL_FIRST), "")
        steps.append(f"{way or f'Arrange it first with {desk.name}'}.")
    return steps


def _kept_away(controls: tuple[Control, ...], held: Held, desk: Desk) -> list[str]:
    """Why no ordinary visit is made, and what to do instead; empty where one may be."""
    office = Control.OFFICE_ONLY in controls
    unsafe = Channel.VISIT in held.unsafe
    if office and Channel.OFFICE not in held.unsafe:
        ask_too = f" Speak to {desk.name} first." if unsafe or Control.ASK_FIRST in controls else ""
        return [f"Do not visit: meet at the office, not at home.{ask_too}"]
    if office or unsafe:
        return [f"Do not visit: agree a safe way to meet with {desk.name} first."]
    if Control.ASK_FIRST in controls:
        return [f"Do not visit before you have spoken to {desk.name}."]
    return []


def instructed(desk: Desk) -> str:
    """All that a contractor is told, by any door, of a safety instruction: never the words a colleague wrote."""
    return f"A safety instruction stands on this home: do not go alone, and speak to {desk.name} first."


def _of_the_home(held: Held, desk: Desk) -> list[str]:
    """What the home itself asks of a visitor: its hazards, and an instruction while nobody knows who it was."""
    if desk.for_contractor:
        said = [instructed(desk)] if held.instructions else []
    else:
        said = [f"Safety instruction on this home: {sentence(each.words)}" for each in held.instructions]
    return list(dict.fromkeys([*said, *(_hazard(hazard, desk) for hazard in held.hazards)]))


def _unchecked(held: Held, desk: Desk) -> list[str]:
    """Rule 3: a warning of an older system is only an opinion. A contractor hears whom to speak to and nothing more."""
    if not held.inherited:
        return []
    if desk.for_contractor:
        return [f"Speak to {desk.name} before you attend."]
    whom = desk.who or "a manager or the duty colleague"
    whose = "somebody at this home" if held.of_home else "this person, or somebody they live with"
    said = f"An older system held a warning about {whose}, and nobody has checked it."
    return [f"{said} Take care, and ask {whom} before you go."]


def _hazard(hazard: HeldHazard, desk: Desk) -> str:
    """A contractor gets the kind and its instruction; what was written of it is for colleagues."""
    detail = "" if desk.for_contractor else hazard.detail.strip()
    return f"{capital(hazard.kind.value)} at this home. {hazard.kind.what_to_do} {sentence(detail)}".strip()


def _all_the_same(held: Held, steps: list[str], desk: Desk) -> str:
    """Rule 9: an emergency is attended whatever is held, and how."""
    markers = (*held.markers, *held.others)
    plans = dict.fromkeys(sentence(each.safe_attendance) for each in markers if each.safe_attendance.strip())
    how = [*([] if desk.for_contractor else plans), *steps]
    return " ".join([ATTEND, *(how or [f"Go with a colleague, and tell {desk.name} before you go."])])

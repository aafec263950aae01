"""M1, rules 2 and 9: how colleagues attend a home safely. Several markers and hazards make one instruction."""

from collections.abc import Iterable
from dataclasses import dataclass

from evenhand.policy.answer import Allowed, Asker, Instruction
from evenhand.policy.contact_ways import in_order
from evenhand.policy.day_words import listed, sentence
from evenhand.policy.events.marker import Control
from evenhand.policy.held import Held, HeldMarker
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
    """Whom to speak to: in words for a colleague, by the landlord's number alone for a contractor."""

    asker: Asker
    who: str
    telephone: str

    @property
    def name(self) -> str:
        if self.asker is Asker.CONTRACTOR or not self.who:
            return f"us on {self.telephone}" if self.telephone else "the landlord"
        return self.who

    @property
    def landlord(self) -> str:
        """Whom a customer is told to contact by somebody who does not work for the landlord."""
        return f"the landlord on {self.telephone}" if self.telephone else "the landlord"


def controls_of(markers: Iterable[HeldMarker]) -> tuple[Control, ...]:
    """Every control of these markers, each once, in the order in which a colleague needs them."""
    held = {control for marker in markers for control in marker.controls}
    return tuple(control for control in Control if control in held)


def visit(held: Held, ours: frozenset[Channel], desk: Desk) -> tuple[Instruction, str]:
    """What to do about a visit, and what of it the leading sentence says: empty when there is nothing to say."""
    controls = controls_of((*held.markers, *held.others))
    steps = [*_steps(controls, ours, desk), *_of_the_home(held, desk)]
    kept_away = _kept_away(controls, held, ours, desk)
    if kept_away:
        return Instruction(Allowed.NO, " ".join(kept_away), _all_the_same(held, steps, desk)), kept_away[0]
    if steps:
        return Instruction(Allowed.WITH_CARE, " ".join(steps), _all_the_same(held, steps, desk)), " ".join(steps)
    about = "this home" if held.of_home else "visiting this person"
    words = f"We hold no warning about {about}. {NOT_A_PROMISE}"
    return Instruction(Allowed.YES, words, f"{ATTEND} Follow the lone-working procedure."), ""


def _steps(controls: tuple[Control, ...], ours: frozenset[Channel], desk: Desk) -> list[str]:
    """What to do at the door, as sentences."""
    steps = []
    if Control.PAIRS in controls:
        steps.append("Visit in pairs.")
    if Control.SENIOR_ATTENDS in controls:
        with_us = f" Ring {desk.name} to arrange it." if desk.asker is Asker.CONTRACTOR else ""
        steps.append(f"A senior colleague attends.{with_us}")
    if Control.RING_FIRST in controls:
        way = next((TELL_FIRST[channel] for channel in in_order(ours) if channel in TELL_FIRST), "")
        steps.append(f"{way or f'Arrange it first with {desk.name}'}.")
    return steps


def _kept_away(controls: tuple[Control, ...], held: Held, ours: frozenset[Channel], desk: Desk) -> list[str]:
    """Why no routine visit is made, the words to lead with first; empty where one may be."""
    words = []
    if Channel.VISIT in held.unsafe:
        words.append(f"Do not visit. Speak to {desk.name} first.")
    if Control.OFFICE_ONLY in controls:
        safe = Channel.OFFICE not in held.unsafe
        instead = "Meet at the office, not at home." if safe else f"Agree a safe place to meet with {desk.name}."
        words.append(f"Do not visit. {instead}" if not words else instead)
    if Control.ASK_FIRST in controls and not words:
        words.append(f"Do not visit before you have spoken to {desk.name}.")
    return words


def _of_the_home(held: Held, desk: Desk) -> list[str]:
    """What the home itself asks of a visitor: its hazards, and an instruction while nobody knows who it was."""
    said = []
    for instruction in held.instructions:
        if desk.asker is Asker.CONTRACTOR:
            said.append(f"A safety instruction stands on this home: do not go alone, and speak to {desk.name} first.")
        else:
            said.append(f"Safety instruction on the home: {sentence(instruction.words)}")
    for kind in dict.fromkeys(hazard.kind for hazard in held.hazards):
        said.append(f"{sentence(f'{kind.value} at this home')} {kind.what_to_do}")
    if desk.asker is not Asker.CONTRACTOR:
        said += [sentence(hazard.detail) for hazard in held.hazards if hazard.detail.strip()]
    return list(dict.fromkeys(said))


def _all_the_same(held: Held, steps: list[str], desk: Desk) -> str:
    """Rule 9: an emergency is attended whatever the markers say, and how."""
    plans = dict.fromkeys(
        sentence(marker.safe_attendance) for marker in (*held.markers, *held.others) if marker.safe_attendance.strip()
    )
    how = [] if desk.asker is Asker.CONTRACTOR else list(plans)
    if how or steps:
        return " ".join([ATTEND, *how, *steps])
    return f"{ATTEND} Go with a colleague, and tell {desk.name} before you go."


def names_of(channels: frozenset[Channel], last: str = "or") -> str:
    """ "by email or by letter" """
    return listed((channel.words for channel in in_order(channels)), last)

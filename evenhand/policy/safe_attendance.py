"""Rule 9: a marker says what colleagues do.

One that keeps colleagues from the door never cancels a hazard duty: it says how they attend safely.
"""

from collections.abc import Iterator

from evenhand.policy.events.marker import Control
from evenhand.policy.promises import Promise
from evenhand.policy.refusal import Objection

KEEPS_AWAY = frozenset({Control.OFFICE_ONLY, Control.ASK_FIRST})
"""What stops a visit, or makes it wait for someone."""


def objections_to_staying_away(controls: tuple[Control, ...], safe_attendance: str) -> Iterator[Objection]:
    """`safe_attendance` says how we still attend when the home has a hazard, or someone in it is in danger."""
    if KEEPS_AWAY & set(controls) and not safe_attendance.strip():
        yield Objection(
            "An emergency or a hazard is still attended. Say how to do it safely: who goes, with whom, who is rung.",
            Promise.M1,
            field="safe_attendance",
        )


def objections_to_controls(controls: tuple[Control, ...], safe_attendance: str) -> Iterator[Objection]:
    """What every new marker answers: at least one thing to do, and with it how a hazard is attended all the same."""
    yield from objections_to_staying_away(controls, safe_attendance)
    if not controls:
        yield Objection("Say what colleagues should do: choose at least one.", Promise.M1, field="controls")

"""Rule 10: no marker for a child under 10; under 18, someone senior and a safeguarding check; ask an unknown age."""

from collections.abc import Iterator

from evenhand.policy.occasion import ADULT, Occasion
from evenhand.policy.promises import Promise
from evenhand.policy.refusal import Objection

NO_MARKER_UNDER = 10


def minding(age: int | None) -> str:
    """What whoever learns that somebody this old was involved has to mind, before anything is decided; empty for an
    adult, and where the age is not known (which is asked before any marker)."""
    if age is None or age >= ADULT:
        return ""
    told = "and record a safe parent, guardian or other representative: they are told of everything too."
    if age < NO_MARKER_UNDER:
        return f"They are under 10, so there is never a marker. Think of safeguarding first, {told}"
    return (
        f"They are under 18. Think of safeguarding first, {told} Only someone senior decides on a marker, after a "
        "safeguarding check."
    )


def objections_to_age(now: Occasion, age_checked: str, safeguarding_check: str) -> Iterator[Objection]:
    """`age_checked` says how an unknown age was asked about; `safeguarding_check` what it found for a young person."""
    age = now.known.age
    if age is None:
        if not age_checked.strip():
            yield Objection(
                "Their date of birth is not known. Ask, and say what you were told: a child is never marked.",
                Promise.M1,
                field="age_checked",
            )
    elif age < NO_MARKER_UNDER:
        yield Objection("There is no marker for a child under 10.", Promise.M1)
    elif age < ADULT:
        if not now.by.is_senior:
            yield Objection("They are under 18, so a senior manager decides on a marker.", Promise.M1)
        if not safeguarding_check.strip():
            yield Objection(
                "They are under 18. Say what the safeguarding check found.", Promise.M1, field="safeguarding_check"
            )

"""Rules 4, 7, 11 and 13: as much of why as the asker may see, and what is late, appealed or not yet decided."""

from collections.abc import Iterator
from datetime import date

from evenhand.policy.answer import Asker
from evenhand.policy.day_words import capital, day, listed
from evenhand.policy.events.marker import Audience
from evenhand.policy.held import Held, HeldControl, HeldLimit, HeldMarker
from evenhand.policy.need import Need
from evenhand.policy.terms import months_after

DIRECTOR_MONTHS = 3
"""Months overdue after which the answer says that the marker was not reviewed (rule 7)."""
TOLD_TO_CONTRACTORS = frozenset({Audience.ALL, Audience.VISITORS})
PRACTICAL = frozenset(
    {
        Need.INTERPRETER,
        Need.LARGE_PRINT,
        Need.EASY_READ,
        Need.FINDS_WRITING_HARD,
        Need.FINDS_TELEPHONE_HARD,
        Need.ADVOCATE,
    }
)
"""What any colleague who speaks with them must know, and that tells nothing of their health or their safety."""


def why(held: Held, asker: Asker) -> tuple[str, ...]:
    """Why, in the words of closed lists: never an account of what happened, and never a need (rule 11)."""
    said = [*(_marker(marker, asker, "") for marker in held.markers)]
    said += [_marker(marker, asker, "Someone at this address: ") for marker in held.others]
    if asker is not Asker.CONTRACTOR:
        said += [_limit("Limit on contact", limit, limit.ends_on) for limit in held.limits]
        said += [_limit("Single contact", contact, contact.ends_on) for contact in held.contacts]
    return tuple(dict.fromkeys(words for words in said if words))


def _marker(marker: HeldMarker, asker: Asker, whose: str) -> str:
    if asker is Asker.CONTRACTOR:
        told = marker.audience in TOLD_TO_CONTRACTORS
        return f"{whose or 'Risk: '}{'risk of ' if whose else ''}{marker.risk.value}." if told else ""
    review = "To be decided by" if marker.provisional else "Review by"
    dated = f" {review} {day(marker.review_on)}." if marker.review_on else ""
    return f"{whose}{_risk(marker, whose)}{_incident(marker)}.{dated}"


def _risk(marker: HeldMarker, whose: str) -> str:
    return f"{'risk' if whose else 'Risk'}: {marker.risk.value}"


def _limit(what: str, limit: HeldControl, ends_on: date) -> str:
    return f"{what} until {day(ends_on)}{_incident(limit)}."


def _incident(control: HeldControl) -> str:
    """What was found and when, for those who work on the case."""
    if control.because is None or not control.because.conducts:
        return ""
    on = f" on {day(control.because.happened_on)}" if control.because.happened_on else ""
    return f", because of {listed(control.because.conducts)}{on}"


def overdue(held: Held, asker: Asker, on: date, telephone: str) -> tuple[str, ...]:
    """Each review that is late. A marker stays and says so; a contractor is given no day."""
    markers = (_late(marker, asker, on, telephone) for marker in (*held.markers, *held.others))
    limits = (
        f"The review of the {'limit' if isinstance(limit, HeldLimit) else 'single contact'} "
        f"is overdue since {day(limit.review_on)}."
        for limit in (*held.limits, *held.contacts)
        if limit.review_on and limit.review_on < on and asker is not Asker.CONTRACTOR
    )
    hazards = (
        f"{capital(hazard.kind.value)}: not looked at again since {day(hazard.review_on)}. It may have changed."
        for hazard in held.hazards
        if hazard.review_on and hazard.review_on < on and asker is not Asker.CONTRACTOR
    )
    return tuple(dict.fromkeys(words for words in (*markers, *limits, *hazards) if words))


def _late(marker: HeldMarker, asker: Asker, on: date, telephone: str) -> str:
    if marker.review_on is None or marker.review_on >= on:
        return ""
    since = "" if asker is Asker.CONTRACTOR else f" since {day(marker.review_on)}"
    if marker.provisional:
        return f"Not yet decided: its decision is overdue{since}."
    if on > months_after(marker.review_on, DIRECTOR_MONTHS):
        who = marker.ask if asker is not Asker.CONTRACTOR and marker.ask else telephone
        return f"Not reviewed: ask {who or 'the landlord'}."
    return f"Review overdue{since}."


def cautions(held: Held, asker: Asker) -> Iterator[str]:
    """What else to know about what is held. `withheld` is told to everyone who might speak of it."""
    markers = (*held.markers, *held.others)
    if any(marker.withheld for marker in markers):
        yield "They have not been told of this. Say nothing of it to them, or to anyone at the home."
    if any(marker.provisional for marker in markers):
        yield "Provisional: not yet decided."
    if asker is Asker.CONTRACTOR:
        return
    if any(control.under_appeal for control in (*held.limits, *held.contacts, *markers)):
        yield "They have asked us to look again at this. It holds until that is decided."


def help_needed(held: Held, asker: Asker) -> tuple[str, ...]:
    """What they need of us (rule 11): health and safety only for those who work on their case."""
    shown = {Asker.CONTRACTOR: frozenset[Need](), Asker.COLLEAGUE: PRACTICAL, Asker.CASEWORKER: frozenset(Need)}[asker]
    return tuple(capital(need.value) for need in Need if need in held.needs & shown)

"""Rules 4, 7, 11 and 13: as much of why as the asker may see, and what is late, appealed or not yet decided."""

from collections.abc import Iterator
from datetime import date

from evenhand.policy.answer import Asker
from evenhand.policy.day_words import capital, day, listed
from evenhand.policy.events.marker import Audience
from evenhand.policy.held import Held, HeldControl, HeldMarker
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
"""What any colleague who speaks with them must know, and that tells nothing of their health or of danger to them."""
SHOWN = {Asker.CONTRACTOR: frozenset[Need](), Asker.COLLEAGUE: PRACTICAL, Asker.CASEWORKER: frozenset(Need)}


def why(held: Held, asker: Asker) -> tuple[str, ...]:
    """Why, in the words of closed lists: never an account of what happened, and never a need (rule 11)."""
    said = [_marker(marker, asker, "Risk") for marker in held.markers]
    said += [_marker(marker, asker, "Risk from someone at this address") for marker in held.others]
    if asker is not Asker.CONTRACTOR:
        said += [_limit("Limit on contact", limit, limit.ends_on, asker) for limit in held.limits]
        said += [_limit("Single contact", contact, contact.ends_on, asker) for contact in held.contacts]
    return tuple(dict.fromkeys(words for words in said if words))


def _marker(marker: HeldMarker, asker: Asker, whose: str) -> str:
    if asker is Asker.CONTRACTOR:
        return f"{whose}: {marker.risk.value}." if marker.audience in TOLD_TO_CONTRACTORS else ""
    review = "To be decided by" if marker.provisional else "Review by"
    dated = f" {review} {day(marker.review_on)}." if marker.review_on else ""
    return f"{whose}: {marker.risk.value}{_incident(marker, asker)}.{dated}"


def _limit(what: str, limit: HeldControl, ends_on: date, asker: Asker) -> str:
    dated = f" Review by {day(limit.review_on)}." if limit.review_on else ""
    return f"{what} until {day(ends_on)}{_incident(limit, asker)}.{dated}"


def _incident(control: HeldControl, asker: Asker) -> str:
    """What was found and when, for those who work on the case; what only was alleged is called so."""
    because = control.because
    if asker is not Asker.CASEWORKER or because is None or not because.conducts:
        return ""
    alleged = "alleged " if isinstance(control, HeldMarker) and control.provisional else ""
    on = f" on {day(because.happened_on)}" if because.happened_on else ""
    return f", because of {alleged}{listed(because.conducts)}{on}"


def overdue(held: Held, asker: Asker, on: date) -> tuple[str, ...]:
    """Each review that is late. A marker stays and says so; a contractor is given no day."""
    said = [_late(marker, asker, on, held.telephone) for marker in (*held.markers, *held.others)]
    if asker is not Asker.CONTRACTOR:
        said += [_review("The limit on contact: review", each.review_on, on) for each in held.limits]
        said += [_review("The single contact: review", each.review_on, on) for each in held.contacts]
        said += [_review(f"{capital(each.kind.value)}: a fresh look", each.review_on, on) for each in held.hazards]
    return tuple(dict.fromkeys(words for words in said if words))


def _late(marker: HeldMarker, asker: Asker, on: date, telephone: str) -> str:
    if marker.review_on is None or marker.review_on >= on:
        return ""
    since = "" if asker is Asker.CONTRACTOR else f" since {day(marker.review_on)}"
    if marker.provisional:
        return f"Not yet decided: the decision is overdue{since}."
    if on > months_after(marker.review_on, DIRECTOR_MONTHS):
        who = telephone if asker is Asker.CONTRACTOR else marker.ask or telephone
        return f"Not reviewed: ask {who or 'the landlord'}."
    return f"Review overdue{since}."


def _review(what: str, due: date | None, on: date) -> str:
    return f"{what} overdue since {day(due)}." if due and due < on else ""


def cautions(held: Held, asker: Asker) -> Iterator[str]:
    """What else to know about what is held. Whoever might speak of it is told that the person was not."""
    markers = (*held.markers, *held.others)
    if any(marker.withheld for marker in markers):
        yield "The person has not been told of this. Say nothing of it to them, or to anyone at the home."
    if any(marker.provisional for marker in markers):
        yield "Provisional: not yet decided."
    if asker is Asker.CONTRACTOR:
        return
    if held.inherited:
        until = max(alert.until for alert in held.inherited)
        yield f"The older system’s warning is not a finding. It is told until {day(until)} at the latest."
    if any(control.under_appeal for control in (*held.limits, *held.contacts, *markers)):
        yield "Under appeal: the person has asked us to look again. It holds until that is decided."


def help_needed(held: Held, asker: Asker) -> tuple[str, ...]:
    """What they need of us (rule 11): health, and danger to them, only for those who work on their case."""
    return tuple(capital(need.value) for need in Need if need in held.needs & SHOWN[asker])

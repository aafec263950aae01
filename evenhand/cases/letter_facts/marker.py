"""M1, M2: the letters of a marker: placed, about to be reviewed, kept, taken off. To a customer it is a note."""

from collections.abc import Mapping
from types import MappingProxyType

from evenhand.cases.correspondence import Ended, LetterData, Marker, Review
from evenhand.cases.letter_facts import conduct
from evenhand.cases.letter_facts.decision import police_told
from evenhand.cases.letter_facts.telling import Telling
from evenhand.policy.events.ending import Ending
from evenhand.policy.events.incident import IncidentReported
from evenhand.policy.events.marker import (
    Audience,
    MarkerKept,
    MarkerPlaced,
    MarkerRemoved,
    MarkerVaried,
    ProvisionalMarkerPlaced,
    ProvisionalMarkerRenewed,
    ReviewNotified,
    Risk,
)

THE_NOTE = "the note on your record to keep colleagues safe"
RISKS: Mapping[Risk, str] = MappingProxyType(
    {
        Risk.PHYSICAL: "A colleague could be hurt.",
        Risk.THREATS: "A colleague could be threatened or shouted at.",
        Risk.HARASSMENT: "A colleague could be harassed or insulted because of who they are.",
        Risk.WEAPON: "A colleague could be hurt with a weapon.",
        Risk.UNSAFE_VISIT: "It may not be safe for someone to come to your home alone.",
    }
)
TOLD: Mapping[Audience, tuple[str, ...]] = MappingProxyType(
    {
        Audience.ALL: (
            "our colleagues who visit homes", "our contractors who visit homes", "our colleagues who take calls"
        ),
        Audience.COLLEAGUES: ("our colleagues who visit homes", "our colleagues who take calls"),
        Audience.VISITORS: ("our colleagues who visit homes", "our contractors who visit homes"),
    }
)  # fmt: skip


def placed(telling: Telling, event: MarkerPlaced | ProvisionalMarkerPlaced) -> LetterData:
    """What happened, how the note shows, who sees it, when it is looked at again, and their rights over it."""
    return telling.data(
        reasons=event.reasons, marker=note(telling, event.marker), police_told=police_told(telling),
    )  # fmt: skip


def review_notice(telling: Telling, event: ReviewNotified) -> LetterData:
    """That it is looked at again soon; or, late, an apology that it was not, and by when it will be."""
    review = Review(
        of=THE_NOTE, on=event.look_by or event.review_on, respond_by=event.respond_by,
        was_due_on=event.review_on if event.late else None,
    )  # fmt: skip
    return telling.data(review=review, marker=note(telling, event.marker))


def kept(telling: Telling, event: MarkerKept | ProvisionalMarkerRenewed) -> LetterData:
    """That it stays, why, and until when: to its next review, or until the case is decided."""
    stood = telling.before.marker.get(event.marker)
    due = (stood.decide_by if stood.provisional else stood.review_on) if stood else None
    review = Review(
        of=THE_NOTE, on=event.on, result="kept",
        next_on=event.decide_by if isinstance(event, ProvisionalMarkerRenewed) else event.review_on,
        was_due_on=due if due and due < event.on else None,
        asked_by_customer=bool(stood and stood.answer_by),
    )  # fmt: skip
    return telling.data(reasons=event.reasons, review=review, marker=note(telling, event.marker))


def removed(telling: Telling, event: MarkerRemoved) -> LetterData:
    """That it is gone, and why."""
    ended = Ended(what=THE_NOTE, on=event.on, cancelled=event.cause is Ending.APPEAL)
    return telling.data(reasons=event.reasons, ended=ended, marker=note(telling, event.marker))


def note(telling: Telling, id: str) -> Marker:
    """The marker as the customer reads it, with the latest of its control measures and audience."""
    stands = telling.case.marker.get(id)
    set_out = telling.last(MarkerPlaced, marker=id) or telling.last(ProvisionalMarkerPlaced, marker=id)
    assert stands and set_out
    says = telling.last(MarkerVaried, marker=id) or set_out
    incident = telling.case.incident.get(set_out.incident)
    reported = telling.last(IncidentReported, incident=set_out.incident)
    assert incident and reported
    found = telling.case.decision.adverse
    did = [c for c in conduct.in_order(incident) if c.is_behaviour and (stands.provisional or not found or c in found)]
    looked_at = stands.decide_by if stands.provisional else stands.review_on
    return Marker(
        incident_on=incident.happened_on,
        reason=", and ".join(conduct.words(each, reported.channel) for each in did),
        risk=RISKS[set_out.risk],
        control=" ".join(f"{control.words[:1].upper()}{control.words[1:]}." for control in says.controls),
        audience=TOLD[says.audience],
        placed_on=set_out.on,
        review_on=looked_at or set_out.on,
        provisional=stands.provisional,
        ended_on=telling.event.on if stands.removed else None,
    )

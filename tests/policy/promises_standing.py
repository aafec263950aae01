"""Each promise of the mission that must hold wherever a case has come to, whatever anyone does next."""

from evenhand.policy.conduct import BEHAVIOURS
from evenhand.policy.deadline import due
from evenhand.policy.events.correspondence import LetterKind
from evenhand.policy.need import Channel
from evenhand.policy.standing.correspondence import Post
from tests.policy import answers
from tests.policy.people import CUSTOMER, DUTY, SYSTEM
from tests.policy.walk import TERMS, Place, Walk

TELLS = {
    "finding": LetterKind.FINDING,
    "limit": LetterKind.LIMITS,
    "contact": LetterKind.SINGLE_CONTACT,
    "marker": LetterKind.MARKER,
}


def check_place(place: Place, walk: Walk) -> None:
    nothing_is_forgotten(place)
    a_marker_outlives_no_decision_that_clears(place)
    limits_hold_only_once_told(place)
    some_way_stays_open(place)
    no_end_comes_as_a_surprise(place, walk)
    everything_in_force_is_told(place, walk)
    everything_in_force_may_be_appealed(place, walk)
    police_never_wait(place, walk)


def nothing_is_forgotten(place: Place) -> None:
    """M2, D2, rules 7 and 10: what was placed stands until it is ended, what was quashed carries nothing."""
    case, m, day = place
    ids = {kind: {c.id for c in m.controls if c.kind == kind} for kind in TELLS}
    assert {f.id for f in case.decision.findings if f.stands} == ids["finding"]
    assert {x.id for x in case.expectation.limits if not x.ended} == ids["limit"]
    assert {x.id for x in case.single_contact.contacts if not x.ended} == ids["contact"]
    assert {x.id for x in case.marker.standing} == ids["marker"]
    for control in m.controls:
        if control.kind in ("limit", "contact") and control.due and control.due < day:
            continue  # it came to its end by itself
        assert control.rests_on is None or control.rests_on in ids["finding"], "it rests on a finding that was quashed"
        assert not m.died or control.kind == "finding", "rule 10: death ends controls"
    owed = {(d.verb, d.subject): d.on for d in due(case)}
    for found in case.marker.standing:
        remembered = m.control(found.id)
        assert remembered and found.is_overdue(day) == (remembered.due is not None and remembered.due < day)
        verb = "marker.place" if found.provisional else "marker.keep"
        assert m.died or owed.get((verb, found.id)) is not None, "M2: a review nobody is asked for"
    for appeal, _ in m.appeals:
        assert m.died or ("appeal.decide", appeal) in owed, "D2: an appeal nobody is asked to decide"


def a_marker_outlives_no_decision_that_clears(place: Place) -> None:
    """Rule 7: confirmed by a finding, renewed, or removed; none stands where all is decided and nothing was found."""
    case, m, _ = place
    found = frozenset(conduct for c in m.controls if c.kind == "finding" for conduct in c.behaviour)
    for control in case.marker.provisional:
        alleged = dict(m.alleged).get(control.incident, frozenset())
        assert case.decision.undecided or found & alleged & BEHAVIOURS, "rule 7: a marker that nothing can confirm"
        assert control.incident not in m.turned_away, "rule 7: a marker about what is not conduct"


def limits_hold_only_once_told(place: Place) -> None:
    """D1, rule 7: never before the letter counts as delivered, never after the end."""
    case, m, day = place
    for limit in (*case.expectation.limits, *case.single_contact.contacts):
        if limit.in_force(day):
            first, control = m.first_delivery(limit.id), m.control(limit.id)
            assert first is not None and first <= day, "D1: a limit before its letter"
            assert control and control.due and day <= control.due, "rule 7: a limit after its end"
            assert not m.died, "rule 10"


def no_end_comes_as_a_surprise(place: Place, walk: Walk) -> None:
    """Notice to the customer of a coming review: given, or nothing stands in its way, unless it was reviewed since."""
    case, m, day = place
    for control in m.controls:
        found = case.expectation.get(control.id) or case.single_contact.get(control.id)
        if found is None or not found.in_force(day) or not control.due or control.once_told:
            continue
        if day >= TERMS.working_days_after(control.due, -TERMS.review_notice_days):
            refusal = walk.refuses(place, "limit_review.notify", SYSTEM, control.id)
            assert not refusal or (control.id, control.due) in m.noticed, refusal


def some_way_stays_open(place: Place) -> None:
    """Rule 2: over everything live, a way is left that suits; whoever the walk is about finds the telephone hard."""
    case, _, day = place
    plans = [x.plan.channels for x in case.expectation.live(day) if x.plan]
    assert len(plans) <= 1, "one plan at most"
    contacts = [x.channels for x in case.single_contact.live(day)]
    assert len(contacts) <= 1, "one single contact at most"
    left = frozenset(Channel) - {Channel.PHONE}
    for channels in (*plans, *contacts):
        left &= channels
    assert left, "rule 2: every way is closed"


def everything_in_force_is_told(place: Place, walk: Walk) -> None:
    """D1, rule 4: a letter waits or went, or someone senior withheld the notice of a marker."""
    case, m, day = place
    for control in m.controls:
        if TELLS[control.kind] not in walk.kinds or m.died or (control.due and control.due < day):
            continue
        letters = [x for x in case.correspondence.letters if x.about == control.id and x.kind is TELLS[control.kind]]
        assert any(x.post is not Post.SET_ASIDE for x in letters), "D1: nobody is telling the customer"


def everything_in_force_may_be_appealed(place: Place, walk: Walk) -> None:
    """D2, M3: until an appeal is open or decided; and after a fresh decision, again."""
    _, m, day = place
    against = {a for _, a in m.appeals}
    for control in m.controls:
        ended = control.kind in ("limit", "contact") and control.due and control.due < day
        if control.id in against or control.id in m.answered or ended:
            continue
        last = m.last_day(control.id)
        late = "In hospital." if last and day > last else ""
        refusal = walk.refuses(place, "appeal.lodge", CUSTOMER, control.id, grounds="Not so.", late_reason=late)
        assert not refusal, f"D2: {control.id}: {refusal}"


def police_never_wait(place: Place, walk: Walk) -> None:
    """P1: a belief that a crime was committed can be reported from the first report on, account or none."""
    if place.case.incident.all:
        assert not walk.refuses(place, "police.report", DUTY, **answers.BELIEF), "P1"

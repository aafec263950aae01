"""D2, M3: what an appeal does to what was appealed, and to what rests on it."""

from collections.abc import Iterator
from dataclasses import dataclass

from evenhand.policy import unconfirmed
from evenhand.policy.case import Case
from evenhand.policy.closing_channels import objections_to_closing
from evenhand.policy.conduct import Conduct, Finding
from evenhand.policy.events.decision import FindingQuashed, FindingVaried
from evenhand.policy.events.ending import Ending
from evenhand.policy.events.event import Event, stamp
from evenhand.policy.events.expectation import ExpectationEnded, ExpectationVaried, Plan
from evenhand.policy.events.marker import Audience, Control, MarkerRemoved, MarkerVaried
from evenhand.policy.events.single_contact import SingleContactEnded
from evenhand.policy.occasion import Occasion
from evenhand.policy.plan import objections_to_allowing_less, objections_to_shape
from evenhand.policy.promises import Promise
from evenhand.policy.refusal import Objection
from evenhand.policy.safe_attendance import objections_to_staying_away
from evenhand.policy.standing.expectation import Limit

HAS_ENDED = Objection("It has ended since: uphold the appeal or dismiss it.", Promise.D2, field="outcome")


@dataclass(frozen=True, slots=True)
class Variation:
    """How a decision is changed. Only what fits the thing appealed is looked at."""

    found: tuple[tuple[Conduct, Finding], ...] = ()
    plan: Plan | None = None
    controls: tuple[Control, ...] = ()
    audience: Audience | None = None
    safe_attendance: str = ""


def objections_to_variation(case: Case, now: Occasion, against: str, variation: Variation) -> Iterator[Objection]:
    if (finding := case.decision.get(against)) is not None:
        adverse = frozenset(conduct for conduct, found in variation.found if found.is_adverse)
        if not adverse < finding.adverse:
            yield Objection("Take away at least one finding, and add none.", Promise.D2, field="found")
        if not adverse:
            yield Objection("That takes every finding away: uphold the appeal instead.", Promise.D2, field="outcome")
    elif (limit := case.expectation.get(against)) is not None:
        yield from _objections_to_a_plan(limit, now, variation.plan)
    elif (marker := case.marker.get(against)) is not None:
        if not marker.stands:
            yield HAS_ENDED
        if not variation.controls or variation.audience is None:
            yield Objection("Say what colleagues should do now, and who is told.", Promise.D2, field="controls")
        elif marker.audience not in (variation.audience, Audience.ALL):
            yield Objection("An appeal never tells more people of the marker.", Promise.D2, field="audience")
        yield from objections_to_staying_away(variation.controls, variation.safe_attendance)
    else:
        yield Objection("A single contact is upheld or ended; appoint another afterwards.", Promise.D2, field="outcome")


def _objections_to_a_plan(limit: Limit, now: Occasion, plan: Plan | None) -> Iterator[Objection]:
    if not limit.is_live(now.day):
        yield HAS_ENDED
    if limit.plan is None:
        yield Objection("That sets no limits to change: uphold the appeal or dismiss it.", Promise.D2, field="outcome")
    elif plan is None:
        yield Objection("Say what the limits are now.", Promise.D2, field="channels")
    else:
        yield from objections_to_closing(now.known, plan.channels, single_contact=False)
        yield from objections_to_shape(plan)
        yield from objections_to_allowing_less(limit.plan, plan)


def varied(case: Case, now: Occasion, appeal: str, against: str, variation: Variation, reasons: str) -> list[Event]:
    """The one event that changes it, and the ends of markers whose incident holds no behaviour found any more."""
    if case.decision.get(against) is not None:
        changed = FindingVaried(**stamp(now), finding=against, found=variation.found, reasons=reasons, appeal=appeal)
        left = frozenset(c for c, found in variation.found if found.is_adverse and c.is_behaviour)
        return [changed, *_markers_ended(case, now, against, left), *_unconfirmed(case, now, against, left)]
    if case.expectation.get(against) is not None and variation.plan:
        return [ExpectationVaried(**stamp(now), limit=against, plan=variation.plan, reasons=reasons, by_appeal=True)]
    assert variation.audience
    return [
        MarkerVaried(
            **stamp(now),
            marker=against,
            controls=variation.controls,
            audience=variation.audience,
            reasons=reasons,
            safe_attendance=variation.safe_attendance,
        )
    ]


def withdrawn(case: Case, now: Occasion, appeal: str, against: str) -> list[Event]:
    """What is cancelled: a finding and everything that rests on it, or one limit, single contact or marker."""
    if case.decision.get(against) is not None:
        return [
            FindingQuashed(**stamp(now), finding=against, appeal=appeal),
            *_limits_ended(case, now, against),
            *_markers_ended(case, now, against),
            *_unconfirmed(case, now, against, frozenset()),
        ]
    return [
        *(_expectation(now, x.id) for x in case.expectation.live(now.day) if x.id == against),
        *(_contact(now, x.id) for x in case.single_contact.live(now.day) if x.id == against),
        *(_marker(now, m.id) for m in case.marker.standing if m.id == against),
    ]


def _limits_ended(case: Case, now: Occasion, finding: str) -> list[Event]:
    limits = [_expectation(now, x.id) for x in case.expectation.live(now.day) if x.finding == finding]
    contacts = [_contact(now, x.id) for x in case.single_contact.live(now.day) if x.finding == finding]
    return [*limits, *contacts]


def _markers_ended(case: Case, now: Occasion, finding: str, left: frozenset[Conduct] = frozenset()) -> list[Event]:
    """Those that rest on this finding and on an incident in which none of the behaviour `left` is found."""
    resting = (m for m in case.marker.standing if m.finding == finding)
    return [_marker(now, m.id) for m in resting if not left & case.incident.conducts_in(m.incident)]


def _unconfirmed(case: Case, now: Occasion, finding: str, left: frozenset[Conduct]) -> list[Event]:
    """Provisional markers that no finding can confirm any more; none while something is still to be decided."""
    if case.decision.undecided:
        return []
    others = (f.adverse for f in case.decision.findings if f.stands and f.id != finding)
    return unconfirmed.removed(case, now, left.union(*others), Ending.APPEAL, "An appeal was upheld.")


def _expectation(now: Occasion, id: str) -> Event:
    return ExpectationEnded(**stamp(now), limit=id, cause=Ending.APPEAL, reasons="An appeal was upheld.")


def _contact(now: Occasion, id: str) -> Event:
    return SingleContactEnded(**stamp(now), limit=id, cause=Ending.APPEAL, reasons="An appeal was upheld.")


def _marker(now: Occasion, id: str) -> Event:
    return MarkerRemoved(**stamp(now), marker=id, cause=Ending.APPEAL, reasons="An appeal was upheld.")

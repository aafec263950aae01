"""Columns, live controls and tasks that lists and look-ups read: made again from the log in the same transaction."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from evenhand.cases import models
from evenhand.cases.log import Entry
from evenhand.database import planned
from evenhand.policy.case import Case
from evenhand.policy.conduct import Conduct, in_order
from evenhand.policy.deadline import due
from evenhand.policy.disposal import settled_from
from evenhand.policy.events.expectation import ExpectationSet, Plan, Weekday
from evenhand.policy.events.incident import HomeInstructionPlaced, IncidentTriaged
from evenhand.policy.events.marker import MarkerPlaced, MarkerVaried, ProvisionalMarkerPlaced
from evenhand.policy.events.single_contact import SingleContactAppointed, SingleContactChanged
from evenhand.policy.standing.expectation import Limit
from evenhand.policy.standing.marker import Marker
from evenhand.policy.standing.single_contact import Contact

EXPECTED = "expectation"
"""How somebody is expected to behave, without a limit: it has its days as limits have, and binds no contact."""

_CLEARED = """
    WITH controls AS (DELETE FROM cases_livecontrol WHERE case_id = %(case)s::bigint)
    DELETE FROM cases_task WHERE case_id = %(case)s::bigint
"""


def refresh(row: models.Case, case: Case, entries: Iterable[Entry]) -> None:
    """Everything a list needs of one case. `row` is saved by this."""
    entries = list(entries)
    _columns(row, case)
    row.joined = next((e.event.joins or "" for e in reversed(entries) if isinstance(e.event, IncidentTriaged)), "")
    row.save()
    with planned.cursor() as cursor:
        cursor.execute(_CLEARED, {"case": row.pk})
    models.LiveControl.objects.bulk_create(controls(row, case, entries))
    models.Task.objects.bulk_create(tasks(row, case))


def _columns(row: models.Case, case: Case) -> None:
    incidents = case.incident.all
    row.matter = case.handling.matter
    row.about = case.handling.about or ""
    row.holder = case.handling.holder or ""
    row.untriaged = bool(case.incident.untriaged)
    row.closed = case.handling.closed or (bool(incidents) and not case.incident.is_case and not row.untriaged)
    row.decided = not case.decision.undecided
    row.serious = any(incident.is_serious for incident in incidents)
    row.appeal_open = bool(case.appeal.open)
    row.has_referral = case.support.shared_with_a_partner
    row.happened_on = max((incident.happened_on for incident in incidents), default=None)
    row.conducts = [each.value for each in in_order(each for incident in incidents for each in incident.conducts)]
    row.reporters = sorted({incident.reporter for incident in incidents})
    row.targets = sorted(case.involvement.targets)
    row.named = sorted(case.involvement.named)
    row.clocks = {category.name: since.isoformat() for category, since in case.disposal.clocks.items()}
    row.settled_on = settled_from(case)
    row.held = bool(case.disposal.holds)
    row.hold_reviews = sorted(hold.review_on for hold in case.disposal.holds)
    row.disposed_on = case.disposal.disposed_on


def tasks(row: models.Case, case: Case) -> list[models.Task]:
    return [
        models.Task(
            case=row,
            reference=row.reference,
            on=d.on,
            what=d.what,
            promise=d.promise.name,
            verb=d.verb,
            subject=d.subject or "",
            role=d.who,
            holder=row.holder,
        )
        for d in due(case)
    ]


def controls(row: models.Case, case: Case, entries: Iterable[Entry]) -> list[models.LiveControl]:
    """Every control that nobody has ended. Whether it holds on a day is read from its dates."""
    if case.handling.matter.is_sealed:
        return []
    if row.person_id is None:
        return _instruction(row, case, entries)
    said = _details(entries)
    for id, rests_on in _because(case).items():
        said[id] = {**said.get(id, {}), **rests_on}
    appealed = _appealed(case)
    limits = [_limit(x, "limit" if x.plan else EXPECTED) for x in case.expectation.limits if not x.ended]
    for limit in case.expectation.limits:
        said[limit.id] = {**said.get(limit.id, {}), **_plans(limit)}
    contacts = [_limit(x, "single_contact") for x in case.single_contact.contacts if not x.ended]
    markers = [_marker(m) for m in case.marker.standing]
    return [
        models.LiveControl(
            case=row,
            reference=row.reference,
            person_id=row.person_id,
            **fields,
            details=said.get(fields["control"], {}),
            audience=said.get(fields["control"], {}).get("audience", ""),
            high=said.get(fields["control"], {}).get("high", False),
            under_appeal=fields["control"] in appealed,
        )
        for fields in [*limits, *contacts, *markers]
    ]


def _instruction(row: models.Case, case: Case, entries: Iterable[Entry]) -> list[models.LiveControl]:
    """What stands on a home until somebody knows who it was."""
    placed = [e.event for e in entries if isinstance(e.event, HomeInstructionPlaced)]
    return [
        models.LiveControl(
            case=row,
            reference=row.reference,
            home=row.home,
            kind="instruction",
            control=f"H{number}",
            starts_on=event.on,
            ends_on=event.until,
            details={"controls": [event.instruction]},
        )
        for number, event in enumerate(placed, 1)
    ]


def _plans(limit: Limit) -> dict[str, Any]:
    """The plan that holds, and the one that follows from the day the customer was told of it."""
    if limit.plan is None:
        return {}
    if limit.plan_from is None or limit.earlier_plan is None:
        return plan_as_json(limit.plan)
    then = {**plan_as_json(limit.plan), "from": limit.plan_from.isoformat()}
    return {**plan_as_json(limit.earlier_plan), "then": then}


def details_on(control: models.LiveControl, day: date) -> dict[str, Any]:
    """What a control says on a day."""
    details: dict[str, Any] = control.details
    then = details.get("then")
    return {**details, **then} if then and date.fromisoformat(then["from"]) <= day else details


def _limit(limit: Limit | Contact, kind: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "control": limit.id,
        "starts_on": limit.starts_on,
        "ends_on": limit.ends_on,
        "review_on": limit.review_on,
        "notify_on": limit.notify_review_on if limit.starts_on and not limit.review_notified else None,
    }


def _because(case: Case) -> dict[str, dict[str, Any]]:
    """What each control rests on, in the closed list's words, and when it happened; for a limit, the days left open
    between its end and the telling of an extension that came too late."""
    found: dict[str, dict[str, Any]] = {}
    for marker in case.marker.standing:
        incident = case.incident.get(marker.incident)
        found[marker.id] = _incident(incident.conducts, incident.happened_on) if incident else {}
    limits: list[Limit | Contact] = [*case.expectation.limits, *case.single_contact.contacts]
    for limit in limits:
        finding = case.decision.get(limit.finding)
        adverse = finding.adverse if finding else frozenset()
        days = [i.happened_on for i in case.incident.in_case if i.conducts & adverse]
        found[limit.id] = _incident(adverse, max(days, default=None)) | _left_open(limit)
    return found


def _appealed(case: Case) -> set[str]:
    """What is under appeal, and every control that rests on a finding that is: as much disputed as if it were named."""
    against = {appeal.against for appeal in case.appeal.open}
    resting: list[Marker | Limit | Contact] = [
        *case.marker.standing,
        *case.expectation.limits,
        *case.single_contact.contacts,
    ]
    return against | {control.id for control in resting if control.finding in against}


def _incident(conducts: Iterable[Conduct], happened_on: date | None) -> dict[str, Any]:
    return {
        "conducts": [conduct.value for conduct in in_order(conducts)],
        "happened_on": happened_on.isoformat() if happened_on else None,
    }


def _left_open(limit: Limit | Contact) -> dict[str, Any]:
    change = limit.change
    if change.open_after is None or change.open_until is None:
        return {}
    return {"open": [change.open_after.isoformat(), change.open_until.isoformat()]}


def _marker(marker: Marker) -> dict[str, Any]:
    return {
        "kind": "marker",
        "control": marker.id,
        "review_on": marker.decide_by if marker.provisional else marker.review_on,
        "notify_on": None if marker.review_notified else marker.notify_review_on,
        "provisional": marker.provisional,
        "withheld": marker.withheld_until is not None,
    }


def _details(entries: Iterable[Entry]) -> dict[str, dict[str, Any]]:
    """What each control says, by its id, from the last event that said it."""
    said: dict[str, dict[str, Any]] = {}
    for entry in entries:
        match entry.event:
            case ExpectationSet(limit=id, behaviour=behaviour):
                said[id] = {"behaviour": behaviour}
            case SingleContactAppointed() | SingleContactChanged() as told:
                said[told.limit] = {
                    "channels": sorted(told.channels),
                    "name": told.name,
                    "telephone": told.telephone,
                    "email": told.email,
                    "cover": told.cover,
                    "colleague": told.colleague,
                }
            case ProvisionalMarkerPlaced() | MarkerPlaced() as placed:
                said[placed.marker] = {
                    "risk": placed.risk.value,
                    "code": placed.risk.code,
                    "high": placed.risk.is_high,
                    "controls": [control.value for control in placed.controls],
                    "audience": placed.audience.value,
                    "safe_attendance": placed.safe_attendance,
                }
            case MarkerVaried(marker=id, controls=changed, audience=audience, safe_attendance=attendance):
                said[id] = {
                    **said.get(id, {}),
                    "controls": [control.value for control in changed],
                    "audience": audience.value,
                    "safe_attendance": attendance,
                }
    return said


def plan_as_json(plan: Plan) -> dict[str, Any]:
    """A plan as plain values: what a machine can answer for."""
    return {
        "channels": sorted(plan.channels),
        "times": plan.times,
        "period": plan.period.value if plan.period else None,
        "weekdays": [day.value for day in Weekday if day in plan.weekdays],
        "from_time": plan.from_time.isoformat("minutes") if plan.from_time else None,
        "to_time": plan.to_time.isoformat("minutes") if plan.to_time else None,
    }

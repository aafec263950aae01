"""What a webhook says: which control of whom, what became of it, and what to do today. No more than its receiver needs.

It is made when it is sent, from what is held at that moment. So a message that waited tells nothing that is over, and
none is kept that would have to be disposed of. The names are those of the machines' door.
"""

import json
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from evenhand.cases import holding
from evenhand.cases.circumstances import Moment
from evenhand.people.models import Person
from evenhand.policy.alert_code import hact_of
from evenhand.policy.answer import Asker
from evenhand.policy.attendance import Desk, instructed
from evenhand.policy.contact_why import TOLD_TO_CONTRACTORS
from evenhand.policy.events.expectation import Weekday
from evenhand.policy.exempt import Exempt
from evenhand.policy.held import Held, HeldContact, HeldControl, HeldInstruction, HeldLimit, HeldMarker
from evenhand.sharing.identity import records_of
from evenhand.sharing.ledger import Recipient, Told
from evenhand.sharing.models import Change, Delivery, Disclosure, Endpoint
from evenhand.sharing.models.change import ChangeKind, ControlKind
from evenhand.sharing.models.disclosure import RecipientKind

TO_CONTRACTORS = frozenset({ControlKind.MARKER, ControlKind.INSTRUCTION})
"""What may be sent to a contractor unasked. Limits bind contact with the landlord, and are the landlord's own."""
TEST = "test"


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it is sent. `tells` is what the receiver knows from it; None for an end, and for a trial."""

    body: bytes
    tells: Told | None = None


def recipient(endpoint: Endpoint) -> Recipient:
    """The receiver, as the ledger knows it."""
    return Recipient(RecipientKind.RECEIVER, str(endpoint.pk), endpoint.name)


def written(delivery: Delivery, moment: Moment) -> Message | None:
    """The message as it must be sent now, or None where there is nothing to tell this receiver (any more)."""
    change = delivery.change
    if change is None:
        return Message(_json(TEST, moment.at.astimezone(UTC).isoformat(), {"words": "This is a trial. Do nothing."}))
    endpoint = delivery.endpoint
    held = _held(change, moment)
    control = _of(change, held)
    kind = ChangeKind(change.kind)
    if control is None or not _is_for(endpoint, control):
        # Whoever was told hears that it is over for them; nobody else hears of it. The message that says so is that of
        # the change which made it so: one that was to say something else never comes back as an end under its name.
        if not _was_told(endpoint, change) or not (kind.is_over or (control and _is_latest(change))):
            return None
        return _message(change, kind if kind.is_over else ChangeKind.ENDED, {})
    if kind.is_over or (endpoint.for_contractor and not change.asks):
        return None
    now = now_of(control, held, moment, for_contractor=endpoint.for_contractor)
    return _message(change, kind, {"now": now}, tells=_told(change))


def now_of(
    control: HeldControl | HeldInstruction, held: Held, moment: Moment, *, for_contractor: bool
) -> dict[str, Any]:
    """What a control asks today of whoever reads it: no more of it to a contractor than any other door tells one."""
    return _for_contractor(control, held) if for_contractor else _for_colleagues(control, moment)


def _message(change: Change, kind: ChangeKind, more: dict[str, Any], tells: Told | None = None) -> Message:
    data = {
        "id": f"{change.case}.{change.control}",
        "sequence": change.pk,
        "version": change.version,
        "people": _people(change),
        "home": {"uprn": change.home.uprn, "home_ref": change.home.ref} if change.home else None,
        **more,
    }
    happened = change.at.astimezone(UTC).isoformat()
    return Message(_json(f"{change.control_kind}.{kind.value}", happened, data), tells)


def _json(type: str, timestamp: str, data: dict[str, Any]) -> bytes:
    told = {"type": type, "timestamp": timestamp, "data": data}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _told(change: Change) -> Told:
    return Told(change.case, change.control, ControlKind(change.control_kind), change.person_id, change.home_id)


def _was_told(endpoint: Endpoint, change: Change) -> bool:
    to = recipient(endpoint)
    rows = Disclosure.objects.filter(case=change.case, control=change.control, to_kind=to.kind, to_id=to.id)
    return rows.exists()


def _is_latest(change: Change) -> bool:
    """Whether nothing has become of the control since."""
    return not Change.objects.filter(case=change.case, control=change.control, pk__gt=change.pk).exists()


def _held(change: Change, moment: Moment) -> Held:
    """What is held today of whom or what the change is about."""
    if change.person_id is not None:
        return holding.held_of([change.person_id], moment.day)[change.person_id]
    assert change.home_id is not None
    return holding.held_at([change.home_id], moment.day)[change.home_id]


def _of(change: Change, held: Held) -> HeldControl | HeldInstruction | None:
    own: tuple[HeldControl | HeldInstruction, ...] = (
        *held.markers,
        *held.limits,
        *held.contacts,
        *held.instructions,
    )
    return next((each for each in own if (each.case, each.id) == (change.case, change.control)), None)


def _is_for(endpoint: Endpoint, control: HeldControl | HeldInstruction) -> bool:
    if not endpoint.for_contractor or isinstance(control, HeldInstruction):
        return True
    return isinstance(control, HeldMarker) and control.audience in TOLD_TO_CONTRACTORS


def _people(change: Change) -> list[dict[str, str]]:
    """Every record of the person: a system that knows any of them finds it."""
    if change.person_id is None:
        return []
    ids = records_of([change.person_id])[change.person_id]
    rows = Person.objects.filter(pk__in=ids).order_by("pk").values_list("source", "ref")
    return [{"source": source, "person_ref": ref} for source, ref in rows]


def _for_contractor(control: HeldControl | HeldInstruction, held: Held) -> dict[str, Any]:
    """What to do, the kind of risk and whom to ask: no dates, no state of anything, nothing of what happened."""
    if isinstance(control, HeldInstruction):
        return {"instructions": [instructed(Desk(Asker.CONTRACTOR, "", held.telephone))], "ask": held.telephone}
    assert isinstance(control, HeldMarker)
    return {
        "instructions": [measure.value for measure in control.controls],
        "risk": control.risk.value,
        "ukhds": control.risk.code,
        "hact": hact_of(control.controls),
        "high": control.high,
        "ask": held.telephone,
    }


def _for_colleagues(control: HeldControl | HeldInstruction, moment: Moment) -> dict[str, Any]:
    match control:
        case HeldInstruction():
            return {"instructions": [control.words], "until": control.until.isoformat()}
        case HeldMarker():
            return _marker(control) | _review(control, moment)
        case HeldLimit():
            return _limit(control) | _review(control, moment)
        case HeldContact():
            return _contact(control) | _review(control, moment)
    raise TypeError(f"Nobody is told of a {type(control).__name__}.")


def _review(control: HeldControl, moment: Moment) -> dict[str, Any]:
    late = control.review_on is not None and control.review_on < moment.day
    on = control.review_on.isoformat() if control.review_on else None
    return {"review_on": on, "review_overdue": late, "under_appeal": control.under_appeal}


def _marker(marker: HeldMarker) -> dict[str, Any]:
    """`told_the_person` false: they do not know of it yet, and hear nothing of it from whoever reads this."""
    return {
        "instructions": [measure.value for measure in marker.controls],
        "risk": marker.risk.value,
        "ukhds": marker.risk.code,
        "hact": hact_of(marker.controls),
        "high": marker.high,
        "audience": marker.audience.value,
        "safe_attendance": marker.safe_attendance,
        "provisional": marker.provisional,
        "told_the_person": not marker.withheld,
    }


def _limit(limit: HeldLimit) -> dict[str, Any]:
    plan = limit.plan
    return {
        "channels": sorted(channel.value for channel in plan.channels),
        "times": plan.times,
        "period": plan.period.value if plan.period else None,
        "weekdays": [day.value for day in Weekday if day in plan.weekdays],
        "from_time": plan.from_time.isoformat("minutes") if plan.from_time else None,
        "to_time": plan.to_time.isoformat("minutes") if plan.to_time else None,
        "starts_on": limit.starts_on.isoformat(),
        "ends_on": limit.ends_on.isoformat(),
        "exempt": [kind.words for kind in Exempt],
    }


def _contact(contact: HeldContact) -> dict[str, Any]:
    return {
        "name": contact.name,
        "telephone": contact.telephone,
        "email": contact.email,
        "cover": contact.cover,
        "channels": sorted(channel.value for channel in contact.channels),
        "starts_on": contact.starts_on.isoformat(),
        "ends_on": contact.ends_on.isoformat(),
        "exempt": [kind.words for kind in Exempt],
    }

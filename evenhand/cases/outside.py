"""E1, rule 1: contacts that other systems brought are held against the limits once they are written.

The same rule decides as for one that is logged by hand. One that came outside a limit waits until a person has read it
for a hazard (`contacts/to_read.py`); one that always gets through never waits.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import get_current_timezone

from evenhand.cases import came_late, holding, limited_then, models
from evenhand.cases.circumstances import LIMITS, Moment, terms_on
from evenhand.contacts import to_judge, to_read
from evenhand.contacts.models import Contact, Outside, ToRead
from evenhand.contacts.models.contact import Caller, Direction
from evenhand.contacts.to_read import limits_of
from evenhand.people import at_once, reading
from evenhand.people.models import User
from evenhand.policy.answer import Verdict, Within
from evenhand.policy.contact_within import then, within
from evenhand.policy.held import Held
from evenhand.policy.need import Channel
from evenhand.policy.terms import Terms


def local(at: datetime) -> datetime:
    """The same moment as the landlord's own clock shows it, summer time and all."""
    return at.astimezone(get_current_timezone())


@dataclass(frozen=True, slots=True)
class Judged:
    """How many contacts were judged, and those that came outside the limits."""

    count: int
    outside: Mapping[int, Within]


@transaction.atomic
def judge(moment: Moment, only: Collection[int] | None = None) -> Judged:
    """Judges contacts that were added, corrected or matched: at most so many, or these alone.

    Judging again gives the same again. The number of queries does not depend on how many contacts there are, only on
    how many days they came on. One that came too late to be read in time counts as outside and waits for nobody.
    """
    if only is None:
        came_late.note(moment.day)
    taken = to_judge.take(only)
    if not taken:
        return Judged(0, {})
    rows = {row.contact: row for row in ToRead.objects.filter(contact__in=list(taken)).select_related("read_by")}
    outside = _outside([each for each in taken.values() if each is not None], rows)
    _keep(taken, rows, outside, moment)
    return Judged(len(taken), outside)


@dataclass(frozen=True, slots=True)
class Crossed:
    """A limit or single contact that a contact came outside, and whose it is."""

    case: str
    limit: str
    person: int
    is_single_contact: bool
    contacts: frozenset[int]


def crossed(contacts: Collection[int]) -> list[Crossed]:
    """What these contacts, which wait to be read, are outside, each once; what has ended since is not told of.

    Two queries, or none for none.
    """
    if not contacts:
        return []
    by: dict[tuple[str, str], list[ToRead]] = defaultdict(list)
    for row in ToRead.objects.filter(contact__in=list(contacts)):
        for each in limits_of(row):
            by[each].append(row)
    live = models.LiveControl.objects.filter(case__reference__in={case for case, _ in by}, kind__in=LIMITS)
    kinds = {(case, control): kind for case, control, kind in live.values_list("case__reference", "control", "kind")}
    return [
        Crossed(*each, rows[0].person_id, kinds[each] == "single_contact", frozenset(row.contact for row in rows))
        for each, rows in sorted(by.items())
        if each in kinds
    ]


def what_then(row: ToRead, at: datetime) -> str:
    """What becomes of a contact outside the limits once it has been read, at this moment, as the plan says."""
    came = local(row.at)
    held = holding.held_of([row.person_id], came.date())[row.person_id]
    if not held.limits and not held.contacts:
        return "The limit does not hold any more: answer it."
    return then(held, came, local(at), terms_on(came.date()))


def held_by(viewer: User, rows: Iterable[ToRead]) -> frozenset[int]:
    """Those of these contacts that are outside a limit of a case which the colleague holds. One query."""
    cases = {row.contact: {case for case, _ in limits_of(row)} for row in rows}
    every = frozenset().union(*cases.values())
    theirs = models.Case.objects.filter(holder=viewer.actor_id, reference__in=every)
    held = frozenset(theirs.values_list("reference", flat=True)) if every else frozenset()
    return frozenset(contact for contact, references in cases.items() if references & held)


def _outside(found: Sequence[Contact], rows: Mapping[int, ToRead]) -> dict[int, Within]:
    """Those that came outside a limit which held when they came."""
    may_be = [contact for contact in found if _binds(contact)]
    if not may_be:
        return {}
    earlier = limited_then.since({each.person_id for each in may_be if each.person_id}, min(each.at for each in may_be))
    limited = _limited() | earlier.people()
    bound = [contact for contact in may_be if contact.person_id in limited]
    days: dict[date, list[Contact]] = defaultdict(list)
    for contact in bound:
        days[local(contact.at).date()].append(contact)
    outside: dict[int, Within] = {}
    came_outside: dict[int, list[datetime]] = defaultdict(list)
    yet_to_count = _by_person(bound, rows)
    for day in sorted(days):
        people = {contact.person_id for contact in days[day] if contact.person_id is not None}
        held, records, terms = holding.held_of(people, day), at_once.around(people, (), day).records, terms_on(day)
        for contact in sorted(days[day], key=lambda each: (each.at, each.id)):
            assert contact.person_id is not None
            whole = records.get(contact.person_id, frozenset({contact.person_id}))
            later = [at for record in whole for key, at in yet_to_count[record] if key >= (contact.at, contact.id)]
            gone = [at for record in whole for at in came_outside[record]]
            then_held = earlier.held(held[contact.person_id], whole, local(contact.at))
            said = _judged(contact, _without(then_held, [*later, *gone], contact.at), terms)
            if said.verdict is Verdict.OUTSIDE:
                outside[contact.id] = said
                if contact.id not in rows:
                    came_outside[contact.person_id].append(contact.at)
    return outside


def _by_person(
    found: Iterable[Contact], rows: Mapping[int, ToRead]
) -> dict[int, list[tuple[tuple[datetime, int], datetime]]]:
    """The contacts that are counted already, and are yet to be judged, by record: none counts before its turn."""
    by_person: dict[int, list[tuple[tuple[datetime, int], datetime]]] = defaultdict(list)
    for contact in found:
        if contact.id not in rows and contact.person_id is not None:
            by_person[contact.person_id].append(((contact.at, contact.id), contact.at))
    return by_person


def _limited() -> frozenset[int]:
    """Every record of everyone who has a limit or a single contact."""
    rows = models.LiveControl.objects.filter(kind__in=LIMITS, person__isnull=False)
    return reading.everyone_joined(frozenset(person for person in rows.values_list("person", flat=True) if person))


def _binds(contact: Contact) -> bool:
    """Whether a limit can bind the contact at all: it is theirs, and not of a kind that always gets through."""
    return contact.direction == Direction.IN and not contact.exempt_kind and contact.caller != Caller.ADVOCATE


def _judged(contact: Contact, held: Held, terms: Terms) -> Within:
    channel = Channel(contact.channel) if contact.channel else None
    return within(held, channel, local(contact.at), terms)


def _without(held: Held, moments: Iterable[datetime], at: datetime) -> Held:
    """The same without contacts that count later, or not at all: one that came afterwards has used up nothing yet."""
    left = Counter(moment for moment in held.counted if moment <= at)
    left.subtract(moments)
    return replace(held, counted=tuple(sorted(left.elements())))


def _keep(
    taken: Mapping[int, Contact | None], rows: Mapping[int, ToRead], outside: Mapping[int, Within], moment: Moment
) -> None:
    """Has those outside wait to be read, and those no longer outside wait no more. One that came too late does not."""
    in_time = to_judge.since(moment.day)
    new = [
        _as_found(ToRead(contact=contact.id, since=moment.at, late=contact.at < in_time), contact, outside[contact.id])
        for contact in taken.values()
        if contact is not None and contact.id in outside and contact.id not in rows
    ]
    ToRead.objects.bulk_create(new)
    was = {number: row.at for number, row in rows.items()}
    gone = [number for number, row in rows.items() if not _stays(row, taken[number], outside.get(number))]
    if gone:
        Outside.objects.filter(contact__in=gone).delete()
        ToRead.objects.filter(contact__in=gone).delete()
    changed = [row for number, row in rows.items() if number not in gone]
    for row in changed:
        row.late = row.at < in_time if row.read_at is None and row.at != was[row.contact] else row.late
    ToRead.objects.bulk_update(changed, ["at", "person", "limits", "reasons", "late"])
    for row in changed:
        if row.read_at is not None:
            to_read.count(row, outside[row.contact].words if row.contact in outside else "")


def _stays(row: ToRead, contact: Contact | None, found: Within | None) -> bool:
    """Whether a contact that was corrected is still one of those outside. What a person found who read it stands."""
    if contact is None or contact.person_id is None or contact.direction != Direction.IN:
        return False
    if found is not None:
        _as_found(row, contact, found)
    row.at = contact.at
    return found is not None or bool(row.exempt)


def _as_found(row: ToRead, contact: Contact, found: Within) -> ToRead:
    assert contact.person_id is not None
    row.at, row.person_id = contact.at, contact.person_id
    row.limits, row.reasons = [f"{case}/{limit}" for case, limit in found.outside], list(found.reasons)
    return row

"""Who may see which cases: `policy/visibility.py` asked of one case, and the same rule as SQL for lists of them."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from evenhand.cases import models
from evenhand.people import known, reading
from evenhand.people.models import TenancyPerson, User
from evenhand.policy.events.handling import Matter
from evenhand.policy.staff import Role
from evenhand.policy.visibility import Part, Subject, parts


def parts_seen(viewer: User, row: models.Case, day: date) -> frozenset[Part]:
    """The parts of one case that this colleague sees; empty when to them it does not exist, or was disposed of."""
    if row.disposed_on is not None:
        return frozenset()
    return parts(viewer.actor, subject_of(row, day))


def subject_of(row: models.Case, day: date) -> Subject:
    """What the rule rests on, from the case's summary and the register."""
    too: frozenset[str] = frozenset()
    if row.person is not None:
        too = known.colleagues_close_to(row.person, day)
    return Subject(
        sealed=Matter(row.matter).is_sealed,
        untriaged=row.untriaged,
        holder=row.holder or None,
        named=frozenset(row.named),
        reporters=frozenset(row.reporters),
        targets=frozenset(row.targets),
        colleagues_too=too,
        has_referral=row.has_referral,
    )


def seen_by(viewer: User, day: date, cases: QuerySet[models.Case] | None = None) -> QuerySet[models.Case]:
    """The cases of which this colleague sees any part. The same answer as `parts_seen`, in one query."""
    found = (models.Case.objects.all() if cases is None else cases).filter(disposed_on=None)
    actor = viewer.actor
    conduct = Q(matter=Matter.CONDUCT)
    if not actor.has(Role.DATA_PROTECTION):
        conduct &= Q(reporters__contains=[actor.id]) | _knows_of(viewer)
    sealed = ~Q(matter=Matter.CONDUCT) & Q(named__contains=[actor.id])
    close = people_close_to(viewer, day)
    return found.filter(conduct | sealed).exclude(person__in=close) if close else found.filter(conduct | sealed)


def seen_whole_by(viewer: User, day: date) -> QuerySet[models.Case]:
    """The cases this colleague works on: what is due in them, what holds and what was said is theirs to read."""
    actor = viewer.actor
    conduct = Q(matter=Matter.CONDUCT) & _works_on(viewer) & ~Q(targets__contains=[actor.id])
    sealed = ~Q(matter=Matter.CONDUCT) & Q(named__contains=[actor.id])
    close = people_close_to(viewer, day)
    found = models.Case.objects.filter(conduct | sealed, disposed_on=None)
    return found.exclude(person__in=close) if close else found


def _works_on(viewer: User) -> Q:
    actor = viewer.actor
    works = Q(named__contains=[actor.id]) | Q(holder=actor.id)
    if actor.decides:
        works |= Q(pk__isnull=False)
    if actor.has(Role.INVESTIGATOR):
        works |= Q(untriaged=True) | Q(holder="")
    if actor.has(Role.DUTY):
        works |= Q(untriaged=True)
    return works


def _knows_of(viewer: User) -> Q:
    actor = viewer.actor
    helped = Q(has_referral=True) if actor.has(Role.CUSTOMER_PARTNER) else Q(pk__in=[])
    # Whoever was the target sees the report of it and no more; any role they hold shows them that much.
    return _works_on(viewer) | helped | Q(targets__contains=[actor.id])


def people_close_to(viewer: User, day: date) -> frozenset[int]:
    """The ids of every person record that is this colleague, or lives with them (rule 21)."""
    if viewer.person is None:
        return frozenset()
    own = reading.identities(viewer.person)
    homes = [link.tenancy.home_id for link in reading.links(own, day)]
    living = TenancyPerson.objects.filter(
        reading.live_on(day), reading.live_on(day, "tenancy__"), tenancy__home__in=homes
    )
    return reading.everyone_joined({*own, *living.values_list("person_id", flat=True)})


def people_worked_with(actor: str, people: Collection[int]) -> frozenset[int]:
    """Of these people, those in whose cases the colleague holds, is named, reported or was affected. One query."""
    theirs = (
        Q(holder=actor) | Q(named__contains=[actor]) | Q(reporters__contains=[actor]) | Q(targets__contains=[actor])
    )
    rows = models.Case.objects.filter(theirs, person__in=list(people), matter=Matter.CONDUCT)
    return frozenset(rows.values_list("person_id", flat=True))

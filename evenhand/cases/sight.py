"""Who may see which cases: `policy/visibility.py` asked of one case, and the same rule as SQL for lists of them."""

from collections.abc import Collection
from datetime import date
from typing import Any

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
    return (models.Case.objects.all() if cases is None else cases).filter(any_part(viewer, day))


def seen_whole_by(viewer: User, day: date) -> QuerySet[models.Case]:
    """The cases this colleague works on: what is due in them, what holds and what was said is theirs to read."""
    return models.Case.objects.filter(whole(viewer, day))


def any_part(viewer: User, day: date, of: str = "") -> Q:
    """The rule of `seen_by` for a list of cases, or for rows that lead to their case by `of`: "case__"."""
    actor = viewer.actor
    conduct = _is(of, matter=Matter.CONDUCT)
    if not actor.has(Role.DATA_PROTECTION):
        conduct &= _is(of, reporters__contains=[actor.id]) | _knows_of(viewer, of)
    return _there(viewer, day, conduct, of)


def whole(viewer: User, day: date, of: str = "") -> Q:
    """The rule of `seen_whole_by` in the same way. Joined to a list it lets the database read the list in its order
    and stop after a page, where a list of every case would have to be made first."""
    target = _is(of, targets__contains=[viewer.actor.id])
    return _there(viewer, day, _is(of, matter=Matter.CONDUCT) & _works_on(viewer, of) & ~target, of)


def sees_many(viewer: User) -> bool:
    """Whether their roles show them cases besides those that they have a part in."""
    return viewer.actor.decides or viewer.actor.has(Role.DATA_PROTECTION, Role.INVESTIGATOR, Role.DUTY)


def _there(viewer: User, day: date, conduct: Q, of: str) -> Q:
    """These, and the sealed matters in which the colleague is named: not what is disposed of, nor their own home's."""
    sealed = ~_is(of, matter=Matter.CONDUCT) & _is(of, named__contains=[viewer.actor.id])
    found = (conduct | sealed) & _is(of, disposed_on=None)
    close = people_close_to(viewer, day)
    return found & ~_is(of, person__in=close) if close else found


def _is(of: str, **said: Any) -> Q:
    return Q(**{f"{of}{column}": value for column, value in said.items()})


def _works_on(viewer: User, of: str) -> Q:
    actor = viewer.actor
    works = _is(of, named__contains=[actor.id]) | _is(of, holder=actor.id)
    if actor.decides:
        works |= _is(of, pk__isnull=False)
    if actor.has(Role.INVESTIGATOR):
        works |= _is(of, untriaged=True) | _is(of, holder="")
    if actor.has(Role.DUTY):
        works |= _is(of, untriaged=True)
    return works


def _knows_of(viewer: User, of: str) -> Q:
    actor = viewer.actor
    helped = _is(of, has_referral=True) if actor.has(Role.CUSTOMER_PARTNER) else Q(pk__in=[])
    # Whoever was the target sees the report of it and no more; any role they hold shows them that much.
    return _works_on(viewer, of) | helped | _is(of, targets__contains=[actor.id])


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

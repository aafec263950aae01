"""What is known of a person: everyone they are, what they need, where they live and with whom, who speaks for them."""

from collections.abc import Iterable
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet

from evenhand.people.models import Home, Need, Person, Representative, Tenancy, TenancyPerson
from evenhand.people.models.home import TenancyRole
from evenhand.policy.need import LetterFormat, suggested_format
from evenhand.policy.need import Need as NeedKind

_JOINED = """
    WITH RECURSIVE joined(id) AS (
        SELECT unnest(%s::bigint[])
        UNION
        SELECT CASE WHEN person.id = joined.id THEN person.merged_into_id ELSE person.id END
        FROM joined
        JOIN people_person person
            ON person.merged_into_id = joined.id OR (person.id = joined.id AND person.merged_into_id IS NOT NULL)
    )
    SELECT id FROM joined
"""


def identities(person: Person) -> frozenset[int]:
    """The ids of every record that is this person, theirs among them: what applies to one applies to all."""
    return everyone_joined([person.pk])


def everyone_joined(ids: Iterable[int]) -> frozenset[int]:
    """The ids of every record that is one of these people, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(_JOINED, [list(ids)])
        return frozenset(row[0] for row in cursor.fetchall())


def kept_record(person: Person) -> Person:
    """The record that stands for a person: the one the others were merged into, or their own."""
    while person.merged_into is not None:
        person = person.merged_into
    return person


def live_on(day: date, prefix: str = "") -> Q:
    """Rows that hold on a day: begun (or begun on a day we do not know) and not past their last day."""
    return (Q(**{f"{prefix}started_on": None}) | Q(**{f"{prefix}started_on__lte": day})) & (
        Q(**{f"{prefix}ended_on": None}) | Q(**{f"{prefix}ended_on__gte": day})
    )


def links(ids: Iterable[int], day: date) -> QuerySet[TenancyPerson]:
    """Their parts in tenancies that hold on a day, whether as tenant or as someone who lives there."""
    return (
        TenancyPerson.objects.filter(live_on(day), live_on(day, "tenancy__"), person__in=list(ids))
        .select_related("tenancy__home")
        .order_by("tenancy_id", "id")
    )


def tenancies(person: Person, day: date) -> QuerySet[Tenancy]:
    """The tenancies that are theirs on a day, alone or jointly."""
    held = [link.tenancy_id for link in links(identities(person), day) if link.holds]
    return Tenancy.objects.filter(pk__in=held).select_related("home").order_by("id")


def joint_tenants(person: Person, day: date) -> QuerySet[Person]:
    """The others who hold the person's tenancies with them on a day."""
    ids = identities(person)
    held = [link.tenancy_id for link in links(ids, day) if link.holds]
    roles = [role.value for role in TenancyRole if role.holds]
    joint = TenancyPerson.objects.filter(live_on(day), tenancy__in=held, role__in=roles)
    return Person.objects.filter(tenancy_links__in=joint).exclude(pk__in=ids).distinct().order_by("pk")


def homes(person: Person, day: date) -> QuerySet[Home]:
    """The homes they live in or visit on a day."""
    ids = identities(person)
    lived_in = [link.tenancy.home_id for link in links(ids, day)]
    visited = Q(visitors__person__in=list(ids)) & (Q(visitors__ended_on=None) | Q(visitors__ended_on__gte=day))
    return Home.objects.filter(Q(pk__in=lived_in) | visited).distinct().order_by("id")


def people_at(home: Home, day: date) -> QuerySet[Person]:
    """Everyone a check of a home must find on a day: those who live there and those known to visit."""
    living = TenancyPerson.objects.filter(live_on(day), live_on(day, "tenancy__"), tenancy__home=home)
    visiting = home.visitors.filter(Q(ended_on=None) | Q(ended_on__gte=day))
    return Person.objects.filter(Q(pk__in=living.values("person")) | Q(pk__in=visiting.values("person"))).order_by("id")


def needs(person: Person, day: date) -> QuerySet[Need]:
    """The needs recorded on any of their records that hold on a day."""
    return needs_of(identities(person), day)


def needs_of(ids: Iterable[int], day: date) -> QuerySet[Need]:
    """The needs recorded on any of these records that hold on a day."""
    return Need.objects.filter(Q(ended_on=None) | Q(ended_on__gt=day), person__in=list(ids), recorded_on__lte=day)


def letter_format(person: Person, day: date) -> LetterFormat:
    """The format of letter to offer a person first: the one they asked for, or else the one their needs suggest."""
    records = Person.objects.filter(pk__in=identities(person)).order_by("pk")
    for record in records:
        if record.letter_format:
            return LetterFormat(record.letter_format)
    kinds = [NeedKind(need.kind) for need in needs(person, day)]
    return suggested_format(kinds, kept_record(person).language)


def representatives(person: Person, day: date) -> QuerySet[Representative]:
    """Those who speak for them on a day."""
    return representatives_of(identities(person), day)


def representatives_of(ids: Iterable[int], day: date) -> QuerySet[Representative]:
    """Those who speak, on a day, for whoever these records are."""
    return Representative.objects.filter(
        Q(ended_on=None) | Q(ended_on__gte=day), person__in=list(ids), recorded_on__lte=day
    )


def age_on(day: date, born: date | None) -> int | None:
    """Whole years lived on a day; None if the date of birth is unknown. A birthday on 29 February falls on 1 March."""
    if born is None:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

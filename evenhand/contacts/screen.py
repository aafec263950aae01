"""C2: the measure of everybody: whose contacts are worth counting exactly, and with whom they are compared.

One look over all contacts finds everyone who could reach a threshold. Only they are counted exactly, with a sample of
everybody to compare them with, so that the work grows with the log and not with the square of it.
"""

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from evenhand.contacts import evidence, screen_sql
from evenhand.contacts.models import Contact, Matter, OwnFailure
from evenhand.people import reading
from evenhand.people.models import Person
from evenhand.policy.demand.measure import Customer, Measure, measures
from evenhand.policy.demand.portfolio import Portfolio
from evenhand.policy.demand.terms import DemandTerms
from evenhand.policy.demand.window import Window

COMPARED = 5_000
"""About how many customers all others are compared with; up to so many are compared with everybody."""
WORK_MEMORY = "256MB"
"""What the database may use for one step of looking over millions of rows."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What one customer's contacts showed, strongest first, for a person to weigh. `person` is the record kept."""

    person: int
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Screened:
    """Everybody measured: what is worth a look, strongest first, and whom they were compared with.

    `stands` is, for each record that is one of several of a person, the record that stands for them.
    """

    suggestions: list[Suggestion]
    everyone: Portfolio
    stands: Mapping[int, int]


def everybody(span: Window, terms: DemandTerms) -> Screened:
    """Measures everybody's contacts in a span."""
    with _roomy():
        kept = _kept()
        sample = _sample()
        worth = _worth_counting(span, terms) | set(kept)
        people = {one: kept.get(one, one) for one in worth | sample}
        compared = frozenset(people[one] for one in sample)
        with _all_of_use():
            customers = evidence.of_many(people, compared, span, terms)
        everyone = Portfolio((customers[one] for one in compared if one in customers), _minutes(span))
        reaching = {people[one] for one in worth} & customers.keys()
        found = list(_measured((customers[one] for one in reaching), everyone, span, terms))
    return Screened(sorted(found, key=lambda one: (-one.measures[0].strength, one.person)), everyone, kept)


def keep_own_failures(span: Window) -> None:
    """Keeps each matter whose lateness, or closing without doing, caused contacts: how many, and how long they took."""
    with _roomy():
        OwnFailure.objects.all().delete()
        _told(screen_sql.OWN_FAILURES, span, **_joined(_kept()))


@transaction.atomic
def keep_own_failures_of(people: Iterable[int], span: Window) -> None:
    """The same of some people's matters, and of those they spoke of, when a contact or a matter of theirs changed."""
    changed = list(people)
    spoken_of = Contact.objects.filter(person__in=changed, matter__isnull=False).values("matter")
    owners = Matter.objects.filter(pk__in=spoken_of).values_list("person", flat=True)
    whose = sorted(reading.everyone_joined([*changed, *owners]))
    records = Person.objects.filter(pk__in=whose).select_related("merged_into")
    stands = {one.pk: reading.kept_record(one).pk for one in records}
    OwnFailure.objects.filter(matter__person__in=whose).delete()
    _told(screen_sql.OWN_FAILURES_OF, span, people=whose, **_joined(stands))


def _joined(stands: Mapping[int, int]) -> dict[str, list[int]]:
    """Which record stands for which, as the statements take it."""
    return {"records": list(stands), "customers": list(stands.values())}


def _measured(
    customers: Iterable[Customer], everyone: Portfolio, span: Window, terms: DemandTerms
) -> Iterator[Suggestion]:
    for customer in customers:
        if found := measures(customer, span, everyone, terms):
            yield Suggestion(int(customer.ref), tuple(found))


def _worth_counting(span: Window, terms: DemandTerms) -> set[int]:
    rows = _rows(screen_sql.WORTH_COUNTING, span, **evidence.of_terms(terms))
    return {person for (person,) in rows}


def _minutes(span: Window) -> dict[date, int]:
    return dict(_rows(screen_sql.MINUTES, span))


def _sample() -> set[int]:
    """The records of people to compare with: of a small landlord all, of a large one about as many as `COMPARED`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_person")
        everybody = cursor.fetchone()[0]
        cursor.execute(screen_sql.SAMPLE, {"share": 10_000 * COMPARED // max(everybody, COMPARED)})
        return {person for (person,) in cursor.fetchall()}


def _kept() -> dict[int, int]:
    """For each record that is one of several of a person, the record that stands for them."""
    pairs = Person.objects.exclude(merged_into=None).values_list("pk", "merged_into_id")
    into = {record: joined for record, joined in pairs if joined is not None}
    found = {}
    for record in [*into, *into.values()]:
        stands = record
        while stands in into:
            stands = into[stands]
        found[record] = stands
    return found


def _rows(statement: str, span: Window, **terms: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, _parameters(span, **terms))
        rows: list[Any] = cursor.fetchall()
        return rows


def _told(statement: str, span: Window, **terms: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, _parameters(span, **terms))


def _parameters(span: Window, **terms: Any) -> dict[str, Any]:
    since, until = evidence.moments(span)
    return {"since": since, "until": until, "zone": settings.TIME_ZONE, **terms}


@contextmanager
def _roomy() -> Iterator[None]:
    """A transaction for very many rows: more memory for each step, and what follows from all matters worked out."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('work_mem', %s, true)", [WORK_MEMORY])
        # Of so many, one row after the other is never the way.
        cursor.execute("SELECT set_config('enable_nestloop', 'off', true)")
        evidence.prepare()
        yield


@contextmanager
def _all_of_use() -> Iterator[None]:
    """While very much is read that is all kept, nobody looks through it again and again for what could be let go."""
    looked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looked:
            gc.enable()

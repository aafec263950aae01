"""C2: a customer's contacts as `policy/demand` measures them, counted by the database: for one person, or for many."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet

from evenhand.contacts import evidence_sql
from evenhand.contacts.models import Matter as MatterRow
from evenhand.people import reading
from evenhand.people.models import Need as NeedRow
from evenhand.people.models import Person
from evenhand.policy.demand.exclusion import COMMUNICATION, Reason
from evenhand.policy.demand.log import SELDOM, Column, Matter
from evenhand.policy.demand.measure import Customer
from evenhand.policy.demand.tally import Tally
from evenhand.policy.demand.terms import DemandTerms
from evenhand.policy.demand.window import Window
from evenhand.policy.need import Need

MARKED = (Column.EXEMPT, Column.NEWS, Column.NEED, Column.CALLER, Column.OFFERED)
"""The columns of a contact that may be missing, in the order in which `evidence_sql.unknown` counts them."""
DAYS = (Column.TOLD, Column.DONE, Column.REOPENED)
MATTER_COLUMNS = (
    *("pk", "person_id", "kind", "opened_on", "told_on", "respond_by", "responded_on", "closed_on", "done_on"),
    *("reopened_on", "complaint_exhausted_on", "unknown"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which records to count as whom, over which days, by which terms. `many` says that they were prepared for."""

    customers: Mapping[int, int]
    span: Window
    terms: DemandTerms
    many: bool = False

    def parameters(self, helped: frozenset[int] = frozenset()) -> dict[str, Any]:
        since, until = moments(self.span)
        told = {"zone": settings.TIME_ZONE, "since": since, "until": until, **of_terms(self.terms)}
        # With so few contacts after it was settled, a matter counts for nothing, whether or not it came back.
        told["back"] = self.terms.demand_settled_each if self.many else 1
        if not self.many:
            told["people"], told["customers"] = list(self.customers), list(self.customers.values())
            told["helped"] = [customer in helped for customer in self.customers.values()]
        return told


def of_terms(terms: DemandTerms) -> dict[str, Any]:
    """The numbers that the statements take, by the names they have there."""
    return {
        "reply_days": terms.demand_reply_days,
        "recurring_days": terms.demand_recurring_days,
        "quiet_days": terms.demand_quiet_days,
        "repeated_days": terms.demand_repeated_days,
        "burst_span": timedelta(hours=terms.demand_burst_hours),
        "minutes": terms.demand_minutes,
        "repeated": terms.demand_repeated,
        "repeated_each": terms.demand_repeated_each,
        "written": terms.demand_written,
        "burst": terms.demand_burst,
        "bursts": terms.demand_burst * terms.demand_burst_days,
        "senior": terms.demand_senior,
        "vague": terms.demand_vague,
        "settled": terms.demand_settled,
        "settled_each": terms.demand_settled_each,
        "exhausted": terms.demand_exhausted,
    }


def moments(span: Window) -> tuple[datetime, datetime]:
    """The moment a span of local days begins, and the first one after it."""
    zone = ZoneInfo(settings.TIME_ZONE)
    return (
        datetime.combine(span.first, time(), zone),
        datetime.combine(span.last + timedelta(days=1), time(), zone),
    )


def of(person: Person, span: Window, terms: DemandTerms) -> Customer:
    """One customer over a span, whichever of their records the contacts were logged under."""
    kept = reading.kept_record(person).pk
    return of_some({record: kept for record in reading.identities(person)}, span, terms)[kept]


def of_some(customers: Mapping[int, int], span: Window, terms: DemandTerms) -> dict[int, Customer]:
    """Some customers over a span, by the record that stands for each, in a fixed number of queries.

    In: the record that stands for each record of a person. Contacts outside the span are as if they had not been.
    """
    asked = Asked(customers, span, terms)
    needs = _needs(asked)
    tallies = _tallies(asked, frozenset(one for one, theirs in needs.items() if theirs & COMMUNICATION))
    return _customers(asked, set(customers.values()), tallies, needs)


def of_many(
    customers: Mapping[int, int], compared: frozenset[int], span: Window, terms: DemandTerms
) -> dict[int, Customer]:
    """Of very many customers, those who could reach a threshold, and those with whom others are compared.

    In: as in `of_some`, and the customers to compare with. Within a transaction: it makes tables of its own.
    """
    asked = Asked(customers, span, terms, many=True)
    needs = _needs(asked)
    helped = frozenset(one for one, theirs in needs.items() if theirs & COMMUNICATION)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE measured_people")
        with cursor.copy("COPY measured_people (person_id, customer, helped, compared) FROM STDIN") as copy:
            for record, customer in customers.items():
                copy.write_row((record, customer, customer in helped, customer in compared))
        cursor.execute("ANALYZE measured_people")
    tallies = _tallies(asked, helped)
    return _customers(asked, set(tallies), tallies, needs)


def prepare() -> None:
    """Works out what follows from the days of every matter, once for all that a transaction counts of many."""
    with connection.cursor() as cursor:
        for statement in evidence_sql.PREPARE:
            cursor.execute(statement)


def _customers(
    asked: Asked, whom: set[int], tallies: Mapping[int, list[Tally]], needs: Mapping[int, frozenset[Need]]
) -> dict[int, Customer]:
    matters = _matters(asked, whom)
    unknown = _unknown(asked, matters)
    return {
        one: Customer(
            ref=str(one),
            tallies=tuple(tallies.get(one, ())),
            matters=tuple(matters.get(one, ())),
            needs=needs.get(one, frozenset()),
            unknown=unknown.get(one, frozenset()),
        )
        for one in whom
    }


def _needs(asked: Asked) -> dict[int, frozenset[Need]]:
    found: dict[int, set[Need]] = defaultdict(set)
    for person, kind in needs_during(asked.customers, asked.span).values_list("person_id", "kind"):
        found[asked.customers[person]].add(Need(kind))
    return {customer: frozenset(needs) for customer, needs in found.items()}


def needs_during(people: Iterable[int], span: Window) -> QuerySet[NeedRow]:
    """The needs of these records that had not ended when a span began.

    One recorded only after it counts too: people need something before they tell us.
    """
    return NeedRow.objects.filter(Q(ended_on=None) | Q(ended_on__gt=span.first), person__in=list(people))


def _matters(asked: Asked, whom: set[int]) -> dict[int, list[Matter]]:
    found: dict[int, list[Matter]] = defaultdict(list)
    people = [record for record, customer in asked.customers.items() if customer in whom]
    rows = MatterRow.objects.filter(person__in=people).order_by("pk").values_list(*MATTER_COLUMNS)
    for row in rows.iterator(chunk_size=10_000):
        found[asked.customers[row[1]]].append(matter_of(row))
    return found


def matter_of(row: tuple[Any, ...], *, theirs: bool = True) -> Matter:
    """A matter as the measure knows it, named by the key of its row. In: `MATTER_COLUMNS`."""
    key, _, kind, opened, told, respond_by, responded, closed, done, reopened, exhausted, unknown = row
    return Matter(
        str(key), kind, opened, told, respond_by, responded, closed, done, reopened, exhausted, theirs,
        frozenset(column for column in DAYS if column in unknown) if unknown else frozenset(),
    )  # fmt: skip


def _tallies(asked: Asked, helped: frozenset[int]) -> dict[int, list[Tally]]:
    found: dict[int, list[Tally]] = defaultdict(list)
    reasons: dict[str | None, Reason | None] = {None: None, **{reason.value: reason for reason in Reason}}
    known: dict[tuple[str, ...], frozenset[str]] = {}
    with connection.cursor() as cursor:
        statement = evidence_sql.tallies(asked.terms.demand_burst, many=asked.many)
        cursor.execute(statement, asked.parameters(helped))
        for customer, day, matter, reason, contacts, minutes, *hits, teams in cursor.fetchall():
            among = known.get(tuple(teams)) or known.setdefault(tuple(teams), frozenset(filter(None, teams)))
            found[customer].append(Tally(day, matter, reasons[reason], contacts, minutes, tuple(hits), among))
    return found


def _unknown(asked: Asked, matters: Mapping[int, list[Matter]]) -> dict[int, frozenset[Column]]:
    found: dict[int, set[Column]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(evidence_sql.unknown(many=asked.many), asked.parameters())
        for customer, number, *lacking in cursor.fetchall():
            found[customer].update(
                column for column, lacks in zip(MARKED, lacking, strict=True) if lacks * SELDOM > number
            )
    for customer, theirs in matters.items():
        found[customer].update(_seldom_told(theirs))
    return {customer: frozenset(columns) for customer, columns in found.items()}


def _seldom_told(matters: Iterable[Matter]) -> set[Column]:
    rows = [one.unknown for one in matters]
    return {column for column in DAYS if sum(column in row for row in rows) * SELDOM > len(rows)}

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
"""The columns of a contact that may be missing, in the order in which `evidence_sql.UNKNOWN` counts them."""
DAYS = (Column.TOLD, Column.DONE, Column.REOPENED)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which records to count as whom, over which days: everything a statement needs but the terms."""

    customers: Mapping[int, int]
    span: Window

    def parameters(self, terms: DemandTerms, helped: frozenset[int] = frozenset()) -> dict[str, Any]:
        since, until = moments(self.span)
        return {
            "people": list(self.customers),
            "customers": list(self.customers.values()),
            "helped": [customer in helped for customer in self.customers.values()],
            "zone": settings.TIME_ZONE,
            "since": since,
            "until": until,
            "reply_days": terms.demand_reply_days,
            "recurring_days": terms.demand_recurring_days,
            "repeated_days": terms.demand_repeated_days,
            "burst_span": timedelta(hours=terms.demand_burst_hours),
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
    return of_many({record: kept for record in reading.identities(person)}, span, terms)[kept]


def of_many(customers: Mapping[int, int], span: Window, terms: DemandTerms) -> dict[int, Customer]:
    """Many customers over a span, by the record that stands for each, in a fixed number of queries.

    In: the record that stands for each record of a person. Contacts outside the span are as if they had not been.
    """
    asked = Asked(customers, span)
    needs = _needs(asked)
    matters = _matters(asked)
    tallies = _tallies(asked, terms, frozenset(c for c, theirs in needs.items() if theirs & COMMUNICATION))
    unknown = _unknown(asked, terms, matters)
    return {
        one: Customer(
            ref=str(one),
            tallies=tuple(tallies.get(one, ())),
            matters=tuple(matters.get(one, ())),
            needs=needs.get(one, frozenset()),
            unknown=unknown.get(one, frozenset()),
        )
        for one in set(customers.values())
    }


def _needs(asked: Asked) -> dict[int, frozenset[Need]]:
    found: dict[int, set[Need]] = defaultdict(set)
    for need in needs_during(asked.customers, asked.span):
        found[asked.customers[need.person_id]].add(Need(need.kind))
    return {customer: frozenset(needs) for customer, needs in found.items()}


def needs_during(people: Iterable[int], span: Window) -> QuerySet[NeedRow]:
    """The needs of these records that had not ended when a span began.

    One recorded only after it counts too: people need something before they tell us.
    """
    return NeedRow.objects.filter(Q(ended_on=None) | Q(ended_on__gt=span.first), person__in=list(people))


def _matters(asked: Asked) -> dict[int, list[Matter]]:
    found: dict[int, list[Matter]] = defaultdict(list)
    rows = MatterRow.objects.filter(person__in=list(asked.customers)).order_by("pk")
    for row in rows.iterator(chunk_size=10_000):
        found[asked.customers[row.person_id]].append(matter_of(row))
    return found


def matter_of(row: MatterRow, *, theirs: bool = True) -> Matter:
    """A matter as the measure knows it, named by the key of its row."""
    return Matter(
        ref=str(row.pk),
        kind=row.kind,
        opened=row.opened_on,
        told=row.told_on,
        respond_by=row.respond_by,
        responded=row.responded_on,
        closed=row.closed_on,
        done=row.done_on,
        reopened=row.reopened_on,
        exhausted=row.complaint_exhausted_on,
        theirs=theirs,
        unknown=frozenset(map(Column, row.unknown)) & frozenset(DAYS),
    )


def _tallies(asked: Asked, terms: DemandTerms, helped: frozenset[int]) -> dict[int, list[Tally]]:
    found: dict[int, list[Tally]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(evidence_sql.tallies(terms.demand_burst), asked.parameters(terms, helped))
        for customer, day, matter, reason, contacts, minutes, *hits, teams in cursor.fetchall():
            found[customer].append(
                Tally(
                    day=day,
                    matter=str(matter) if matter else "",
                    reason=Reason(reason) if reason else None,
                    contacts=contacts,
                    minutes=minutes,
                    hits=tuple(hits),
                    teams=frozenset(teams or ()),
                )
            )
    return found


def _unknown(asked: Asked, terms: DemandTerms, matters: Mapping[int, list[Matter]]) -> dict[int, frozenset[Column]]:
    found: dict[int, set[Column]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(evidence_sql.UNKNOWN, asked.parameters(terms))
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

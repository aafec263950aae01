"""C2: the database counts a customer's contacts as the policy does, whatever the log holds."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from evenhand.contacts import evidence, history, months
from evenhand.contacts.models import Contact, Matter
from evenhand.people.models import Need, Person
from evenhand.policy.demand.log import unknown
from evenhand.policy.demand.tally import tally
from evenhand.policy.demand.terms import DemandTerms
from evenhand.policy.demand.window import Window
from evenhand.policy.need import Need as NeedKind

BEGINS = datetime(2026, 3, 20, tzinfo=UTC)
SPAN = Window(date(2026, 3, 25), date(2026, 5, 10))
PEOPLE = 3

maybe = st.sampled_from([None, False, True])
days = st.one_of(st.none(), st.integers(0, 50).map(lambda n: date(2026, 3, 20) + timedelta(days=n)))
matters = st.fixed_dictionaries(
    {
        "who": st.integers(0, PEOPLE - 1),
        "kind": st.sampled_from(["repair", "complaint_stage2"]),
        "opened_on": st.integers(0, 40).map(lambda n: date(2026, 3, 20) + timedelta(days=n)),
        **{
            name: days
            for name in (
                *("told_on", "respond_by", "responded_on", "closed_on", "done_on", "reopened_on"),
                "complaint_exhausted_on",
            )
        },
        "unknown": st.lists(st.sampled_from(["told_on", "done_on", "reopened_on"]), unique=True),
    }
)
contacts = st.fixed_dictionaries(
    {
        "who": st.integers(0, PEOPLE - 1),
        # Few moments, so that some contacts share one; by the quarter hour, so that days change between them.
        "at": st.integers(0, 50 * 96).map(lambda n: BEGINS + timedelta(minutes=15 * n)),
        "about": st.one_of(st.none(), st.integers(0, 3)),
        "channel": st.sampled_from(["phone", "email", "social", ""]),
        "direction": st.sampled_from(["in", "in", "in", "out", ""]),
        "minutes": st.one_of(st.none(), st.integers(0, 40)),
        "team": st.sampled_from(["", "Repairs", "Income"]),
        "exempt_kind": st.sampled_from(["", "", "", None, "gas", "advocate"]),
        "caller": st.sampled_from(["self", "self", None, "advocate", "family"]),
        **{
            name: maybe
            for name in ("asked_for_senior", "offered_colleague", "specific", "new_information", "because_of_need")
        },
    }
)
logs = st.tuples(st.lists(matters, max_size=4), st.lists(contacts, max_size=30), st.booleans(), st.booleans())


@pytest.fixture
def people(db: None) -> Iterator[list[Person]]:
    months.make([BEGINS + timedelta(days=n) for n in range(0, 60, 20)])
    yield [Person.objects.create(source="housing", ref=f"E{n}", surname="Khan") for n in range(PEOPLE)]


def write(people: list[Person], matters: list[dict[str, Any]], contacts: list[dict[str, Any]]) -> None:
    """Puts a log in the database; each contact is about one of the matters, or about none."""
    Contact.objects.all().delete()
    Matter.objects.all().delete()
    kept = [
        Matter.objects.create(source="log", ref=str(n), person=people[row.pop("who")], **row)
        for n, row in enumerate(matters)
    ]
    Contact.objects.bulk_create(
        Contact(
            id=n + 1,
            source="log",
            ref=str(n),
            person=people[row.pop("who")],
            matter=kept[about] if (about := row.pop("about")) is not None and about < len(kept) else None,
            **row,
        )
        for n, row in enumerate(contacts)
    )


@given(log=logs, terms=st.sampled_from([DemandTerms(), DemandTerms(demand_burst=4, demand_burst_hours=24)]))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_database_counts_as_the_policy_does(log: tuple[Any, ...], terms: DemandTerms, people: list[Person]) -> None:
    matter_rows, contact_rows, helped, merged = log
    write(people, [dict(row) for row in matter_rows], [dict(row) for row in contact_rows])
    Need.objects.all().delete()
    if helped:
        Need.objects.create(person=people[0], kind=NeedKind.INTERPRETER, recorded_on=date(2026, 1, 1))
    Person.objects.filter(pk=people[1].pk).update(merged_into=people[0] if merged else None)
    everyone = {one.pk: people[0].pk if merged and one is people[1] else one.pk for one in people}
    counted = evidence.of_many(everyone, SPAN, terms)
    for one in people[:1] if merged else people:
        one.refresh_from_db()
        pure = history.of(one, SPAN)
        customer = counted[one.pk]
        assert list(customer.tallies) == sorted(
            tally(pure, terms), key=lambda t: (t.day, int(t.matter or 0), t.reason or "")
        )
        theirs = [matter for matter in pure.matters.values() if matter.theirs]
        assert customer.unknown == unknown(pure.contacts, theirs)
        assert customer.needs == pure.needs
        assert sorted(customer.matters, key=lambda m: int(m.ref)) == sorted(theirs, key=lambda m: int(m.ref))
        assert evidence.of(one, SPAN, terms) == customer


def test_many_customers_take_as_many_queries_as_one(
    people: list[Person], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(4):
        evidence.of_many({one.pk: one.pk for one in people}, SPAN, DemandTerms())
    with django_assert_num_queries(4):
        evidence.of_many({people[0].pk: people[0].pk}, SPAN, DemandTerms())


def test_a_contact_late_at_night_in_summer_counts_for_the_day_it_was_here(people: list[Person]) -> None:
    at = datetime(2026, 4, 30, 23, 30, tzinfo=UTC)
    Contact.objects.create(id=1, at=at, source="log", ref="1", person=people[0], direction="in", minutes=5)
    assert [one.day for one in evidence.of(people[0], SPAN, DemandTerms()).tallies] == [date(2026, 5, 1)]


def test_contacts_outside_the_span_are_as_if_they_had_not_been(people: list[Person]) -> None:
    repair = Matter.objects.create(
        source="log",
        ref="1",
        person=people[0],
        kind="repair",
        opened_on=SPAN.first,
        closed_on=SPAN.first,
        done_on=SPAN.first,
    )
    for n, day in enumerate((date(2026, 3, 24), date(2026, 3, 28), date(2026, 3, 29), date(2026, 5, 11))):
        at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        Contact.objects.create(id=n, at=at, source="log", ref=str(n), person=people[0], direction="in", matter=repair)
    tallies = evidence.of(people[0], SPAN, DemandTerms()).tallies
    assert [(one.day, one.hits[5]) for one in tallies] == [(date(2026, 3, 28), 0), (date(2026, 3, 29), 1)]

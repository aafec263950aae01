"""C2: the database counts a customer's contacts as the policy does, whatever the log holds."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from evenhand.contacts import evidence, history, months, screen
from evenhand.contacts.models import Contact, Matter
from evenhand.people.models import Need, Person
from evenhand.policy.demand.log import unknown
from evenhand.policy.demand.measure import measures
from evenhand.policy.demand.tally import tally
from evenhand.policy.demand.terms import DemandTerms
from evenhand.policy.demand.window import Window
from evenhand.policy.need import Need as NeedKind

BEGINS = datetime(2026, 3, 20, tzinfo=UTC)
SPAN = Window(date(2026, 3, 25), date(2026, 5, 10))
PEOPLE = 3


def now_and_then(chance: Random, usual: Any, *others: Any) -> Any:
    """The usual value four times in five."""
    return usual if chance.random() < 0.8 else chance.choice(others)


def a_matter(chance: Random) -> dict[str, Any]:
    """A matter with days in any order, though mostly the sensible one, so that every rule about them is met."""
    day = SPAN.first + timedelta(days=chance.randint(-4, 15))
    row: dict[str, Any] = {"who": chance.randrange(PEOPLE)}
    row["kind"] = chance.choice(["repair", "complaint_stage2", "ASB report"])
    for name in ("opened_on", "told_on", "respond_by", "responded_on", "closed_on", "done_on", "reopened_on"):
        row[name] = day if name == "opened_on" or chance.random() < 0.75 else None
        # The next of them is the date promised: mostly some weeks away, so that many contacts come in time.
        day += timedelta(days=chance.choice([3, 14, 25] if name == "told_on" else [-2, 0, 0, 1, 2, 5, 12]))
    row["complaint_exhausted_on"] = now_and_then(chance, None, day, SPAN.first + timedelta(days=20))
    row["unknown"] = chance.choice([[], [], [], ["told_on"], ["done_on", "reopened_on"]])
    return row


def a_contact(chance: Random, busy: list[datetime]) -> dict[str, Any]:
    """A contact near one of the busy moments, by the half hour, so that some share a moment and midnight is crossed."""
    return {
        "who": now_and_then(chance, 0, 1, 2),
        "at": chance.choice(busy)
        + timedelta(minutes=30 * chance.choice([0, 1, 2, 8, 15, 16, 17, 40, 48, 49, 96, 336])),
        "about": now_and_then(chance, chance.choice([0, 0, 0, 1]), None, 2, 3),
        "channel": chance.choice(["phone", "email", "social", ""]),
        "direction": now_and_then(chance, "in", "out", ""),
        "minutes": now_and_then(chance, chance.randint(0, 40), None),
        "team": chance.choice(["", "Repairs", "Income"]),
        "exempt_kind": now_and_then(chance, "", None, "gas", "advocate"),
        "caller": now_and_then(chance, "self", None, "advocate", "family"),
        "asked_for_senior": chance.choice([None, False, True]),
        "offered_colleague": chance.choice([None, False, True]),
        "specific": chance.choice([None, False, True]),
        "new_information": now_and_then(chance, False, None, True),
        "because_of_need": now_and_then(chance, False, None, True),
    }


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


@given(
    seed=st.integers(0, 2**32),
    size=st.integers(1, 90),
    helped=st.booleans(),
    merged=st.booleans(),
    terms=st.sampled_from(
        [DemandTerms(), DemandTerms(demand_burst=4, demand_burst_hours=4, demand_repeated_days=2, demand_reply_days=1)]
    ),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_database_counts_as_the_policy_does(
    seed: int, size: int, helped: bool, merged: bool, terms: DemandTerms, people: list[Person]
) -> None:
    chance = Random(seed)
    busy = [BEGINS + timedelta(days=chance.randint(0, 40), hours=chance.randint(8, 23)) for _ in range(4)]
    write(people, [a_matter(chance) for _ in range(4)], [a_contact(chance, busy) for _ in range(size)])
    Need.objects.all().delete()
    if helped:
        Need.objects.create(person=people[0], kind=NeedKind.INTERPRETER, recorded_on=date(2026, 1, 1))
    Person.objects.filter(pk=people[1].pk).update(merged_into=people[0] if merged else None)
    everyone = {one.pk: people[0].pk if merged and one is people[1] else one.pk for one in people}
    counted = evidence.of_some(everyone, SPAN, terms)
    for one in people[:1] if merged else people:
        one.refresh_from_db()
        pure = history.of(one, SPAN)
        customer = counted[one.pk]
        assert list(customer.tallies) == sorted(tally(pure, terms), key=lambda t: (t.day, t.matter, t.reason or ""))
        theirs = [matter for matter in pure.matters.values() if matter.theirs]
        assert customer.unknown == unknown(pure.contacts, theirs)
        assert customer.needs == pure.needs
        assert sorted(customer.matters, key=lambda m: int(m.ref)) == sorted(theirs, key=lambda m: int(m.ref))
        assert evidence.of(one, SPAN, terms) == customer


def test_many_customers_take_as_many_queries_as_one(
    people: list[Person], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(4):
        evidence.of_some({one.pk: one.pk for one in people}, SPAN, DemandTerms())
    with django_assert_num_queries(4):
        evidence.of_some({people[0].pk: people[0].pk}, SPAN, DemandTerms())


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


def test_the_database_draws_each_line_where_the_policy_does(people: list[Person]) -> None:
    """Contacts exactly as far apart as each rule allows, and just beyond."""
    day = SPAN.first
    open_repair = {"who": 0, "kind": "repair", "opened_on": day, "told_on": day, "respond_by": SPAN.last}
    settled = {"who": 0, "kind": "rent", "opened_on": day, "closed_on": day, "done_on": day}
    again = {"who": 0, "kind": "rent", "opened_on": day + timedelta(days=20), "done_on": day + timedelta(days=23)}
    plain = {"who": 0, "direction": "in", "minutes": 5, "exempt_kind": "", "caller": "self"}
    hours = (0, 4, 8, 40, 44, 48.5, 48 + 24 * 6, 48 + 24 * 13, 48 + 24 * 13 + 8)
    begins = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    in_time = [{**plain, "at": begins + timedelta(hours=h), "about": 0} for h in hours]
    returning = [{**plain, "at": begins + timedelta(days=n), "about": 1} for n in range(0, 40, 1)]
    write(people, [open_repair, settled, again], [*in_time, *returning])
    counted = evidence.of(people[0], SPAN, DemandTerms())
    pure = tally(history.of(people[0], SPAN), DemandTerms())
    assert list(counted.tallies) == sorted(pure, key=lambda t: (t.day, t.matter))
    totals = [sum(one.hits[kind] for one in counted.tallies) for kind in range(7)]
    # In time: all but the first, the one after seven days and the one after seven more; a burst of exactly eight hours.
    assert totals[0] == 7
    assert totals[2] == 3
    # Settled: 39 days after it, less the eleven on which it had come back, or was about to, and less the first.
    assert totals[5] == 39 - 11 - 1


def test_everybody_looked_over_at_once_gives_what_counting_each_alone_gives(people: list[Person]) -> None:
    """The one look over all contacts passes nobody over who could reach a threshold."""
    chance = Random(7)
    for who in range(PEOPLE):
        repair = {"who": who, "kind": "repair", "opened_on": SPAN.first, "told_on": SPAN.first, "respond_by": SPAN.last}
        rows = [
            {
                "who": who,
                "at": BEGINS + timedelta(days=6 + n, hours=8),
                "about": 0,
                "direction": "in",
                "minutes": 9 - 4 * who,
            }
            | {"exempt_kind": "", "caller": "self", "channel": chance.choice(["phone", "email"]), "specific": True}
            for n in range(25)
        ]
        write(people, [repair], rows)
        screened = screen.everybody(SPAN, DemandTerms())
        alone = measures(evidence.of(people[who], SPAN, DemandTerms()), SPAN, screened.everyone, DemandTerms())
        assert [one.measures for one in screened.suggestions] == ([tuple(alone)] if alone else [])
        assert bool(alone) is (who == 0 or who == 1)

"""C2: the contacts that each matter of ours caused are counted by the database as one customer's list tells them."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.contacts import history, own_failures, screen
from evenhand.contacts.models import Matter, OwnFailure
from evenhand.people.models import Person
from evenhand.policy.demand.exclusion import exclusions
from evenhand.policy.demand.terms import DemandTerms
from tests.contacts.test_evidence import BEGINS, SPAN, a_contact, a_matter, people, write

__all__ = ["people"]

pytestmark = pytest.mark.django_db


def kept() -> dict[str, int]:
    return {str(one.matter_id): one.contacts for one in OwnFailure.objects.all()}


def told(whom: list[Person]) -> dict[str, int]:
    """What the lists of all customers say together."""
    found: Counter[str] = Counter()
    for person in whom:
        person.refresh_from_db()
        log = history.of(person, SPAN)
        found.update({key: len(own_failures.caused_by(key, log)) for key in log.matters})
    return dict(+found)


@given(seed=st.integers(0, 2**32), size=st.integers(1, 90), merged=st.booleans())
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_each_matter_of_ours_counts_the_contacts_that_its_customers_lists_show(
    seed: int, size: int, merged: bool, people: list[Person]
) -> None:
    chance = Random(seed)
    busy = [BEGINS + timedelta(days=chance.randint(0, 40), hours=chance.randint(8, 23)) for _ in range(4)]
    write(people, [a_matter(chance) for _ in range(4)], [a_contact(chance, busy) for _ in range(size)])
    Person.objects.filter(pk=people[1].pk).update(merged_into=people[0] if merged else None)
    screen.keep_own_failures(SPAN)
    whom = [people[0], people[2]] if merged else people
    assert kept() == told(whom)
    screen.keep_own_failures_of([one.pk for one in people], SPAN)
    assert kept() == told(whom)


def test_a_contact_about_nothing_in_particular_counts_to_the_matter_late_for_longest(people: list[Person]) -> None:
    day = SPAN.first
    late = {"who": 0, "kind": "repair", "opened_on": day}
    begins = BEGINS + timedelta(days=20)
    plain = {"who": 0, "direction": "in", "minutes": 5, "exempt_kind": "", "caller": "self"}
    write(
        people,
        [{**late, "respond_by": day + timedelta(days=9)}, {**late, "respond_by": day + timedelta(days=2)}],
        [{**plain, "at": begins + timedelta(days=n), "about": None} for n in range(4)]
        + [{**plain, "at": begins, "about": 0}],
    )
    newer, older = Matter.objects.order_by("-respond_by")
    screen.keep_own_failures(SPAN)
    assert kept() == {str(older.pk): 4, str(newer.pk): 1}
    log = history.of(people[0], SPAN)
    assert sum(kept().values()) == sum(reason.is_ours for reason in exclusions(log, DemandTerms()).values())


def test_a_record_joined_to_another_counts_for_the_matters_of_both(people: list[Person]) -> None:
    late = {"who": 0, "kind": "repair", "opened_on": SPAN.first, "respond_by": SPAN.first}
    rings = {"who": 1, "direction": "in", "minutes": 5, "about": None, "at": BEGINS + timedelta(days=20)}
    write(people, [late], [rings])
    screen.keep_own_failures(SPAN)
    assert kept() == {}
    Person.objects.filter(pk=people[1].pk).update(merged_into=people[0])
    for keep in (screen.keep_own_failures, lambda span: screen.keep_own_failures_of([people[1].pk], span)):
        keep(SPAN)
        assert kept() == {str(Matter.objects.get().pk): 1}

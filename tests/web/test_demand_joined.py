"""C2: what was said of a customer's contacts counts after two of their records were joined."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from evenhand.cases import joining
from evenhand.cases.circumstances import Moment
from evenhand.contacts import remeasure, standing, suggesting
from evenhand.contacts.models import Contact, Suggested
from evenhand.contacts.models.demand import Said
from evenhand.contacts.terms import demand_terms
from evenhand.people.models import Person
from evenhand.web.demand_measured import measured
from tests.web.demand_log import OPENED, daily, neighbours, repair, said
from tests.web.stories import START, Cast

__all__ = ["daily", "neighbours"]
pytestmark = pytest.mark.django_db
AT = Moment(datetime(2026, 3, 3, 9, tzinfo=UTC), START)
NIGHT = datetime(2026, 3, 4, 3, tzinfo=UTC)
Measured = Callable[[datetime], int]


@pytest.fixture(params=["everybody", "changed"])
def measure(request: pytest.FixtureRequest) -> Measured:
    """At night with everybody, or before a page is shown: what came of a joining does not depend on which is first."""
    if request.param == "everybody":
        return lambda at: suggesting.measure_everybody(START, at, demand_terms())
    return lambda at: suggesting.measure_changed(at, demand_terms())


def test_a_suggestion_that_was_set_aside_stays_so_under_the_record_that_is_kept(cast: Cast, daily: Person) -> None:
    standing.answer(daily, measured(daily, START).found, Said.HELP, "One person rings her.", cast.manager, AT.at)
    kept = Person.objects.create(source="old", ref="X7", forename="Joanna", surname="Bell")
    joining.join(kept, daily, cast.manager, AT, reason="The same.")
    suggesting.measure_everybody(START, NIGHT, demand_terms())
    assert Suggested.objects.get(person=kept).answered


def test_a_suggestion_stands_since_it_came_though_its_records_are_joined_and_parted(
    cast: Cast, daily: Person, measure: Measured
) -> None:
    since = Suggested.objects.get().since
    kept = Person.objects.create(source="old", ref="X7", forename="Joanna", surname="Bell")
    joined = joining.join(kept, daily, cast.manager, AT, reason="The same.")
    assert joined is not None
    measure(NIGHT)
    assert Suggested.objects.get(person=kept).since == since < NIGHT
    joining.part(joined, cast.manager, Moment(NIGHT + timedelta(hours=6), START))
    measure(NIGHT + timedelta(days=1))
    assert Suggested.objects.get(person=daily).since == since


def test_whoever_was_parted_before_anything_showed_is_not_said_to_have_stood_on_the_list(
    cast: Cast, daily: Person, measure: Measured
) -> None:
    kept = Person.objects.get(ref="N1")
    joined = joining.join(daily, kept, cast.manager, AT, reason="The same.")
    assert joined is not None
    joining.part(joined, cast.manager, AT)
    measure(NIGHT)
    matter = repair(kept, 28)
    Contact.objects.bulk_create(said(kept, OPENED + timedelta(days=n), matter, 7000 + n) for n in range(25))
    remeasure.people([kept.pk], NIGHT)
    measure(NIGHT + timedelta(hours=1))
    assert Suggested.objects.get(person=kept).since == NIGHT + timedelta(hours=1)

"""C2: what was said of a customer's contacts counts after two of their records were joined."""

from datetime import UTC, datetime

import pytest

from evenhand.cases import joining
from evenhand.cases.circumstances import Moment
from evenhand.contacts import standing, suggesting
from evenhand.contacts.models import Suggested
from evenhand.contacts.models.demand import Said
from evenhand.contacts.terms import demand_terms
from evenhand.people.models import Person
from evenhand.web.demand_measured import measured
from tests.web.demand_log import daily, neighbours
from tests.web.stories import START, Cast

__all__ = ["daily", "neighbours"]
pytestmark = pytest.mark.django_db
AT = Moment(datetime(2026, 3, 3, 9, tzinfo=UTC), START)


def test_a_suggestion_that_was_set_aside_stays_so_under_the_record_that_is_kept(cast: Cast, daily: Person) -> None:
    standing.answer(daily, measured(daily, START).found, Said.HELP, "One person rings her.", cast.manager, AT.at)
    kept = Person.objects.create(source="old", ref="X7", forename="Joanna", surname="Bell")
    joining.join(kept, daily, cast.manager, AT, reason="The same.")
    suggesting.measure_everybody(START, datetime(2026, 3, 4, 3, tzinfo=UTC), demand_terms())
    assert Suggested.objects.get(person=kept).answered

"""C2: what is kept of everybody's measure tells of the days that were asked about."""

from datetime import UTC, date, datetime

import pytest

from evenhand.contacts import suggesting
from evenhand.contacts.models import Suggested
from evenhand.people.models import Person
from evenhand.policy.demand.terms import DemandTerms
from tests.web.conftest import home, landlord, tenant
from tests.web.demand_log import daily, neighbours

__all__ = ["daily", "home", "landlord", "neighbours", "tenant"]
pytestmark = pytest.mark.django_db


def test_everybody_who_is_measured_to_a_day_is_told_of_none_after_it_whenever_that_is_done(daily: Person) -> None:
    tuesday = date(2026, 1, 20)
    suggesting.measure_everybody(tuesday, datetime(2026, 3, 4, 3, tzinfo=UTC), DemandTerms())
    kept = Suggested.objects.get(person=daily)
    assert kept.until == tuesday
    assert max(one["to"] for one in kept.figures["figures"]) == tuesday.isoformat()

"""C2: everybody is measured each night, whatever a log leaves unsaid."""

from datetime import timedelta

import pytest

from evenhand.contacts import suggesting
from evenhand.contacts.models import Contact, Suggested
from evenhand.people.models import Person
from evenhand.policy.demand.terms import DemandTerms
from tests.web.demand_log import OPENED, daily, neighbours, said
from tests.web.stories import START
from tests.web.test_own_failure import NIGHT

__all__ = ["daily", "neighbours"]

pytestmark = pytest.mark.django_db


def test_a_day_on_which_nobody_noted_how_long_it_took_stops_nobodys_measure(daily: Person) -> None:
    before = Suggested.objects.get(person=daily).strength
    quiet = OPENED - timedelta(days=3)
    assert not Contact.objects.filter(at__date=quiet).exists()
    said(daily, quiet, None, 7000, minutes=None).save(force_insert=True)
    suggesting.measure_everybody(START, NIGHT, DemandTerms())
    assert Suggested.objects.get(person=daily).strength == pytest.approx(before, abs=0.05)

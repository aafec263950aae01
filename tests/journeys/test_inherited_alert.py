"""An old flag: a colleague at a door is told to take care, a manager finds what lies behind it, and reports it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from evenhand.cases import models
from evenhand.people.models import InheritedAlert, Need, Person
from evenhand.people.models.alert import Settled
from evenhand.policy.alert_code import read
from evenhand.web import way
from tests.journeys.people import Colleague
from tests.web.stories import START, Cast, Story

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_an_old_flag_is_told_looked_into_and_decided(
    story: Story, cast: Cast, tenant: Person, at_work: Callable[..., Colleague]
) -> None:
    for code in ("VA", "TRA"):
        means = read(code)
        InheritedAlert.objects.create(
            source="old",
            person=tenant,
            code=code,
            about=means.about.value,
            warns=means.warns,
            since=date(2025, 3, 1),
            note="Shouted at the gas engineer",
            received_on=START,
            until=START + timedelta(days=14),
        )
    sam = at_work(cast.colleague, phone=True)
    sam.opens(way.to_check(tenant)).sees("An older system held a warning about this person")

    priya = at_work(cast.manager)
    priya.opens("/reviews/").follows("Alerts inherited from an older system")
    priya.sees("Jo Bell: verbal abuse, or a threat of it").follows("Jo Bell: translation is needed")
    priya.sends("Record it as a need of Jo Bell").sees("Recorded as a need.")
    assert Need.objects.get().person == tenant

    priya.follows("Jo Bell: verbal abuse, or a threat of it").follows("Report the incident behind it")
    priya.sees("Shouted at the gas engineer").ticks("Excessive shouting or abusive language")
    priya.writes("2. What was said or done?", "The engineer told me that Ms Bell shouted at him in the hall.")
    priya.dates("Day", date(2025, 2, 27))
    priya.chooses("By a visit to the home")
    priya.chooses("Jo Bell").sends("Send the report").sees("Here is what happens next")
    alert = InheritedAlert.objects.get(code="VA")
    assert (alert.settled, alert.case) == (Settled.REPORTED, models.Case.objects.get().reference)
    priya.opens("/inherited-alerts/").sees("No alert waits for anybody")

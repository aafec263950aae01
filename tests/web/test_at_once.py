"""Rules 7 and 20, P1: danger never waits; a colleague on duty is let in to what keeps people safe, and to no more."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.cases import models
from evenhand.people.models import Look, User
from evenhand.policy.conduct import Conduct
from evenhand.policy.events.handling import Matter
from evenhand.web import way
from tests.web.asking import page_of, send, words
from tests.web.stories import Cast, Story

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]
MARK, TELL, INSTRUCT = "provisional_marker.place", "police.report", "incident.instruct"
MARKED = {
    "incident": "I1", "risk": "threats or verbal abuse", "controls": ["visit in pairs"],
    "audience": "all colleagues and contractors who visit or take calls", "reasons": "He said he would be waiting.",
}  # fmt: skip
TOLD = {"incident": "I1", "belief": "Threats to kill", "reasons": "Two colleagues heard the words."}


@pytest.fixture
def triaged(story: Story) -> Story:
    """A threat that is being looked into, whoever was on duty having nothing more to do with it."""
    return story.report(Conduct.THREATS).investigate()


def test_a_colleague_on_duty_marks_somebody_at_night_in_a_case_that_is_being_looked_into(
    triaged: Story, cast: Cast, as_: As
) -> None:
    client, address = as_(cast.duty), page_of(triaged, MARK)
    page = client.get(address)
    assert page.status_code == 200 and triaged.person.name in words(page)
    sent = client.post(address, {**MARKED, "token": "night", "age_checked": "About 40."}, follow=True)
    assert sent.redirect_chain[-1][0] == "/" and "The marker shows now." in words(sent)
    assert models.LiveControl.objects.get().provisional
    assert Look.objects.filter(actor=cast.duty.actor_id, purpose__startswith="On duty, at once").exists()


def test_a_colleague_on_duty_records_a_report_to_the_police(triaged: Story, cast: Cast, as_: As) -> None:
    client, address = as_(cast.duty), page_of(triaged, TELL)
    assert client.get(address).status_code == 200
    assert send(client, address, **TOLD).status_code == 302
    assert models.Event.objects.filter(kind="BeliefReported", by=cast.duty.actor_id).count() == 1


def test_and_sees_nothing_else_of_the_case(triaged: Story, cast: Cast, as_: As) -> None:
    client = as_(cast.duty)
    said = words(client.get(page_of(triaged, MARK)))
    assert "What was reported" not in said and "Back to Today" in said
    others = ("police.decline", "handling.close", "investigation.hear", "marker.place")
    closed = [reverse("case", args=[triaged.reference]), *(page_of(triaged, verb) for verb in others)]
    assert [client.get(address).status_code for address in closed] == [404] * len(closed)
    page = client.get(page_of(triaged, MARK)).content.decode()
    assert f'href="{closed[0]}"' not in page, "no link leads where there is nothing for them"


def test_nobody_else_is_let_in_by_it(triaged: Story, cast: Cast, as_: As) -> None:
    """A colleague without the role, an investigator of another case, and whoever was the target."""
    for verb in (MARK, TELL):
        assert as_(cast.colleague).get(page_of(triaged, verb)).status_code in (403, 404)
        assert as_(cast.partner).get(page_of(triaged, verb)).status_code in (403, 404)
    models.Case.objects.filter(reference=triaged.reference).update(targets=[cast.duty.actor_id])
    assert [as_(cast.duty).get(page_of(triaged, verb)).status_code for verb in (MARK, TELL)] == [404, 404]


def test_a_sealed_matter_is_not_there_for_whoever_is_on_duty(triaged: Story, cast: Cast, as_: As) -> None:
    models.Case.objects.filter(reference=triaged.reference).update(matter=Matter.LEGAL)
    assert [as_(cast.duty).get(page_of(triaged, verb)).status_code for verb in (MARK, TELL, INSTRUCT)] == [404] * 3


def test_the_card_leads_a_colleague_on_duty_there_and_nobody_else(triaged: Story, cast: Cast, as_: As) -> None:
    there = way.to_check(triaged.person)
    assert page_of(triaged, MARK) in as_(cast.duty).get(there).content.decode()
    as_(cast.duty).post(page_of(triaged, MARK), {**MARKED, "token": "night"})
    marked = as_(cast.duty).get(there).content.decode()
    assert page_of(triaged, MARK) not in marked and page_of(triaged, TELL) in marked, "no second one is offered"
    for other in (cast.colleague, cast.manager, cast.investigator):
        assert page_of(triaged, MARK) not in as_(other).get(there).content.decode()

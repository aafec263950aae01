"""P1: what is reported to the police, or not and why, and what they say, on the pages for it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.people.models import User
from evenhand.policy.conduct import Conduct
from evenhand.policy.events.incident import Injury
from evenhand.policy.events.police import BeliefReported, ReportDeclined, ReportUpdated
from tests.web.asking import page_of, send, words
from tests.web.kept import last
from tests.web.stories import Cast, Story

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]
BELIEF = {"incident": "I1", "belief": "Threats to kill", "reasons": "Two colleagues heard the words."}


def test_a_belief_is_reported_with_reasons_and_never_waits_for_the_account(story: Story, cast: Cast, as_: As) -> None:
    story.report(Conduct.THREATS).investigate()
    client, address = as_(cast.investigator), page_of(story, "police.report")
    fields = client.get(address).context["form"].fields
    assert fields["incident"].initial == "I1" and "colleague_asked" not in fields
    assert send(client, address, **BELIEF).status_code == 302
    assert last(story, cast.manager, BeliefReported).belief == "Threats to kill"


def test_a_colleague_who_was_affected_is_asked_first(story: Story, cast: Cast, as_: As) -> None:
    story.report(Conduct.THREATS, harmed=(cast.duty,)).investigate()
    client, address = as_(cast.investigator), page_of(story, "police.report")
    refused = send(client, address, **BELIEF)
    assert "colleague_asked" in refused.context["form"].errors
    assert "Two colleagues heard the words." in refused.content.decode()
    assert send(client, address, **BELIEF, colleague_asked="Yes, they do.").status_code == 302


def test_a_colleague_known_by_name_alone_is_asked_first_too(story: Story, cast: Cast, as_: As) -> None:
    story.report(Conduct.THREATS)
    by_name = {"colleague": None, "name": "Kim Roe, from the agency", "injury": Injury.UPSET}
    story.act("aftercare.add", cast.duty, "I1", **by_name)
    story.investigate()
    client, address = as_(cast.investigator), page_of(story, "police.report")
    assert "colleague_asked" in send(client, address, **BELIEF).context["form"].errors
    assert send(client, address, **BELIEF, colleague_asked="She does.").status_code == 302


def test_what_the_police_say_is_added(story: Story, cast: Cast, as_: As) -> None:
    story.report(Conduct.THREATS).investigate()
    client = as_(cast.investigator)
    send(client, page_of(story, "police.report"), **BELIEF)
    report = last(story, cast.manager, BeliefReported).report
    told = {"update": "An officer will ring.", "reference": "13/445/26", "officer": "PC Lowe"}
    assert send(client, page_of(story, "police.update", report), **told).status_code == 302
    assert last(story, cast.manager, ReportUpdated).reference == "13/445/26"


def test_not_reporting_needs_reasons(story: Story, cast: Cast, as_: As) -> None:
    story.report(Conduct.THREATS).investigate()
    client, address = as_(cast.investigator), page_of(story, "police.decline")
    assert "reasons" in send(client, address, incident="I1", reasons="").context["form"].errors
    assert send(client, address, incident="I1", reasons="Nobody was threatened after all.").status_code == 302
    assert last(story, cast.manager, ReportDeclined)


def test_not_reporting_is_decided_once(story: Story, cast: Cast, as_: As) -> None:
    story.report(Conduct.THREATS).investigate()
    client, address = as_(cast.investigator), page_of(story, "police.decline")
    send(client, address, incident="I1", reasons="Nobody was threatened after all.")
    assert "settled for every incident here" in words(client.get(address))
    assert client.get(page_of(story, "police.report")).context["form"], "a belief may still be reported"
    menu = words(client.get(reverse("case", args=[story.reference])))
    assert "Report to the police" in menu


def test_the_page_says_to_ring_999_first(story: Story, cast: Cast, as_: As) -> None:
    story.report(Conduct.THREATS).investigate()
    assert "If anyone is in danger now, ring 999 first." in words(
        as_(cast.investigator).get(page_of(story, "police.report"))
    )


@pytest.mark.parametrize("role", ["colleague", "partner", "protection", "administrator"])
def test_those_who_do_not_work_on_the_case_find_no_page(story: Story, cast: Cast, as_: As, role: str) -> None:
    story.report(Conduct.THREATS).investigate()
    assert as_(getattr(cast, role)).get(page_of(story, "police.report")).status_code in (403, 404)

"""A provisional marker in one screen, confirmed by another manager, and renewed by someone senior."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from evenhand.cases import models
from evenhand.people.models import Person, User
from evenhand.policy.conduct import Conduct
from tests.web.asking import answers, carried, errors, page_of, send, words
from tests.web.stories import Cast, Story

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]
AT_NIGHT: dict[str, Any] = {
    "incident": "I1",
    "risk": "threats or verbal abuse",
    "controls": ["visit in pairs", "ring before visiting"],
    "audience": "all colleagues and contractors who visit or take calls",
    "reasons": "A threat to an operative at 1am.",
}


def test_after_a_threat_one_screen_places_it(as_: As, story: Story, cast: Cast) -> None:
    story.report(Conduct.THREATS)
    address = page_of(story, "provisional_marker.place")
    shown = as_(cast.duty).get(address)
    assert shown.context["form"]["incident"].initial == "I1"
    assert "age_checked" not in shown.context["form"].fields

    sent = send(as_(cast.duty), address, **AT_NIGHT)

    marker = models.LiveControl.objects.get()
    assert sent.status_code == 302 and marker.provisional and marker.person == story.person


def test_shouting_alone_does_not_allow_one(as_: As, story: Story, cast: Cast) -> None:
    story.report(Conduct.SHOUTING)
    page = words(as_(cast.duty).get(page_of(story, "provisional_marker.place")))
    assert "Only violence, a threat or a weapon allows a provisional marker." in page and "Place it now" not in page


def test_nobody_is_marked_whose_age_was_not_asked(as_: As, story: Story, cast: Cast, tenant: Person) -> None:
    tenant.date_of_birth = None
    tenant.save()
    story.report(Conduct.VIOLENCE)
    address = page_of(story, "provisional_marker.place")

    refused = send(as_(cast.duty), address, **AT_NIGHT)
    sent = send(as_(cast.duty), address, **AT_NIGHT, age_checked="She holds the tenancy and looks 40.")

    assert "date of birth is not known" in str(refused.context["form"].errors["age_checked"])
    assert AT_NIGHT["reasons"] in words(refused) and sent.status_code == 302


def test_an_unknown_person_gets_no_marker_and_the_page_says_what_can_stand(as_: As, story: Story, cast: Cast) -> None:
    story.person = None
    story.report(Conduct.VIOLENCE, described="Tall")
    page = words(as_(cast.duty).get(page_of(story, "provisional_marker.place")))
    assert "A safety instruction can stand on the home." in page and "Put a safety instruction on the home" in page


def test_something_for_colleagues_to_do_is_always_said(as_: As, story: Story, cast: Cast) -> None:
    story.report(Conduct.THREATS)
    sent = send(as_(cast.duty), page_of(story, "provisional_marker.place"), **{**AT_NIGHT, "controls": []})
    assert "Choose at least one thing" in errors(sent)


def test_a_marker_placed_twice_by_one_form_is_one(as_: As, story: Story, cast: Cast) -> None:
    story.report(Conduct.THREATS)
    browser, address = as_(cast.duty), page_of(story, "provisional_marker.place")
    data = {**carried(browser.get(address)), **answers(**AT_NIGHT)}

    first, second = browser.post(address, data), browser.post(address, data)

    assert first.status_code == second.status_code == 302 and models.LiveControl.objects.count() == 1


def test_a_manager_confirms_what_the_duty_colleague_placed(as_: As, story: Story, cast: Cast) -> None:
    story.mark_provisionally()
    address = page_of(story, "provisional_marker.confirm", "M1")
    assert "She threatened an operative an hour ago." in words(as_(cast.manager).get(address))

    sent = send(as_(cast.manager), address, reasons="I have read the report and agree.")

    assert sent.status_code == 302
    assert "A manager has already confirmed it." in words(as_(cast.other_manager).get(address))
    assert as_(cast.duty).get(address).status_code in (403, 404)


def test_a_manager_does_not_confirm_their_own_marker(as_: As, story: Story, cast: Cast) -> None:
    story.mark_provisionally(by=cast.manager)
    page = words(as_(cast.manager).get(page_of(story, "provisional_marker.confirm", "M1")))
    assert "You placed it, so another manager confirms it." in page


def test_someone_senior_renews_it_with_reasons(as_: As, story: Story, cast: Cast) -> None:
    story.mark_provisionally()
    address = page_of(story, "provisional_marker.renew", "M1")
    assert "The report still waits for triage" in words(as_(cast.senior).get(address))
    story.triage()

    refused = send(as_(cast.senior), address, reasons="")
    sent = send(as_(cast.senior), address, reasons="The police have asked us to wait.")

    assert "Say why it should stay" in errors(refused) and sent.status_code == 302
    assert as_(cast.manager).get(address).status_code == 403

"""M1, M2: a marker placed, reviewed, removed, and its notice withheld, on its pages."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from evenhand.people.models import Person, User
from evenhand.policy.conduct import Conduct
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.marker import (
    MarkerKept,
    MarkerPlaced,
    MarkerRemoved,
    NoticeGiven,
    NoticeWithheld,
)
from tests.web.asking import carried, errors, page_of, send, words
from tests.web.kept import last
from tests.web.stories import Cast, Story

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]
MARK = {
    "incident": "I1",
    "risk": "threats or verbal abuse",
    "controls": ["visit in pairs"],
    "audience": "colleagues who visit or take calls",
    "reasons": "On 3 March 2026 you shouted abuse at a colleague.",
}


def test_a_manager_places_a_marker_from_one_dated_incident(story: Story, cast: Cast, as_: As) -> None:
    story.decide()
    client, address = as_(cast.manager), page_of(story, "marker.place")
    shown = client.get(address)
    assert "What was decided" in shown.content.decode() and "What is looked at again" not in shown.content.decode()
    fields = shown.context["form"].fields
    assert fields["incident"].initial == "I1" and "age_checked" not in fields and "safeguarding_check" not in fields
    assert send(client, address, **MARK).status_code == 302
    placed = last(story, cast.manager, MarkerPlaced)
    assert (placed.incident, placed.risk.value, [c.value for c in placed.controls]) == (
        "I1", MARK["risk"], MARK["controls"],
    )  # fmt: skip


def test_what_was_left_out_is_asked_for_and_the_words_are_kept(story: Story, cast: Cast, as_: As) -> None:
    story.decide()
    refused = send(as_(cast.manager), page_of(story, "marker.place"), **{**MARK, "risk": None, "controls": None})
    assert {"risk", "controls"} <= set(refused.context["form"].errors)
    assert "On 3 March 2026 you shouted abuse" in refused.content.decode()


def test_where_the_age_is_not_known_it_is_asked(story: Story, cast: Cast, as_: As) -> None:
    assert story.person
    Person.objects.filter(pk=story.person.pk).update(date_of_birth=None)
    story.person.refresh_from_db()
    story.decide()
    client, address = as_(cast.manager), page_of(story, "marker.place")
    assert {"age_checked", "safeguarding_check"} <= set(client.get(address).context["form"].fields)
    assert "age_checked" in send(client, address, **MARK).context["form"].errors
    assert send(client, address, **MARK, age_checked="She told us that she is 46.").status_code == 302


def test_there_is_no_marker_without_a_finding(story: Story, cast: Cast, as_: As) -> None:
    story.ready()
    shown = as_(cast.manager).get(page_of(story, "marker.place"))
    assert "A marker needs a finding" in words(shown) and "<textarea" not in shown.content.decode()


def test_a_review_needs_its_assessment_and_reasons(story: Story, cast: Cast, as_: As) -> None:
    story.mark()
    client, address = as_(cast.manager), page_of(story, "marker.keep", "M1")
    assert "assessment for a review has not been made" in words(client.get(address))
    story.assess(Step.REVIEW)
    assert "reasons" in send(client, address, reasons="").context["form"].errors
    assert send(client, address, reasons="It happened again on 1 March 2026.").status_code == 302
    assert last(story, cast.manager, MarkerKept).marker == "M1"


def test_a_marker_is_removed_with_reasons(story: Story, cast: Cast, as_: As) -> None:
    story.mark().assess(Step.REVIEW)
    address = page_of(story, "marker.remove", "M1")
    assert send(as_(cast.manager), address, reasons="Nothing since.").status_code == 302
    assert last(story, cast.manager, MarkerRemoved)


def test_notice_is_withheld_by_someone_senior_alone_and_given_later(story: Story, cast: Cast, as_: As) -> None:
    story.report(Conduct.THREATS).mark()
    address = page_of(story, "marker.withhold_notice", "M1")
    assert "Only a senior manager or a director may do this." in words(as_(cast.manager).get(address))
    client = as_(cast.senior)
    assert "The customer is not told this." in words(client.get(address))
    assert send(client, address, reasons="They would find out who told us.").status_code == 302
    assert last(story, cast.senior, NoticeWithheld)
    assert send(client, page_of(story, "marker.give_notice", "M1")).status_code == 302
    assert last(story, cast.senior, NoticeGiven)


def test_notice_of_a_provisional_marker_is_withheld_from_its_tab_and_its_letter_says_so_until_it_goes(
    story: Story, cast: Cast, as_: As
) -> None:
    story.mark_provisionally()
    client, case = as_(cast.senior), f"/cases/{story.reference}"
    address = page_of(story, "marker.withhold_notice", "M1")
    assert address in client.get(f"{case}/controls/").content.decode()
    shown = client.get(address)
    done = client.post(address, {**carried(shown), "reasons": "He would know who told us."}, follow=True)
    assert "Notice is withheld. It is looked at again on 3 June 2026." in words(done)
    assert "Notice is withheld Looked at again 3 June 2026" in re.sub(
        r"(?<=withheld) 3 March 2026", "", words(client.get(f"{case}/letters/"))
    )
    tab = client.get(f"{case}/controls/").content.decode()
    assert page_of(story, "marker.give_notice", "M1") in tab and address not in tab
    assert send(as_(cast.manager), page_of(story, "marker.give_notice", "M1")).status_code == 302
    assert "Notice is withheld" not in words(client.get(f"{case}/letters/"))


def test_a_customer_s_request_is_recorded_once(story: Story, cast: Cast, as_: As) -> None:
    story.mark()
    client, address = as_(cast.investigator), page_of(story, "marker.request_review", "M1")
    assert send(client, address, words="It is a year ago.").status_code == 302
    assert "They have already asked" in words(client.get(address))


def test_a_marker_that_is_not_there_is_said_so(story: Story, cast: Cast, as_: As) -> None:
    story.mark()
    assert "There is no such marker" in words(as_(cast.manager).get(page_of(story, "marker.remove", "M9")))
    assert "Choose one of the answers shown" in errors(
        send(as_(cast.manager), page_of(story, "marker.place"), **{**MARK, "incident": "I9"})
    )


@pytest.mark.parametrize("role", ["colleague", "investigator", "duty", "partner", "protection", "administrator"])
def test_only_those_who_decide_reach_the_page(story: Story, cast: Cast, as_: As, role: str) -> None:
    story.decide()
    assert as_(getattr(cast, role)).get(page_of(story, "marker.place")).status_code in (403, 404)


def test_a_manager_who_was_affected_finds_no_page(story: Story, cast: Cast, as_: As) -> None:
    story.report(harmed=(cast.other_manager,)).decide()
    assert as_(cast.other_manager).get(page_of(story, "marker.place")).status_code == 404


def test_confirming_a_provisional_marker_begins_with_what_was_said_at_night(story: Story, cast: Cast, as_: As) -> None:
    story.report(Conduct.THREATS).mark_provisionally()
    fields = as_(cast.manager).get(page_of(story, "marker.place", "M1")).context["form"].fields
    assert fields["controls"].initial and fields["risk"].initial and fields["audience"].initial

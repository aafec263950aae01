"""Whoever looks again at a marker, a limit or a finding has all of it beside the form, on the one page."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from evenhand.people.models import User
from evenhand.people.models.look import Look, LookKind
from evenhand.policy.events.assessment import Step
from tests.web.asking import page_of, words
from tests.web.stories import Cast, Story

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]


def test_a_manager_who_reviews_a_marker_sees_what_it_says_what_it_rests_on_and_what_the_customer_says(
    story: Story, cast: Cast, as_: As
) -> None:
    story.mark()
    story.act("marker.request_review", cast.investigator, "M1", words="I have done nothing since the spring.")
    for verb in ("keep", "remove", "withhold_notice", "request_review"):
        by = cast.senior if verb == "withhold_notice" else cast.manager
        shown = words(as_(by).get(page_of(story, f"marker.{verb}", "M1")))
        for told in (
            "Visit in pairs and ring before visiting",
            "She shouted abuse at a colleague on 3 March 2026.",
            "Placed 3 March 2026, by Priya Nair",
            "The customer was told Not yet",
            "Looked at again Not yet",
            "I have done nothing since the spring.",
            "She shouted abuse at the front door and would not stop.",
            "Two colleagues heard it, and she said so herself.",
            "I was upset, because nobody had rung me back for a week.",
            "I sleep badly.",
        ):
            assert told in shown, (verb, told)


def test_how_often_a_marker_was_reviewed_and_why_it_went_on_is_told(story: Story, cast: Cast, as_: As) -> None:
    story.mark().assess(Step.REVIEW)
    story.act("marker.keep", cast.manager, "M1", reasons="It happened again in the autumn.")
    shown = words(as_(cast.other_manager).get(page_of(story, "marker.remove", "M1")))
    assert "Looked at again Once, last on 3 March 2026 by Priya Nair" in shown
    assert "Why it went on, on 3 March 2026: It happened again in the autumn." in shown


def test_a_manager_who_places_a_marker_reads_the_finding_it_would_rest_on(story: Story, cast: Cast, as_: As) -> None:
    story.decide()
    shown = words(as_(cast.manager).get(page_of(story, "marker.place")))
    assert "Finding F1 of 3 March 2026" in shown and "I was upset" in shown


def test_whoever_extends_or_lifts_a_limit_sees_the_limit(story: Story, cast: Cast, as_: As) -> None:
    story.limit().assess(Step.REVIEW)
    for verb in ("vary", "extend", "lift"):
        shown = words(as_(cast.manager).get(page_of(story, f"expectation.{verb}", "L1")))
        assert "By email or by letter, once a week" in shown.replace("at most ", "") and "Calls took up most" in shown


def test_whoever_hears_an_appeal_sees_the_finding_and_the_appeal_in_the_customer_s_words(
    story: Story, cast: Cast, as_: As
) -> None:
    story.decide().appeal()
    shown = words(as_(cast.senior).get(page_of(story, "appeal.decide", "A1")))
    for told in (
        "Appeal A1 of 3 March 2026, by the customer (by telephone): It was not me who shouted.",
        "Shouting abuse for ten minutes is more than being forceful.",
        "The report and her own account.",
        "Unacceptable",
        "She shouted abuse at the front door",
        "I was upset",
        "Assessment for the decision",
    ):
        assert told in shown, told
    assert Look.objects.filter(by=cast.senior, kind=LookKind.CASE, reference=story.reference).exists()


def test_what_is_not_in_the_case_has_nothing_beside_it(story: Story, cast: Cast, as_: As) -> None:
    story.decide()
    shown = as_(cast.manager).get(page_of(story, "marker.remove", "M9"))
    assert shown.context["evidence"] == [] and "There is no such marker" in words(shown)


def test_reading_the_evidence_costs_no_more_with_more_reviews(story: Story, cast: Cast, as_: As) -> None:
    story.mark()
    client, address, asked = as_(cast.manager), page_of(story, "marker.remove", "M1"), []
    client.get(address)
    for _ in range(2):
        with CaptureQueriesContext(connection) as counted:
            assert client.get(address).status_code == 200
        asked.append(len(counted))
        story.assess(Step.REVIEW)
        story.act("marker.keep", cast.manager, "M1", reasons="It is still needed.")
    assert asked[0] == asked[1]


def test_before_a_decision_whoever_would_place_a_marker_reads_what_was_reported(
    story: Story, cast: Cast, as_: As
) -> None:
    story.hear()
    shown = words(as_(cast.manager).get(page_of(story, "marker.place")))
    assert "A marker needs a finding" in shown and "She shouted abuse at the front door" in shown
    assert "nobody had rung me back" in shown

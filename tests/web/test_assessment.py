"""The equality and proportionality assessment, with what is known beside it, on its page."""

from collections.abc import Callable

import pytest
from django.test import Client

from evenhand.cases import reading
from evenhand.people.models import Need, Person, User
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.incident import Triage
from tests.web.asking import errors, page_of, send, words
from tests.web.stories import ASSESSED, START, Cast, Story

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]


def test_needs_known_today_are_written_in_and_shown_beside(as_: As, story: Story, cast: Cast, tenant: Person) -> None:
    story.hear()
    Need.objects.create(person=tenant, kind="mental health", recorded_on=START)

    shown = as_(cast.manager).get(page_of(story, "assessment.make"))

    assert shown.context["form"]["known"].value() == "Mental health."
    assert shown.context["form"]["step"].value() == Step.DECISION
    assert "Needs recorded today Mental health" in words(shown)
    assert "I was upset, because nobody had rung me back" in words(shown)


def test_the_needs_of_that_day_are_kept_with_the_assessment(as_: As, story: Story, cast: Cast, tenant: Person) -> None:
    story.hear()
    Need.objects.create(person=tenant, kind="deaf", recorded_on=START)

    sent = send(as_(cast.manager), page_of(story, "assessment.make"), step=Step.DECISION.value, **ASSESSED)

    made = reading.case_file(story.reference, cast.manager, story.day).entries[-1].event
    assert sent.status_code == 302 and [need.value for need in made.needs] == ["deaf"]
    assert made.aim == ASSESSED["aim"]


def test_every_question_of_the_assessment_is_answered(as_: As, story: Story, cast: Cast) -> None:
    story.hear()
    told = {**ASSESSED, "alternatives": " "}

    sent = send(as_(cast.manager), page_of(story, "assessment.make"), step=Step.DECISION.value, **told)

    assert "gentler steps" in errors(sent) and ASSESSED["aim"] in words(sent)


def test_a_provisional_marker_asks_for_its_own_assessment_first(as_: As, story: Story, cast: Cast) -> None:
    story.mark_provisionally()
    shown = as_(cast.manager).get(page_of(story, "assessment.make"))
    assert shown.context["form"]["step"].value() == Step.PROVISIONAL


def test_a_manager_who_was_affected_cannot_assess(as_: As, story: Story, cast: Cast) -> None:
    story.report(harmed=(cast.manager,))
    story.act("incident.triage", cast.investigator, outcome=Triage.NEW_CASE)
    assert as_(cast.manager).get(page_of(story, "assessment.make")).status_code == 404
    assert as_(cast.other_manager).get(page_of(story, "assessment.make")).status_code == 200


def test_earlier_assessments_are_shown_in_full(as_: As, story: Story, cast: Cast) -> None:
    story.ready()
    assert ASSESSED["due_regard"] in words(as_(cast.other_manager).get(page_of(story, "assessment.make")))


def test_whoever_took_part_is_not_offered_the_assessment_of_an_appeal(as_: As, story: Story, cast: Cast) -> None:
    story.hear()

    def offered(who: User) -> list[str]:
        form = as_(who).get(page_of(story, "assessment.make")).context["form"]
        return [str(value) for value, _ in form.fields["step"].choices]

    assert Step.APPEAL.value not in offered(cast.investigator) and Step.REVIEW.value in offered(cast.investigator)
    assert Step.APPEAL.value in offered(cast.senior)

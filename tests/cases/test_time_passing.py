"""E1, E2, M2, rule 7: what time brings about is recorded and told by the worker, and is so without it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from procrastinate.contrib.django import app

from evenhand.cases import feed, holding, models, one_by_one, reading, record, tasks, time_passing
from evenhand.cases.circumstances import known_of
from evenhand.cases.letter_facts.limit import THE_BEHAVIOUR
from evenhand.policy.conduct import Conduct
from evenhand.policy.events.correspondence import LetterKind
from tests.cases.letter_story import Story, moment
from tests.cases.test_letter_approved import approve

pytestmark = pytest.mark.django_db
OVER = date(2026, 9, 4)


def limited() -> Story:
    return Story().found().warned_or_not().limited().appointed()


def test_limits_end_on_their_day_though_no_worker_runs() -> None:
    story = limited()
    assert len(known_of(story.person, date(2026, 9, 2)).limits) == 2
    assert not known_of(story.person, date(2026, 9, 3)).limits


def test_a_limit_and_a_single_contact_that_are_over_are_recorded_and_told_once() -> None:
    story = limited()
    assert time_passing.record_what_is_over(moment(date(2026, 9, 2))) == []
    assert time_passing.record_what_is_over(moment(OVER)) == [story.reference] * 2
    assert time_passing.record_what_is_over(moment(OVER)) == []
    assert models.Letter.objects.filter(kind=LetterKind.LIMIT_ENDED).count() == 2
    assert not models.LiveControl.objects.filter(case=story.row()).exists()


def test_a_customer_is_told_20_working_days_before_the_review_of_a_marker() -> None:
    story = Story().found(Conduct.THREATS).marked()
    assert time_passing.record_what_is_over(moment(date(2026, 8, 3))) == []
    assert time_passing.record_what_is_over(moment(date(2026, 8, 4))) == [story.reference]
    assert time_passing.record_what_is_over(moment(date(2026, 8, 6))) == []
    assert story.letter(LetterKind.REVIEW_NOTICE).data["review"]["was_due_on"] is None


def test_a_customer_is_told_20_working_days_before_the_review_of_a_limit_and_of_a_single_contact() -> None:
    story = limited()
    for kind in (LetterKind.LIMITS, LetterKind.SINGLE_CONTACT):
        approve(story, kind)
    assert time_passing.record_what_is_over(moment(date(2026, 8, 3))) == []
    assert time_passing.record_what_is_over(moment(date(2026, 8, 4))) == [story.reference] * 2
    assert time_passing.record_what_is_over(moment(date(2026, 8, 6))) == []
    notices = models.Letter.objects.filter(kind=LetterKind.REVIEW_NOTICE)
    assert {letter.about for letter in notices} == {"L1", "S1"}


def test_an_expectation_without_limits_is_reviewed_with_notice_and_its_end_is_told() -> None:
    story = Story().found().limited(plan=None)
    approve(story, LetterKind.LIMITS)
    assert time_passing.record_what_is_over(moment(date(2026, 8, 3))) == []
    assert time_passing.record_what_is_over(moment(date(2026, 8, 4))) == [story.reference]
    notice = story.letter(LetterKind.REVIEW_NOTICE).data
    assert notice["review"]["of"] == THE_BEHAVIOUR and not notice["limits_contact"]
    assert time_passing.record_what_is_over(moment(date(2026, 9, 2))) == []
    assert time_passing.record_what_is_over(moment(OVER)) == [story.reference]
    assert time_passing.record_what_is_over(moment(OVER)) == []
    assert story.letter(LetterKind.LIMIT_ENDED).data["ended"] == {
        **story.letter(LetterKind.LIMIT_ENDED).data["ended"], "what": THE_BEHAVIOUR, "on": "2026-09-03"
    }  # fmt: skip


def test_an_expectation_without_limits_is_no_limit_on_contact_to_anyone() -> None:
    story = Story().found().limited(plan=None)
    approve(story, LetterKind.LIMITS)
    day = date(2026, 3, 10)
    assert [c.kind for c in reading.controls_of(story.person, day)] == ["expectation"]
    assert not known_of(story.person, day).limits
    assert holding.held_of([story.person.pk], day)[story.person.pk].is_empty
    assert feed.live(day) == []
    assert "limit" not in " ".join(task.what for task in models.Task.objects.filter(verb="expectation.extend"))


def test_20_working_days_after_a_review_was_missed_the_customer_is_told_with_an_apology_once() -> None:
    story = Story().found(Conduct.THREATS).marked()
    time_passing.record_what_is_over(moment(date(2026, 8, 5)))
    assert time_passing.record_what_is_over(moment(date(2026, 9, 30))) == []
    assert time_passing.record_what_is_over(moment(date(2026, 10, 1))) == [story.reference]
    assert story.letter(LetterKind.REVIEW_NOTICE).data["review"]["was_due_on"] == "2026-09-02"
    assert time_passing.record_what_is_over(moment(date(2026, 10, 2))) == []


def test_one_case_that_cannot_be_done_stops_none_of_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    story = limited()
    done = record.act_on

    def act_on(reference: str, ask: Any, verb: Callable[..., Any], subject: str | None = None, **answers: Any) -> Any:
        if subject == "L1":
            raise RuntimeError("the disk is full")
        return done(reference, ask, verb, subject, **answers)

    monkeypatch.setattr(record, "act_on", act_on)
    with pytest.raises(one_by_one.SomeFailed, match="1 could not be done; 1 were"):
        time_passing.record_what_is_over(moment(OVER))
    assert story.case().single_contact.get("S1").ended and not story.case().expectation.get("L1").ended


def test_the_worker_knows_every_job_and_when_to_do_it() -> None:
    wanted = {"look_after_post", "record_what_is_over", "follow_people"}
    assert wanted <= {key[0] for key in app.periodic_registry.periodic_tasks}
    assert {"send_letter", *wanted} <= set(app.tasks)


def test_the_jobs_run_with_nothing_to_do() -> None:
    for job in (tasks.look_after_post, tasks.record_what_is_over, tasks.follow_people):
        job(0)
    assert not models.Event.objects.exists()


def test_the_day_is_the_landlords_own(monkeypatch: pytest.MonkeyPatch) -> None:
    late = moment().at.replace(month=7, hour=23, minute=30)
    monkeypatch.setattr(tasks.timezone, "now", lambda: late)
    assert tasks.now().day == late.date() + timedelta(days=1)

"""Whoever read a marker in its case is told when it is over, unless they opened the case since."""

from datetime import datetime, timedelta

import pytest

from evenhand.people.models import Look, User
from evenhand.people.models.look import LookKind
from evenhand.sharing.models import Disclosure, Recall
from evenhand.sharing.models.disclosure import How
from tests.sharing.sending import follow, removed
from tests.web.stories import Story

pytestmark = pytest.mark.django_db


def opens(story: Story, user: User, at: datetime) -> None:
    Look.objects.create(at=at, by=user, actor=user.actor_id, kind=LookKind.CASE, reference=story.reference)


def told() -> set[str]:
    return set(Recall.objects.values_list("disclosure__to_name", flat=True))


def test_whoever_read_a_marker_in_its_case_hears_that_it_is_over(story: Story) -> None:
    story.mark()
    follow(story)
    opens(story, story.cast.senior, story.moment.at + timedelta(hours=1))
    removed(story)
    follow(story)
    assert told() == {story.cast.senior.name}
    kept = Disclosure.objects.get()
    assert kept.how == How.RECORD and kept.last_at < Recall.objects.get().at


def test_whoever_opened_the_case_since_saw_it_for_themselves(story: Story) -> None:
    story.mark()
    follow(story)
    opens(story, story.cast.manager, story.moment.at + timedelta(hours=1))
    removed(story)
    opens(story, story.cast.manager, story.moment.at + timedelta(minutes=1))
    follow(story)
    assert told() == set()


def test_whoever_saw_only_their_own_report_learns_of_no_marker(story: Story) -> None:
    story.report(by=story.cast.colleague)
    story.mark()
    follow(story)
    opens(story, story.cast.colleague, story.moment.at + timedelta(hours=1))
    removed(story)
    follow(story)
    assert told() == set()


def test_whoever_read_the_case_before_there_was_a_marker_was_not_told_of_it(story: Story) -> None:
    story.report()
    opens(story, story.cast.senior, story.moment.at - timedelta(days=1))
    story.mark()
    follow(story)
    removed(story)
    follow(story)
    assert told() == set()

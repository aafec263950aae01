"""A colleague is told by email that something they were told of is over, once, and of nobody by name."""

from datetime import timedelta

import pytest
from django.core import mail

from evenhand.sharing.models import Recall
from evenhand.sharing.recall_mail import HOW, tell_colleagues
from tests.web.stories import Story
from tests.web.test_withdrawal import ended

pytestmark = pytest.mark.django_db


def test_each_colleague_is_told_once_and_nobody_is_named(story: Story) -> None:
    ended(story, story.cast.colleague, story.cast.duty)
    at = story.moment.at
    assert tell_colleagues(at) == 2
    assert tell_colleagues(at + timedelta(minutes=10)) == 0
    assert sorted(one.to[0] for one in mail.outbox) == ["dawn@example.org", "sam@example.org"]
    said = mail.outbox[0].subject + mail.outbox[0].body
    assert "/withdrawals/" in said
    assert not any(word in said for word in ("Bell", "EH-", "marker"))
    assert {(row.told_at, row.told_how) for row in Recall.objects.all()} == {(at, HOW)}


def test_where_no_mail_can_be_sent_it_is_tried_again(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    ended(story, story.cast.colleague)

    def refuse(*args: object, **kwargs: object) -> int:
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr("evenhand.sharing.recall_mail.EmailMessage.send", refuse)
        assert tell_colleagues(story.moment.at) == 0
    assert tell_colleagues(story.moment.at) == 1


def test_one_who_left_is_sent_nothing(story: Story) -> None:
    ended(story, story.cast.colleague)
    type(story.cast.colleague).objects.filter(pk=story.cast.colleague.pk).update(is_active=False)
    assert tell_colleagues(story.moment.at) == 0

"""Who sees whether the record agrees with its heads, and what the page says when it does not."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client

from evenhand.cases import head, head_told
from evenhand.cases.circumstances import Moment
from evenhand.people.models import User
from tests.cases.kept_record import Record
from tests.web.stories import START, Story

pytestmark = pytest.mark.django_db(transaction=True)
As = Callable[[User], Client]


@pytest.fixture
def record(
    story: Story, settings: LazySettings, tmp_path: Path, as_owner: Callable[[], AbstractContextManager[None]]
) -> Record:
    settings.HEADS_FOLDER = tmp_path / "heads"
    story.report()
    moment = Moment(head.end_of(START) + timedelta(minutes=25), START + timedelta(days=1))
    head.make_missing(moment)
    return Record(tmp_path, as_owner)


def page(client: Client) -> str:
    return client.get("/administration/heads").content.decode()


def test_a_director_sees_that_the_record_agrees_and_that_nobody_was_told_yet(
    record: Record, story: Story, as_: As
) -> None:
    said = page(as_(story.cast.director))
    assert "3 March 2026" in said and "Agrees" in said
    assert "Some heads reached nobody yet" in said and "Back to administration" not in said
    head_told.tell(story.moment.at)
    assert "reached nobody" not in page(as_(story.cast.director))


def test_an_administrator_sees_that_it_does_not_and_not_in_which_case(record: Record, story: Story, as_: As) -> None:
    record.rewrite(story.reference, 1, "She shouted", "She whispered")
    said = page(as_(story.cast.administrator))
    assert "Does not agree" in said and "evenhand verify" in said
    assert story.reference not in said
    assert "Does not agree" in as_(story.cast.administrator).get("/administration/").content.decode()


def test_a_manager_does_not_see_the_heads(record: Record, story: Story, as_: As) -> None:
    assert as_(story.cast.manager).get("/administration/heads").status_code == 403


def test_the_page_asks_as_little_of_many_heads_as_of_one(
    record: Record, story: Story, as_: As, django_assert_max_num_queries: Callable[[int], AbstractContextManager[None]]
) -> None:
    client = as_(story.cast.director)
    later = START + timedelta(days=20)
    head.make_missing(Moment(head.end_of(later) + timedelta(minutes=25), later + timedelta(days=1)))
    with django_assert_max_num_queries(12):
        said = page(client)
    assert "23 March 2026" in said and "late" in said
    connection.close()

"""Each day's head: made once, made up for, sent and written, and telling nothing of any case."""

import json
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from smtplib import SMTPException
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail
from django.core.mail import EmailMessage
from django.db import ProgrammingError, connection, transaction

from evenhand.cases import head, head_check, head_told, models, record
from evenhand.cases.circumstances import Moment
from evenhand.cases.record import Ask
from evenhand.policy.verbs import VERBS
from tests.web.stories import START, Story

pytestmark = pytest.mark.django_db(transaction=True)


def night(days: int) -> Moment:
    """Shortly after midnight, so many days after the stories begin."""
    day = START + timedelta(days=days)
    return Moment(datetime(day.year, day.month, day.day, 0, 25, tzinfo=UTC), day)


@pytest.fixture(autouse=True)
def folder(settings: LazySettings, tmp_path: Path) -> Path:
    settings.HEADS_FOLDER = tmp_path / "heads"
    return tmp_path / "heads"


def days() -> list[date]:
    return list(models.Head.objects.order_by("number").values_list("day", flat=True))


def test_a_day_has_one_head_however_often_it_is_asked_for(story: Story) -> None:
    story.report()
    assert [made.day for made in head.make_missing(night(1))] == [START]
    assert head.make_missing(night(1)) == []
    assert days() == [START]


def test_days_that_were_missed_are_made_up_for_and_say_when_they_were_made(story: Story) -> None:
    story.report()
    head.make_missing(night(1))
    story.later(2).triage()
    head.make_missing(night(5))
    assert days() == [START + timedelta(days=each) for each in range(5)]
    grown = {row.day: row.members.count() for row in models.Head.objects.all()}
    assert grown == {START + timedelta(days=each): (1 if each in (0, 2) else 0) for each in range(5)}
    assert [shown.late for shown in head_check.latest(10)] == [False, True, True, True, False]
    assert list(head_check.faults()) == []


def test_two_workers_at_once_make_one_head(story: Story) -> None:
    story.report()
    together = threading.Barrier(2)

    def work() -> None:
        together.wait()
        head.make_missing(night(1))
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert days() == [START]
    assert list(head_check.faults()) == []


def test_a_head_is_made_from_one_moment_whatever_is_written_meanwhile(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.report()
    grown = head._grown

    def slow(until: datetime) -> Any:
        models.Case.objects.count()
        other = Story(story.cast, story.person, story.home)

        def write() -> None:
            other.report()
            connection.close()

        writer = threading.Thread(target=write)
        writer.start()
        writer.join()
        return grown(until)

    monkeypatch.setattr(head, "_grown", slow)
    (made,) = head.make_missing(night(1))
    assert [member.case.reference for member in made.members.all()] == [story.reference]
    monkeypatch.setattr(head, "_grown", grown)
    head.make_missing(night(2))
    assert models.HeadMember.objects.count() == 2


def test_a_head_goes_to_every_director_and_into_a_file_once(story: Story, folder: Path) -> None:
    story.report()
    (made,) = head.make_missing(night(1))
    assert head_told.tell(night(1).at) == 2
    assert head_told.tell(night(1).at) == 0
    (message,) = mail.outbox
    assert message.to == [story.cast.director.email]
    assert bytes(made.head).hex() in message.body
    (file,) = folder.iterdir()
    assert json.loads(file.read_text())["head"] == bytes(made.head).hex()
    assert list(head_check.differences([file])) == []


def test_a_saved_message_will_do_as_a_head(story: Story, tmp_path: Path) -> None:
    story.report()
    head.make_missing(night(1))
    head_told.tell(night(1).at)
    saved = tmp_path / "message.eml"
    saved.write_text(str(mail.outbox[0].message()))
    assert [said["number"] for said in head_check.read(saved)] == [1]
    assert list(head_check.differences([saved])) == []


def test_what_could_not_be_sent_or_written_goes_out_the_next_time(
    story: Story, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.report()
    head.make_missing(night(1))

    def unreachable(self: EmailMessage, fail_silently: bool = False) -> int:
        raise SMTPException

    folder.write_text("a file where the folder should be")
    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", unreachable)
        assert head_told.tell(night(1).at) == 0
    folder.unlink()
    assert head_told.tell(night(1).at) == 2


def test_neither_message_nor_file_tells_of_a_sealed_matter(story: Story, folder: Path) -> None:
    head.make_missing(night(1))
    head_told.tell(night(2).at)
    ask = Ask(story.cast.senior.actor, story.moment)
    told = {"about": "EH-AAAA-AAAA", "colleague": story.cast.colleague.actor_id, "note": "Shaken."}
    sealed = record.open_case(ask, VERBS["welfare.open"], **told).reference
    head.make_missing(night(2))
    head_told.tell(night(2).at)
    without, with_it = mail.outbox
    assert len(without.body) == len(with_it.body) and sealed not in with_it.body
    one, two = (file.read_text() for file in sorted(folder.iterdir()))
    assert len(one) == len(two) and sealed not in two


def test_a_head_of_nothing_new_cannot_be_told_from_any_other(story: Story) -> None:
    """Whoever knew every link they may know of could not work out that there is another."""
    head.make_missing(night(1))
    (made,) = models.Head.objects.all()
    assert made.members.count() == 0
    guessed = models.Head(number=made.number, day=made.day, until=made.until, made_at=made.made_at, salt=b"\x00" * 16)
    guessed.previous = bytes(made.previous)
    assert head.head_of(guessed, []) != bytes(made.head)


@pytest.mark.parametrize("table", ["cases_head", "cases_headmember", "cases_headtold"])
def test_the_application_adds_heads_and_cannot_change_them(
    story: Story, table: str, as_owner: Callable[[], AbstractContextManager[None]]
) -> None:
    story.report()
    head.make_missing(night(1))
    head_told.tell(night(1).at)

    def tried(statement: str) -> str:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
        except ProgrammingError as refused:
            return str(refused)
        return ""

    assert "permission denied" in tried(f"DELETE FROM {table}")
    with as_owner():
        assert "only ever added to" in tried(f"UPDATE {table} SET id = id")

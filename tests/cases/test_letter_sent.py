"""D1: a letter by email is sent once, by a real mail server, and a doubtful sending is shown to a person."""

import email
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email.message import Message
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.conf import LazySettings
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from evenhand.cases import letters, models, sending, tasks, time_passing
from evenhand.cases.circumstances import Moment
from evenhand.people import mail_server
from evenhand.people.models import Representative
from evenhand.policy.conduct import Conduct
from evenhand.policy.events.correspondence import Delivery, LetterKind
from evenhand.policy.need import LetterFormat
from tests.cases.letter_story import DAY, Story, moment

pytestmark = pytest.mark.django_db
LATER = Moment(moment().at + timedelta(hours=1), DAY)
BY_EMAIL: dict[str, Any] = {"delivery": Delivery.EMAIL, "format": LetterFormat.STANDARD}


class Server:
    """A mail server that keeps what it gets, or behaves as badly as it is told to."""

    def __init__(self) -> None:
        self.got: list[Message] = []
        self.refuses = self.hangs_up = False

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.refuses:
            return "550 Nobody of that name here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.got.append(email.message_from_bytes(envelope.content, policy=default))
        if self.hangs_up:
            server.transport.abort()
        return "250 OK"


@pytest.fixture
def server(settings: LazySettings) -> Iterator[Server]:
    kept = Server()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(kept, hostname="127.0.0.1", port=port, server_hostname="localhost")
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 30
    yield kept
    controller.stop()


def approved(story: Story, **more: Any) -> models.Letter:
    row = story.letter(LetterKind.FINDING)
    letters.approve(story.reference, row.letter, story.ask(story.meg), **{**BY_EMAIL, **more})
    row.refresh_from_db()
    return row


def kinds(story: Story) -> list[str]:
    return list(story.row().events.order_by("number").values_list("kind", flat=True))


def test_a_letter_is_sent_with_the_very_bytes_approved_and_words_that_give_nothing_away(server: Server) -> None:
    story = Story().found()
    row = approved(story)
    assert sending.send(row.pk, moment())
    (got,) = server.got
    (attached,) = got.iter_attachments()
    assert attached.get_content() == bytes(row.sent_bytes or b"")
    assert (got["To"], got["Message-ID"], got["Subject"]) == (
        "zofia@example.org", row.message_id, "A letter from Harbour Homes",
    )  # fmt: skip
    body = got.get_body().get_content()
    assert "0161 496 0122" in body
    for word in ("decided", "finding", "unacceptable", "shouted", "conduct", "appeal"):
        assert word not in body.lower() + attached.get_filename().lower()
    row.refresh_from_db()
    assert row.post == "sent" and row.sent_at and kinds(story)[-1] == "LetterSent"


def test_a_letter_is_sent_once_however_often_the_job_runs(server: Server) -> None:
    story = Story().found()
    row = approved(story)
    assert [sending.send(row.pk, moment()) for _ in range(3)] == [True, False, False]
    assert len(server.got) == 1 and kinds(story).count("LetterSent") == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_at_once_one_sends_the_letter(server: Server) -> None:
    story = Story().found()
    row = approved(story)

    def work(_: int) -> bool:
        try:
            return sending.send(row.pk, moment())
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as workers:
        assert sorted(workers.map(work, range(4))) == [False, False, False, True]
    assert len(server.got) == 1 and kinds(story).count("LetterSent") == 1


def test_a_letter_by_email_that_is_overtaken_before_it_is_claimed_is_set_aside_and_not_sent(server: Server) -> None:
    story = Story().found(Conduct.THREATS).marked()
    letter = story.letter(LetterKind.MARKER)
    letters.approve(story.reference, letter.letter, story.ask(story.meg), **BY_EMAIL)
    story.act("marker.remove", story.meg, "M1", reasons="No longer needed.")
    assert not sending.send(letter.pk, moment()) and server.got == []
    letter.refresh_from_db()
    assert letter.post == "set aside" and letter.claimed_at is None and kinds(story)[-1] == "LetterSetAside"
    assert not sending.send(letter.pk, LATER) and letter.pk not in sending.unclaimed(LATER.at)


def test_plain_text_is_attached_as_text(server: Server) -> None:
    row = approved(Story().found(), format=LetterFormat.PLAIN_TEXT)
    assert sending.send(row.pk, moment())
    (attached,) = server.got[0].iter_attachments()
    assert attached.get_content_type() == "text/plain" and "Harbour Homes" in attached.get_content()


def test_whoever_must_be_told_too_gets_the_same_letter(server: Server) -> None:
    story = Story()
    facts = {"name": "Al Attorney", "kind": "attorney", "contact": "al@law.example", "safe": True, "recorded_on": DAY}
    Representative.objects.create(person=story.person, **facts)
    row = approved(story.found())
    assert sending.send(row.pk, moment())
    assert server.got[0]["Cc"] == "al@law.example"


def test_a_mail_server_that_refuses_is_shown_to_a_person_and_not_tried_again(server: Server) -> None:
    story = Story().found()
    row = approved(story)
    server.refuses = True
    assert not sending.send(row.pk, moment())
    row.refresh_from_db()
    assert row.post == "may not have been sent" and "Nobody of that name" in row.trouble
    assert story.row().tasks.filter(what="Find out whether the letter was sent: “What we decided”").exists()
    server.refuses = False
    assert not sending.send(row.pk, LATER) and server.got == []


def test_a_connection_lost_after_the_letter_was_given_is_doubted_and_not_tried_again(server: Server) -> None:
    story = Story().found()
    row = approved(story)
    server.hangs_up = True
    assert not sending.send(row.pk, moment())
    server.hangs_up = False
    assert not sending.send(row.pk, LATER)
    assert len(server.got) == 1 and kinds(story)[-1] == "LetterUncertain"


def test_a_mail_server_that_cannot_be_reached_is_tried_again(server: Server, settings: LazySettings) -> None:
    row = approved(Story().found())
    there, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    with pytest.raises(mail_server.NotReached):
        sending.send(row.pk, moment())
    row.refresh_from_db()
    assert row.claimed_at is None and row.post == "approved, waiting to be sent"
    settings.EMAIL_PORT = there
    assert sending.send(row.pk, LATER)


def test_a_worker_that_died_half_way_leaves_a_letter_for_a_person(server: Server) -> None:
    story = Story().found()
    row = approved(story)
    assert sending._claim(row.pk, moment())
    assert not sending.send(row.pk, LATER) and server.got == []
    assert time_passing.doubt_letters(moment()) == []
    assert time_passing.doubt_letters(LATER) == [row.reference]
    row.refresh_from_db()
    assert row.post == "may not have been sent" and "never finished" in row.trouble
    assert time_passing.doubt_letters(LATER) == []
    story.act("correspondence.confirm_sent", story.meg, row.letter, how=Delivery.EMAIL)
    assert story.letter(LetterKind.FINDING).post == "sent"


def test_a_letter_doubted_can_be_approved_again_as_a_new_issue(server: Server) -> None:
    story = Story().found()
    row = approved(story)
    sending.doubt(row, moment(), "Lost.")
    again = approved(story)
    assert again.message_id != row.message_id and not again.trouble
    assert sending.send(again.pk, moment()) and again.earlier_issues.get().trouble == "Lost."


def test_no_mail_server_all_day_is_shown_to_a_person() -> None:
    row = approved(Story().found())
    tomorrow = Moment(moment().at + timedelta(hours=25), DAY + timedelta(days=1))
    assert time_passing.doubt_letters(tomorrow) == [row.reference]


def test_a_letter_approved_before_a_death_is_not_sent(server: Server) -> None:
    story = Story().found()
    row = approved(story)
    story.act("handling.record_death", None, died_on=DAY)
    assert not sending.send(row.pk, moment()) and server.got == []


def test_a_letter_is_not_sent_a_way_that_became_unsafe(server: Server) -> None:
    story = Story().found()
    row = approved(story)
    story.person.unsafe_channels = ["email"]
    story.person.save()
    assert not sending.send(row.pk, moment()) and server.got == []
    row.refresh_from_db()
    assert "marked unsafe" in row.trouble


def test_a_letter_whose_bytes_were_changed_is_not_sent(server: Server) -> None:
    row = approved(Story().found())
    models.Letter.objects.filter(pk=row.pk).update(sent_bytes=b"%PDF something else")
    assert not sending.send(row.pk, moment()) and server.got == []


@pytest.mark.django_db(transaction=True)
def test_the_worker_sends_what_was_approved(server: Server) -> None:
    row = approved(Story().found())
    worker = app.with_connector(app.connector.get_worker_connector())
    # Of that queue only: the job that looks after the post would find this letter, of a day long ago, doubtful.
    worker.run_worker(
        queues=["letters"], wait=False, install_signal_handlers=False, listen_notify=False, delete_jobs="always"
    )
    row.refresh_from_db()
    assert row.post == "sent" and len(server.got) == 1
    assert not ProcrastinateJob.objects.filter(task_name="send_letter").exists()


def test_approving_by_email_defers_one_job_whose_argument_is_an_id() -> None:
    row = approved(Story().found())
    job = ProcrastinateJob.objects.get(task_name="send_letter")
    assert (job.args, job.status) == ({"letter": row.pk}, "todo")


def test_letters_that_no_job_is_left_for_are_sent_all_the_same() -> None:
    row = approved(Story().found())
    old = moment().at - timedelta(days=300)
    models.Letter.objects.filter(pk=row.pk).update(issued_at=tasks.now().at - timedelta(minutes=20))
    assert row.issued_at and row.issued_at > old
    for _ in range(2):
        tasks.look_after_post(0)
    assert ProcrastinateJob.objects.filter(task_name="send_letter", queueing_lock=f"letter {row.pk}").count() == 1


def test_in_the_demonstration_a_letter_becomes_a_file(settings: LazySettings, tmp_path: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    row = approved(Story().found())
    assert sending.send(row.pk, moment())
    (file,) = tmp_path.iterdir()
    assert row.message_id in file.read_text()

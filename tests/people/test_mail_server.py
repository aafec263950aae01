"""What becomes of an email is known as far as it can be, and the log says of whom nothing."""

from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend

from evenhand.people import mail_server

EMAIL = EmailMessage("A letter", "Dear Jo", to=["jo@example.org"])


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """That the connection was closed, each time."""
    times: list[bool] = []
    monkeypatch.setattr(EmailBackend, "close", lambda backend: times.append(True))
    return times


def fails(monkeypatch: pytest.MonkeyPatch, step: str, trouble: Exception) -> None:
    def step_fails(*_: Any) -> None:
        raise trouble

    monkeypatch.setattr(EmailBackend, step, step_fails)


def test_an_email_is_handed_over_once(mailoutbox: list[EmailMessage], closed: list[bool]) -> None:
    mail_server.hand_over(EMAIL, "Letter L-1")
    assert [sent.to for sent in mailoutbox] == [["jo@example.org"]] and closed == [True]


def test_where_no_mail_server_is_reached_nothing_was_sent(
    mailoutbox: list[EmailMessage], closed: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    fails(monkeypatch, "open", OSError("no route"))
    with pytest.raises(mail_server.NotReached, match="no route"):
        mail_server.hand_over(EMAIL, "Letter L-1")
    assert not mailoutbox and closed == [True]


def test_whom_a_refused_email_was_to_is_told_to_whoever_sees_the_letter_and_not_to_the_log(
    closed: list[bool], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    fails(monkeypatch, "send_messages", SMTPRecipientsRefused({"jo@example.org": (550, b"nobody")}))
    with pytest.raises(mail_server.MayHaveGone, match="jo@example.org"):
        mail_server.hand_over(EMAIL, "Letter L-1")
    assert caplog.messages == ["Letter L-1 may not have been sent: SMTPRecipientsRefused"] and closed == [True]


def test_trouble_without_words_is_not_left_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    fails(monkeypatch, "send_messages", SMTPServerDisconnected())
    with pytest.raises(mail_server.MayHaveGone, match="SMTPServerDisconnected"):
        mail_server.hand_over(EMAIL, "Letter L-1")


def test_what_the_server_took_has_gone_however_it_says_goodbye(
    mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    fails(monkeypatch, "close", SMTPServerDisconnected("hung up"))
    mail_server.hand_over(EMAIL, "Letter L-1")
    assert len(mailoutbox) == 1

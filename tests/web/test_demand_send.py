"""C2, D1: the answer to an objection goes as every letter does: in the person's format, by email, post or hand."""

import io
import re
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from evenhand.cases import after_restore, answer_sending, objection_answer, sending
from evenhand.cases.circumstances import Moment
from evenhand.cases.models import AnswerLetter
from evenhand.contacts.models import Objected
from evenhand.people import mail_server
from evenhand.people.models import Look, Person, User
from evenhand.policy.events.correspondence import Delivery
from evenhand.policy.need import Channel, LetterFormat
from tests.web.stories import Cast
from tests.web.test_objections import ANSWER, GONE, at, landlord, letter, objection, text

__all__ = ["landlord", "objection"]

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def answered(objection: Objected, landlord: None, cast: Cast, as_: SignIn) -> Objected:
    """Priya Nair has answered it."""
    response = as_(cast.manager).post(at("demand.reply", objection), ANSWER)
    assert response["Location"] == at("demand.send", objection)
    return Objected.objects.get()


@pytest.fixture
def moment(answered: Objected) -> Moment:
    return Moment(answered.recorded_at, answered.received_on)


def approve(client: Client, one: Objected, delivery: Delivery, format: LetterFormat = LetterFormat.STANDARD) -> Any:
    return client.post(at("demand.send", one), {"delivery": delivery.value, "format": format.value})


def print_and_post(client: Client, *rows: AnswerLetter) -> str:
    """The page after the file was opened, and its letters were marked as posted."""
    of = {"of": ",".join(str(row.pk) for row in rows)}
    client.get(reverse("demand.print.file"), of)
    return client.post(reverse("demand.print.posted"), of, follow=True).content.decode()


def write_to(person: Person, **said: Any) -> None:
    Person.objects.filter(pk=person.pk).update(**said)


def test_by_email_it_goes_once_and_then_nothing_is_owed(
    answered: Objected, moment: Moment, cast: Cast, as_: SignIn
) -> None:
    write_to(answered.person, emails=["jo@example.org"])
    client = as_(cast.manager)
    assert approve(client, answered, Delivery.EMAIL, LetterFormat.PLAIN_TEXT).status_code == 302
    row = AnswerLetter.objects.get()
    assert answer_sending.send(row.pk, moment) and not answer_sending.send(row.pk, moment)
    (sent,) = mail.outbox
    name, data, kind = sent.attachments[0]
    assert (sent.to, kind) == (["jo@example.org"], "text/plain") and name.endswith(".txt")
    assert ANSWER["answer"] in str(data) and "Housing Ombudsman" in str(data)
    assert ANSWER["answer"] not in sent.body
    assert Objected.objects.get().sent_on == answered.received_on
    assert "owed an answer" not in text(client, reverse("today"))
    assert "was sent already" in approve(client, answered, Delivery.POST).content.decode()


@pytest.mark.parametrize("delivery", [Delivery.EMAIL, Delivery.POST])
def test_an_approval_sent_again_after_a_lost_answer_makes_one_letter_and_leads_where_the_first_did(
    answered: Objected, cast: Cast, as_: SignIn, delivery: Delivery
) -> None:
    write_to(answered.person, emails=["jo@example.org"])
    client = as_(cast.manager)
    told = {"delivery": delivery.value, "format": "standard", "token": shown(client, at("demand.send", answered))}
    first, again = (client.post(at("demand.send", answered), told) for _ in range(2))
    assert (first.status_code, first["Location"]) == (again.status_code, again["Location"]) and first.status_code == 302
    assert AnswerLetter.objects.count() == 1
    page = text(client, again["Location"])
    assert "You had already sent this form" in page and "on its way" not in page


def test_that_it_reached_them_is_recorded_once_and_sent_again_is_no_mistake(
    answered: Objected, cast: Cast, as_: SignIn
) -> None:
    client = as_(cast.manager)
    told = {**GONE, "token": shown(client, at("demand.sent", answered))}
    first, again = (client.post(at("demand.sent", answered), told) for _ in range(2))
    assert first["Location"] == again["Location"] and Objected.objects.get().sent_on == answered.received_on
    assert "You had already sent this form" in text(client, again["Location"])
    assert "was sent already" in client.post(at("demand.sent", answered), GONE).content.decode()


def shown(client: Client, address: str) -> str:
    """The token of a form as its page gives it."""
    (token,) = re.findall(r'name="token" value="([^"]+)"', text(client, address))
    return str(token)


def test_an_email_nobody_took_waits_and_says_so_and_one_in_doubt_is_shown(
    answered: Objected, moment: Moment, cast: Cast, as_: SignIn, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_to(answered.person, emails=["jo@example.org"])
    client = as_(cast.manager)
    approve(client, answered, Delivery.EMAIL)
    row = AnswerLetter.objects.get()

    def refuses(*args: Any) -> None:
        raise OSError("no route")

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.backends.locmem.EmailBackend.open", refuses)
        with pytest.raises(mail_server.NotReached):
            answer_sending.send(row.pk, moment)
    assert "It has not gone: no route" in text(client, at("demand.send", answered))
    assert answer_sending.unclaimed(row.issued_at + 2 * sending.OUTCOME_KNOWN_WITHIN) == [row.pk]
    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuses)
        assert not answer_sending.send(row.pk, moment)
    assert "Nobody knows whether it went" in text(client, at("demand.send", answered))
    assert "Jo Bell: find out whether the answer went" in text(client, reverse("demand"))
    assert answer_sending.unclaimed(row.issued_at + 2 * sending.OUTCOME_KNOWN_WITHIN) == []
    assert not Objected.objects.get().sent_on and not mail.outbox


def test_an_answer_that_a_worker_took_long_ago_is_not_said_to_go_by_email(
    answered: Objected, moment: Moment, cast: Cast, as_: SignIn
) -> None:
    write_to(answered.person, emails=["jo@example.org"])
    client = as_(cast.manager)
    approve(client, answered, Delivery.EMAIL)
    assert "Jo Bell: the answer goes by email" in text(client, reverse("demand"))
    long_ago = AnswerLetter.objects.get().issued_at - 2 * sending.OUTCOME_KNOWN_WITHIN
    AnswerLetter.objects.update(claimed_at=long_ago)
    page = text(client, reverse("demand"))
    assert "Jo Bell: find out whether the answer went" in page and at("demand.send", answered) in page
    assert "goes by email" not in page


def test_after_a_restore_one_that_waited_to_go_by_email_is_for_a_person_to_find_out(
    answered: Objected, moment: Moment, cast: Cast, as_: SignIn
) -> None:
    write_to(answered.person, emails=["jo@example.org"])
    approve(as_(cast.manager), answered, Delivery.EMAIL)
    row = AnswerLetter.objects.get()
    assert after_restore.doubt_letters(moment) == [row.reference]
    assert not answer_sending.send(row.pk, moment) and not mail.outbox
    assert "Nobody knows whether it went" in text(as_(cast.manager), at("demand.send", answered))


def test_by_post_it_is_printed_with_the_others_and_recorded_once_it_was_posted(
    answered: Objected, moment: Moment, cast: Cast, as_: SignIn
) -> None:
    client = as_(cast.manager)
    response = approve(client, answered, Delivery.POST, LetterFormat.LARGE_PRINT)
    assert response["Location"] == reverse("demand.print")
    assert "Jo Bell: print and post the answer" in text(client, reverse("demand"))
    page = text(client, reverse("demand.print"))
    row = AnswerLetter.objects.get()
    assert row.reference in page and "Jo Bell" in page and "Large print" in page
    made = client.get(reverse("demand.print.file"), {"of": str(row.pk)})
    with pikepdf.open(io.BytesIO(made.content)) as joined:
        assert len(joined.pages) % 2 == 0
    assert client.post(reverse("demand.print.posted"), {"of": str(row.pk)}).status_code == 302
    assert Objected.objects.get().sent_on == answered.received_on
    assert "No answer waits to be printed" in text(client, reverse("demand.print"))
    client.post(reverse("demand.print.posted"), {"of": f"{row.pk},x,99999999999999999999"})
    assert AnswerLetter.objects.get().trouble == ""


def test_the_format_that_they_need_comes_first_and_one_made_elsewhere_is_owed_until_it_is_delivered(
    answered: Objected, moment: Moment, cast: Cast, as_: SignIn
) -> None:
    write_to(answered.person, letter_format=LetterFormat.BRAILLE.value)
    client = as_(cast.manager)
    page = text(client, at("demand.send", answered))
    assert page.index('value="braille"') < page.index('value="standard"')
    approve(client, answered, Delivery.POST, LetterFormat.BRAILLE)
    print_and_post(client, AnswerLetter.objects.get())
    assert not Objected.objects.get().sent_on
    again = approve(client, answered, Delivery.POST, LetterFormat.BRAILLE).content.decode()
    assert "It went in this format already" in again and AnswerLetter.objects.count() == 1
    assert "Jo Bell: say when their format was delivered" in text(client, reverse("demand"))
    client.post(at("demand.sent", answered), GONE)
    assert Objected.objects.get().sent_on


def test_it_never_goes_by_a_way_that_is_unsafe_or_that_we_do_not_have(
    answered: Objected, moment: Moment, cast: Cast, as_: SignIn
) -> None:
    write_to(answered.person, unsafe_channels=[Channel.LETTER.value], emails=[])
    page = text(as_(cast.manager), at("demand.send", answered))
    assert "By post: That way of reaching the person is marked unsafe" in page
    assert "By email: We have no email address for them" in page
    assert "Choose" in approve(as_(cast.manager), answered, Delivery.POST).content.decode()
    assert not AnswerLetter.objects.exists()


def test_what_became_unsafe_since_it_was_approved_is_not_printed(
    answered: Objected, moment: Moment, cast: Cast, as_: SignIn
) -> None:
    client = as_(cast.manager)
    approve(client, answered, Delivery.POST)
    write_to(answered.person, unsafe_channels=[Channel.LETTER.value])
    row = AnswerLetter.objects.get()
    page = client.get(reverse("demand.print.file"), {"of": str(row.pk)}, follow=True).content.decode()
    assert "None of these letters waits to be printed" in page and "marked unsafe" in page


def test_approved_anew_only_the_last_one_goes(answered: Objected, moment: Moment, cast: Cast, as_: SignIn) -> None:
    client = as_(cast.manager)
    approve(client, answered, Delivery.POST)
    approve(client, answered, Delivery.POST, LetterFormat.EASY_READ)
    first, second = AnswerLetter.objects.order_by("pk")
    print_and_post(client, first)
    assert not Objected.objects.get().sent_on
    print_and_post(client, first, second)
    assert Objected.objects.get().sent_on and AnswerLetter.objects.get(pk=first.pk).sent_at is None


def test_it_is_had_in_every_format_and_each_look_is_logged(
    answered: Objected, moment: Moment, cast: Cast, as_: SignIn
) -> None:
    client = as_(cast.manager)
    for format in ("standard", "large-print", "easy-read", "plain-text"):
        assert client.get(letter(answered, format)).status_code == 200
    assert client.get(letter(answered, "braille")).status_code == 404
    assert Look.objects.filter(actor=cast.manager.actor_id, purpose__startswith="Answer to an objection").count() == 4
    approve(client, answered, Delivery.BY_HAND, LetterFormat.EASY_READ)
    assert client.get(letter(answered, "easy-read")).content == bytes(AnswerLetter.objects.get().sent_bytes)


def test_nobody_but_who_decides_prints_or_knows_of_it(
    answered: Objected, moment: Moment, cast: Cast, as_: SignIn
) -> None:
    approve(as_(cast.manager), answered, Delivery.POST)
    row = AnswerLetter.objects.get()
    for name in ("demand.print", "demand.print.file"):
        assert as_(cast.investigator).get(reverse(name), {"of": str(row.pk)}).status_code == 403
    assert as_(cast.investigator).post(reverse("demand.print.posted"), {"of": str(row.pk)}).status_code == 403
    assert "Answer" not in text(as_(cast.investigator), reverse("print-batches"))
    User.objects.filter(pk=cast.senior.pk).update(person=answered.person)
    close = as_(User.objects.get(pk=cast.senior.pk))
    assert row.reference not in text(close, reverse("demand.print"))
    close.post(reverse("demand.print.posted"), {"of": str(row.pk)})
    assert not Objected.objects.get().sent_on


def test_the_letter_names_no_way_that_is_closed_to_them(answered: Objected, moment: Moment) -> None:
    write_to(answered.person, unsafe_channels=[Channel.PHONE.value])
    told = objection_answer.facts(Objected.objects.get(), objection_answer.occasion_of(Objected.objects.get(), moment))
    assert "phone" in told.sender.closed and "call" not in told.sender.ways

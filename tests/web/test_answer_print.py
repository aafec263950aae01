"""D1: of the answers to objections that go by post only what was printed, and may still go, is marked as posted."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evenhand.cases import answer_posting
from evenhand.cases.circumstances import Moment
from evenhand.cases.models import AnswerLetter
from evenhand.contacts.models import Objected
from evenhand.people.models import Look, User
from evenhand.people.models.look import LookKind
from evenhand.policy.events.correspondence import Delivery
from evenhand.policy.need import Channel, LetterFormat
from tests.web.stories import START, Cast
from tests.web.test_demand_send import answered, approve, moment, print_and_post, write_to
from tests.web.test_objections import at, landlord, objection, text

__all__ = ["answered", "landlord", "moment", "objection"]
pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def waits(answered: Objected, moment: Moment, cast: Cast, as_: SignIn) -> AnswerLetter:
    """Approved, to go by post."""
    approve(as_(cast.manager), answered, Delivery.POST)
    return AnswerLetter.objects.get()


@pytest.mark.parametrize(
    ("since", "why"),
    [({"unsafe_channels": [Channel.LETTER.value]}, "marked unsafe"), ({"died_on": START}, "They have died")],
)
def test_what_may_not_go_any_more_is_not_called_posted_and_the_customer_is_still_owed_it(
    waits: AnswerLetter, answered: Objected, cast: Cast, as_: SignIn, since: dict[str, Any], why: str
) -> None:
    client = as_(cast.manager)
    client.get(reverse("demand.print.file"), {"of": str(waits.pk)})
    write_to(answered.person, **since)
    page = text(client, reverse("demand.print"))
    assert why in page and "1 letter cannot go as approved" in page and "as posted" not in page
    said = print_and_post(client, waits)
    assert f"{waits.reference} is not recorded as posted. " in said and why in said
    waits.refresh_from_db()
    assert waits.sent_at is None and why in waits.trouble
    assert Objected.objects.get().sent_on is None


def test_what_was_not_printed_cannot_have_been_posted(waits: AnswerLetter, cast: Cast, as_: SignIn) -> None:
    client = as_(cast.manager)
    of = {"of": str(waits.pk)}
    said = client.post(reverse("demand.print.posted"), of, follow=True).content.decode()
    assert "It was not printed yet. Open the file to print first." in said and "Not yet" in said
    assert Objected.objects.get().sent_on is None
    assert "1 letter is recorded as posted" in print_and_post(client, waits)
    assert Objected.objects.get().sent_on == START
    again = client.post(reverse("demand.print.posted"), of, follow=True).content.decode()
    assert "They were recorded as posted before" in again


def test_each_letter_in_the_file_is_logged_as_looked_at_and_none_that_is_not(
    waits: AnswerLetter, answered: Objected, cast: Cast, as_: SignIn
) -> None:
    looks = Look.objects.filter(actor=cast.senior.actor_id, kind=LookKind.LETTER)
    client = as_(cast.senior)
    client.get(reverse("demand.print.file"), {"of": f"{waits.pk + 1}"})
    assert not looks.exists()
    client.get(reverse("demand.print.file"), {"of": f"{waits.pk},{waits.pk + 1}"})
    (look,) = looks
    assert look.person == answered.person and look.reference == f"objection/{answered.pk}"
    assert waits.reference in look.purpose


def test_the_list_reads_no_letter_and_asks_no_more_for_those_before(
    waits: AnswerLetter, answered: Objected, cast: Cast, as_: SignIn
) -> None:
    client = as_(cast.manager)

    def asked() -> list[str]:
        with CaptureQueriesContext(connection) as found:
            text(client, reverse("demand.print"))
        return [each["sql"] for each in found if "cases_answerletter" in (each["sql"] or "")]

    (once,) = asked()
    assert "sent_bytes" not in once
    for format in (LetterFormat.EASY_READ, LetterFormat.LARGE_PRINT):
        approve(client, answered, Delivery.POST, format)
    assert len(asked()) == 1


def test_a_letter_that_is_printed_is_approved_anew_only_once_it_is_out_of_the_post(
    waits: AnswerLetter, answered: Objected, cast: Cast, as_: SignIn
) -> None:
    client = as_(cast.manager)
    out = "is out of the post, and will not be posted"
    assert out not in text(client, at("demand.send", answered))
    client.get(reverse("demand.print.file"), {"of": str(waits.pk)})
    page = text(client, at("demand.send", answered))
    assert out in page and "It was printed on 3 March 2026" in page
    refused = approve(client, answered, Delivery.BY_HAND).content.decode()
    assert "take it out of the post, and say here that it will not be posted" in refused and out in refused
    assert AnswerLetter.objects.get() == waits
    told = {"delivery": Delivery.BY_HAND.value, "format": LetterFormat.STANDARD.value, "taken_back": "on"}
    assert client.post(at("demand.send", answered), told).status_code == 302
    assert "Nothing was recorded" in print_and_post(client, waits)
    assert Objected.objects.get().sent_on is None


def test_of_someone_who_died_nothing_waits_and_a_letter_just_printed_is_still_held_back(
    waits: AnswerLetter, answered: Objected, cast: Cast, as_: SignIn, clock: Callable[..., None]
) -> None:
    client = as_(cast.manager)
    write_to(answered.person, died_on=START)
    assert "No answer waits to be printed" in text(client, reverse("demand.print"))
    write_to(answered.person, died_on=None)
    client.get(reverse("demand.print.file"), {"of": str(waits.pk)})
    write_to(answered.person, died_on=START)
    assert "do not post it" in text(client, reverse("demand.print"))
    clock(START + answer_posting.IN_HAND + timedelta(days=1))
    assert "No answer waits to be printed" in text(as_(cast.manager), reverse("demand.print"))

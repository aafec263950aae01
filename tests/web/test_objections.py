"""C2: a customer who objects to how often they were counted is answered by a day, by somebody else, with a letter."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

from evenhand.cases import joining
from evenhand.cases.models import AnswerLetter
from evenhand.cases.reading import Moment
from evenhand.contacts import standing
from evenhand.contacts.models import Answered, Objected, Suggested
from evenhand.contacts.models.demand import Said
from evenhand.people import recording
from evenhand.people.models import Landlord, Look, Person, User
from evenhand.policy.demand.objection import answer_by
from evenhand.policy.terms import Terms
from evenhand.web import way
from tests.web.stories import START, Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
GONE = {"sent_on_0": "3", "sent_on_1": "3", "sent_on_2": "2026"}
ANSWER = {"looked_at": "Every call since May.", "answer": "We no longer count the calls about your boiler."}


@pytest.fixture
def objection(cast: Cast, tenant: Person, as_: SignIn, clock: Callable[..., None]) -> Objected:
    """They objected on 3 March 2026, a Tuesday."""
    clock(START)
    told: dict[str, Any] = {"words": "I rang because it was cold.", "received_on": "3/3/2026"}
    told |= {"received_on_0": "3", "received_on_1": "3", "received_on_2": "2026"}
    as_(cast.investigator).post(reverse("demand.object", args=[way.PEOPLE.sign(str(tenant.pk))]), told)
    return Objected.objects.get()


@pytest.fixture
def landlord(db: None) -> None:
    there = {"name": "Zedham Homes", "address": "1 Mill Lane\nZedham", "telephone": "0113 496 0001"}
    Landlord.objects.update_or_create(defaults={**there, "complaints_route": "Ring us."})


def at(name: str, one: Objected) -> str:
    return reverse(name, args=[way.PEOPLE.sign(str(one.person_id)), one.pk])


def letter(one: Objected, format: str = "standard") -> str:
    return reverse("demand.letter", args=[way.PEOPLE.sign(str(one.person_id)), one.pk, format])


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_an_answer_is_owed_within_ten_working_days_and_never_later_than_a_month() -> None:
    assert answer_by(date(2026, 3, 3), Terms()) == date(2026, 3, 17)
    holidays = frozenset(date(2026, 3, day) for day in range(4, 20))
    slow = Terms(objection_answer_days=20, holidays=holidays)
    assert answer_by(date(2026, 3, 3), slow) == date(2026, 4, 3)


def test_an_objection_waits_where_managers_begin_their_day_until_the_answer_has_gone(
    objection: Objected, landlord: None, cast: Cast, as_: SignIn
) -> None:
    assert objection.answer_by == date(2026, 3, 17)
    for viewer in (cast.manager, cast.senior):
        client = as_(viewer)
        assert "1 customer owed an answer to an objection" in text(client, reverse("today"))
        page = text(client, reverse("demand"))
        assert (
            "Jo Bell: answer the objection" in page
            and "17 March 2026" in page
            and at("demand.reply", objection) in page
        )
    client = as_(cast.manager)
    assert client.post(at("demand.reply", objection), ANSWER).status_code == 302
    assert "Jo Bell: send the answer" in text(client, reverse("demand"))
    assert client.post(at("demand.sent", objection), GONE).status_code == 302
    assert "Jo Bell: send the answer" not in text(client, reverse("demand"))
    assert "owed an answer" not in text(client, reverse("today"))


def test_whoever_sees_who_objects_is_logged_as_having_looked(objection: Objected, cast: Cast, as_: SignIn) -> None:
    Suggested.objects.all().delete()
    text(as_(cast.manager), reverse("demand"))
    assert Look.objects.filter(person=objection.person, actor=cast.manager.actor_id).exists()


def test_an_answer_that_is_late_says_so(
    objection: Objected, cast: Cast, as_: SignIn, clock: Callable[..., None]
) -> None:
    clock(objection.answer_by + timedelta(days=1))
    client = as_(cast.manager)
    page = text(client, reverse("today"))
    assert "1 overdue" in page and "was due by 17 March 2026" in page
    assert "overdue" in text(client, reverse("demand"))


def test_whose_reading_is_objected_to_cannot_answer_it(objection: Objected, cast: Cast, as_: SignIn) -> None:
    one = {"person": objection.person, "said": Said.HELP, "at": objection.recorded_at, "by": cast.manager}
    Answered.objects.create(kinds=[], until=START, figures={}, **one)
    client = as_(cast.manager)
    page = text(client, at("demand.reply", objection))
    assert "Ask a manager who took no part" in page and "Save the answer" not in page
    assert "Ask a manager who took no part" in client.post(at("demand.reply", objection), ANSWER).content.decode()
    assert not Objected.objects.get().answer
    assert as_(cast.senior).post(at("demand.reply", objection), ANSWER).status_code == 302


def test_the_letter_says_what_was_looked_at_what_changed_and_whom_to_turn_to(
    objection: Objected, landlord: None, cast: Cast, as_: SignIn
) -> None:
    client = as_(cast.manager)
    assert client.get(letter(objection)).status_code == 404
    client.post(at("demand.reply", objection), ANSWER)
    made = client.get(letter(objection))
    assert made.status_code == 200 and made["Content-Type"] == "application/pdf"
    document = pypdfium2.PdfDocument(made.content)
    said = " ".join(" ".join(document[n].get_textpage().get_text_range() for n in range(len(document))).split())
    assert b"pdfuaid" in made.content and len(document) <= 2
    for words in (
        "I rang because it was cold.",
        ANSWER["looked_at"],
        ANSWER["answer"],
        "Ring us.",
        "Housing Ombudsman",
    ):
        assert words in said
    assert "Bell" in said and "0300 111 3000" in said


def test_an_objection_is_answered_after_two_records_of_the_customer_were_joined(
    objection: Objected, landlord: None, cast: Cast, as_: SignIn
) -> None:
    """It hangs on the record that is shown no more; so does what a manager said of the figures before."""
    own = {"person": objection.person, "said": Said.HELP, "at": objection.recorded_at, "by": cast.other_manager}
    Answered.objects.create(kinds=[], until=START, figures={}, words="Petra rings her.", **own)
    kept = Person.objects.create(source="old", ref="X7", forename="Joanna", surname="Bell")
    joining.join(kept, objection.person, cast.manager, Moment(objection.recorded_at, START), reason="The same.")
    client = as_(cast.manager)
    page = text(client, reverse("demand"))
    assert at("demand.reply", objection) in page and "answer the objection" in page
    page = text(client, reverse("demand.person", args=[way.PEOPLE.sign(str(kept.pk))]))
    assert objection.words in page and "Petra rings her." in page
    assert client.get(at("demand.reply", objection)).status_code == 200
    response = client.post(at("demand.reply", objection), ANSWER)
    assert response.status_code == 302
    assert client.get(response["Location"]).status_code == 200
    assert client.get(letter(objection)).status_code == 200
    told = {"delivery": "post", "format": "standard"}
    assert client.post(at("demand.send", objection), told).status_code == 302
    assert AnswerLetter.objects.get().objection == objection
    assert "owed an answer" in text(client, reverse("today"))
    assert client.post(at("demand.sent", objection), GONE).status_code == 302
    assert "owed an answer" not in text(client, reverse("today"))


def test_what_was_not_answered_cannot_have_been_sent(objection: Objected, cast: Cast, as_: SignIn) -> None:
    assert "Answer the objection first" in as_(cast.manager).post(at("demand.sent", objection), GONE).content.decode()


def test_who_decides_nothing_is_not_told_and_opens_no_letter(objection: Objected, cast: Cast, as_: SignIn) -> None:
    client = as_(cast.investigator)
    assert "owed an answer" not in text(client, reverse("today"))
    assert client.get(letter(objection)).status_code == 403


def test_a_manager_who_is_the_customer_never_hears_of_it(objection: Objected, cast: Cast, as_: SignIn) -> None:
    User.objects.filter(pk=cast.manager.pk).update(person=objection.person)
    client = as_(User.objects.get(pk=cast.manager.pk))
    assert "owed an answer" not in text(client, reverse("today")) and "Jo Bell" not in text(client, reverse("demand"))
    assert client.get(letter(objection)).status_code == 404
    assert standing.owed((), 5) == [objection]


def test_someone_who_died_is_owed_no_answer_until_that_proves_to_be_a_mistake(
    objection: Objected, cast: Cast, as_: SignIn
) -> None:
    client = as_(cast.manager)
    there = reverse("demand.person", args=[way.PEOPLE.sign(str(objection.person_id))])
    assert "They are owed an answer by" in text(client, there)
    recording.death(objection.person, START, day=START)
    assert "owed an answer" not in text(client, reverse("today")) and "Jo Bell" not in text(client, reverse("demand"))
    page = text(client, there)
    assert "They died on 3 March 2026. Nothing is written to them any more, so no answer is owed." in page
    assert "They are owed an answer by" not in page and "Answer this objection" not in page
    recording.death(objection.person, None, day=START)
    assert standing.owed((), 5) == [objection]


def test_joined_with_a_record_of_someone_who_died_it_is_not_owed_either(objection: Objected) -> None:
    kept = Person.objects.create(source="housing", ref="P2", died_on=START)
    Person.objects.filter(pk=objection.person_id).update(merged_into=kept)
    assert standing.owed((), 5) == []

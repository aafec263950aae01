"""An answer to an objection approved anew while the worker takes the first: the customer is written to once."""

from threading import Event
from typing import Any

import pytest
from django.core.mail.backends.locmem import EmailBackend

from evenhand.cases import answer_sending, answering, models
from evenhand.cases.circumstances import Moment
from evenhand.contacts.models import Objected
from evenhand.people.models import Landlord, Person
from evenhand.people.refusal import NotDone
from evenhand.policy.events.correspondence import Delivery
from evenhand.policy.need import LetterFormat
from tests.races.conftest import PATIENCE, at_once
from tests.web.stories import START, Cast, Story

pytestmark = pytest.mark.django_db(transaction=True)
A_WHILE = 0.5


@pytest.fixture
def moment(cast: Cast) -> Moment:
    return Story(cast).moment


@pytest.fixture
def answered(cast: Cast, tenant: Person, landlord: Landlord, moment: Moment) -> Objected:
    return Objected.objects.create(
        person=tenant, received_on=START, words="It was cold.", recorded_at=moment.at, recorded_by=cast.investigator,
        answer_by=START, answer="We count them no more.", looked_at="Every call.", answered_on=START,
        answered_by=cast.manager,
    )  # fmt: skip


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What went, by its reference. The first is on its way for a while, unless another comes."""
    gone: list[str] = []
    another = Event()

    def send(backend: EmailBackend, messages: Any) -> int:
        gone.append(messages[0].extra_headers["Message-ID"])
        another.set() if len(gone) > 1 else another.wait(A_WHILE)
        return 1

    monkeypatch.setattr(EmailBackend, "send_messages", send)
    return gone


def approve(one: Objected, cast: Cast, moment: Moment) -> models.AnswerLetter:
    how: dict[str, Any] = {"delivery": Delivery.EMAIL, "format": LetterFormat.STANDARD}
    return answering.approve(one, cast.manager, moment, **how)


def test_an_answer_approved_anew_while_the_worker_takes_the_first_goes_once(
    answered: Objected, cast: Cast, moment: Moment, sent: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = approve(answered, cast, moment)
    asked, sets = Event(), answering.typeset

    def slowly(*what: Any) -> bytes:
        asked.set()
        Event().wait(A_WHILE)
        return sets(*what)

    def again() -> bool:
        return answer_sending.send(approve(answered, cast, moment).pk, moment)

    def work() -> bool:
        assert asked.wait(PATIENCE)
        return answer_sending.send(first.pk, moment)

    monkeypatch.setattr(answering, "typeset", slowly)
    assert at_once(again, work) == [True, False]
    assert len(sent) == 1
    assert Objected.objects.get().sent_on == moment.day


def test_one_that_is_on_its_way_is_not_approved_anew_and_no_other_goes(
    answered: Objected, cast: Cast, moment: Moment, sent: list[str]
) -> None:
    rows = [approve(answered, cast, moment) for _ in range(2)]
    assert not answer_sending.send(rows[0].pk, moment) and not sent
    models.AnswerLetter.objects.filter(pk=rows[0].pk).update(claimed_at=moment.at)
    assert not answer_sending.send(rows[1].pk, moment) and not sent
    models.AnswerLetter.objects.filter(pk=rows[1].pk).update(claimed_at=moment.at)
    with pytest.raises(NotDone, match="on its way by email"):
        approve(answered, cast, moment)

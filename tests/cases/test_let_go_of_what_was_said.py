"""C2: what was said of contacts goes when they do, unless it is still owed or a case rests on the customer."""

from datetime import UTC, date, datetime, timedelta

import pytest

from evenhand.cases import relied_on
from evenhand.cases.models import AnswerLetter
from evenhand.contacts.models import Answered, Matter, Objected, PutRight, PutRightStep
from evenhand.contacts.models.demand import Said
from evenhand.contacts.models.put_right import Step
from evenhand.contacts.retention import kept_since
from evenhand.people.models import Person, User
from tests.web.stories import Story

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 3)


@pytest.fixture
def by(db: None) -> User:
    return User.objects.create_user("may")


def person(ref: str) -> Person:
    return Person.objects.create(source="housing", ref=ref)


def said_of(who: Person, by: User, on: date, *, open_still: bool = False) -> None:
    """Everything that is ever said of somebody's contacts, with the letter that answers them."""
    at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    Answered.objects.create(
        person=who, said=Said.OURS.value, words="Ours.", kinds=[], until=on, figures={}, at=at, by=by
    )
    objected = Objected.objects.create(
        person=who, received_on=on, words="Not so.", recorded_at=at, recorded_by=by, answer_by=on,
        answer="Nothing.", answered_on=on, answered_by=by, sent_on=None if open_still else on,
    )  # fmt: skip
    AnswerLetter.objects.create(
        objection=objected, reference=f"AN-{who.ref}", data={}, format="standard", delivery="post", issued_at=at,
        issued_by=by.actor_id, sent_bytes=b"%PDF", sha256="0" * 64, sent_at=None if open_still else at,
    )  # fmt: skip
    matter = Matter.objects.create(source="housing", ref=f"M-{who.ref}", person=who, kind="repair", opened_on=on)
    task = PutRight.objects.create(
        matter=matter, what="Mend it.", who=by, by_day=on, done_on=None if open_still else on
    )
    PutRightStep.objects.create(task=task, step=Step.ASKED.value, words="Mend it.", who=by, by_day=on, at=at, by=by)


def left() -> set[str]:
    """The references of those of whom all five are kept."""
    of = [
        set(Answered.objects.values_list("person__ref", flat=True)),
        set(Objected.objects.values_list("person__ref", flat=True)),
        set(AnswerLetter.objects.values_list("objection__person__ref", flat=True)),
        set(PutRight.objects.values_list("matter__person__ref", flat=True)),
        set(PutRightStep.objects.values_list("task__matter__person__ref", flat=True)),
    ]
    assert all(each == of[1] for each in of[1:])
    return of[0] & of[1]


def test_what_was_said_of_contacts_that_are_gone_goes_with_its_letters(by: User) -> None:
    first = kept_since(DAY)
    said_of(person("OLD"), by, first - timedelta(days=1))
    said_of(person("YOUNG"), by, first)
    relied_on.forget_the_rest(DAY)
    assert left() == {"YOUNG"}


def test_an_answer_that_is_owed_and_a_matter_not_put_right_stay_however_old(by: User) -> None:
    said_of(person("OWED"), by, kept_since(DAY) - timedelta(days=900), open_still=True)
    relied_on.forget_the_rest(DAY)
    assert Objected.objects.count() == AnswerLetter.objects.count() == PutRight.objects.count() == 1


def test_what_was_said_of_somebody_on_whom_a_case_rests_stays(story: Story, by: User) -> None:
    whose = story.report().person
    assert whose
    said_of(whose, by, kept_since(DAY) - timedelta(days=900))
    relied_on.forget_the_rest(DAY)
    assert left() == {whose.ref}

"""What is let go of at the very moment at which somebody says something more of it stays, and stays whole."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from threading import Event
from time import monotonic, sleep

import pytest
from django.db import connection, transaction

from evenhand.contacts import let_go, putting_right
from evenhand.contacts.models import Matter, PutRight
from evenhand.contacts.models.put_right import Step
from evenhand.contacts.putting_right import Said
from evenhand.people.models import Person, User
from evenhand.people.refusal import NotDone
from tests.races.conftest import PATIENCE, at_once

pytestmark = pytest.mark.django_db(transaction=True)
THEN, DAY = date(2020, 3, 3), date(2026, 11, 3)
LATER = date(2026, 12, 1)


@pytest.fixture
def task(transactional_db: None) -> PutRight:
    """Put right so long ago that its time is over."""
    by = User.objects.create_user("may")
    person = Person.objects.create(source="housing", ref="OLD")
    matter = Matter.objects.create(source="housing", ref="M", person=person, kind="repair", opened_on=THEN)
    made = putting_right.ask(matter, "Mend it.", by, THEN, said(by, THEN))
    putting_right.done(made, THEN, "Mended.", said(by, THEN))
    return made


def said(by: User, on: date) -> Said:
    return Said(by, datetime(on.year, on.month, on.day, 12, tzinfo=UTC), on)


def until_somebody_waits() -> None:
    """Until another session waits for what this one holds."""
    late = monotonic() + PATIENCE
    with connection.cursor() as cursor:
        while monotonic() < late:
            cursor.execute(
                "SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
            )
            if cursor.fetchone() is not None:
                return
            sleep(0.05)
    raise AssertionError("Nobody waited.")


def first_and_then(first: Callable[[], None], then: Callable[[], None]) -> list[object]:
    """The second begins when the first is done, and the first commits when the second waits for it."""
    is_done = Event()

    def one() -> None:
        with transaction.atomic():
            first()
            is_done.set()
            until_somebody_waits()

    def other() -> None:
        assert is_done.wait(PATIENCE)
        then()

    return at_once(one, other)


def not_done(task: PutRight) -> None:
    putting_right.not_done(task, LATER, "It leaks again.", said(task.who, DAY))


def forget() -> None:
    let_go.what_was_said(DAY, ())


def test_said_not_to_be_done_while_it_is_let_go_of_it_stays_with_all_that_was_said(task: PutRight) -> None:
    assert first_and_then(lambda: not_done(task), forget) == [None, None]
    assert [one.step for one in PutRight.objects.get().steps.all()] == [Step.ASKED, Step.DONE, Step.NOT_DONE]


def test_whoever_says_it_while_it_goes_is_told_that_nothing_is_kept(task: PutRight) -> None:
    _, refused = first_and_then(forget, lambda: not_done(task))
    assert isinstance(refused, NotDone) and "kept any more" in str(refused)
    assert not PutRight.objects.exists()

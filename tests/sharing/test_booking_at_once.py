"""Two followers at once, and a marker that starts while a list is being checked: each is told, and told once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from typing import Any, TypeVar

import pytest
from django.db import connection, connections

from evenhand.sharing import booking, visit_notice, visits
from evenhand.sharing.booking import check_and_keep, tell
from evenhand.sharing.models import Booking, Notice
from tests.sharing.test_booking import NOON, NOW, of, visit
from tests.web.stories import Story

pytestmark = pytest.mark.django_db(transaction=True)
T = TypeVar("T")


def closing(do: Callable[..., T]) -> Callable[..., T]:
    """In a thread of its own, with a connection of its own that is closed at the end."""

    def done(*given: Any) -> T:
        try:
            return do(*given)
        finally:
            connections.close_all()

    return done


def test_two_followers_at_once_tell_once(story: Story) -> None:
    check_and_keep("jobs", [visit(story, f"JOB-{number}") for number in range(20)], NOW)
    story.mark()
    ready = Barrier(3)

    def follow() -> int:
        ready.wait(10)
        return tell(of(story), NOW)

    with ThreadPoolExecutor(3) as several:
        told = list(several.map(lambda _: closing(follow)(), range(3)))
    assert sorted(told) == [0, 0, 20]
    assert Notice.objects.count() == 20 and set(Booking.objects.values_list("version", flat=True)) == {2}


def test_two_workers_at_once_send_one_email(story: Story, mailoutbox: list[Any]) -> None:
    check_and_keep("jobs", [visit(story)], NOW)
    story.mark()
    tell(of(story), NOW)
    notice, ready = Notice.objects.get(), Barrier(3)

    def send() -> bool:
        ready.wait(10)
        return visit_notice.send(notice.pk, NOON)

    with ThreadPoolExecutor(3) as several:
        sent = list(several.map(lambda _: closing(send)(), range(3)))
    assert sorted(sent) == [False, False, True] and len(mailoutbox) == 1


def test_a_marker_that_starts_while_a_list_is_checked_reaches_who_is_booked(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, marked = Event(), Event()
    whole = visits.check_matched

    def slow(*given: Any) -> Any:
        found = whole(*given)
        if not read.is_set():
            read.set()
            marked.wait(20)
        return found

    monkeypatch.setattr(visits, "check_matched", slow)
    with ThreadPoolExecutor(2) as several:
        keeping = several.submit(closing(lambda: check_and_keep("jobs", [visit(story)], NOW)))
        assert read.wait(20)
        story.mark()
        telling = several.submit(closing(lambda: tell(of(story), NOW)))
        waits_for_the_list()
        marked.set()
        keeping.result(20)
        assert telling.result(20) == 1, "who was told that nothing is held must hear of it"
    assert "Visit in pairs." in Notice.objects.get().answer["instruction"]


def waits_for_the_list() -> None:
    """Returns once somebody waits for the lock that whoever keeps a list holds."""
    with connection.cursor() as cursor:
        for _ in range(1_000):
            cursor.execute(
                "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND NOT granted)",
                [booking.LOCK],
            )
            if cursor.fetchone()[0]:
                return
            cursor.execute("SELECT pg_sleep(0.02)")
    raise AssertionError("nobody waited")

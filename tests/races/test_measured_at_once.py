"""C2: everybody is measured at night, whoever changed before a page is shown, and contacts come in all the while."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connections, transaction
from django.test import Client
from django.urls import reverse

from evenhand.contacts import remeasure, screen, suggesting
from evenhand.contacts.models import Contact, Matter, OwnFailure, Suggested, ToMeasure
from evenhand.people.models import Person
from evenhand.policy.demand.terms import DemandTerms
from tests.races.conftest import PATIENCE
from tests.web.demand_log import OPENED, daily, neighbours, said
from tests.web.stories import START, Cast

__all__ = ["daily", "neighbours"]
pytestmark = pytest.mark.django_db(transaction=True)
NIGHT = datetime(2026, 3, 4, 3, tzinfo=UTC)
LATER = NIGHT + timedelta(minutes=1)
everybody = partial(suggesting.measure_everybody, START, NIGHT, DemandTerms())
changed = partial(suggesting.measure_changed, LATER, DemandTerms())


@contextmanager
def meanwhile(deed: Callable[[], Any]) -> Iterator[list[Any]]:
    """While this block runs, somebody else does a deed, whose result is in the list at its end."""
    came: list[Any] = []

    def do() -> None:
        try:
            came.append(deed())
        except Exception as raised:  # what it raised is what is asked about
            came.append(raised)
        finally:
            connections.close_all()

    thread = Thread(target=do)
    thread.start()
    try:
        yield came
    finally:
        thread.join(PATIENCE)


def holding(monkeypatch: pytest.MonkeyPatch, step: str, deed: Callable[[], Any]) -> list[Any]:
    """Once that step of the measure is done, but nothing of it kept, somebody else does a deed, to its end."""
    came: list[Any] = []
    real = getattr(screen, step)

    def stepped(*given: Any) -> Any:
        found = real(*given)
        if not came:
            with meanwhile(deed) as results:
                pass
            came.extend(results or ["still waits"])
        return found

    monkeypatch.setattr(screen, step, stepped)
    return came


def rings(person: Person, matter: Matter | None, days: Iterable[int], number: int) -> None:
    """Contacts that come in, and their person noted with them, as every way in does it."""
    with transaction.atomic():
        Contact.objects.bulk_create(said(person, OPENED + timedelta(days=n), matter, number + n) for n in days)
        remeasure.people([person.pk], NIGHT)


def figure(person: Person) -> int:
    found: int = Suggested.objects.get(person=person).figures["figures"][0]["figure"]
    return found


@pytest.mark.parametrize("page", ["demand", "own_failure"])
def test_a_page_that_is_opened_while_everybody_is_measured_shows_what_there_is(
    cast: Cast, daily: Person, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    browser = Client()
    browser.force_login(cast.manager)
    remeasure.people([daily.pk], LATER)
    came = holding(monkeypatch, "keep_own_failures", lambda: browser.get(reverse(page)))
    everybody()
    assert came[0].status_code == 200, came
    assert daily.name in came[0].content.decode()
    assert Suggested.objects.get(person=daily).measured_at == NIGHT


def test_a_contact_that_comes_while_everybody_is_measured_is_measured_right_after(
    daily: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_time = Matter.objects.filter(person=daily).earliest("pk")
    before = figure(daily)
    remeasure.people([daily.pk], NIGHT - timedelta(hours=1))

    def comes() -> int:
        rings(daily, in_time, range(20), 7000)
        return changed()

    came = holding(monkeypatch, "everybody", comes)
    assert everybody() == 1 and came == [0], "Whoever measures meanwhile gives way."
    assert set(ToMeasure.objects.values_list("person", flat=True)) == {daily.pk}
    assert figure(daily) == before
    assert changed() == 1
    assert figure(daily) > before and not ToMeasure.objects.exists()


def test_a_contact_does_not_wait_until_everybody_is_measured(daily: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    remeasure.people([daily.pk], NIGHT)
    came = holding(monkeypatch, "keep_own_failures", lambda: rings(daily, None, [3], 7000))
    everybody()
    assert came == [None] and ToMeasure.objects.get().person_id == daily.pk


def test_what_is_being_noted_while_a_measure_ends_stays_noted(daily: Person) -> None:
    """The one who measures waits until the contact is in, and sees that its note is another, of the same moment."""
    remeasure.people([daily.pk], NIGHT)
    before = figure(daily)
    noted, measuring = Event(), Event()
    real = screen.keep_own_failures_of

    def comes() -> None:
        with transaction.atomic():
            rings(daily, Matter.objects.filter(person=daily).earliest("pk"), range(20), 7000)
            noted.set()
            measuring.wait(PATIENCE)

    def stepped(*given: Any) -> None:
        real(*given)
        measuring.set()

    with pytest.MonkeyPatch.context() as patched, meanwhile(comes):
        assert noted.wait(PATIENCE)
        patched.setattr(screen, "keep_own_failures_of", stepped)
        assert changed() == 1
    assert figure(daily) == before and ToMeasure.objects.get().person_id == daily.pk
    assert changed() == 1 and figure(daily) > before


def test_of_two_who_spoke_of_one_matter_and_are_measured_at_once_both_count(
    daily: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, ours = Person.objects.get(ref="N1"), OwnFailure.objects.get().matter
    rings(other, ours, [12], 9000)
    rings(daily, ours, [13], 9100)

    def page() -> int:
        remeasure.people([other.pk], LATER)
        return changed()

    came = holding(monkeypatch, "keep_own_failures_of", page)
    assert changed() == 2 and came == [0]
    assert changed() == 1, "The one who was noted meanwhile."
    assert OwnFailure.objects.get().contacts == 5 and not ToMeasure.objects.exists()

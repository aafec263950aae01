"""Rule 1: what a person finds who reads a contact outside the limits for a hazard, and what follows from it."""

from collections.abc import Callable

import pytest

from evenhand.cases import holding
from evenhand.contacts import to_read
from evenhand.contacts.models import Contact, Outside, ToRead
from evenhand.contacts.to_read import Finding
from evenhand.people.refusal import NotDone
from evenhand.policy.exempt import Exempt
from tests.cases.outside_log import DAY, NOW, by_letter, call, judge, judged, once_a_day, send, waiting
from tests.web.stories import Cast, Story

__all__ = ["by_letter", "judged", "once_a_day"]
pytestmark = pytest.mark.django_db


def read(found: Finding, cast: Cast, ref: str = "C1") -> ToRead:
    contact = Contact.objects.get(ref=ref)
    return to_read.read(contact.id, found, "Keep it.", cast.investigator, NOW)


def test_a_hazard_is_passed_on_and_counts_as_exempt(once_a_day: Story, cast: Cast) -> None:
    send(call(), call("C2", at=f"{DAY}T10:00:00Z"))
    judge()
    with pytest.raises(NotDone):
        read(Finding(hazard=True), cast, "C2")
    row = read(Finding(hazard=True, passed_on="Repairs, at 2:30pm"), cast, "C2")
    assert row.handled_at == NOW and Contact.objects.get(ref="C2").exempt_kind == Exempt.HAZARD
    counted = Outside.objects.get()
    assert (counted.hazard, counted.passed_on, counted.limit) == (True, "Repairs, at 2:30pm", "L1")
    assert not waiting()


def test_one_without_a_hazard_is_counted_for_the_review_and_then_handled(by_letter: Story, cast: Cast) -> None:
    send(call())
    judge()
    read(Finding(hazard=False), cast)
    assert not waiting() and Outside.objects.get().told == "Keep it."
    [row] = to_read.queue((), read=True).rows
    to_read.handle(row.contact, cast.manager, NOW)
    assert not to_read.queue((), read=True).rows
    with pytest.raises(NotDone):
        to_read.handle(row.contact, cast.manager, NOW)


def test_one_that_always_gets_through_after_all_is_not_counted_against_the_limit(by_letter: Story, cast: Cast) -> None:
    send(call())
    judge()
    read(Finding(hazard=False, exempt=Exempt.SOLICITOR_OR_COURT), cast)
    assert not Outside.objects.exists() and Contact.objects.get().exempt_kind == "solicitor_or_court"


def test_what_a_person_found_stands_when_the_source_corrects_the_contact(by_letter: Story, cast: Cast) -> None:
    send(call())
    judge()
    read(Finding(hazard=True, passed_on="Repairs"), cast)
    send(call(minutes=4))
    assert Contact.objects.get().exempt_kind is None
    judge()
    assert Contact.objects.get().exempt_kind == Exempt.HAZARD and Outside.objects.get().hazard
    assert not waiting()


def test_one_read_that_was_within_the_limits_after_all_is_not_counted(by_letter: Story, cast: Cast) -> None:
    send(call())
    judge()
    read(Finding(hazard=False, handled=True), cast)
    send(call(channel="letter"))
    judge()
    assert not Outside.objects.exists() and not ToRead.objects.exists()


def test_two_colleagues_cannot_read_the_same_contact_apart(by_letter: Story, cast: Cast) -> None:
    send(call())
    judge()
    read(Finding(hazard=False), cast)
    with pytest.raises(NotDone):
        read(Finding(hazard=True, passed_on="Repairs"), cast)


def test_what_waits_to_be_read_uses_up_no_times(once_a_day: Story, judged: Callable[..., None]) -> None:
    judged("C1", "C2")
    [held] = holding.held_of([once_a_day.person.pk], DAY).values()  # type: ignore[union-attr]
    assert len(held.counted) == 1

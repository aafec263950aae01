"""E1: contacts that came late are held against the limits of their own moment, and counted for the review."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenhand.cases import holding, intake, joining
from evenhand.cases.circumstances import Moment
from evenhand.cases.intake import Read
from evenhand.contacts import loading, matching, to_read, under_limit
from evenhand.contacts.log import Said
from evenhand.contacts.models import CameLate, Contact, ToJudge, ToMeasure, ToRead, Unmatched
from evenhand.contacts.models.contact import Direction
from evenhand.contacts.to_read import Finding
from evenhand.contacts.under_limit import Counts, Span, Stood
from evenhand.people import merging
from evenhand.people.models import Person, User
from evenhand.policy.events.expectation import Period, Plan
from evenhand.policy.need import Channel
from evenhand.policy.terms import Terms
from tests.cases.outside_log import ANYHOW, DAY, NOW, by_letter, call, judge, send, waiting
from tests.web.stories import START, Cast, Story

__all__ = ["by_letter"]
pytestmark = pytest.mark.django_db
LATER = START + timedelta(days=60)
"""When the month's contacts are brought; the limit has held since two weeks before `DAY`."""


@pytest.fixture
def once_a_month(story: Story) -> Story:
    """The person is to write, by letter or email, once a month."""
    writing = frozenset({Channel.EMAIL, Channel.LETTER})
    return story.limit(Plan(channels=writing, times=1, period=Period.MONTH)).approve("T1").approve("T2")


def counted(story: Story) -> Counts:
    assert story.person
    first = NOW - timedelta(days=20)
    span = Span(frozenset({story.person.pk}), first, NOW + timedelta(days=90), story.reference, "L1")
    return under_limit.counts([span])[0]


def on(day: date, ref: str, **said: Any) -> dict[str, Any]:
    return call(ref, at=f"{day}T09:30:00Z", **said)


def stood() -> dict[str, bool]:
    """Each contact that is outside, and whether it came too late to be read."""
    refs = dict(Contact.objects.values_list("id", "ref"))
    return {refs[row.contact]: row.late for row in ToRead.objects.all()}


def test_calls_that_a_monthly_import_brings_count_as_outside_and_wait_for_nobody(by_letter: Story) -> None:
    send(*(on(DAY + timedelta(days=n), f"C{n}") for n in range(3)), on(DAY, "L", channel="letter"), today=LATER)
    assert judge(LATER).count == 4
    assert stood() == {"C0": True, "C1": True, "C2": True} and not waiting()
    found = counted(by_letter)
    assert (found[Stood.WITHIN], found.outside, found[Stood.LATE], found.all) == (1, 3, 3, 4)


def test_a_call_of_long_ago_does_not_use_up_this_months_letter(once_a_month: Story) -> None:
    send(on(DAY, "call"), today=LATER)
    judge(LATER)
    send(on(DAY + timedelta(days=2), "letter", channel="letter"), today=LATER)
    judge(LATER)
    assert set(stood()) == {"call"} and counted(once_a_month)[Stood.WITHIN] == 1


def test_what_was_never_judged_uses_nothing_up(once_a_month: Story) -> None:
    send(on(DAY, "letter", channel="letter"), today=LATER)
    assert once_a_month.person
    person = once_a_month.person.pk
    assert holding.held_of([person], DAY)[person].counted == () and counted(once_a_month)[Stood.TO_JUDGE] == 1
    judge(LATER)
    assert len(holding.held_of([person], DAY)[person].counted) == 1


def test_an_advocates_letter_uses_nothing_up(once_a_month: Story) -> None:
    send(on(DAY, "theirs", channel="letter", caller="advocate"), today=LATER)
    send(on(DAY + timedelta(days=1), "own", channel="letter"), today=LATER)
    judge(LATER)
    assert not stood() and counted(once_a_month)[Stood.THROUGH] == 1


def test_the_order_in_which_they_come_in_makes_no_difference(once_a_month: Story) -> None:
    send(on(DAY + timedelta(days=3), "second", channel="letter"), today=LATER)
    judge(LATER)
    assert not stood()
    send(on(DAY, "first", channel="letter"), today=LATER)
    judge(LATER)
    assert set(stood()) == {"second"}


def test_a_limit_that_was_lifted_since_is_judged_by_what_held_then(by_letter: Story, cast: Cast) -> None:
    by_letter.later(30).act("expectation.lift", cast.manager, "L1", reasons="It has been quiet.")
    send(on(DAY, "then"), on(LATER, "now"), today=LATER)
    judge(LATER)
    assert stood() == {"then": True}


def test_a_contact_matched_late_is_counted_and_not_read(by_letter: Story, cast: Cast) -> None:
    send(on(DAY, "C1", person_ref="", telephone="07700 900123"), today=LATER)
    matching.match(Unmatched.objects.get().contact, by_letter.person, cast.investigator, NOW)  # type: ignore[arg-type]
    judge(LATER)
    assert stood() == {"C1": True}


def test_a_contact_whose_person_the_register_brings_late_is_counted_with_all_after_it(
    once_a_month: Story, tenant: Person
) -> None:
    send(on(DAY + timedelta(days=3), "second", channel="letter"), today=LATER)
    send(on(DAY, "first", channel="letter", person_ref="P9"), today=LATER)
    judge(LATER)
    Person.objects.filter(pk=tenant.pk).update(ref="P9")
    loading.match_late_people()
    judge(LATER)
    assert set(stood()) == {"second"}


def test_one_that_came_late_may_be_read_all_the_same(by_letter: Story, cast: Cast) -> None:
    send(on(DAY, "C1"), today=LATER)
    judge(LATER)
    row = to_read.read(ToRead.objects.get().contact, Finding(hazard=False), "Keep it.", cast.investigator, NOW)
    assert not row.late and [each.contact for each in to_read.queue((), read=True).rows] == [row.contact]
    found = counted(by_letter)
    assert (found[Stood.OUTSIDE], found[Stood.LATE], found.outside) == (1, 0, 1)


def test_what_somebody_read_keeps_what_they_found_when_earlier_ones_come(by_letter: Story, cast: Cast) -> None:
    send(on(DAY, "C1"), today=DAY)
    judge()
    to_read.read(ToRead.objects.get().contact, Finding(hazard=False), "Keep it.", cast.investigator, NOW)
    before = ToRead.objects.values().get()
    send(on(DAY - timedelta(days=1), "C0"), today=LATER)
    judge(LATER)
    assert ToRead.objects.values().get(contact=before["contact"]) == before


def test_a_limit_over_two_records_of_one_person_judges_both(by_letter: Story, tenant: Person, cast: Cast) -> None:
    other = Person.objects.create(source="housing", ref="P2", forename="Jo", surname="Bell")
    merging.merge(tenant, other, cast.manager, NOW, day=DAY, terms=Terms())
    send(on(DAY, "C1", person_ref="P2"), today=LATER)
    judge(LATER)
    assert stood() == {"C1": True}


def by_hand(by: User, person: Person, day: date) -> None:
    """A letter that a colleague logs for a day that is over."""
    at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    said = Said(at=at, channel=Channel.LETTER, direction=Direction.IN)
    intake.log_contact(by, person, said, Read(), Moment(NOW, LATER), token=f"{day}")


def test_one_logged_by_hand_for_a_day_that_is_over_uses_up_what_a_later_one_was_counted_for(
    once_a_month: Story, tenant: Person, cast: Cast
) -> None:
    send(on(DAY + timedelta(days=3), "second", channel="letter"), today=LATER)
    judge(LATER)
    assert not stood()
    by_hand(cast.investigator, tenant, DAY)
    assert judge(LATER).count == 1
    assert set(stood()) == {"second"}


def test_one_logged_by_hand_with_nothing_after_it_has_nothing_judged_again(
    once_a_month: Story, tenant: Person, cast: Cast
) -> None:
    send(on(DAY, "first", channel="email"), today=LATER)
    judge(LATER)
    by_hand(cast.investigator, tenant, LATER)
    assert not CameLate.objects.exists() and not ToJudge.objects.exists()


def test_two_records_that_are_joined_are_judged_and_measured_at_once_and_again_when_they_are_parted(
    once_a_month: Story, tenant: Person, cast: Cast
) -> None:
    other = Person.objects.create(source="housing", ref="P2", forename="Jo", surname="Bell")
    theirs = on(DAY + timedelta(days=2), "theirs", channel="letter", person_ref="P2")
    send(on(DAY, "own", channel="letter"), theirs, today=LATER)
    judge(LATER)
    assert not stood()
    joined = joining.join(tenant, other, cast.manager, Moment(NOW, LATER), reason="One telephone.")
    assert set(ToMeasure.objects.values_list("person", flat=True)) >= {tenant.pk, other.pk}
    judge(LATER)
    assert set(stood()) == {"theirs"}
    assert joined
    joining.part(joined, cast.manager, Moment(NOW + timedelta(hours=1), LATER))
    judge(LATER)
    assert not stood()


def test_of_people_without_a_limit_a_long_history_leaves_nothing_to_judge(story: Story) -> None:
    send(*(on(DAY - timedelta(days=n), f"C{n}") for n in range(40)), today=LATER)
    assert CameLate.objects.count() == 1 and not ToJudge.objects.exists()
    assert judge(LATER).count == 0 and not CameLate.objects.exists()


def test_what_says_nothing_new_is_not_judged_again(by_letter: Story) -> None:
    send(on(DAY, "C1"), today=LATER)
    judge(LATER)
    send(on(DAY, "C1"), today=LATER)
    assert not CameLate.objects.exists() and not ToJudge.objects.exists()


def test_contacts_before_the_limit_began_are_not_noted_at_all(by_letter: Story) -> None:
    send(*(on(START - timedelta(days=n), f"C{n}") for n in range(1, 30)), today=LATER)
    assert judge(LATER).count == 0 and not stood()


def test_many_limits_are_counted_in_one_query(by_letter: Story) -> None:
    assert by_letter.person
    span = Span(frozenset({by_letter.person.pk}), NOW - timedelta(days=20), NOW, by_letter.reference, "L1")
    with CaptureQueriesContext(connection) as queries:
        assert len(under_limit.counts([span] * 25)) == 25
    assert len(queries) == 1


def test_ways_left_open_do_not_matter_where_every_way_is(story: Story) -> None:
    story.limit(Plan(channels=ANYHOW, times=1, period=Period.DAY)).approve("T1").approve("T2")
    send(on(DAY, "C1"), call("C2", at=f"{DAY}T11:00:00Z"), on(DAY + timedelta(days=1), "C3"), today=LATER)
    judge(LATER)
    assert stood() == {"C2": True}

"""E1, rule 1: a contact is held against the limit of its own moment, whatever became of that before it was judged."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenhand.cases import intake, outside, time_passing
from evenhand.cases.circumstances import Moment
from evenhand.cases.intake import Read
from evenhand.contacts.log import Said
from evenhand.contacts.models import ToRead
from evenhand.contacts.models.contact import Direction
from evenhand.people import merging
from evenhand.people.models import Person
from evenhand.policy.answer import Verdict
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.expectation import Period, Plan
from evenhand.policy.need import Channel
from evenhand.policy.terms import Terms, months_after
from tests.cases.outside_log import ANYHOW, DAY, NOW, by_letter, call, judge, once_a_day, send, waiting
from tests.web.stories import START, Cast, Story

__all__ = ["by_letter", "once_a_day"]
pytestmark = pytest.mark.django_db
BEFORE, AFTER = f"{DAY}T09:30:00Z", f"{DAY}T11:30:00Z"
"""Half an hour before acts of the story's day begin, and after them."""


def at_ten(story: Story) -> Story:
    return story.later((DAY - story.day).days)


def lift(story: Story) -> None:
    at_ten(story).act("expectation.lift", story.cast.manager, "L1", reasons="Nothing happened for a month.")


def loosen(story: Story) -> None:
    answers = {"plan": Plan(channels=ANYHOW), "reasons": "They find letters hard."}
    at_ten(story).assess(Step.REVIEW)
    story.act("expectation.vary", story.cast.manager, "L1", **answers)
    story.approve("T3")


def test_who_rang_before_a_limit_was_lifted_rang_outside_it_and_who_rang_afterwards_did_not(by_letter: Story) -> None:
    lift(by_letter)
    send(call("before", at=BEFORE), call("after", at=AFTER))
    judge()
    assert waiting() == ["before"]


def test_whoever_reads_it_is_told_that_the_limit_holds_no_more(by_letter: Story) -> None:
    lift(by_letter)
    send(call(at=BEFORE))
    judge()
    row = ToRead.objects.get()
    assert row.limits == [f"{by_letter.reference}/L1"]
    assert outside.what_then(row, NOW) == "The limit does not hold any more: answer it."


def test_who_rang_on_a_limits_last_day_rang_outside_it_though_its_end_was_recorded_since(by_letter: Story) -> None:
    last = months_after(START, 6)
    next_day = last.replace(day=last.day + 1)
    assert time_passing.record_what_is_over(Moment(NOW + (next_day - DAY), next_day)) == [by_letter.reference]
    send(call("last", at=f"{last}T09:30:00Z"), call("next", at=f"{next_day}T09:30:00Z"), today=next_day)
    judge(next_day)
    assert waiting() == ["last"]


def test_a_limit_that_was_loosened_is_the_old_one_for_who_rang_before(by_letter: Story) -> None:
    loosen(by_letter)
    later = DAY.replace(day=DAY.day + 5)
    send(call("before", at=BEFORE), call("later", at=f"{later}T09:30:00Z"), today=later)
    judge(later)
    assert waiting() == ["before"]


def test_a_limit_that_an_appeal_cancelled_never_counted(by_letter: Story) -> None:
    at_ten(by_letter).appeal().assess(Step.APPEAL, by_letter.cast.other_senior).uphold()
    send(call(at=BEFORE))
    judge()
    assert not waiting()


def test_times_that_were_used_up_before_a_limit_was_lifted_stay_used_up(once_a_day: Story) -> None:
    lift(once_a_day)
    send(*(call(ref, at=f"{DAY}T{at}:00Z") for ref, at in (("first", "08:00"), ("second", "09:00"), ("free", "11:30"))))
    judge()
    assert waiting() == ["second"]


def test_a_lifted_limit_is_found_for_every_record_of_the_person(by_letter: Story, tenant: Person, cast: Cast) -> None:
    other = Person.objects.create(source="housing", ref="P2", forename="Jo", surname="Bell")
    merging.merge(tenant, other, cast.manager, NOW, day=DAY, terms=Terms())
    lift(by_letter)
    send(call(person_ref="P2", at=BEFORE))
    judge()
    assert waiting() == ["C1"]


def test_a_call_that_is_logged_by_hand_an_hour_later_is_judged_by_its_own_moment_too(
    by_letter: Story, tenant: Person
) -> None:
    lift(by_letter)
    found = [
        intake.asked(tenant, Said(at=at, channel=Channel.PHONE, direction=Direction.IN), Read())
        for at in (NOW.replace(hour=9), NOW)
    ]
    assert [each and each.verdict for each in found] == [Verdict.OUTSIDE, Verdict.NO_LIMIT]


def test_how_many_came_before_it_was_lifted_does_not_change_how_often_the_database_is_asked(story: Story) -> None:
    counted = Plan(channels=frozenset({Channel.LETTER}), times=1, period=Period.DAY)
    story.limit(counted).approve("T1").approve("T2")
    lift(story)

    def asked(first: int, many: int) -> int:
        send(*(call(f"C{n}", at=f"{DAY}T{n // 60:02}:{n % 60:02}:00Z") for n in range(first, first + many)))
        with CaptureQueriesContext(connection) as queries:
            assert len(judge().outside) == many
        return len(queries)

    assert asked(0, 1) == asked(100, 200)

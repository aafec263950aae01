"""E1, E2: contact at the very moment at which something begins or ends, and answers word for word."""

from datetime import UTC, date, time

from evenhand.policy.answer import Verdict
from evenhand.policy.contact_hours import Hours, has_room, instant, midnight
from evenhand.policy.contact_within import then, within
from evenhand.policy.events.expectation import Period, Weekday
from evenhand.policy.events.marker import Control
from evenhand.policy.held import Held
from evenhand.policy.need import Channel
from tests.policy.held import ENDS, LONDON, TERMS, contact, limit, marker, on, plan, weekly
from tests.policy.test_contact_plan import TUESDAY, WEDNESDAY, told

ON_WEDNESDAYS = Held(limits=(limit(weekly(Weekday.WEDNESDAY)),))
TWO = Held(contacts=(contact(cover="", email=""), contact(id="S2", name="Jo Bell", telephone="", cover="")))


def test_a_moment_that_a_plan_names_is_kept_in_utc() -> None:
    assert midnight(date(2026, 7, 1), LONDON).tzinfo is UTC
    twice = date(2026, 10, 25)
    first, last = instant(twice, time(1, 30), LONDON), instant(twice, time(1, 30), LONDON, last=True)
    assert first.tzinfo is UTC and last.tzinfo is UTC and (last - first).seconds == 3600


def test_hours_that_the_clock_leaves_out_are_not_offered_as_the_next() -> None:
    left_out = Hours(((plan(from_time=time(1), to_time=time(2)), ENDS),), (), TERMS)
    assert left_out.next_open(on(2026, 3, 28, 3)) == on(2026, 3, 30, 1)


def test_as_the_hours_begin_the_answer_holds_until_they_end() -> None:
    mornings = Hours(((plan(from_time=time(9), to_time=time(12)), ENDS),), (), TERMS)
    assert mornings.stays_until(on(2026, 11, 24, 9)) == on(2026, 11, 24, 12)


def test_a_contact_of_this_very_moment_has_used_up_its_times() -> None:
    daily = ((plan(times=1, period=Period.DAY), ENDS),)
    assert not Hours(daily, (TUESDAY,), TERMS).is_open(TUESDAY)


def test_a_contact_of_a_day_that_was_theirs_before_the_plan_changed_still_counts_for_its_week() -> None:
    wednesdays = weekly(Weekday.WEDNESDAY)
    assert not has_room(wednesdays, [WEDNESDAY.date()], [date(2026, 11, 23)], TERMS)
    assert has_room(wednesdays, [WEDNESDAY.date()], [date(2026, 11, 20)], TERMS)


def test_half_of_a_number_or_of_hours_limits_nobody_and_is_not_told() -> None:
    assert has_room(plan(times=1), [TUESDAY.date()], [TUESDAY.date()], TERMS)
    assert told(Held(limits=(limit(plan(times=2)),))).lead.startswith("Email only — unless")
    assert told(Held(limits=(limit(plan(from_time=time(9))),))).lead.startswith("Email only — unless")


def test_a_call_handler_reads_that_a_colleague_listens() -> None:
    listened_to = marker(Control.NO_LONE_CALLS)
    assert "Take calls with a colleague listening." in told(Held(markers=(listened_to,))).lead
    limited = told(Held(limits=ON_WEDNESDAYS.limits, markers=(listened_to,)))
    assert "Take calls with a colleague listening. Email only" in limited.lead


def test_what_answers_us_is_within_and_says_so() -> None:
    found = within(ON_WEDNESDAYS, Channel.PHONE, TUESDAY, TERMS, asked_for=True)
    assert found.words == "It answers what we asked, so no limit counts it. Answer it."


def test_by_a_closed_way_at_an_open_hour_there_is_no_next_time_to_wait_for() -> None:
    found = within(ON_WEDNESDAYS, Channel.PHONE, WEDNESDAY, TERMS)
    assert (found.verdict, found.next_within) == (Verdict.OUTSIDE, None)
    assert within(ON_WEDNESDAYS, Channel.PHONE, TUESDAY, TERMS).next_within == on(2026, 11, 25, 0)


def test_of_two_single_contacts_it_goes_to_either() -> None:
    said = then(TWO, TUESDAY, TUESDAY, TERMS)
    assert said.startswith("Pass it to Priya Nair on 0113 496 0002 or Jo Bell on tenancies@example.org. ")


def test_read_at_the_moment_from_which_they_may_write_again_it_says_that_they_may() -> None:
    said = then(ON_WEDNESDAYS, TUESDAY, on(2026, 11, 25, 0), TERMS)
    assert said.startswith("Keep it: by now, they can contact us within the limits again.")

"""Is this contact within the limits? Asked of contacts as they are logged; an exempt one always is."""

from datetime import date, timedelta

import pytest

from evenhand.policy.answer import Verdict
from evenhand.policy.contact_within import READ_WITHIN, then, within
from evenhand.policy.events.expectation import Weekday
from evenhand.policy.exempt import Exempt, read
from evenhand.policy.held import Because, Held
from evenhand.policy.need import Channel
from tests.policy.held import TERMS, contact, limit, on, weekly

TUESDAY, WEDNESDAY = on(2026, 11, 24), on(2026, 11, 25)
NOTHING = "We hold no warning about this person. That is not a promise of safety: follow the lone-working procedure."
OURS = "0113 496 0001"
BECAUSE = Because(("threats of violence or harm",), date(2026, 10, 2))


class TestContactsAsTheyAreLogged:
    held = Held(limits=(limit(weekly(Weekday.WEDNESDAY)),), contacts=(contact(channels=frozenset({Channel.EMAIL})),))

    def test_without_limits_nothing_is_outside(self) -> None:
        assert within(Held(), Channel.PHONE, TUESDAY, TERMS).verdict is Verdict.NO_LIMIT

    def test_an_email_on_their_day_is_within_and_counts(self) -> None:
        found = within(self.held, Channel.EMAIL, WEDNESDAY, TERMS, to_single_contact=True)

        assert found.verdict is Verdict.WITHIN
        assert found.counts == (("EH-2222-2222", "L1"),)

    def test_a_second_one_is_read_first_and_counted_for_the_review(self) -> None:
        used = Held(limits=self.held.limits, counted=(on(2026, 11, 25, 9),))
        found = within(used, Channel.EMAIL, WEDNESDAY, TERMS)

        assert found.verdict is Verdict.OUTSIDE
        assert found.read_first
        assert found.outside == (("EH-2222-2222", "L1"),)
        assert found.words.startswith("Read it for a hazard or a danger first.")
        assert found.next_within == on(2026, 12, 2, 0)

    def test_by_another_way_or_to_another_colleague_it_is_outside_what_closes_that(self) -> None:
        by_phone = within(self.held, Channel.PHONE, WEDNESDAY, TERMS)
        to_another = within(self.held, Channel.EMAIL, WEDNESDAY, TERMS, to_single_contact=False)

        assert by_phone.outside == (("EH-2222-2222", "L1"), ("EH-3333-3333", "S1"))
        assert to_another.outside == (("EH-3333-3333", "S1"),)
        assert "Pass it to Priya Nair" in to_another.words

    def test_with_a_single_contact_alone_any_time_is_within(self) -> None:
        found = within(Held(contacts=(contact(),)), Channel.PHONE, TUESDAY, TERMS, to_single_contact=True)

        assert found.verdict is Verdict.WITHIN

    def test_what_we_asked_for_is_within_and_uses_up_nothing(self) -> None:
        found = within(self.held, Channel.PHONE, TUESDAY, TERMS, asked_for=True)

        assert (found.verdict, found.counts) == (Verdict.WITHIN, ())

    @pytest.mark.parametrize("kind", list(Exempt))
    def test_what_is_exempt_gets_through_at_any_time_by_any_way(self, kind: Exempt) -> None:
        found = within(self.held, Channel.SOCIAL, TUESDAY, TERMS, exempt=kind, to_single_contact=False)

        assert found.verdict is Verdict.EXEMPT
        assert ("Help now." in found.words) == kind.is_emergency

    def test_a_way_that_nobody_knows_is_not_held_against_them(self) -> None:
        assert within(self.held, None, WEDNESDAY, TERMS).verdict is Verdict.WITHIN
        assert within(Held(limits=self.held.limits), None, TUESDAY, TERMS).verdict is Verdict.OUTSIDE


class TestWhatBecomesOfOneOutsideOnceItIsRead:
    weekly = Held(limits=(limit(weekly(Weekday.WEDNESDAY)),))

    def test_it_goes_to_the_single_contact_where_there_is_one(self) -> None:
        held = Held(limits=self.weekly.limits, contacts=(contact(),))
        assert "Pass it to Priya Nair" in then(held, TUESDAY, WEDNESDAY, TERMS)

    def test_the_next_contact_is_told_as_seen_from_when_it_is_read(self) -> None:
        assert "is from tomorrow" in then(self.weekly, TUESDAY, TUESDAY, TERMS)
        assert "within the limits again" in then(self.weekly, TUESDAY, WEDNESDAY, TERMS)

    def test_by_a_way_that_is_closed_they_are_reminded_of_those_that_are_open(self) -> None:
        assert "remind them that they reach us by email" in then(self.weekly, WEDNESDAY, WEDNESDAY, TERMS)

    def test_a_complaint_is_never_refused(self) -> None:
        assert then(self.weekly, TUESDAY, TUESDAY, TERMS).endswith("A complaint is never refused: take it.")

    def test_a_hazard_has_a_clock_of_a_day(self) -> None:
        assert timedelta(hours=24) == READ_WITHIN


def test_other_systems_words_for_what_is_exempt_are_understood() -> None:
    assert read("MP") is Exempt.COUNCILLOR
    assert read("Emergency repair") is Exempt.EMERGENCY_REPAIR
    assert read("domestic-abuse") is Exempt.DOMESTIC_ABUSE
    assert read("rent") is None

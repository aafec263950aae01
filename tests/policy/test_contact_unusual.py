"""E1, E2, rule 10: answers that are seldom given: after a death, about nobody, of several limits at once."""

import time as clock
from collections.abc import Iterator
from datetime import UTC, date, time

import pytest

from evenhand.policy.answer import Allowed, AnswerCode, Asker, Instruction
from evenhand.policy.contact_hours import Hours, period_of
from evenhand.policy.contact_plan import answer, unanswered
from evenhand.policy.events.expectation import Period, Weekday
from evenhand.policy.held import Held
from evenhand.policy.need import Channel, Need
from tests.policy.held import LONDON, OPEN_WAYS, TERMS, contact, limit, marker, on, plan, weekly
from tests.policy.test_contact_plan import OURS, TUESDAY, told

DIED = date(2026, 11, 3)
LONE = "That is not a promise of safety: follow the lone-working procedure."
ALWAYS = " — unless it is an emergency: then help now."
CARE = "Until you know more, take the care that a warning would ask of you"


def test_after_a_death_nobody_is_rung_or_written_to_and_a_visit_takes_care() -> None:
    found = told(Held(died_on=DIED, telephone=OURS))

    assert found.lead == (
        "We hold that this person died on 3 November 2026. Do not ring or write to them. "
        f"We hold no warning about visiting this person. {LONE}"
    )
    assert found.visit.allowed is Allowed.WITH_CARE and found.visit.words.endswith(LONE)
    speak = "Do not ring or write to them. Speak to their family with care."
    assert found.call_out == found.message == Instruction(Allowed.NO, speak, "Help now.")
    rings = "Whoever rings is somebody else. Take the call with care."
    assert found.call_in == Instruction(Allowed.WITH_CARE, rings, "Help now.")
    assert found.ask == OURS


def test_a_death_counts_from_its_day_and_a_contractor_is_not_told_when() -> None:
    assert told(Held(died_on=TUESDAY.date())).code is AnswerCode.DIED
    assert told(Held(died_on=date(2026, 11, 25))).code is AnswerCode.NOTHING_HELD
    assert told(Held(died_on=DIED), Asker.CONTRACTOR).lead.startswith("We hold that this person died. Do not")


def test_nothing_that_followed_the_person_is_left_after_a_death() -> None:
    everything = Held(
        died_on=DIED,
        limits=(limit(weekly()),),
        contacts=(contact(),),
        markers=(marker(),),
        needs=frozenset({Need.INTERPRETER}),
        unsafe=frozenset({Channel.PHONE, Channel.VISIT}),
    )
    assert told(everything) == told(Held(died_on=DIED))


def test_what_else_holds_at_the_home_of_who_died_is_still_said() -> None:
    found = told(Held(died_on=DIED, others=(marker(),)))
    assert "Visit in pairs." in found.lead and found.visit.allowed is Allowed.WITH_CARE


def test_after_a_death_too_a_register_that_is_old_never_lets_us_say_that_nothing_is_held() -> None:
    found = answer(Held(died_on=DIED), TUESDAY, Asker.COLLEAGUE, TERMS, stale_since=date(2026, 11, 1))
    assert found.code is AnswerCode.DIED
    assert "We hold no warning" not in found.lead + found.visit.words
    assert CARE in found.visit.words
    assert any("it is from 1 November 2026" in each for each in found.cautions)


@pytest.mark.parametrize(("telephone", "ask"), [(OURS, f" Ask us on {OURS}."), ("", "")])
def test_where_nobody_matches_everyone_takes_care_and_knows_whom_to_ask(telephone: str, ask: str) -> None:
    found = unanswered(AnswerCode.NO_MATCH, TUESDAY, *([telephone] if telephone else []))
    careful = Instruction(Allowed.WITH_CARE, f"{CARE}.{ask}", "Help now.")
    assert found.call_in == found.call_out == found.message == careful
    alone = f"{CARE}, and follow the lone-working procedure.{ask}"
    attended = "A hazard, or someone in danger, is always attended. Go with a colleague."
    assert found.visit == Instruction(Allowed.WITH_CARE, alone, attended)
    assert found.lead.endswith(f"reference. {alone}")
    assert (found.valid_until, found.ask) == (TUESDAY, telephone)


def test_an_old_register_says_whom_to_ask_and_until_when_that_holds() -> None:
    held = Held(telephone=OURS, needs=frozenset({Need.INTERPRETER}))
    found = answer(held, TUESDAY, Asker.COLLEAGUE, TERMS, stale_since=date(2026, 11, 1))
    assert found.code is AnswerCode.REGISTER_STALE
    assert found.lead.endswith(f"Ask us on {OURS}.")
    assert (found.valid_until, found.ask, found.help) == (TUESDAY, OURS, ("Interpreter",))


def test_where_nothing_is_held_the_number_to_ask_is_given_and_a_home_is_called_one() -> None:
    assert told(Held(telephone=OURS)).ask == OURS
    home = told(Held(of_home=True, telephone=OURS))
    assert home.lead == f"We hold no warning about this home. {LONE}"
    assert "limits follow people, never homes" in home.call_in.words


def test_a_contractor_asks_us_and_a_colleague_whoever_placed_the_marker() -> None:
    held = Held(markers=(marker(),), telephone=OURS)
    assert told(held).ask == "Tom Hughes, 0113 496 0000"
    assert told(held, Asker.CONTRACTOR).ask == OURS
    assert told(Held(unsafe=frozenset({Channel.PHONE}), telephone=OURS)).ask == OURS


def test_two_ways_that_are_not_safe_are_both_named() -> None:
    found = told(Held(unsafe=frozenset({Channel.PHONE, Channel.EMAIL})))
    assert found.lead.startswith("Do not ring or email them.")


def test_two_single_contacts_of_joined_records_are_both_given_with_their_cover() -> None:
    found = told(Held(contacts=(contact(), contact(id="S2", name="Jo Bell", telephone="", cover=""))))
    assert found.lead == f"Telephone or email only to Priya Nair or Jo Bell{ALWAYS}"
    assert found.call_in.words.endswith(
        "put them through to Priya Nair on 0113 496 0002 or tenancies@example.org (cover: Tom Hughes) or "
        "Jo Bell on tenancies@example.org."
    )
    neither = told(Held(contacts=(contact(telephone="", email="", cover=""),)))
    assert neither.call_in.words.endswith("put them through to Priya Nair.")
    covered = told(Held(contacts=(contact(covered=True),)))
    assert "(cover:" not in covered.call_in.words


@pytest.mark.parametrize(
    ("plans", "said"),
    [
        (
            [plan(times=3, period=Period.DAY, weekdays=frozenset({Weekday.MONDAY, Weekday.TUESDAY}))],
            "Email only, 3 times a day, Mondays or Tuesdays; now is within it",
        ),
        ([plan(*OPEN_WAYS, times=2, period=Period.MONTH)], "Contact, twice a month; now is within it"),
        ([plan()], "Email only"),
        (
            [
                plan(weekdays=frozenset({Weekday.MONDAY, Weekday.TUESDAY}), from_time=time(9), to_time=time(12)),
                plan(weekdays=frozenset({Weekday.TUESDAY}), from_time=time(10), to_time=time(14)),
            ],
            "Email only, Tuesdays, 10am to midday; now is within it",
        ),
        (
            [
                plan(weekdays=frozenset({Weekday.MONDAY}), from_time=time(9), to_time=time(12)),
                plan(weekdays=frozenset({Weekday.TUESDAY}), from_time=time(13), to_time=time(14)),
            ],
            "Email only, Mondays or Tuesdays, 9am to midday or 1pm to 2pm; not before 1pm today",
        ),
    ],
)
def test_limits_read_as_one_sentence_however_many_there_are(plans: list[object], said: str) -> None:
    limits = tuple(limit(each, id=f"L{number}") for number, each in enumerate(plans))  # type: ignore[arg-type]
    assert told(Held(limits=limits)).lead == said + ALWAYS


def test_a_bank_holiday_is_told_in_the_week_before_it_and_no_earlier() -> None:
    held = Held(limits=(limit(weekly(Weekday.FRIDAY)),))
    assert any("bank holiday" in each for each in told(held, at=on(2026, 12, 19)).cautions)
    assert not any("bank holiday" in each for each in told(held, at=on(2026, 12, 18)).cautions)


def test_times_a_day_are_counted_by_the_day() -> None:
    twice = ((plan(times=2, period=Period.DAY), date(2027, 6, 30)),)
    yesterday, nine, ten = on(2026, 11, 23), on(2026, 11, 24, 9), on(2026, 11, 24, 10)
    assert Hours(twice, (yesterday, yesterday, nine), TERMS).is_open(on(2026, 11, 24, 11))
    used = Hours(twice, (nine, ten), TERMS)
    assert not used.is_open(on(2026, 11, 24, 11))
    assert used.next_open(on(2026, 11, 24, 11)) == on(2026, 11, 25, 0)


def test_a_period_begins_with_its_first_day() -> None:
    wednesday = date(2026, 11, 25)
    assert period_of(Period.DAY, wednesday) == wednesday
    assert period_of(Period.WEEK, wednesday) == date(2026, 11, 23)
    assert period_of(Period.MONTH, wednesday) == date(2026, 11, 1)


@pytest.fixture(params=["Pacific/Auckland", "Pacific/Honolulu"])
def a_machine_far_away(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", request.param)
    clock.tzset()
    yield
    monkeypatch.undo()
    clock.tzset()


@pytest.mark.usefixtures("a_machine_far_away")
def test_it_does_not_matter_where_the_machine_stands() -> None:
    plans = ((plan(times=1, period=Period.DAY, from_time=time(9), to_time=time(17)), date(2027, 6, 30)),)
    hours = Hours(plans, (on(2026, 11, 24, 9, 30),), TERMS)
    late = on(2026, 11, 24, 11)
    assert not hours.is_open(late)
    assert hours.next_open(late) == on(2026, 11, 25, 9) and hours.next_open(late).tzinfo is LONDON
    assert hours.stays_until(late) == on(2026, 11, 24, 17)
    assert Hours(plans, (on(2026, 11, 23, 23),), TERMS).is_open(on(2026, 11, 24, 9))
    assert hours.is_open(on(2026, 11, 25, 9).astimezone(UTC).astimezone(LONDON))
    whole_days = Hours(((weekly(Weekday.WEDNESDAY), date(2027, 6, 30)),), (), TERMS)
    assert whole_days.next_open(late) == on(2026, 11, 25, 0)
    assert whole_days.next_open(on(2026, 11, 25, 12)).tzinfo is LONDON
    assert whole_days.is_open(on(2026, 11, 25, 0)) and not whole_days.is_open(on(2026, 11, 26, 0))
    assert whole_days.is_open(on(2026, 11, 25, 23, 59))
    over = Hours(((weekly(), date(2026, 11, 27)),), (on(2026, 11, 25),), TERMS)
    assert over.next_open(on(2026, 11, 26)) == on(2026, 11, 28, 0)
    assert over.next_open(on(2026, 11, 26)).tzinfo is LONDON
    assert over.is_open(on(2026, 11, 28, 0)) and over.is_open(on(2026, 11, 28, 23, 59))

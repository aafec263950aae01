"""C2: what a measure says, as a colleague and a customer read it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from evenhand.policy.conduct import Conduct
from evenhand.policy.demand import sentence
from evenhand.policy.demand.comparison import Basis
from evenhand.policy.demand.exclusion import Reason
from evenhand.policy.demand.log import Column
from evenhand.policy.demand.measure import Measure
from evenhand.policy.demand.objection import answer_by
from evenhand.policy.need import Need
from evenhand.policy.terms import Terms
from tests.policy.demand.test_definitions import daily, measured

(ONE,) = measured(*daily(25))
DAYS = "2 March 2026 to 29 March 2026"
AGAIN = "contacted us again about something that was not due yet, soon after the last time and with nothing new to tell"


def beside(**changes: object) -> Measure:
    return replace(ONE, comparison=replace(ONE.comparison, **changes))  # type: ignore[arg-type]


def test_what_was_counted_is_said_with_its_days_and_of_how_many() -> None:
    assert sentence.days(ONE) == DAYS
    assert sentence.what(ONE, "you") == f"24 times you {AGAIN}"
    assert sentence.shown(ONE) == f"24 times they {AGAIN}. That was from {DAYS}. All 25 contacts in those days count."
    some = replace(ONE, left_out={Reason.EXEMPT: 2, Reason.OUTWARD: 3})
    assert sentence.shown(some).endswith(" 25 of the 27 contacts in those days count.")
    assert sentence.shown(replace(some, counted=1)).endswith(" 1 of the 3 contacts in those days counts.")


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (Conduct.EXCESSIVE_EMAILS, "They sent 24 emails and other written messages"),
        (
            Conduct.IMMEDIATE_RESPONSES,
            "24 contacts came close together, several within a few hours, about something that was not due yet",
        ),
        (Conduct.SENIOR_ONLY, "24 times they asked for someone more senior"),
        (Conduct.NOT_SPECIFIC, "24 times they did not say what it was about"),
        (Conduct.SETTLED_ISSUES, "24 times they came back to something that was closed and done"),
        (
            Conduct.EXHAUSTED_COMPLAINT,
            "24 times they came back to a complaint that had been through our whole procedure",
        ),
    ],
)
def test_each_kind_is_told_as_what_happened(kind: Conduct, said: str) -> None:
    assert sentence.what(replace(ONE, kind=kind), "they") == said


def test_what_of_it_was_ours_is_said_first() -> None:
    assert sentence.fair_reading(replace(ONE, left_out={Reason.OVERDUE: 2, Reason.EXEMPT: 3})) == (
        "2 of 30 contacts came while our work was late or not done."
    )
    assert sentence.fair_reading(replace(ONE, left_out={Reason.EXEMPT: 3})) == "3 of 28 contacts had a good reason."
    assert sentence.fair_reading(ONE) == (
        "None of the 25 contacts came while our work was late, and no other reason is recorded."
    )


def test_the_time_it_took_is_set_beside_that_of_others() -> None:
    took = "The contacts that count took 4 hours 10 minutes of our colleagues’ time"
    usually = "Customers with as many matters open usually take about 4 minutes."
    share = "This was 61.0% of the time that all customers’ contacts took."
    assert sentence.beside_others(ONE) == f"{took}. {usually} Of the 40 we compared with, nobody took more. {share}"
    in_teams = replace(beside(rank=3, share=0.0123), teams=frozenset({"A", "B"}))
    assert sentence.beside_others(in_teams) == (
        f"{took}, in 2 teams. {usually} Of the 40 we compared with, 2 took more. "
        "This was 1.2% of the time that all customers’ contacts took."
    )
    in_one = replace(beside(peers=0), teams=frozenset({"A"}))
    assert sentence.beside_others(in_one) == f"{took}. There is nobody to compare with."


@pytest.mark.parametrize(
    ("basis", "begins", "ends"),
    [
        (Basis.FOR_EACH, "Too few customers had as many matters open.", "others usually take about 2 hours."),
        (Basis.ANYONE, "Too few customers had matters of these kinds open.", "others usually take about 2 hours."),
        (Basis.TOO_FEW, "Too few other customers contacted us", "Those who did usually took about 2 hours."),
    ],
)
def test_with_whom_they_are_compared_is_said(basis: Basis, begins: str, ends: str) -> None:
    said = sentence.usually(beside(basis=basis, median=120.4).comparison)
    assert said.startswith(begins) and said.endswith(ends)
    rough = "Too few customers had as many matters open, so the comparison is a rough one."
    assert sentence.cautions(beside(basis=basis)) == [rough] and sentence.cautions(ONE) == []


def test_what_was_left_out_is_told_most_first_and_one_as_one() -> None:
    found = replace(ONE, left_out={Reason.NEWS: 2, Reason.NEED: 2, Reason.OVERDUE: 1, Reason.OUTWARD: 9})
    assert sentence.left_out(found) == [
        "9 contacts were from us",
        "2 contacts came because of a need",
        "2 contacts told us something new, or may have",
        "1 contact came while we were late",
    ]


def test_what_came_soon_after_our_answer_is_a_caution_with_its_number() -> None:
    assert sentence.cautions(replace(ONE, counted=20, after_ours=19, reply_days=7)) == [
        "19 of the 20 contacts that count came within 7 days after we had contacted them about the same thing: see "
        "whether we had asked something."
    ]
    assert sentence.after_ours_of(1, 1, 1, "you") == (
        "1 of the 1 contact that counts came within 1 day after we had contacted you about the same thing"
    )


def test_one_time_is_once_and_two_are_twice() -> None:
    assert [sentence.counted(number, "time") for number in range(4)] == ["0 times", "once", "twice", "3 times"]
    assert sentence.counted(1, "contact") == "1 contact" and sentence.counted(2, "contact") == "2 contacts"
    assert sentence.what(replace(ONE, kind=Conduct.SENIOR_ONLY, figure=2), "you").startswith("Twice you asked")


def test_what_speaks_for_caution_is_named() -> None:
    needs = frozenset({Need.ILLNESS, Need.DEAF})
    found = sentence.cautions(replace(ONE, needs=needs, missing=(Column.NEWS, Column.TOLD)))
    named = ", ".join(sorted(need.value for need in needs))
    assert found == [
        f"Needs on record: {named}. This may be why.",
        "Our records do not show which contacts told us something new.",
        "Our records do not show when customers were told the date we promised.",
    ]


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "0 minutes"),
        (1, "1 minute"),
        (119, "119 minutes"),
        (120, "2 hours"),
        (121, "2 hours 1 minute"),
        (233, "3 hours 53 minutes"),
    ],
)
def test_how_long_is_said_in_minutes_below_two_hours(minutes: int, said: str) -> None:
    assert sentence.duration(minutes) == said


def test_one_is_told_as_one_only_where_there_is_a_verb_to_change() -> None:
    assert [sentence.as_many(words, 1) for words in ("were ours", "came late")] == ["was ours", "came late"]
    assert sentence.as_many("were ours", 2) == "were ours"


def test_an_objection_is_answered_in_ten_working_days_or_as_the_landlord_says_and_in_a_month_at_most() -> None:
    monday = date(2026, 2, 2)
    assert answer_by(monday, Terms()) == Terms().working_days_after(monday, 10) == monday + timedelta(days=14)
    assert answer_by(monday, Terms(objection_answer_days=1)) == monday + timedelta(days=1)
    away = frozenset(monday + timedelta(days=n) for n in range(60))
    assert answer_by(monday, Terms(holidays=away)) == date(2026, 3, 2)

"""C2: a measure, whole: every number that a person is shown, and the very contact that makes a run of them one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from evenhand.policy.conduct import Conduct
from evenhand.policy.demand.comparison import Basis, Comparison
from evenhand.policy.demand.exclusion import Reason
from evenhand.policy.demand.log import Column, Contact
from evenhand.policy.demand.measure import Customer, Measure, measures
from evenhand.policy.demand.portfolio import Portfolio
from evenhand.policy.demand.strength import Strength, asked, missing, strength
from evenhand.policy.demand.tally import tally
from evenhand.policy.demand.window import Window
from evenhand.policy.need import Need
from tests.policy.demand.test_definitions import DAY, REPAIR, SETTLED, TERMS, after, contact, daily, history, measured

MARCH = Window(DAY, DAY + timedelta(days=27))
YEAR = Window(date(2026, 1, 1), date(2026, 12, 31))
BESIDE = Comparison(basis=Basis.SAME, peers=40, median=4, rank=1, percentile=100, share=0, usual=0)


def test_every_number_of_a_measure_is_that_of_its_window() -> None:
    (found,) = measured(*daily(25))
    assert found == Measure(
        kind=Conduct.REPEATED_CONTACT,
        window=MARCH,
        figure=24,
        threshold=8,
        counted=25,
        minutes=250,
        excess=246,
        comparison=replace(BESIDE, share=250 / 410),
        teams=frozenset(),
        open=(("repair", 1),),
        left_out={},
        needs=frozenset(),
        missing=(),
        strength=0.732,
        after_ours=0,
        reply_days=7,
    )


def test_what_was_left_out_is_in_no_number_but_its_own() -> None:
    log = daily(25, channel="email", specific=False, team="Repairs")
    others = (contact(hour=20, exempt="gas", team="Gas"), contact(hour=8, inward=False, team="Out"))
    vague, repeated, written = measured(*log, *others, needs=frozenset({Need.ILLNESS}))
    left_out = {Reason.EXEMPT: 1, Reason.OUTWARD: 1, Reason.REPLY: 1}
    for each in (vague, repeated, written):
        assert (each.left_out, each.counted, each.minutes, each.all_contacts, each.ours) == (left_out, 24, 240, 26, 0)
        assert (each.teams, each.needs) == ({"Repairs"}, {Need.ILLNESS})
    assert [(x.kind, x.window, x.figure, x.threshold, x.excess, x.strength) for x in (vague, repeated, written)] == [
        (Conduct.NOT_SPECIFIC, YEAR, 24, 6, 227, 0.579),
        (Conduct.REPEATED_CONTACT, MARCH, 23, 8, 236, 0.55),
        (Conduct.EXCESSIVE_EMAILS, MARCH, 24, 16, 236, 0.444),
    ]


def test_what_we_caused_is_counted_as_ours() -> None:
    (found,) = measured(*daily(32))
    assert (found.left_out, found.ours) == ({}, 0) and found.window.last < DAY + timedelta(days=28)
    both = measured(*daily(32, specific=False), *[after(n, hour=14) for n in range(29, 32)])
    (vague,) = [each for each in both if each.kind is Conduct.NOT_SPECIFIC]
    assert (vague.left_out, vague.ours) == ({Reason.OVERDUE: 6}, 6)


@pytest.mark.parametrize(
    "mark, kind",
    [({"specific": False}, Conduct.NOT_SPECIFIC), ({"asked_for_senior": True}, Conduct.SENIOR_ONLY)],
)
def test_a_mark_that_everybody_there_bears_says_nothing_of_one(mark: dict[str, Any], kind: Conduct) -> None:
    """Where all others are marked five times it takes fifteen, and where nobody else is, six."""
    assert marked(6, mark, others=0) == [kind]
    assert marked(14, mark, others=5) == []
    assert marked(15, mark, others=5) == [kind]


def marked(number: int, mark: dict[str, Any], *, others: int) -> list[Conduct]:
    """What shows of a customer marked so often, beside forty who rang six times and were marked some of these."""
    log = history(*[after(n, about="", minutes=30, **mark) for n in range(number)])
    own = Customer("own", tuple(tally(log, TERMS)), (REPAIR,))
    calls = history(*[after(n, about="", minutes=1, **(mark if n < others else {})) for n in range(6)])
    peers = [Customer(f"p{n}", tuple(tally(calls, TERMS)), (REPAIR,)) for n in range(40)]
    return [one.kind for one in measures(own, YEAR, Portfolio([own, *peers]), TERMS)]


def bursts(number: int) -> list[Contact]:
    return [after(3 * day, hour=9 + hour, minutes=20) for day in range(number) for hour in range(3)]


def on_a_complaint(number: int) -> list[Contact]:
    return [after(20 + 10 * n, minutes=30) for n in range(number)]


EXHAUSTED = replace(SETTLED, exhausted=DAY + timedelta(days=10))
AT_THE_EDGE: list[tuple[Conduct, Sequence[Contact], Sequence[Contact], dict[str, Any]]] = [
    (Conduct.REPEATED_CONTACT, daily(8, minutes=20), daily(9, minutes=20), {}),
    (Conduct.EXCESSIVE_EMAILS, daily(15, about="", channel="email"), daily(16, about="", channel="email"), {}),
    (Conduct.IMMEDIATE_RESPONSES, bursts(2), bursts(3), {}),
    (
        Conduct.SENIOR_ONLY,
        daily(5, about="", minutes=30, asked_for_senior=True),
        daily(6, about="", minutes=30, asked_for_senior=True),
        {},
    ),
    (
        Conduct.NOT_SPECIFIC,
        daily(5, about="", minutes=30, specific=False),
        daily(6, about="", minutes=30, specific=False),
        {},
    ),
    (Conduct.SETTLED_ISSUES, on_a_complaint(4), on_a_complaint(5), {"matters": (SETTLED,)}),
    (Conduct.EXHAUSTED_COMPLAINT, on_a_complaint(4), on_a_complaint(5), {"matters": (EXHAUSTED,)}),
]


@pytest.mark.parametrize(("kind", "few", "enough", "more"), AT_THE_EDGE, ids=lambda each: getattr(each, "name", ""))
def test_one_contact_fewer_is_no_demand(
    kind: Conduct, few: Sequence[Contact], enough: Sequence[Contact], more: dict[str, Any]
) -> None:
    assert kind not in {each.kind for each in measured(*few, **more)}
    (found,) = [each for each in measured(*enough, **more) if each.kind is kind]
    assert found.figure == found.threshold


@pytest.mark.parametrize("mark", [{"asked_for_senior": True}, {"specific": False}], ids=["senior", "vague"])
def test_a_third_of_all_their_contacts_is_a_part_and_less_is_not(mark: dict[str, Any]) -> None:
    some = daily(17, about="", minutes=20, **mark)
    rest = [after(n % 17, about="", hour=15 + n // 17, minutes=20) for n in range(34)]
    assert measured(*some, *rest[:33]) and not measured(*some, *rest)


def test_a_part_is_not_rounded_up() -> None:
    some = daily(33, about="", minutes=20, specific=False)
    rest = [after(n, about="", hour=15, minutes=20) for n in range(65)]
    assert measured(*some, *rest[:64], matters=()) and not measured(*some, *rest, matters=())


def test_an_hour_beyond_what_is_usual_is_shown_and_less_is_not() -> None:
    # Others took four minutes in those weeks.
    assert not measured(*daily(9, minutes=7)), "63 minutes, 59 more"
    (found,) = measured(*daily(8, minutes=7), after(8, minutes=8))
    assert found.excess == TERMS.demand_minutes


def test_each_column_that_the_log_lacks_asks_for_a_quarter_more() -> None:
    few = (Column.DONE,), (Column.DONE, Column.NEWS), (Column.DONE, Column.NEWS, Column.CALLER), (Column.TOLD,)
    assert [asked(Conduct.REPEATED_CONTACT, frozenset(lacking), TERMS) for lacking in few] == [10, 12, 14, 8]
    assert missing(Conduct.REPEATED_CONTACT, frozenset({Column.TOLD, Column.NEWS})) == (Column.NEWS, Column.TOLD)
    assert missing(Conduct.EXCESSIVE_EMAILS, frozenset({Column.TOLD})) == ()


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, 0.562),
        ({"times": 4}, 0.656),
        ({"times_minutes": 1}, 0.375),
        ({"counted": 0.5}, 0.422),
        ({"comparison": replace(BESIDE, percentile=50)}, 0.422),
        ({"comparison": replace(BESIDE, basis=Basis.FOR_EACH)}, 0.45),
        ({"needs": True}, 0.45),
        ({"missing": (Column.NEWS, Column.TOLD)}, 0.406),
        ({"after_ours": 0.5}, 0.506),
        ({"after_ours": 1}, 0.45),
    ],
)
def test_how_far_a_measure_can_be_relied_on_falls_with_all_that_speaks_for_the_customer(
    changed: dict[str, Any], expected: float
) -> None:
    usual: dict[str, Any] = {
        "times": 2,
        "times_minutes": 2,
        "counted": 1,
        "needs": False,
        "missing": (),
        "after_ours": 0,
    }
    assert strength(**{**usual, "comparison": BESIDE, **changed}) == expected


def test_a_strength_in_a_word() -> None:
    assert [Strength.of(number).value for number in (1, 0.6, 0.599, 0.3, 0.299, 0)] == [
        "strong",
        "strong",
        "fair",
        "fair",
        "weak",
        "weak",
    ]

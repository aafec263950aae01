"""C2: whom a customer is set beside, what they had open, how a day is counted, and what a contact was to a measure."""

from dataclasses import replace
from datetime import timedelta

from evenhand.policy.conduct import Conduct
from evenhand.policy.demand.behind import Part, parts
from evenhand.policy.demand.comparison import Basis
from evenhand.policy.demand.exclusion import Reason
from evenhand.policy.demand.log import Column, Matter, unknown
from evenhand.policy.demand.measure import Customer, measures, open_in
from evenhand.policy.demand.portfolio import Portfolio
from evenhand.policy.demand.tally import NO_HITS, Tally, tally
from evenhand.policy.demand.terms import DemandTerms
from evenhand.policy.demand.window import Window
from tests.policy.demand.test_definitions import (
    DAY,
    REPAIR,
    SETTLED,
    SPAN,
    TERMS,
    after,
    contact,
    daily,
    history,
    measured,
    shown,
)

WEEK = Window(DAY, DAY + timedelta(days=6))


def had(first: int, last: int | None, kind: str = "repair", **more: object) -> Matter:
    """A matter open from and to these days after the first of the week; never done where there is no last."""
    closed = DAY + timedelta(days=last) if last is not None else None
    return Matter("M", kind, DAY + timedelta(days=first), closed=closed, done=closed, **more)  # type: ignore[arg-type]


def test_whatever_was_open_on_any_day_of_the_week_was_open_in_it() -> None:
    matters = [had(-9, 0), had(6, 9), had(-9, None), had(2, 3, "lift"), had(-9, -1), had(7, 9), had(0, 3, theirs=False)]
    expected = (("lift", 1), ("repair", 3))
    assert open_in(matters, WEEK) == expected
    (peer,) = Portfolio([Customer("a", (Tally(DAY, "", None, 1, 5, NO_HITS, frozenset()),), tuple(matters))])(
        WEEK
    ).groups[expected]
    assert (peer.customer, peer.minutes) == ("a", 5)


def test_closed_and_not_done_is_still_open_and_the_later_day_counts() -> None:
    assert open_in([replace(had(-9, -1), done=None)], WEEK) == (("repair", 1),)
    assert open_in([replace(had(-9, -1), done=DAY)], WEEK) == (("repair", 1),)
    assert open_in([replace(had(-9, None), done=DAY - timedelta(days=1))], WEEK) == (("repair", 1),)


def test_the_share_is_of_all_the_minutes_that_the_landlord_counted_on_those_days() -> None:
    minutes = {DAY - timedelta(days=1): 1000, DAY: 30, WEEK.last: 20, WEEK.last + timedelta(days=1): 4000}
    own = Tally(DAY, "", None, 1, 5, NO_HITS, frozenset())
    assert Portfolio([Customer("a", (own,), ())], minutes)(WEEK).minutes == 50
    ours = own._replace(reason=Reason.OUTWARD, minutes=7)
    left_out = own._replace(reason=Reason.EXEMPT, minutes=3)
    field = Portfolio([Customer("a", (own, ours, left_out), ())])(WEEK)
    assert field.minutes == 8 and [peer.minutes for peer in field.groups[()]] == [5]


def test_a_customer_who_is_not_among_those_they_are_set_beside_needs_no_one_more_of_them() -> None:
    log = history(*daily(25))
    own = Customer("own", tuple(tally(log, TERMS)), (REPAIR,))
    usual = tuple(tally(history(contact(minutes=1)), TERMS))
    others = [Customer(f"p{n}", usual, (REPAIR,)) for n in range(TERMS.demand_peers)]
    assert [x.comparison.basis for x in measures(own, SPAN, Portfolio(others), TERMS)] == [Basis.SAME]
    assert [x.comparison.basis for x in measures(own, SPAN, Portfolio([own, *others[1:]]), TERMS)] == [Basis.TOO_FEW]


def test_a_day_is_counted_by_matter_and_reason_in_order() -> None:
    at_nine, at_ten = contact(hour=9, team="A"), contact(hour=10, team="B")
    exempt, of_nothing, unlisted = (
        contact(hour=11, exempt="gas"),
        contact(hour=12, about=""),
        contact(hour=13, about="Z"),
    )
    found = tally(history(after(1), exempt, at_nine, at_ten, of_nothing, unlisted), TERMS)
    assert [(x.day, x.matter, x.reason, x.contacts, x.minutes, x.teams) for x in found] == [
        (DAY, "", None, 2, 20, frozenset()),
        (DAY, "M", None, 2, 20, frozenset({"A", "B"})),
        (DAY, "M", Reason.EXEMPT, 1, 10, frozenset()),
        (DAY + timedelta(days=1), "M", None, 1, 10, frozenset()),
    ]


def test_what_a_reason_is_worth_is_seen_without_it() -> None:
    log = history(contact(exempt="gas"), after(50), matters=(replace(SETTLED, done=None),))
    assert [x.reason for x in tally(log, TERMS)] == [Reason.NOT_DONE, Reason.NOT_DONE]
    found = tally(log, TERMS, frozenset({Reason.NOT_DONE}))
    assert [x.reason for x in found] == [Reason.EXEMPT, None]
    settled = (after(1), after(20), after(40))
    closed = history(*settled, matters=(replace(SETTLED, done=None),))
    at = 5
    assert sum(x.hits[at] for x in tally(closed, TERMS, frozenset({Reason.NOT_DONE}))) == 2, "closed counts as done"
    assert [x.reason for x in tally(history(contact(exempt="gas")), TERMS, frozenset({Reason.EXEMPT}))] == [None]


def test_several_matters_count_each_from_its_own_fewest() -> None:
    three = tuple(replace(REPAIR, ref=f"M{n}") for n in range(3))
    each = TERMS.demand_repeated_each
    asked = [after(day, hour=9 + n, about=f"M{n}", minutes=15) for n in range(3) for day in range(each + 1)]
    (found,) = measured(*asked, matters=three)
    assert found.figure == 3 * each
    few = [one for one in asked if one.day < DAY + timedelta(days=each)]
    assert not measured(*few, matters=three)


def test_a_second_thought_on_each_of_five_settled_matters_is_no_demand() -> None:
    five = tuple(replace(SETTLED, ref=f"M{n}") for n in range(5))
    asked = [after(20 + day, hour=9 + n, about=f"M{n}", minutes=30) for n in range(5) for day in (0, 9)]
    assert measured(*asked, matters=five) == []


def test_three_are_the_fewest_that_a_landlord_may_set() -> None:
    exhausted = replace(SETTLED, exhausted=DAY + timedelta(days=10))
    asked = [after(20 + 10 * n, minutes=40) for n in range(4)]
    found = measured(*asked, matters=(exhausted,), terms=DemandTerms(demand_exhausted=3))
    assert [(x.kind, x.figure) for x in found] == [(Conduct.EXHAUSTED_COMPLAINT, 3)]


def test_contacts_that_are_left_out_are_no_part_of_what_a_share_is_of() -> None:
    asked = [after(n, about="", asked_for_senior=True, minutes=30) for n in range(6)]
    others = [after(n, about="", hour=15) for n in range(11)]
    exempt = [after(n, about="", hour=20, exempt="gas") for n in range(9)]
    assert [x.figure for x in measured(*asked, *others, *exempt)] == [6]
    assert measured(*asked, *others, after(11, about="")) == []


def test_a_column_that_tells_of_one_kind_alone_is_named_with_it() -> None:
    untold = replace(REPAIR, told=None, unknown=frozenset({Column.TOLD}))
    (found,) = measured(*daily(25), matters=(untold,))
    assert (found.missing, found.threshold) == ((Column.TOLD,), 8)
    assert TERMS.least_of_each == (8, 16, 9, 6, 6, 4, 4)


def test_a_column_is_missing_when_more_than_one_row_in_ten_lacks_it() -> None:
    rows = [contact(hour=n / 2, offered_colleague=True) for n in range(9)]
    assert unknown([*rows, contact(hour=20)], []) == frozenset()
    assert unknown([*rows[1:], contact(hour=20)], []) == {Column.OFFERED}


def test_a_matter_is_settled_once_it_is_both_closed_and_done_and_not_opened_again() -> None:
    assert replace(SETTLED, closed=None).settled is None and replace(SETTLED, done=None).settled is None
    assert replace(SETTLED, done=DAY + timedelta(days=2)).settled == DAY + timedelta(days=2)
    assert replace(SETTLED, reopened=DAY).settled is None
    assert replace(SETTLED, reopened=DAY - timedelta(days=1)).settled == DAY


def test_going_back_counts_from_the_day_after_and_a_call_on_that_day_disturbs_nothing() -> None:
    assert shown(Conduct.SETTLED_ISSUES, contact(), after(1), after(20), matters=(SETTLED,)) == 1
    closed = replace(SETTLED, done=None, unknown=frozenset({Column.DONE}))
    assert shown(Conduct.SETTLED_ISSUES, contact(), after(20), after(40), matters=(closed,)) == 1
    again = Matter("N", "repair", DAY + timedelta(days=20 + TERMS.demand_recurring_days), done=DAY + timedelta(days=30))
    assert shown(Conduct.SETTLED_ISSUES, after(1), after(20), after(40), matters=(SETTLED, again)) == 1


def test_what_each_contact_was_to_a_measure_is_told_by_its_matter() -> None:
    two = (REPAIR, replace(REPAIR, ref="N"), replace(REPAIR, ref="O"))
    just_enough = [after(n, hour=14, about="N") for n in range(TERMS.demand_repeated_each + 1)]
    too_few = [after(n, hour=17, about="O") for n in range(TERMS.demand_repeated_each)]
    ours, reply = contact(hour=21, inward=False, about=""), contact(hour=22, about="Z")
    log = [*daily(9, minutes=20), *just_enough, *too_few, contact(hour=20, exempt="gas"), ours, reply]
    found = measured(*log, matters=two)
    (each,) = parts(history(*log, matters=two), found, TERMS)
    of = {part: sorted(ref for ref, told in each.items() if told is part) for part in Part}
    assert [x.figure for x in found] == [8 + TERMS.demand_repeated_each] == [len(of[Part.FIGURE])]
    assert of[Part.LEFT_OUT] == [contact(hour=20).ref, ours.ref, reply.ref]
    assert of[Part.COUNTS] == sorted([contact().ref, just_enough[0].ref, *(one.ref for one in too_few)])

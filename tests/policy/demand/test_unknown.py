"""C2: what the log does not record: where the matter itself tells, it counts for the customer; else more is asked."""

from dataclasses import replace

import pytest

from evenhand.policy.conduct import Conduct
from evenhand.policy.demand.comparison import Field, Peer, compare
from evenhand.policy.demand.exclusion import Reason
from evenhand.policy.demand.log import Column
from evenhand.policy.demand.strength import asked
from evenhand.policy.demand.tally import NO_HITS
from tests.policy.demand.test_definitions import REPAIR, SETTLED, TERMS, after, measured, reasons, shown

CLOSED = replace(SETTLED, done=None, unknown=frozenset({Column.DONE}))
EXHAUSTED = 6


@pytest.mark.parametrize(
    ("first", "shows"), [(3, 0), (13, 0), (14, 3), (40, 3)], ids=["days later", "13 days", "a fortnight", "weeks"]
)
def test_a_repair_rung_about_soon_after_it_was_closed_may_not_have_been_done(first: int, shows: int) -> None:
    rings = [after(first), after(60), after(70), after(80)]
    assert shown(Conduct.SETTLED_ISSUES, *rings, matters=(CLOSED,)) == shows
    assert shown(Conduct.SETTLED_ISSUES, *rings, matters=(SETTLED,)) == 3


def test_even_a_contact_that_does_not_count_says_that_it_was_not_left_to_rest() -> None:
    rings = [after(3, new_information=True), after(60), after(70), after(80)]
    assert shown(Conduct.SETTLED_ISSUES, *rings, matters=(CLOSED,)) == 0


@pytest.mark.parametrize("kind", ["asb_report", "ASB", "Anti-social behaviour", "noise nuisance"])
def test_what_is_said_of_antisocial_behaviour_is_taken_as_news_unless_the_log_says_it_was_none(kind: str) -> None:
    report = replace(REPAIR, kind=kind)
    assert reasons(after(1, new_information=None), matters=(report,)) == [Reason.NEWS]
    assert reasons(after(1, new_information=False), matters=(report,)) == [None]
    assert reasons(after(1, new_information=None), matters=(REPAIR,)) == [None]


def test_where_the_log_lacks_what_could_excuse_a_contact_more_of_them_are_asked_for() -> None:
    rings = [after(n, because_of_need=None) for n in range(10)]
    assert [one.kind for one in measured(*rings)] == []
    told = [after(n) for n in range(10)]
    assert [one.kind for one in measured(*told)] == [Conduct.REPEATED_CONTACT]
    many = [after(n, because_of_need=None) for n in range(16)]
    assert [one.threshold for one in measured(*many)] == [10]


def test_at_most_twice_as_many_are_asked_for_however_high_it_is_set() -> None:
    def fewest(per_cent: int, *lacking: Column) -> int:
        return asked(Conduct.REPEATED_CONTACT, frozenset(lacking), replace(TERMS, demand_unknown=per_cent))

    assert [fewest(25, *some) for some in ((), (Column.REOPENED,), (Column.NEED,))] == [8, 8, 10]
    assert fewest(25, Column.NEED, Column.NEWS, Column.DONE) == 14
    assert [fewest(per_cent, *Column) for per_cent in (0, 20, 25, 50, 100)] == [8, 16, 16, 16, 16]


def test_part_of_a_contact_more_is_one_more() -> None:
    """A quarter more than nine is twelve, and three quarters more than six are eleven."""
    lacking = frozenset({Column.NEED})
    assert asked(Conduct.IMMEDIATE_RESPONSES, lacking, TERMS) == 12
    assert asked(Conduct.NOT_SPECIFIC, lacking | {Column.NEWS, Column.DONE}, TERMS) == 11
    assert asked(Conduct.NOT_SPECIFIC, lacking, replace(TERMS, demand_vague=10, demand_unknown=10)) == 11


def test_those_who_do_the_same_do_not_make_it_usual() -> None:
    """Where most of the few with an exhausted complaint pursue it, each is compared with those who do not."""
    had = (("complaint_stage2", 1),)
    pursues = (*NO_HITS[:EXHAUSTED], 12)
    many = [Peer(f"p{n}", 200, pursues, had) for n in range(30)]
    few = [Peer(f"q{n}", 10, NO_HITS, had) for n in range(10)]
    own = Peer("own", 210, pursues, had)
    found = compare(own, EXHAUSTED, Field.of([*many, *few, own], 9_000), TERMS)
    assert (found.median, found.usual, found.rank, found.peers) == (10, 0, 1, 40)


def test_with_too_few_alike_others_are_taken_matter_for_matter() -> None:
    """Someone with one matter open is not compared with what people take who have five."""
    others = [Peer(f"p{n}", 100, NO_HITS, (("rent", 5),)) for n in range(40)]
    own = Peer("own", 90, NO_HITS, (("complaint_stage2", 1),))
    assert compare(own, 0, Field.of(others, 4_000), TERMS).median == 20

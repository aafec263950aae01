"""What an answer may be while something happens: as it was just before, or as it is just after, and nothing else."""

from evenhand.policy.events.marker import Audience, Control, Risk
from evenhand.policy.held import Held, HeldMarker
from tests.soak.journal import Act, History, Journal, State, Subject

PERSON: Subject = ("person", 1)
OTHER: Subject = ("person", 2)
NOTHING = State(Held())
MARKER = HeldMarker(case="EH-1", id="M1", risk=Risk.THREATS, controls=(Control.PAIRS,), audience=Audience.ALL)
MARKED = State(Held(markers=(MARKER,)))


def history(*acts: Act) -> History:
    return History(Journal({PERSON: NOTHING, OTHER: NOTHING}, list(acts)))


PLACED = Act("marker placed", 10.0, 10.2, {PERSON: MARKED})
REMOVED = Act("marker removed", 20.0, 20.2, {PERSON: NOTHING})


def test_before_anything_happens_an_answer_is_of_what_was_held_first() -> None:
    assert history(PLACED).during(PERSON, 9.0, 9.9) == [NOTHING]


def test_while_a_marker_is_placed_an_answer_may_be_either() -> None:
    assert history(PLACED).during(PERSON, 10.1, 10.15) == [NOTHING, MARKED]
    assert history(PLACED).during(PERSON, 9.9, 10.05) == [NOTHING, MARKED]
    assert history(PLACED).during(PERSON, 10.15, 10.4) == [NOTHING, MARKED]


def test_once_a_marker_is_placed_an_answer_tells_of_it() -> None:
    assert history(PLACED).during(PERSON, 10.3, 10.4) == [MARKED]


def test_an_act_on_somebody_else_excuses_nothing() -> None:
    assert history(PLACED).during(OTHER, 10.1, 10.15) == [NOTHING]


def test_a_slow_answer_may_be_of_anything_that_was_so_meanwhile() -> None:
    both = history(PLACED, REMOVED)
    assert both.during(PERSON, 9.0, 30.0) == [NOTHING, MARKED, NOTHING]
    assert both.during(PERSON, 10.5, 19.0) == [MARKED]
    assert both.during(PERSON, 20.3, 30.0) == [NOTHING]


def test_everything_that_was_ever_held_is_remembered() -> None:
    assert history(PLACED, REMOVED).everything_told() == {("EH-1", "M1")}
    assert history(PLACED, REMOVED).now(PERSON) == NOTHING

"""Rule 19: how long a case is kept, what holds it back, and who agrees to what goes."""

from datetime import date, timedelta

import pytest

from evenhand.policy.conduct import Conduct, Finding
from evenhand.policy.deadline import due
from evenhand.policy.disposal import clock, settled_from, unsettled
from evenhand.policy.events import appeal
from evenhand.policy.events.correspondence import LetterKind
from evenhand.policy.events.disposal import CaseDisposed, Category
from evenhand.policy.events.ending import Ending
from evenhand.policy.events.handling import Matter, Outcome
from evenhand.policy.events.incident import Triage
from evenhand.policy.events.marker import MarkerRemoved
from evenhand.policy.terms import Terms, months_after
from tests.policy import answers
from tests.policy.people import COLLEAGUE, DIRECTOR, MANAGER, SENIOR, SYSTEM
from tests.policy.stories import MONDAY, Story, a_finding, a_warning_and_a_finding, an_appeal, given, ready_to_decide

GONE = {"upto": 5, "prepared_by": "colleague:one", "approved_by": "colleague:another"}


def kept(story: Story) -> tuple[Category, date]:
    found = clock(story.case, story.terms)
    assert found is not None
    return found.category, found.until


def not_conduct() -> Story:
    return given().reported().triaged(Triage.NOT_CONDUCT)


def removed(cause: Ending, *conducts: Conduct) -> Story:
    """A case whose marker ended, on the day it began."""
    story = given().reported(*conducts).triaged().marked_at_once()
    story.happens(
        MarkerRemoved(at=story.now(MANAGER).at, on=story.day, by="manager", marker="M1", cause=cause, reasons="x")
    )
    return story


def test_what_was_not_conduct_is_kept_for_a_year() -> None:
    assert kept(not_conduct()) == (Category.NOT_ADVERSE, months_after(MONDAY, 12))


def test_so_is_a_case_in_which_neither_was_found() -> None:
    assert kept(ready_to_decide().found(THREATS=Finding.NEITHER)) == (Category.NOT_ADVERSE, months_after(MONDAY, 12))


def test_a_limit_is_kept_for_two_years_after_its_end() -> None:
    story = a_warning_and_a_finding().limited()
    story.later(days=30).does("expectation.lift", subject="L1", reasons="Better.")
    assert kept(story) == (Category.LIMIT, months_after(story.day, 24))


def test_a_finding_without_a_limit_is_kept_as_long() -> None:
    assert kept(a_finding()) == (Category.LIMIT, months_after(MONDAY, 24))


def test_a_finding_that_was_cancelled_is_kept_for_a_year() -> None:
    story = an_appeal()
    story.does("appeal.decide", SENIOR, "A1", outcome=appeal.Outcome.UPHELD, reasons="It was not her.")
    assert kept(story)[0] is Category.NOT_ADVERSE


def test_a_marker_is_kept_for_six_months_and_one_about_violence_for_six_years() -> None:
    assert dict(removed(Ending.REVIEW).case.disposal.clocks)[Category.MARKER] == MONDAY
    assert kept(removed(Ending.REVIEW, Conduct.VIOLENCE)) == (Category.MARKER_OF_VIOLENCE, months_after(MONDAY, 72))


@pytest.mark.parametrize("cause", [Ending.APPEAL, Ending.UNDECIDED])
def test_a_marker_that_was_wrong_is_not_kept_for_years_whatever_it_was_about(cause: Ending) -> None:
    assert Category.MARKER_OF_VIOLENCE not in removed(cause, Conduct.VIOLENCE).case.disposal.clocks


def test_the_longest_clock_counts() -> None:
    story = removed(Ending.REVIEW)
    assert set(story.case.disposal.clocks) == {Category.MARKER, Category.NOT_ADVERSE}
    assert kept(story)[1] == months_after(MONDAY, 12)


def test_a_landlord_sets_the_periods_within_bounds() -> None:
    terms = Terms(keep_not_adverse_months=6)
    assert clock(not_conduct().case, terms).until == months_after(MONDAY, 6)  # type: ignore[union-attr]
    with pytest.raises(ValueError, match="must be from 6 to 24"):
        Terms(keep_not_adverse_months=1)


def test_nothing_goes_before_its_day_is_over() -> None:
    story = not_conduct().on(months_after(MONDAY, 12))
    assert "not over" in story.refusal("disposal.dispose", SYSTEM, **GONE)
    story.later(days=1)
    assert not story.refusal("disposal.dispose", SYSTEM, **GONE)


@pytest.mark.parametrize(
    ("story", "why"),
    [
        (lambda: given().reported(), "waits for triage"),
        (ready_to_decide, "not been decided"),
        (lambda: a_finding().marked_at_once(), "A marker is in force"),
        (a_finding, "A letter has not been sent"),
        (lambda: a_finding().told(LetterKind.FINDING).appealed(), "An appeal is open"),
        (lambda: given().does("counter_allegation.record", MANAGER, **answers.ALLEGATION), "not resolved"),
    ],
)
def test_nothing_goes_while_something_is_open(story: object, why: str) -> None:
    case: Story = story()  # type: ignore[operator]
    assert why in case.on(months_after(MONDAY, 200)).refusal("disposal.dispose", SYSTEM, **GONE)


@pytest.mark.parametrize(
    "story",
    [
        not_conduct,
        lambda: given().reported(),
        ready_to_decide,
        a_finding,
        lambda: a_finding().marked_at_once(),
        lambda: a_finding().told(LetterKind.FINDING),
        lambda: a_finding().told(LetterKind.FINDING).appealed(),
    ],
)
def test_from_when_nothing_is_open_is_the_day_on_which_nothing_is_open(story: object) -> None:
    """Lists read the one, whoever disposes asks the other: they are the same on every day."""
    made: Story = story()  # type: ignore[operator]
    case, since = made.case, settled_from(made.case)
    for day in (made.day + timedelta(days=n) for n in (0, 1, 20, 27, 28, 29, 30, 31, 60, 365, 4000)):
        assert (not any(unsettled(case, day))) is (since is not None and since <= day), day
    if since is not None and since > made.day:
        assert any(unsettled(case, since - timedelta(days=1))) and not any(unsettled(case, since))


def test_nothing_goes_by_hand_or_by_one_person_alone() -> None:
    story = not_conduct().on(months_after(MONDAY, 13))
    assert "evenhand dispose" in story.refusal("disposal.dispose", DIRECTOR, **GONE)
    alone = {**GONE, "approved_by": GONE["prepared_by"]}
    assert "A second person" in story.refusal("disposal.dispose", SYSTEM, **alone)
    assert "Say who approved it" in story.refusal("disposal.dispose", SYSTEM, **{**GONE, "approved_by": ""})


def test_a_hold_keeps_a_case_until_somebody_lets_go_of_it_even_when_nobody_looked_again() -> None:
    story = not_conduct()
    held = {"reason": "Their solicitor wrote.", "review_on": story.day + timedelta(days=90)}
    story.does("disposal.hold", SENIOR, **held).on(months_after(MONDAY, 13))
    assert "legal hold is in force" in story.refusal("disposal.dispose", SYSTEM, **GONE)
    story.does("disposal.lift", DIRECTOR, "K1", reason="The claim was settled.")
    assert not story.refusal("disposal.dispose", SYSTEM, **GONE)


def test_a_hold_is_looked_at_again_by_a_day() -> None:
    story = not_conduct()
    late = {"reason": "A claim.", "review_on": months_after(story.day, 7)}
    assert "looked at again, or let go" in story.refusal("disposal.hold", SENIOR, **late)
    story.does("disposal.hold", SENIOR, reason="A claim.", review_on=months_after(story.day, 6)).later(days=170)
    story.does("disposal.keep", DIRECTOR, "K1", reason="Not yet.", review_on=months_after(story.day, 3))
    (hold,) = story.case.disposal.holds
    assert (hold.by, hold.reason, hold.review_on) == ("senior", "Not yet.", months_after(story.day, 3))


def test_whoever_is_not_senior_holds_nothing_back() -> None:
    story = not_conduct()
    held = {"reason": "A claim.", "review_on": story.day + timedelta(days=9)}
    for by in (COLLEAGUE, MANAGER):
        assert "someone senior" in story.refusal("disposal.hold", by, **held)
    assert "not in force" in story.refusal("disposal.lift", SENIOR, "K1", reason="x")


def test_the_tombstone_says_what_went_when_by_whom_and_under_which_rule() -> None:
    story = not_conduct().on(months_after(MONDAY, 13)).does("disposal.dispose", SYSTEM, **GONE)
    stone = story.events[-1]
    assert isinstance(stone, CaseDisposed)
    assert (stone.upto, stone.category, stone.on) == (5, Category.NOT_ADVERSE, story.day)
    assert {stone.prepared_by, stone.approved_by} == {"colleague:one", "colleague:another"}
    assert "disposed of already" in story.refusal("disposal.dispose", SYSTEM, **GONE)


def test_what_was_sealed_stays_so_when_only_its_tombstone_is_left() -> None:
    story = given().does("welfare.open", about="CASE", colleague="target", note="Shaken.")
    story.on(months_after(MONDAY, 25)).does("disposal.dispose", SYSTEM, **GONE)
    alone = given()
    alone.happens(story.events[-1])
    assert alone.case.handling.matter is Matter.WELFARE
    assert alone.case.disposal.disposed_on == story.day


def test_a_case_that_was_closed_is_kept_from_when_it_was_closed() -> None:
    story = ready_to_decide().found(THREATS=Finding.NEITHER).told(LetterKind.NO_ACTION).later(days=40)
    story.does("handling.close", outcome=Outcome.NO_ACTION, reasons="Done.")
    assert kept(story)[1] == months_after(story.day, 12)


def test_a_hold_is_due_to_be_looked_at_even_when_the_person_has_died() -> None:
    story = given().reported()
    on = story.day + timedelta(days=30)
    story.does("disposal.hold", SENIOR, reason="An inquest.", review_on=on)
    assert [(d.on, d.verb, d.subject) for d in due(story.case) if d.verb == "disposal.keep"] == [
        (on, "disposal.keep", "K1")
    ]
    story.does("handling.record_death", SYSTEM, died_on=story.day)
    assert [d.verb for d in due(story.case)] == ["disposal.keep"]

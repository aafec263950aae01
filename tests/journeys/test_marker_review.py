"""M2: a marker is looked at again after six months; one that is not says so, and somebody answers for it."""

from collections.abc import Callable
from datetime import date

import pytest

from evenhand.cases.reading import Moment
from evenhand.cases.time_passing import record_what_is_over
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.correspondence import LetterKind
from evenhand.policy.events.marker import MarkerKept
from evenhand.web import way
from tests.journeys import steps
from tests.journeys.conftest import Wall
from tests.journeys.people import Colleague, happened, standing
from tests.web.stories import Story

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
REVIEW = date(2026, 9, 3)
ONLY_A_DIRECTOR = "The review is more than three months late, so only a director may keep the marker."


def time_goes_by(story: Story, wall: Wall, day: date) -> None:
    """The day comes, and the worker tells what time alone brings about."""
    steps.later(story, wall, (day - story.day).days)
    record_what_is_over(Moment(wall.now(), day))


def kinds(story: Story) -> list[LetterKind]:
    return [each.kind for each in standing(story).correspondence.letters]


def test_a_marker_is_reviewed_at_six_months_and_kept_only_for_reasons_that_hold_today(
    story: Story, wall: Wall, at_work: Callable[..., Colleague]
) -> None:
    # Given a marker that the customer was told of in March,
    story.mark().approve("T1").approve("T2")
    priya = at_work(story.cast.manager)

    # when its review comes near, the customer is told, and a manager finds it among the reviews,
    time_goes_by(story, wall, date(2026, 8, 10))
    assert kinds(story)[-1] is LetterKind.REVIEW_NOTICE
    time_goes_by(story, wall, REVIEW)
    priya.opens("/reviews/").sees("Jo Bell", "3 September 2026", "Today")
    # and may not keep it without weighing afresh what it does to the person;
    priya.opens_verb(story, "marker.keep", "M1").sees("assessment").is_asked_nothing()
    steps.assesses(priya, story, "A review")
    priya.opens_verb(story, "marker.keep", "M1")
    priya.writes("What are your reasons?", "She shouted at a colleague again on 20 August 2026.")
    priya.sends("Keep it and draft the letter").sees("Kept.")

    # then it stands for another six months at most, and the customer is told why and may appeal again.
    (kept,) = happened(story, MarkerKept)
    assert kept.review_on == date(2027, 3, 3)
    assert kinds(story)[-1] is LetterKind.REVIEW_OUTCOME
    letter = standing(story).correspondence.letters[-1].id
    steps.approves(priya, story, letter, "20 August 2026", "ask us to look again")
    priya.opens_case(story, "controls").sees("3 March 2027")


def test_a_marker_whose_review_is_forgotten_says_so_until_a_director_answers_for_it(
    story: Story, wall: Wall, at_work: Callable[..., Colleague]
) -> None:
    # Given a marker whose review nobody has done,
    story.mark().approve("T1").approve("T2")
    sam, priya = at_work(story.cast.colleague), at_work(story.cast.manager)

    # when it is a day late, then everyone who sees the marker sees that, and someone senior has it before them;
    time_goes_by(story, wall, date(2026, 9, 4))
    sam.opens(way.to_person(story.person)).sees("Visit in pairs", "Review overdue")
    at_work(story.cast.senior).opens("/?show=overdue").sees("Jo Bell", "1 day overdue")
    # after twenty working days the customer gets an apology and is told how to complain;
    time_goes_by(story, wall, date(2026, 10, 5))
    letter = standing(story).correspondence.letters[-1]
    assert letter.kind is LetterKind.REVIEW_NOTICE
    steps.approves(priya, story, letter.id, "sorry", "complain")
    # and after three months no manager may keep it, colleagues are told whom to ask, and only a director decides.
    time_goes_by(story, wall, date(2026, 12, 4))
    sam.opens(way.to_person(story.person)).sees("Not reviewed: ask Tom Hughes")
    story.assess(step=Step.REVIEW)
    priya.opens_verb(story, "marker.keep", "M1").sees(ONLY_A_DIRECTOR).is_asked_nothing()
    derek = at_work(story.cast.director).opens_verb(story, "marker.keep", "M1")
    derek.writes("What are your reasons?", "She threatened a colleague on 1 December 2026.")
    derek.sends("Keep it and draft the letter").sees("Kept.")
    assert standing(story).marker.get("M1").review_on == date(2027, 6, 4)
    sam.opens(way.to_person(story.person)).does_not_see("overdue", "Not reviewed")

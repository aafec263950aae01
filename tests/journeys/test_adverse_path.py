"""The whole of it: an incident reported, heard, found, warned of, limited, marked, appealed and answered."""

from collections.abc import Callable
from datetime import date

import pytest

from evenhand.policy.conduct import Conduct
from evenhand.policy.events.appeal import Outcome
from evenhand.policy.events.correspondence import LetterKind
from evenhand.policy.events.expectation import Weekday
from evenhand.policy.standing.correspondence import Post
from tests.journeys import steps
from tests.journeys.conftest import Wall
from tests.journeys.people import Colleague, standing
from tests.web.stories import Story

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
FOUND = {Conduct.SHOUTING: "Unacceptable"}
BEYOND = "Abuse shouted for ten minutes, after she was asked to stop, is more than being forceful."


def test_a_case_is_carried_from_a_report_to_its_finding(
    story: Story, wall: Wall, at_work: Callable[..., Colleague]
) -> None:
    cast = story.cast
    # Given a report,
    story.report(harmed=(cast.colleague,))
    priya, tom = at_work(cast.manager), at_work(cast.investigator)

    # when it is triaged and given to an investigator, who invites the customer to give their account,
    tom.opens("/").sees("Jo Bell")
    steps.triages(tom, story)
    steps.gives_it_to(priya, story, cast.investigator)
    steps.invites(tom, story)
    steps.approves(tom, story, "T1", "your side of what happened")
    steps.posts(tom)
    steps.later(story, wall, 6)
    # who is heard, and asked what makes things harder; how often it happened and proportion are weighed,
    steps.hears(tom, story)
    steps.records_support(tom, story)
    steps.counts(tom, story)
    steps.assesses(priya, story, "The decision and what follows from it")
    # and a manager, having seen the letter that would go out, decides,
    steps.weighs(priya, story, FOUND, BEYOND)
    priya.sends("Preview the letter").sees("Nothing is decided yet", steps.REASONS)
    assert not standing(story).decision.findings
    priya.sends("Decide and draft the letter")
    steps.approves(priya, story, "T2", "ask us to look again")
    steps.posts(priya)

    # then the case says what was found, and the letter tells of it and of the last day to appeal.
    case = standing(story)
    (finding,) = case.decision.findings
    assert finding.adverse == {Conduct.SHOUTING}
    assert [(each.kind, each.post) for each in case.correspondence.letters] == [
        (LetterKind.INVITATION, Post.SENT),
        (LetterKind.FINDING, Post.SENT),
    ]
    assert case.investigation.heard
    assert finding.told.appeal_by == date(2026, 4, 10)
    priya.opens_case(story, "decision").sees("10 April 2026")


def test_what_follows_a_finding_is_told_appealed_and_answered_by_someone_who_took_no_part(
    story: Story, wall: Wall, at_work: Callable[..., Colleague]
) -> None:
    # Given a finding that the customer was told of,
    story.decide().approve("T1")
    cast = story.cast
    priya, tom, nadia = at_work(cast.manager), at_work(cast.investigator), at_work(cast.other_senior)
    # when they are warned first, their contact is limited once the warning has come, and a marker is placed,
    steps.warns(priya, story)
    steps.approves(priya, story, "T2", "Please speak to us calmly.")
    steps.later(story, wall, 7)
    steps.limits(priya, story, story.day)
    steps.approves(priya, story, "T3", "emergency")
    steps.marks(priya, story)
    steps.approves(priya, story, "T4", "note on your record")
    steps.posts(priya)
    # and they ask us to look at the finding again,
    steps.lodges(tom, story, "F1")
    steps.approves(tom, story, "T5")

    # then whoever decided is told, before they write a word, that they cannot hear the appeal,
    priya.opens_verb(story, "appeal.decide", "A1").sees("You took part in what is appealed.").is_asked_nothing()
    # and someone senior who took no part weighs it afresh and says that the decision stands.
    nadia.opens("/appeals/").sees("Jo Bell")
    steps.assesses(nadia, story, "An appeal")
    steps.answers_appeal(nadia, story, "A1", "Not upheld: the decision stands")
    steps.approves(nadia, story, "T6", "Nobody saw who it was that shouted.", "Ombudsman")

    case = standing(story)
    assert case.appeal.get("A1").outcome is Outcome.DISMISSED
    (limit,) = case.expectation.live(story.day)
    assert (limit.plan.times, limit.plan.weekdays) == (1, {Weekday.WEDNESDAY})
    assert [each.kind for each in case.correspondence.letters][1:] == [
        LetterKind.WARNING,
        LetterKind.LIMITS,
        LetterKind.MARKER,
        LetterKind.APPEAL_RECEIVED,
        LetterKind.APPEAL_OUTCOME,
    ]
    nadia.opens_case(story, "controls").sees("Visit in pairs", "Wednesday")

"""Two people at once: one result, or two that fit together; never half of one, and nobody's words overwritten."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from procrastinate.contrib.django.models import ProcrastinateJob

from evenhand.cases import joining, letters, models, record
from evenhand.cases.record import Ask, Done, Moment, Stale
from evenhand.people.models import Person, User
from evenhand.policy.conduct import Conduct, Finding
from evenhand.policy.events.correspondence import Delivery
from evenhand.policy.events.expectation import Plan
from evenhand.policy.events.marker import Audience, Control, Risk
from evenhand.policy.need import Channel, LetterFormat
from evenhand.policy.refusal import Refused
from evenhand.policy.verbs import VERBS
from tests.races.conftest import at_once
from tests.web.stories import Cast, Story

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = range(3)
MARKED: dict[str, Any] = {
    "incident": "I1",
    "risk": Risk.THREATS,
    "controls": (Control.PAIRS,),
    "audience": Audience.ALL,
    "reasons": "She shouted abuse at a colleague on 3 March 2026.",
}


def deed(story: Story, verb: str, by: User, subject: str | None = None, /, **answers: Any) -> Callable[[], Done]:
    """An act on this case, begun later; `seen` and `token` are the form's."""
    ask = Ask(by.actor, story.moment, seen=answers.pop("seen", None), token=answers.pop("token", ""))
    return lambda: record.act_on(story.reference, ask, VERBS[verb], subject, **answers)


def happened(story: Story, kind: str) -> int:
    return models.Event.objects.filter(case__reference=story.reference, kind=kind).count()


def seen(story: Story) -> int:
    return models.Case.objects.get(reference=story.reference).last_by_person


def everything_agrees() -> None:
    """Every chain holds, and every summary is what its log says. Either command would exit with 1."""
    for command, options in (("verify", {}), ("rebuild", {"check": True})):
        call_command(command, stdout=StringIO(), stderr=StringIO(), **options)


def of_kind(results: list[Any], kind: type) -> list[Any]:
    return [each for each in results if isinstance(each, kind)]


def test_of_two_who_decide_one_case_at_once_one_decides_and_the_other_is_shown_it(story: Story, cast: Cast) -> None:
    story.ready()
    decided = {
        "found": ((Conduct.SHOUTING, Finding.UNACCEPTABLE),),
        "reasons": "Two colleagues heard it.",
        "relied_on": "The report.",
        "beyond_forceful": "It went on for ten minutes.",
        "seen": seen(story),
    }
    results = at_once(
        deed(story, "decision.decide", cast.manager, **decided),
        deed(story, "decision.decide", cast.other_manager, **decided),
    )
    assert len(of_kind(results, Done)) == 1
    assert [e.event.finding for stale in of_kind(results, Stale) for e in stale.news] == ["F1"], results
    assert happened(story, "FindingMade") == 1 and models.Letter.objects.count() == 1
    everything_agrees()


def test_one_form_that_arrives_four_times_at_once_is_answered_once(story: Story, cast: Cast) -> None:
    story.decide()
    once = deed(story, "marker.place", cast.manager, **MARKED, seen=seen(story), token="pressed four times")
    results = at_once(once, once, once, once)
    assert sorted(each.repeated for each in results) == [False, True, True, True], results
    assert {each.reference for each in results} == {story.reference}
    assert happened(story, "MarkerPlaced") == 1 and models.LiveControl.objects.count() == 1
    everything_agrees()


def limited_only_to(story: Story, cast: Cast, channel: Channel) -> Callable[[], Done]:
    answers = {"behaviour": "Please do not shout.", "reasons": "Calls took up each day.", "starts_on": story.day}
    plan = Plan(channels=frozenset({channel}))
    return deed(story, "expectation.set", cast.manager, **answers, plan=plan)


def single_contact_by_telephone(story: Story, cast: Cast) -> Callable[[], Done]:
    who = {"colleague": cast.investigator.actor_id, "name": "Tom Hughes", "telephone": "0113 496 0000", "email": ""}
    told = {"cover": "anyone in the team", "reasons": "One person who knows the whole story.", "agreed": True}
    return deed(story, "single_contact.appoint", cast.other_manager, **who, **told)


@pytest.mark.parametrize("round", ROUNDS)
def test_two_cases_at_once_never_close_every_way_to_reach_us(
    story: Story, cast: Cast, tenant: Person, round: int
) -> None:
    other = replace(story, reference="", acts=0)
    for case in (story, other):
        case.decide()
        case.act("warning.propose_skipping", cast.manager, reason="A warning would put a colleague in danger.")
        case.act("warning.approve_skipping", cast.senior, reason="Agreed, for that reason.")
    results = at_once(limited_only_to(story, cast, Channel.LETTER), single_contact_by_telephone(other, cast))
    assert len(of_kind(results, Done)) == 1, results
    (refused,) = of_kind(results, Refused)
    assert "would leave the person no way to reach us" in str(refused)
    assert models.LiveControl.objects.filter(person=tenant).count() == 1
    everything_agrees()


@pytest.mark.parametrize("round", ROUNDS)
def test_a_marker_placed_while_two_records_are_joined_follows_the_person(
    story: Story, cast: Cast, tenant: Person, round: int
) -> None:
    story.decide()
    kept = Person.objects.create(
        source="housing", ref="P2", forename="Jo", surname="Bell", date_of_birth=date(1980, 1, 1)
    )
    moment = Moment(story.moment.at, story.day)
    results = at_once(
        lambda: joining.join(kept, tenant, cast.manager, moment, reason="The same date of birth."),
        deed(story, "marker.place", cast.other_manager, **MARKED),
    )
    assert not of_kind(results, Exception), results
    tenant.refresh_from_db()
    assert tenant.merged_into_id == kept.pk
    assert happened(story, "RecordsJoined") == 1 and happened(story, "MarkerPlaced") == 1
    everything_agrees()


def approving(story: Story, by: User, **more: Any) -> Callable[[], Done]:
    ask = Ask(by.actor, story.moment, **more)
    how: dict[str, Any] = {"delivery": Delivery.EMAIL, "format": LetterFormat.STANDARD}
    return lambda: letters.approve(story.reference, "T1", ask, **how)


def test_a_letter_that_two_managers_approve_at_once_is_approved_once_and_goes_once(story: Story, cast: Cast) -> None:
    story.decide()
    page = seen(story)
    results = at_once(approving(story, cast.manager, seen=page), approving(story, cast.other_manager, seen=page))
    assert len(of_kind(results, Done)) == 1 and len(of_kind(results, Stale)) == 1, results
    assert happened(story, "LetterIssued") == 1
    assert ProcrastinateJob.objects.filter(task_name="send_letter").count() == 1
    assert not models.EarlierIssue.objects.exists()
    everything_agrees()


def test_a_letter_approved_by_a_double_click_is_approved_once_and_goes_once(story: Story, cast: Cast) -> None:
    story.decide()
    once = approving(story, cast.manager, seen=seen(story), token="double click")
    results = at_once(once, once)
    assert sorted(each.repeated for each in results) == [False, True], results
    assert happened(story, "LetterIssued") == 1
    assert ProcrastinateJob.objects.filter(task_name="send_letter").count() == 1

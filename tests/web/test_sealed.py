"""L1, rule 22: a sealed matter does not exist for those not named, until its papers are served."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.cases import models, record, sight
from evenhand.cases.record import Ask
from evenhand.people.models import User
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.legal_action import Against, Remedy
from evenhand.policy.verbs import VERBS
from evenhand.policy.visibility import Part, part_of_verb
from evenhand.web.case_menu import GROUPS, Group
from tests.web.stories import Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed(story: Story) -> Story:
    """An injunction without notice, considered by a manager with a senior manager named."""
    story.investigate()
    done = record.open_case(
        Ask(story.cast.manager.actor, story.moment),
        VERBS["legal_action.consider_without_notice"],
        about_person=story.person,
        about=story.reference,
        named=(story.cast.senior.actor_id,),
        remedy=Remedy.INJUNCTION,
        against=Against.CUSTOMER,
        reasons="Another visit is due.",
        advice="The test is met.",
    )
    return Story(story.cast, story.person, story.home, story.day, done.reference, story.acts)


def rows_of(reference: str) -> tuple[object, ...]:
    row = models.Case.objects.get(reference=reference)
    return row.last_number, row.last_by_person, row.last_at, row.tasks.count()


def test_opening_and_carrying_on_a_sealed_matter_moves_nothing_in_the_case_it_is_about(
    story: Story,
    sealed: Story,
) -> None:
    before = rows_of(story.reference)
    sealed.later().act("legal_action.approve", sealed.cast.senior, "C1", reasons="I have read the advice.")
    sealed.assess(Step.LEGAL)
    sealed.act("legal_action.start", sealed.cast.manager, "C1", court="The County Court at Zedham")
    assert rows_of(story.reference) == before


def test_only_those_named_can_see_it_at_all(sealed: Story) -> None:
    row = models.Case.objects.get(reference=sealed.reference)
    named = {sealed.cast.manager, sealed.cast.senior}
    for colleague in sealed.cast.everyone:
        assert bool(sight.parts_seen(colleague, row, sealed.day)) is (colleague in named)
        assert sight.seen_by(colleague, sealed.day).filter(pk=row.pk).exists() is (colleague in named)


def test_once_served_it_is_a_secret_no_longer_in_the_case_it_was_about(story: Story, sealed: Story) -> None:
    sealed.later().act("legal_action.approve", sealed.cast.senior, "C1", reasons="I have read the advice.")
    sealed.assess(Step.LEGAL)
    sealed.act("legal_action.start", sealed.cast.manager, "C1", court="The County Court at Zedham")
    sealed.later(2).act(
        "legal_action.serve",
        sealed.cast.manager,
        "C1",
        served_on=sealed.day - timedelta(days=1),
        how="handed over by a process server",
        people=(str(sealed.person.pk),) if sealed.person else (),
        what_next="A judge hears both sides on 4 January 2027.",
    )
    kinds = models.Event.objects.filter(case__reference=story.reference).values_list("kind", flat=True)
    assert "StepMadeKnown" in kinds
    assert models.Letter.objects.get(case__reference=sealed.reference).kind == "legal"


def test_the_menu_of_a_sealed_matter_lists_only_what_such_a_matter_can_ever_have(
    sealed: Story, as_: Callable[[User], Client]
) -> None:
    groups = _menu(sealed, as_)
    verbs = {step.verb for group in groups for step in group.steps}
    assert "legal_action.approve" in verbs and "handling.close" in verbs
    assert {verb.partition(".")[0] for verb in verbs} <= {"legal_action", "assessment", "handling", "disposal"}
    assert not verbs & {"handling.link", "legal_action.consider", "legal_action.consider_without_notice"}


def test_the_menu_of_a_case_is_in_groups_and_leaves_nothing_out(story: Story, as_: Callable[[User], Client]) -> None:
    groups = _menu(story.investigate(), as_)
    verbs = {step.verb for group in groups for step in group.steps}
    assert {"Account and support", "Limits and markers", "Police and courts"} <= {group.words for group in groups}
    assert {"marker.place", "police.report", "welfare.open"} <= verbs
    assert {part for _, parts in GROUPS for part in parts} == set(map(part_of_verb, VERBS)) - {Part.LETTERS}


def _menu(story: Story, as_: Callable[[User], Client]) -> list[Group]:
    """Everything in the case's menu, open to a senior manager or not."""
    context = as_(story.cast.senior).get(reverse("case", args=[story.reference])).context
    return [*context["menu"], *context["not_yet"]]

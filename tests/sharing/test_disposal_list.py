"""Which cases are put forward for disposal, by whom, and who agrees."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from evenhand.cases import disposal_list, models, record
from evenhand.cases.record import Ask, Moment
from evenhand.people import colleague
from evenhand.people.refusal import NotDone
from evenhand.policy.events.incident import Triage
from evenhand.policy.staff import Role
from evenhand.policy.terms import months_after
from evenhand.policy.verbs import VERBS
from tests.sharing.over import THEN, WORDS, Owner, agree, dispose, outside, over, verified
from tests.web.conftest import clock
from tests.web.stories import START, Story

__all__ = ["clock", "outside", "over"]
pytestmark = pytest.mark.django_db


def test_nobody_agrees_to_their_own_list(over: Story) -> None:
    (made,) = disposal_list.prepare(over.cast.director, over.moment, [over.reference])
    with pytest.raises(NotDone, match="somebody else"):
        disposal_list.approve(made.pk, over.cast.director, over.moment)
    with pytest.raises(IntegrityError), transaction.atomic():
        models.DisposalList.objects.update(approved_by=over.cast.director.actor_id, approved_at=over.moment.at)


def test_nothing_goes_before_a_second_person_agreed_or_once_they_refused(over: Story, as_owner: Owner) -> None:
    (made,) = disposal_list.prepare(over.cast.protection, over.moment, [over.reference])
    assert "0 cases" in dispose(as_owner)
    disposal_list.refuse(made.pk, over.cast.director, over.moment, "A claim may come.")
    assert "0 cases" in dispose(as_owner)
    assert [each.reference for each in disposal_list.due(over.cast.protection, THEN)] == [over.reference]


def test_a_hold_placed_after_the_list_was_agreed_to_keeps_the_case(over: Story, as_owner: Owner) -> None:
    made = agree(over)
    over.act("disposal.hold", over.cast.senior, reason="A claim.", review_on=months_after(THEN, 3))
    assert "stays. A legal hold is in force." in dispose(as_owner)
    assert models.Facts.objects.filter(said__contains=WORDS).exists()
    (item,) = made.items.all()
    assert "legal hold" in item.trouble
    assert disposal_list.due(over.cast.protection, THEN) == []


def test_a_case_whose_time_is_not_over_is_not_put_forward(over: Story) -> None:
    early = months_after(START, 24)
    assert disposal_list.due(over.cast.protection, early) == []
    with pytest.raises(NotDone):
        disposal_list.prepare(over.cast.protection, Moment(over.moment.at, early), [over.reference])


def test_a_sealed_matter_is_due_only_to_those_named_in_it(
    story: Story, as_owner: Owner, clock: Callable[..., None]
) -> None:
    clock(THEN)
    ask = Ask(story.cast.director.actor, story.moment)
    told = {"about": "EH-AAAA-AAAA", "colleague": story.cast.protection.actor_id, "note": "Shaken."}
    sealed = record.open_case(ask, VERBS["welfare.open"], **told).reference
    other = Story(story.cast, story.person, story.home).report()
    other.act("incident.triage", story.cast.investigator, outcome=Triage.NOT_CONDUCT, reason="A neighbour’s dog.")
    story.day, both = THEN, [sealed, other.reference]
    unnamed = colleague.join("dora@example.org", "Dora", "Ash", [Role.COLLEAGUE, Role.DIRECTOR])
    assert {each.reference for each in disposal_list.due(story.cast.director, THEN)} == set(both)
    assert [each.reference for each in disposal_list.due(unnamed, THEN)] == [other.reference]
    made = disposal_list.prepare(story.cast.director, story.moment, both)
    assert sorted(each.sealed for each in made) == [False, True]
    assert len(disposal_list.lists(story.cast.director, THEN)) == 2
    assert [each.sealed for each in disposal_list.lists(unnamed, THEN)] == [False]
    (hidden,) = (each for each in made if each.sealed)
    with pytest.raises(NotDone, match="no such list"):
        disposal_list.approve(hidden.pk, unnamed, story.moment)
    with pytest.raises(NotDone, match="no such list"):
        disposal_list.refuse(hidden.pk, unnamed, story.moment, "What is this?")
    for each in made:
        disposal_list.approve(each.pk, story.cast.protection, story.moment)
    assert "2 cases" in dispose(as_owner)
    assert [each.sealed for each in disposal_list.lists(unnamed, THEN)] == [False]
    assert models.Case.objects.get(reference=sealed).matter == "welfare"
    # So it is at every moment: a run that is stopped on the way has not said yet that the list is done.
    models.DisposalList.objects.update(done_at=None)
    assert [each.sealed for each in disposal_list.lists(unnamed, THEN)] == [False]
    assert len(disposal_list.lists(story.cast.director, THEN)) == 2
    assert verified() == []


def test_what_was_due_is_found_from_the_summary_alone(
    over: Story, django_assert_max_num_queries: Callable[[int], AbstractContextManager[None]]
) -> None:
    for _ in range(3):
        Story(over.cast, over.person, over.home, day=date(2028, 1, 4)).report()
    with django_assert_max_num_queries(8):
        assert len(disposal_list.due(over.cast.protection, THEN)) == 1


def test_cases_in_which_something_is_still_open_never_hide_those_that_are_due(
    over: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many there are of them, and however long ago something last happened in them."""
    monkeypatch.setattr(disposal_list, "MOST", 1)
    another = Story(over.cast, over.person, over.home, day=START).report()
    another.act("incident.triage", over.cast.investigator, outcome=Triage.NEW_CASE)
    found = models.Case.objects.exclude(reference=over.reference)
    found.update(last_at=over.moment.at - timedelta(days=4000))
    assert [each.reference for each in disposal_list.due(over.cast.protection, THEN)] == [over.reference]


def test_a_list_that_waits_is_never_lost_behind_later_ones(over: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    (made,) = disposal_list.prepare(over.cast.protection, over.moment, [over.reference])
    for day in range(1, 4):
        models.DisposalList.objects.create(
            prepared_at=over.moment.at + timedelta(days=day), prepared_by="colleague:x", refused_at=over.moment.at
        )
    monkeypatch.setattr(disposal_list, "MOST", 1)
    assert disposal_list.lists(over.cast.director, THEN) == [made]
    models.DisposalList.objects.update(refused_at=None)
    assert disposal_list.one(made.pk, over.cast.director, THEN) == made
    disposal_list.approve(made.pk, over.cast.director, over.moment)

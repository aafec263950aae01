"""Rules 21 and 22: a sealed matter whose named colleagues all left is opened to one other, and to nobody else."""

import pytest

from evenhand.cases import following, log, models, sight
from evenhand.people import colleague
from evenhand.people.models import User
from evenhand.policy.staff import Role
from tests.cases import letter_story
from tests.cases.letter_story import DAY, Story, moment

pytestmark = pytest.mark.django_db


def matter(story: Story, **about: str) -> models.Case:
    """What a customer says of a colleague, seen by the manager who recorded it and the senior manager named."""
    reference = story.open(
        "counter_allegation.record",
        story.meg,
        about=story.reference,
        named=(story.sam.actor_id,),
        words="He swore at me.",
        name="the man at the door",
        **about,
    )
    return models.Case.objects.get(reference=reference)


def leave(user: User, cover: User | None = None) -> None:
    colleague.leave(user, DAY, cover, today=DAY)


def sees(user: User, row: models.Case) -> bool:
    row.refresh_from_db()
    return bool(sight.parts_seen(user, row, DAY))


def test_while_one_named_colleague_is_left_nobody_else_is_let_in() -> None:
    story = Story().investigated()
    row = matter(story)
    leave(story.meg, story.sid)
    assert following.sealed_matters_left(moment()) == [] and not sees(story.sid, row) and sees(story.sam, row)


def test_the_cover_of_the_last_to_leave_is_let_in_and_it_is_recorded_once() -> None:
    story = Story().investigated()
    row = matter(story)
    leave(story.meg)
    leave(story.sam, story.sid)
    assert following.sealed_matters_left(moment()) == [row.reference]
    assert sees(story.sid, row) and not sees(story.ivy, row)
    event = log.entries_of(row)[-1].event
    assert type(event).__name__ == "MatterNamed" and event.by == "system"
    assert following.sealed_matters_left(moment()) == []


def test_without_cover_a_director_is_let_in_and_never_the_colleague_complained_of() -> None:
    story = Story().investigated()
    dora = letter_story.colleague("Dora", "Director", Role.COLLEAGUE, Role.DIRECTOR)
    row = matter(story, colleague=story.sid.actor_id)
    for user in (story.meg, story.sam):
        leave(user, story.sid)
    assert following.sealed_matters_left(moment()) == [row.reference]
    assert sees(dora, row) and not sees(story.sid, row)


def test_whoever_was_affected_by_what_the_person_did_is_not_let_in() -> None:
    story = Story().investigated()
    row = matter(story)
    for user in (story.meg, story.sam):
        leave(user, story.harmed)
    assert following.sealed_matters_left(moment()) == [] and not sees(story.harmed, row)


def test_a_colleague_leaving_moves_nothing_in_the_case_that_the_matter_is_about() -> None:
    story = Story().investigated()
    matter(story)
    leave(story.sam)
    leave(story.meg, story.sid)
    before = story.row().events.count()
    following.sealed_matters_left(moment())
    assert story.row().events.count() == before

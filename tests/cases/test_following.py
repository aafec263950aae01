"""Rules 10 and 21: an ended tenancy, a death and a colleague who left are carried into the cases they touch."""

from datetime import date, timedelta

import pytest

from evenhand.cases import following, models
from evenhand.people import colleague
from evenhand.policy.conduct import Conduct
from evenhand.policy.need import Channel
from evenhand.policy.staff import Role
from tests.cases import letter_story
from tests.cases.letter_story import DAY, Story, moment

pytestmark = pytest.mark.django_db
LATER = DAY + timedelta(days=30)


def marked() -> Story:
    return Story().found(Conduct.THREATS).marked()


def test_the_end_of_a_tenancy_brings_the_review_of_the_persons_marker_forward_once() -> None:
    story = marked()
    assert following.tenancies_ended(moment(LATER)) == []
    story.person.tenancy_links.update(ended_on=LATER - timedelta(days=1))
    assert following.tenancies_ended(moment(LATER)) == [story.reference]
    assert story.case().marker.get("M1").review_on == date(2026, 5, 1)
    assert following.tenancies_ended(moment(LATER + timedelta(days=1))) == []


def test_a_tenancy_whose_last_day_is_today_has_not_ended() -> None:
    story = marked()
    story.person.tenancy_links.update(ended_on=LATER)
    assert following.tenancies_ended(moment(LATER)) == []


def test_a_tenancy_that_ended_before_the_marker_changes_nothing() -> None:
    story = marked()
    letter_story.lives_at(story.person, "1 Old Road", "H0", ended_on=DAY - timedelta(days=3))
    assert following.tenancies_ended(moment(LATER)) == []


def test_a_death_ends_every_control_in_every_case_and_stops_every_letter() -> None:
    story = marked().warned_or_not().limited()
    story.person.died_on = LATER
    story.person.save()
    assert following.people_died(moment(LATER)) == [story.reference]
    case = story.case()
    assert case.handling.person_died and not case.marker.standing and not case.expectation.live(LATER)
    assert not models.LiveControl.objects.exists() and not models.Task.objects.exists()
    assert following.people_died(moment(LATER)) == []


def test_the_cases_of_a_colleague_who_left_go_to_their_cover() -> None:
    story = Story().investigated()
    colleague.leave(story.ivy, DAY, story.meg, today=DAY)
    assert following.colleagues_left(moment()) == [story.reference]
    assert story.row().holder == story.meg.actor_id
    assert following.colleagues_left(moment()) == []


def test_a_cover_who_was_affected_gets_no_case_and_the_manager_does() -> None:
    story = Story().investigated()
    story.ivy.manager = story.sam
    story.ivy.save()
    left = colleague.leave(story.ivy, DAY, story.harmed, today=DAY)
    assert following.reassign(left, moment()) == [story.reference]
    assert story.row().holder == story.sam.actor_id


def test_a_sealed_matter_is_left_to_those_named_in_it() -> None:
    story = Story().investigated()
    models.Case.objects.filter(reference=story.reference).update(matter="welfare")
    left = colleague.leave(story.ivy, DAY, story.meg, today=DAY)
    assert following.reassign(left, moment()) == []


def test_a_single_contact_who_left_is_shown_until_another_is_named() -> None:
    story = Story().found().warned_or_not().appointed()
    assert following.single_contacts_to_change() == []
    colleague.leave(story.ivy, DAY, story.meg, today=DAY)
    (shown,) = following.single_contacts_to_change()
    assert (shown.case.reference, shown.control) == (story.reference, "S1")
    assert following.single_contacts_left(moment()) == [story.reference]
    assert following.single_contacts_left(moment()) == [], "asked once"
    assert shown.case.tasks.filter(verb="single_contact.change").exists(), "a manager is asked to name another"
    paul = letter_story.colleague("Paul", "Next", Role.COLLEAGUE)
    named = {**story.contact("Paul Next"), "colleague": paul.actor_id}
    story.act("single_contact.change", story.meg, "S1", **named)
    assert following.single_contacts_to_change() == []


def test_one_thing_that_fails_does_not_keep_the_others_from_being_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    story = marked()
    story.person.died_on = LATER
    story.person.save()

    def fails(_: object) -> None:
        raise RuntimeError("no register")

    monkeypatch.setattr(following, "tenancies_ended", fails)
    with pytest.raises(following.one_by_one.SomeFailed):
        following.follow_all(moment(LATER))
    assert story.case().handling.person_died


def test_a_limit_that_a_need_learned_of_later_rules_out_is_a_task_of_a_manager_once() -> None:
    story = Story().found().warned_or_not().appointed()
    assert following.limits_unsuited(moment()) == []
    story.person.unsafe_channels = [Channel.PHONE.value, Channel.EMAIL.value]
    story.person.save()
    assert following.limits_unsuited(moment()) == [story.reference]
    assert models.Task.objects.filter(verb="single_contact.change", subject="S1").exists()
    assert following.limits_unsuited(moment()) == [], "asked once"

"""The demonstration is lawful: its stories are played through the record, and the record holds."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

import evenhand.demo
from evenhand.cases import models, sight
from evenhand.cases.circumstances import terms_on
from evenhand.cases.correspondence_json import from_dict
from evenhand.demo.stories import STORIES
from evenhand.people.models import User
from evenhand.policy.events.correspondence import LetterKind

pytestmark = pytest.mark.django_db
REGISTER = Path(evenhand.demo.__file__).parent / "register"


@pytest.fixture
def played() -> None:
    call_command("import_register", str(REGISTER), verbosity=0)
    call_command("play_stories", verbosity=0)


def test_every_story_is_allowed_by_the_policy_and_the_record_holds(played: None) -> None:
    assert models.Case.objects.filter(matter="conduct").count() == len(STORIES)
    call_command("verify")
    call_command("rebuild", check=True)


def test_a_visitor_sees_something_to_do_as_every_kind_of_colleague(played: None) -> None:
    today = timezone.localdate()
    for name in ("tom.ashworth", "helen.marsh", "ruth.adeyemi", "lena.fischer", "joy.mensah", "neil.foster"):
        viewer = User.objects.get(email=f"{name}@evenham.example")
        assert sight.seen_by(viewer, today).exists(), name


def test_the_customer_heard_of_a_review_as_long_before_it_as_the_terms_say(played: None) -> None:
    terms = terms_on(timezone.localdate())
    notices = models.Letter.objects.filter(kind=LetterKind.REVIEW_NOTICE, case__matter="conduct")
    assert notices
    for notice in notices:
        review = from_dict(notice.data).review
        assert review
        assert notice.drafted_at.date() == terms.working_days_after(review.on, -terms.review_notice_days)


def test_the_sealed_story_exists_only_for_those_named_in_it(played: None) -> None:
    today = timezone.localdate()
    sealed = models.Case.objects.exclude(matter="conduct")
    seeing = {user.email.split("@")[0] for user in User.objects.all() if sight.seen_by(user, today, sealed).exists()}
    assert seeing == {"helen.marsh", "ruth.adeyemi", "sofia.bianchi"}


def test_a_demonstration_is_not_begun_in_a_database_that_has_people(played: None) -> None:
    with pytest.raises(CommandError, match="empty database"):
        call_command("begin_demo")

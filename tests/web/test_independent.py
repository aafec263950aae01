"""Whoever comes from outside is let in to the case that names them, and to nothing else."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.demo import cast as demonstration
from evenhand.people.models import Person, User
from evenhand.policy.staff import Role
from evenhand.web import way
from tests.web.asking import words
from tests.web.stories import Cast, Story

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
NOT_THEIRS = ("check", "check.results", "search", "incident.report")


def named(story: Story) -> Story:
    story.decide()
    story.act("handling.name", story.cast.senior, colleague=story.cast.independent.actor_id, reason="Nobody is free.")
    return story


def test_an_independent_person_checks_searches_logs_and_reports_nothing(
    story: Story, cast: Cast, tenant: Person, as_: SignIn
) -> None:
    named(story)
    client = as_(cast.independent)
    pages = [reverse(name) + "?q=Bell" for name in NOT_THEIRS]
    pages += [way.to_check(tenant), reverse("contact.log", args=[way.PEOPLE.sign(str(tenant.pk))])]
    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 403)


def test_an_independent_person_opens_the_page_of_a_person_only_when_a_case_names_them(
    story: Story, cast: Cast, tenant: Person, as_: SignIn
) -> None:
    client = as_(cast.independent)
    signed = way.PEOPLE.sign(str(tenant.pk))
    theirs = [way.to_person(tenant), *(reverse(name, args=[signed]) for name in ("contact.history", "person.care"))]
    assert {client.get(page).status_code for page in theirs} == {404}
    named(story)
    assert {client.get(page).status_code for page in theirs} == {200}
    shown = client.get(way.to_person(tenant))
    assert "Jo Bell" in words(shown)
    for address in (way.to_check(tenant), way.to_report(person=tenant)):
        assert address not in shown.content.decode()


@pytest.mark.parametrize("path", ["/", "/cases/"])
def test_an_independent_person_is_offered_nothing_that_would_be_refused(path: str, cast: Cast, as_: SignIn) -> None:
    outside, inside = (as_(user).get(path).content.decode() for user in (cast.independent, cast.colleague))
    for offered in (reverse("incident.report"), 'id="check-box"'):
        assert offered in inside and offered not in outside


def test_the_demonstrations_board_member_is_nothing_but_independent() -> None:
    made = demonstration.colleagues()
    assert made["edith.lowe"].roles == [Role.INDEPENDENT.value]
    assert Role.COLLEAGUE.value in made["helen.marsh"].roles

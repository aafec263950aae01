"""Colleagues join, leave and come back; leaving ends access at once (rule 21)."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from evenhand.people import colleague
from evenhand.people.models import Session, User
from evenhand.people.refusal import NotDone
from evenhand.policy.staff import Role

TODAY = date(2026, 11, 20)


def signed_in(user: User) -> Client:
    user.set_password("a long enough one")
    user.save()
    client = Client()
    client.force_login(user)
    return client


def test_a_colleague_acts_under_an_id_that_names_nobody(works_here: Callable[..., User]) -> None:
    user = works_here(Role.MANAGER)
    assert user.actor.id.startswith("colleague:")
    assert user.username not in user.actor.id
    assert user.actor.roles == {Role.MANAGER}


def test_two_colleagues_cannot_share_an_address_in_any_case(works_here: Callable[..., User]) -> None:
    user = works_here()
    with pytest.raises(NotDone, match="already belongs"):
        colleague.join(user.email.upper(), "Someone", "Else", [Role.COLLEAGUE])
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(username="other", email=user.email.upper())


def test_a_role_that_does_not_exist_cannot_be_given(works_here: Callable[..., User]) -> None:
    user = works_here()
    user.roles = ["king"]
    with pytest.raises(IntegrityError), transaction.atomic():
        user.save()


def test_a_colleague_who_leaves_is_signed_out_at_once_and_cannot_come_in(works_here: Callable[..., User]) -> None:
    user, cover, other = works_here(Role.MANAGER), works_here(), works_here()
    client = signed_in(user)
    signed_in(other)
    sessions = Session.objects.count()
    left = colleague.leave(user, TODAY, cover, today=TODAY)
    assert (left.left_on, left.cover, left.is_active) == (TODAY, cover, False)
    assert Session.objects.count() == sessions - 1
    assert not client.login(username=user.username, password="a long enough one")
    assert left.actor.roles == frozenset()
    assert left.actor.id == user.actor.id


def test_the_database_lets_nobody_who_left_be_active(works_here: Callable[..., User]) -> None:
    user = works_here()
    user.left_on = TODAY
    with pytest.raises(IntegrityError), transaction.atomic():
        user.save()


def test_leaving_is_recorded_on_the_day_and_not_before(works_here: Callable[..., User]) -> None:
    with pytest.raises(NotDone, match="last day"):
        colleague.leave(works_here(), date(2026, 11, 21), works_here(), today=TODAY)


def test_nobody_who_left_and_nobody_for_themselves_can_cover(works_here: Callable[..., User]) -> None:
    user, gone = works_here(), works_here()
    gone = colleague.leave(gone, TODAY, None, today=TODAY)
    for cover in (user, gone):
        with pytest.raises(NotDone, match="someone else"):
            colleague.leave(user, TODAY, cover, today=TODAY)


def test_a_colleague_who_comes_back_has_the_least_role_and_no_password(works_here: Callable[..., User]) -> None:
    user = colleague.leave(works_here(Role.DIRECTOR), TODAY, None, today=TODAY)
    back = colleague.come_back(user)
    assert back.is_active and back.left_on is None
    assert back.actor.roles == {Role.COLLEAGUE}
    assert not back.has_usable_password()

"""Rule 21: colleagues join, leave and come back. Leaving ends access at once; what they did stays theirs."""

from datetime import date
from typing import Any

from django.db import transaction

from evenhand.people.models import Session, Team, User
from evenhand.people.refusal import NotDone
from evenhand.policy.staff import Role


def join(
    email: str, first_name: str, last_name: str, roles: list[Role], *, team: Team | None = None, **details: Any
) -> User:
    """A new colleague without a password: they choose one, or sign in with the landlord's identity provider.

    In: their email (they sign in with it), name, roles, and any other column of `User`. Raises `NotDone` if the
    address is another colleague's.
    """
    address = email.strip().lower()
    if User.objects.filter(email__iexact=address).exists():
        raise NotDone(f"{address} already belongs to a colleague. Change that colleague’s roles instead.")
    return User.objects.create_user(
        username=address,
        email=address,
        first_name=first_name,
        last_name=last_name,
        roles=[role.value for role in roles],
        team=team,
        **details,
    )


@transaction.atomic
def leave(user: User, on: date, cover: User | None, *, today: date) -> User:
    """Ends a colleague's access now: no session of theirs lives on, no password or passkey opens a new one.

    In: their last day, who steps in for them, and the landlord's own day. Out: the colleague, changed. Raises
    `NotDone` for a day still to come (access ends when it is said, so it is said on the day) or cover by someone
    who cannot act.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if on > today:
        raise NotDone("Access ends as soon as you say so. Record this on their last day, not before.")
    if cover is not None and (cover.pk == user.pk or not cover.is_active):
        raise NotDone("Choose someone else to cover: they must be a colleague who still works here.")
    user.left_on, user.cover, user.is_active = on, cover, False
    user.set_unusable_password()
    user.save(update_fields=["left_on", "cover", "is_active", "password"])
    end_sessions(user)
    return user


@transaction.atomic
def come_back(user: User) -> User:
    """A colleague who left works here again. They choose a new password; their roles are given anew."""
    user = User.objects.select_for_update().get(pk=user.pk)
    user.left_on, user.cover, user.is_active = None, None, True
    user.roles = [Role.COLLEAGUE.value]
    user.save(update_fields=["left_on", "cover", "is_active", "roles"])
    return user


def end_sessions(user: User) -> int:
    """Signs a colleague out everywhere. Out: how many sessions ended."""
    return Session.objects.filter(user=user).delete()[0]

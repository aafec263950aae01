"""Whom a list of visits means by who attends: a colleague, where that is certain, or else somebody from outside.

Who is not certainly a colleague is given the contractor's answer: what to do and whom to ring, and no more.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from evenhand.people import mailbox
from evenhand.people.models import User
from evenhand.people.text import folded


def colleagues(names: Iterable[str], day: date) -> dict[str, User]:
    """For each way of naming someone, the colleague who works here and is meant. One query, whatever the number.

    An email address or the name they sign in with is always certain; a name only while nobody shares it.
    """
    wanted = {name for name in names if name}
    if not wanted:
        return {}
    known: dict[str, list[User]] = {}
    here = User.objects.filter(Q(left_on=None) | Q(left_on__gt=day), is_active=True)
    for user in here.only("pk", "actor_id", "username", "email", "first_name", "last_name", "is_active", "person"):
        for key in {user.username.lower(), user.email.lower(), folded(user.get_full_name())} - {""}:
            known.setdefault(key, []).append(user)
    found = {}
    for name in wanted:
        meant = known.get(name.strip().lower()) or known.get(folded(name)) or known.get(_turned(name), [])
        if len(meant) == 1:
            found[name] = meant[0]
    return found


def email_of(name: str) -> str:
    """The email address that stands in for a name, if it is one."""
    return mailbox.normalised(name) or ""


def _turned(name: str) -> str:
    """ "Patel, Dev" is Dev Patel."""
    last, comma, first = name.partition(",")
    return folded(f"{first} {last}") if comma else ""

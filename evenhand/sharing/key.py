"""Keys for other systems: made, changed, rotated and revoked by administrators, and recognised at the door.

A secret is shown once, when it is made, and kept as its SHA-256. It never comes into a log.
"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction

from evenhand.people import changes
from evenhand.people.models import User
from evenhand.people.models.change import ChangeKind
from evenhand.people.refusal import NotDone
from evenhand.people.text import tidy
from evenhand.policy.staff import Role
from evenhand.sharing.models.key import Audience, Key, KeySecret, Scope

PREFIX = "eh_live_"
"""What every secret begins with, so that scanners of code and post find one that escaped."""
SECRET_BYTES = 32
OVERLAPS = (0, 1, 7, 30)
"""For how many days an old secret may go on working beside a new one."""
CALLS_A_MINUTE = (1, 600, 6_000)
"""Least, usual and most calls a key may make in one minute."""
PEOPLE_A_DAY = (1, 2_000, 100_000)
"""Least, usual and most different people a key may ask about in one day."""
CONTRACTOR_SCOPES = frozenset({Scope.CHECK})
"""All a contractor's key may do."""


def digest_of(secret: str) -> bytes:
    """What is kept of a secret, and looked up at the door."""
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).digest()


def make(
    by: User,
    at: datetime,
    *,
    name: str,
    owner: str,
    audience: Audience,
    scopes: Iterable[Scope],
    expires_on: date | None = None,
    calls_a_minute: int = CALLS_A_MINUTE[1],
    people_a_day: int = PEOPLE_A_DAY[1],
) -> tuple[Key, str]:
    """A new key and its secret, which nobody can be shown again. Raises `NotDone`."""
    _only_administrators(by)
    chosen = [scope for scope in Scope if scope in set(scopes)]
    _refuse(name, owner, audience, chosen, calls_a_minute, people_a_day)
    if expires_on is not None and expires_on < at.date():
        raise NotDone("The last day has passed. Choose one to come, or none.")
    with transaction.atomic():
        _refuse_taken(name)
        key = Key.objects.create(
            name=tidy(name),
            owner=tidy(owner),
            audience=audience,
            scopes=[scope.value for scope in chosen],
            calls_a_minute=calls_a_minute,
            people_a_day=people_a_day,
            made_at=at,
            made_by=by,
            expires_on=expires_on,
        )
        secret = _new_secret(key, at)
        words = f"Made as {key.name} for {key.owner}: {audience.value}, {', '.join(key.scopes)}."
        changes.note(by, at, ChangeKind.KEY, f"Key {key.pk}: {key.name}", words)
    return key, secret


def change(
    key: Key, by: User, at: datetime, *, name: str, owner: str, calls_a_minute: int, people_a_day: int,
    expires_on: date | None,
) -> Key:  # fmt: skip
    """Changes what may change of a key. What it may do and for whom is fixed: for that, make another."""
    _only_administrators(by)
    _refuse(name, owner, Audience(key.audience), list(map(Scope, key.scopes)), calls_a_minute, people_a_day)
    after = {
        "name": tidy(name),
        "owner": tidy(owner),
        "calls_a_minute": calls_a_minute,
        "people_a_day": people_a_day,
        "expires_on": expires_on,
    }
    before = {field: getattr(key, field) for field in after}
    for field, value in after.items():
        setattr(key, field, value)
    with transaction.atomic():
        _refuse_taken(name, but=key.pk)
        key.save(update_fields=list(after))
        if told := changes.differences(LABELS, before, after):
            changes.note(by, at, ChangeKind.KEY, f"Key {key.pk}: {key.name}", ". ".join(told) + ".")
    return key


def rotate(key: Key, by: User, at: datetime, *, overlap_days: int, newest: int | None = None) -> str:
    """A new secret; the old ones go on for so many days, so that the other system can be changed in between.

    In: the newest secret whoever asks has seen, so that a form sent twice makes one. Raises `NotDone`.
    """
    _only_administrators(by)
    if key.revoked_at is not None:
        raise NotDone("This key was revoked. Make a new one.")
    if overlap_days not in OVERLAPS:
        raise NotDone(f"The old secret may go on for {', '.join(map(str, OVERLAPS[:-1]))} or {OVERLAPS[-1]} days.")
    end = at + timedelta(days=overlap_days)
    with transaction.atomic():
        Key.objects.select_for_update().get(pk=key.pk)
        if newest is not None and key.secrets.values_list("pk", flat=True).first() != newest:
            raise NotDone("A new secret was made meanwhile. Look at the key before you make another.")
        # One that ends sooner still ends when it was said to.
        key.secrets.filter(valid_until=None).update(valid_until=end)
        key.secrets.filter(valid_until__gt=end).update(valid_until=end)
        secret = _new_secret(key, at)
        days = "1 day" if overlap_days == 1 else f"{overlap_days} days"
        still = f"the old one goes on for {days}" if overlap_days else "the old one ended at once"
        changes.note(by, at, ChangeKind.KEY, f"Key {key.pk}: {key.name}", f"A new secret was made; {still}.")
    return secret


def revoke(key: Key, by: User, at: datetime, *, why: str) -> Key:
    """Ends a key at once and for good. Doing it again changes nothing."""
    _only_administrators(by)
    if not tidy(why):
        raise NotDone("Say why, for whoever asks later.")
    if key.revoked_at is None:
        key.revoked_at, key.revoked_by = at, by
        with transaction.atomic():
            key.save(update_fields=["revoked_at", "revoked_by"])
            changes.note(by, at, ChangeKind.KEY, f"Key {key.pk}: {key.name}", f"Revoked: {tidy(why)}")
    return key


LABELS = {
    "name": "Name",
    "owner": "Who answers for it",
    "calls_a_minute": "Calls a minute",
    "people_a_day": "Different people a day",
    "expires_on": "Last day",
}


def _new_secret(key: Key, at: datetime) -> str:
    secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    KeySecret.objects.create(key=key, digest=digest_of(secret), ending=secret[-4:], made_at=at)
    return secret


def _only_administrators(by: User) -> None:
    if not by.actor.has(Role.ADMINISTRATOR):
        raise NotDone("Only an administrator may do this with keys. Ask one.")


def _refuse_taken(name: str, but: int = 0) -> None:
    """Raises `NotDone` for a name another key goes by: looks and the ledger tell systems apart by it."""
    if Key.objects.filter(name__iexact=tidy(name), revoked_at=None).exclude(pk=but).exists():
        raise NotDone(f"There is already a key called {tidy(name)}. Give this one another name.")


def _refuse(
    name: str, owner: str, audience: Audience, scopes: list[Scope], calls_a_minute: int, people_a_day: int
) -> None:
    """Raises `NotDone` for what a key cannot be."""
    if not tidy(name) or not tidy(owner):
        raise NotDone("Say which system the key is for, and who answers for it.")
    if not scopes:
        raise NotDone("Choose at least one thing the key may do.")
    if audience is Audience.CONTRACTOR and not CONTRACTOR_SCOPES.issuperset(scopes):
        raise NotDone("A contractor’s key may only check. Take the other scopes away.")
    for words, value, (least, _, most) in (
        ("Calls a minute", calls_a_minute, CALLS_A_MINUTE),
        ("Different people a day", people_a_day, PEOPLE_A_DAY),
    ):
        if not least <= value <= most:
            raise NotDone(f"{words} must be from {least:,} to {most:,}.")

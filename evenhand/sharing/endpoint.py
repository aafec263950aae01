"""Receivers of webhooks: added, changed, given a new secret, switched off and on, by administrators."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from evenhand.people import changes
from evenhand.people.models import User
from evenhand.people.refusal import NotDone
from evenhand.people.text import tidy
from evenhand.sharing import address, replay, signing
from evenhand.sharing.message import TO_CONTRACTORS
from evenhand.sharing.models import Endpoint, Key
from evenhand.sharing.models.change import ControlKind
from evenhand.sharing.models.key import Audience
from evenhand.sharing.webhook_trail import note, only_administrators

SALT_BYTES = 32
OVERLAPS = (0, 1, 7, 30)
"""For how many days an old secret may sign beside a new one."""
GONE = "The receiver answered that it is gone for good."
LABELS = {
    "name": "Name",
    "url": "Address",
    "owner": "Who answers for it",
    "why": "What for",
    "kinds": "Tells of",
    "key": "Key",
}


def add(
    by: User,
    at: datetime,
    *,
    name: str,
    url: str,
    owner: str,
    why: str,
    audience: Audience,
    kinds: Iterable[ControlKind],
    key: Key | None = None,
) -> tuple[Endpoint, str]:
    """A new receiver and its secret, which nobody can be shown again. It hears of what happens from now on; `replay`
    brings it what happened before. Raises `NotDone`."""
    only_administrators(by)
    chosen = _chosen(audience, kinds)
    _refuse(name, url, owner, why, chosen)
    salt = secrets.token_bytes(SALT_BYTES)
    with transaction.atomic():
        made = Endpoint.objects.create(
            name=tidy(name),
            url=url.strip(),
            owner=tidy(owner),
            why=tidy(why),
            audience=audience,
            kinds=chosen,
            key=key,
            salt=salt,
            made_at=at,
            made_by=by,
        )
        note(by, at, made, f"Added: {made.url}, for {audience.value}, of {_listed(chosen)}. {made.why}")
    return made, signing.shown(salt)


def change(
    endpoint: Endpoint,
    by: User,
    at: datetime,
    *,
    name: str,
    url: str,
    owner: str,
    why: str,
    kinds: Iterable[ControlKind],
    key: Key | None = None,
) -> None:
    """Changes what may change. For whom it is told is fixed: for that, add another. Raises `NotDone`."""
    only_administrators(by)
    chosen = _chosen(Audience(endpoint.audience), kinds)
    _refuse(name, url, owner, why, chosen)
    before = {field: getattr(endpoint, field) for field in LABELS} | {"kinds": _listed(endpoint.kinds)}
    after = {
        "name": tidy(name),
        "url": url.strip(),
        "owner": tidy(owner),
        "why": tidy(why),
        "kinds": chosen,
        "key": key,
    }
    for field, value in after.items():
        setattr(endpoint, field, value)
    with transaction.atomic():
        endpoint.save(update_fields=list(after))
        if told := changes.differences(LABELS, before, after | {"kinds": _listed(chosen)}):
            note(by, at, endpoint, ". ".join(told) + ".")


def rotate(endpoint: Endpoint, by: User, at: datetime, *, overlap_days: int) -> str:
    """A new secret; the old one signs beside it for so many days, so that the receiver can be changed in between."""
    only_administrators(by)
    if overlap_days not in OVERLAPS:
        raise NotDone(f"The old secret may go on for {', '.join(map(str, OVERLAPS[:-1]))} or {OVERLAPS[-1]} days.")
    salt = secrets.token_bytes(SALT_BYTES)
    endpoint.old_salt, endpoint.old_until = endpoint.salt, at + timedelta(days=overlap_days)
    endpoint.salt = salt
    still = f"the old one signs too until {overlap_days} days later" if overlap_days else "the old one ended at once"
    with transaction.atomic():
        endpoint.save(update_fields=["salt", "old_salt", "old_until"])
        note(by, at, endpoint, f"A new secret was made; {still}.")
    return signing.shown(salt)


def salts_of(endpoint: Endpoint, at: datetime) -> list[bytes]:
    """What the secrets that hold at a moment are made from, the newest first."""
    salts = [bytes(endpoint.salt)]
    if endpoint.old_salt is not None and endpoint.old_until is not None and at < endpoint.old_until:
        salts.append(bytes(endpoint.old_salt))
    return salts


def switch_off(endpoint: Endpoint, by: User, at: datetime, *, why: str) -> None:
    """Sends it nothing more. What waits is kept, and sent when it is switched on again within three days."""
    only_administrators(by)
    if not tidy(why):
        raise NotDone("Say why, for whoever asks later.")
    if endpoint.is_on:
        endpoint.off_at, endpoint.off_why = at, tidy(why)[:200]
        with transaction.atomic():
            endpoint.save(update_fields=["off_at", "off_why"])
            note(by, at, endpoint, f"Switched off: {endpoint.off_why}")


def switch_off_gone(endpoint: Endpoint, at: datetime) -> None:
    """The receiver said that it is gone (410): nothing more is sent until an administrator looks."""
    Endpoint.objects.filter(pk=endpoint.pk, off_at=None).update(off_at=at, off_why=GONE)
    note(None, at, endpoint, f"Switched off: {GONE}")


def switch_on(endpoint: Endpoint, by: User, at: datetime) -> int:
    """Sends it what waits, and everything that happened while it was off. Out: how many messages that is."""
    only_administrators(by)
    off_at = endpoint.off_at
    if off_at is None:
        return 0
    endpoint.off_at, endpoint.off_why, endpoint.resting_until, endpoint.failures = None, "", None, 0
    with transaction.atomic():
        endpoint.save(update_fields=["off_at", "off_why", "resting_until", "failures"])
        note(by, at, endpoint, "Switched on again.")
        return replay.missed(endpoint, off_at, at)


def _chosen(audience: Audience, kinds: Iterable[ControlKind]) -> list[str]:
    chosen = set(kinds)
    if audience is Audience.CONTRACTOR and not chosen <= TO_CONTRACTORS:
        raise NotDone("A contractor is sent markers and safety instructions only. Take the others away.")
    return [kind.value for kind in ControlKind if kind in chosen]


def _listed(kinds: Iterable[str]) -> str:
    return ", ".join(kind.replace("_", " ") for kind in kinds)


def _refuse(name: str, url: str, owner: str, why: str, kinds: list[str]) -> None:
    """Raises `NotDone` for what a receiver cannot be."""
    if not tidy(name) or not tidy(owner):
        raise NotDone("Say which system receives it, and who answers for it.")
    if not tidy(why):
        raise NotDone("Say what the system needs it for: it is kept with everything it is told.")
    if not kinds:
        raise NotDone("Choose at least one thing to tell it of.")
    try:
        address.checked(url.strip())
    except address.NotAllowed as why_not:
        raise NotDone(str(why_not)) from None
    except address.NotFound as why_not:
        raise NotDone(f"{why_not} Check the address, and that Evenhand’s machine can reach it.") from None

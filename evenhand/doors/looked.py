"""Who looked at what: written when a page of a case, a person, a letter or a file is shown."""

from collections.abc import Iterable
from datetime import timedelta

from evenhand.doors.clock import now
from evenhand.people.models import Look, Person, User
from evenhand.people.models.look import LookKind


def looked(user: User, kind: LookKind, reference: str, person: Person | None = None, purpose: str = "") -> None:
    """Adds one line to the log of looks; it is never changed and has its own retention."""
    Look.objects.create(
        at=now().at, by=user, actor=user.actor_id, kind=kind, reference=reference, person=person, purpose=purpose
    )


def looked_at_many(user: User, people: Iterable[Person], purpose: str) -> None:
    """Adds a line for each person whom a list shows."""
    at = now().at
    Look.objects.bulk_create(
        Look(
            at=at,
            by=user,
            actor=user.actor_id,
            kind=LookKind.PERSON,
            reference=f"{person.source}:{person.ref}",
            person=person,
            purpose=purpose,
        )
        for person in people
    )


STILL_TYPING = timedelta(minutes=2)


def typed(user: User, words: str) -> None:
    """A search while somebody types: logged once, not at every letter that is added to a word or taken back."""
    at = now().at
    last = Look.objects.filter(actor=user.actor_id, kind=LookKind.SEARCH, at__gt=at - STILL_TYPING).order_by(
        "-at", "-id"
    )
    before = last.values_list("reference", flat=True).first()
    if before is None or not _same_words(before, words):
        looked(user, LookKind.SEARCH, words)


def _same_words(before: str, words: str) -> bool:
    """Whether the one is the other with letters of its last word left to type."""
    shorter, longer = sorted((before.casefold(), words.casefold()), key=len)
    return (
        longer.startswith(shorter)
        and " " not in longer[len(shorter) :].strip()
        and len(shorter.split()) == len(longer.split())
    )

"""Rule 14: everyone who was told of a marker, a limit or a single contact, and their word that they let it go.

Whoever answers says so with `disclose`; what became of it since is brought to each of them (`recall.py`), and
`confirm` keeps their word. Nothing is written where nothing is held, so asking about most people costs nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from evenhand.database import planned
from evenhand.people.models import User
from evenhand.people.text import tidy
from evenhand.policy.staff import Actor
from evenhand.sharing.models import Disclosure, Endpoint, Key, Recall
from evenhand.sharing.models.change import ChangeKind, ControlKind
from evenhand.sharing.models.disclosure import ConfirmedHow, How, RecipientKind

NEVER_MIND = "evenhand"
"""Who confirms in a recipient's place when telling them again makes older news needless."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who was told. `id` tells two of one kind apart; `name` is what people know them by, as it was then."""

    kind: RecipientKind
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Told:
    """One control that an answer told of: its case's reference, its id in the case, and whom or which home it is of."""

    case: str
    control: str
    kind: ControlKind
    person: int | None = None
    home: int | None = None


def colleague(user: User) -> Recipient:
    """A colleague who signs in."""
    return Recipient(RecipientKind.COLLEAGUE, user.actor_id, user.name)


def system(key: Key) -> Recipient:
    """The system that asks with this key."""
    return Recipient(RecipientKind.SYSTEM, key.actor_id, key.name)


def contractor(name: str) -> Recipient:
    """A firm that was told other than by a key of its own, by the name people know it by."""
    return Recipient(RecipientKind.CONTRACTOR, _folded(name), tidy(name))


def visitor(name: str) -> Recipient:
    """Somebody booked to visit who does not sign in here, by the name in the booking."""
    return Recipient(RecipientKind.VISITOR, _folded(name), tidy(name))


def disclose(to: Recipient, told: Iterable[Told], how: How, at: datetime, *, why: str = "") -> None:
    """Says that `to` was told of these controls at this moment: one statement, and none where `told` is empty.

    In: `why` is the purpose, in words of at most 200 characters; without one, that of asking in this way. The version
    they were told is the one last followed. Someone who knew an older one now knows this one, so news of its change
    needs no word of theirs any more. Calls from one answer after another are safe: telling the same recipient the same
    again within a minute changes nothing.
    """
    _write([(to, each) for each in told], how, at, why)


def disclose_each(told: Iterable[tuple[Recipient, Told]], how: How, at: datetime, *, why: str = "") -> None:
    """The same for many recipients at once: a list of visits whose every line has another attending."""
    _write(list(told), how, at, why)


def take_back(to: Recipient, told: Told, at: datetime) -> None:
    """Unsays what was said at this very moment and never left, unless it had been told before or news of it came."""
    rows = Disclosure.objects.filter(case=told.case, control=told.control, to_kind=to.kind, to_id=to.id)
    rows.filter(first_at=at, recalls=None).delete()


def confirm(to: Recipient, case: str, control: str, at: datetime, *, by: str, how: ConfirmedHow, note: str = "") -> int:
    """Keeps a recipient's word that they acted on every piece of news of a control they have not confirmed yet.

    In: `by` is the actor id of whoever says so. Out: how many were confirmed now; 0 where nothing waited, so that a
    repeat is no error and nobody learns from the answer of what they were never told.
    """
    waiting = of(to).filter(confirmed_at=None, disclosure__case=case, disclosure__control=control)
    return _confirmed(waiting, at, by, how, note)


def confirm_these(recalls: Iterable[int], at: datetime, *, by: Actor, how: ConfirmedHow, note: str = "") -> int:
    """The same for single pieces of news, by their keys. The door says whose `by` may confirm."""
    waiting = Recall.objects.filter(pk__in=list(recalls), confirmed_at=None)
    return _confirmed(waiting, at, by.id, how, note)


def of(to: Recipient) -> QuerySet[Recall]:
    """All news for one recipient. A key also hears and answers for the webhooks of its own system."""
    theirs = Q(disclosure__to_kind=to.kind, disclosure__to_id=to.id)
    if to.kind is RecipientKind.SYSTEM:
        receivers = Endpoint.objects.filter(key_id=_key_of(to)).values_list("pk", flat=True)
        theirs |= Q(disclosure__to_kind=RecipientKind.RECEIVER, disclosure__to_id__in=[str(pk) for pk in receivers])
    return Recall.objects.filter(theirs).select_related("disclosure")


def unconfirmed(to: Recipient) -> QuerySet[Recall]:
    """The news that one recipient has yet to confirm, the oldest first. Keyset columns: at, id."""
    return of(to).filter(confirmed_at=None).order_by("at", "id")


def shown(news: Iterable[Recall], at: datetime) -> None:
    """Says that these were brought to whoever they are for, on their own page: they were told."""
    fresh = [row.pk for row in news if row.told_at is None]
    if fresh:
        Recall.objects.filter(pk__in=fresh, told_at=None).update(told_at=at, told_how=ConfirmedHow.PAGE)


def _key_of(to: Recipient) -> int:
    number = to.id.removeprefix("key:")
    return int(number) if number.isdecimal() else 0


def _folded(name: str) -> str:
    return tidy(name).casefold()[:120]


def _confirmed(waiting: QuerySet[Recall], at: datetime, by: str, how: ConfirmedHow, note: str) -> int:
    ids = list(waiting.values_list("pk", flat=True))
    still = Recall.objects.filter(pk__in=ids, confirmed_at=None)
    return still.update(confirmed_at=at, confirmed_by=by, confirmed_how=how, note=tidy(note)[:400])


# The version is the one last followed, so it is never newer than what was told. Rows are taken in one order, so that
# two answers at once wait for each other and never for ever. The second half is for those who knew an older version.
DISCLOSE = """
    told AS (
        INSERT INTO sharing_disclosure AS kept (
            "case", control, kind, person_id, home_id, to_kind, to_id, to_name, how, why, first_at, last_at, version)
        SELECT DISTINCT ON (said.told_case, said.control, said.to_kind, said.to_id)
            said.told_case, said.control, said.kind, said.person, said.home, said.to_kind, said.to_id, said.to_name,
            %(how)s::text, %(why)s::text, %(at)s::timestamptz, %(at)s::timestamptz, coalesce(followed.version, 1)
        FROM unnest(
            %(cases)s::text[], %(controls)s::text[], %(kinds)s::text[], %(people)s::bigint[], %(homes)s::bigint[],
            %(to_kinds)s::text[], %(to_ids)s::text[], %(to_names)s::text[]
        ) AS said (told_case, control, kind, person, home, to_kind, to_id, to_name)
        LEFT JOIN sharing_followed followed ON followed."case" = said.told_case AND followed.control = said.control
        ORDER BY said.told_case, said.control, said.to_kind, said.to_id
        ON CONFLICT ("case", control, to_kind, to_id) DO UPDATE SET
            last_at = greatest(kept.last_at, excluded.last_at), how = excluded.how, why = excluded.why,
            to_name = excluded.to_name, version = greatest(kept.version, excluded.version)
        WHERE kept.last_at < excluded.last_at - interval '1 minute' OR kept.version < excluded.version
        RETURNING kept.id, kept.version
    ), known_now AS (
        UPDATE sharing_recall recall
        SET confirmed_at = %(at)s::timestamptz, confirmed_by = %(again)s::text, confirmed_how = %(told_again)s::text
        FROM told
        WHERE recall.disclosure_id = told.id AND recall.what = %(changed)s::text AND recall.confirmed_at IS NULL
            AND recall.version <= told.version
    )
"""
"""Parts of a WITH that do what `disclose` does, for a statement that has the `values` and more to say."""
_DISCLOSE = f"WITH {DISCLOSE} SELECT"


def _write(told: list[tuple[Recipient, Told]], how: How, at: datetime, why: str) -> None:
    if told:
        with planned.cursor() as cursor:
            cursor.execute(_DISCLOSE, values(told, how, at, why))


def values(told: Sequence[tuple[Recipient, Told]], how: How, at: datetime, why: str) -> dict[str, Any]:
    """What `DISCLOSE` asks for. In: as `disclose_each`."""
    return {
        "cases": [each.case for _, each in told],
        "controls": [each.control for _, each in told],
        "kinds": [each.kind.value for _, each in told],
        "people": [each.person for _, each in told],
        "homes": [each.home for _, each in told],
        "to_kinds": [to.kind.value for to, _ in told],
        "to_ids": [to.id[:120] for to, _ in told],
        "to_names": [to.name[:240] for to, _ in told],
        "how": how.value,
        "why": (tidy(why) or how.purpose)[:200],
        "at": at,
        "again": NEVER_MIND,
        "told_again": ConfirmedHow.TOLD_AGAIN.value,
        "changed": ChangeKind.CHANGED.value,
    }

"""Two records of one person are joined, parted again, and reconciled.

Joining is never refused and loses nothing: cases, needs and controls of both records apply to the person until a
manager has looked at both and reconciled them.
"""

from datetime import date, datetime

from django.db import transaction

from evenhand.people.known import lock
from evenhand.people.models import Merge, Person, User
from evenhand.people.reading import identities, kept_record
from evenhand.people.refusal import NotDone
from evenhand.policy.terms import Terms


@transaction.atomic
def merge(
    kept: Person, merged: Person, by: User, at: datetime, *, day: date, terms: Terms, reason: str = ""
) -> Merge | None:
    """Joins two records; `kept` is the one shown. Both belong to one person from now on.

    In: who joins them and when, the landlord's own day, the terms that say by when a manager reconciles. Out: the
    joining, to undo or reconcile; None where they were one already. Records that were joined to others bring them.
    """
    lock_both(kept, merged)
    if merged.pk in identities(kept):
        return None
    into, one = fresh(kept_record(fresh(kept))), fresh(kept_record(fresh(merged)))
    one.merged_into = into
    one.save(update_fields=["merged_into"])
    return Merge.objects.create(
        kept=into,
        merged=one,
        at=at,
        by=by,
        reason=reason,
        reconcile_by=terms.working_days_after(day, terms.reconcile_days),
    )


@transaction.atomic
def undo(joined: Merge, by: User, at: datetime) -> Merge:
    """Parts two records that were joined, reconciled or not: each is as it was, with what was its own."""
    lock(joined.merged)
    joined = Merge.objects.select_for_update(of=("self",)).select_related("merged").get(pk=joined.pk)
    if joined.undone_at is not None:
        return joined
    joined.undone_at, joined.undone_by = at, by
    joined.save(update_fields=["undone_at", "undone_by"])
    joined.merged.merged_into = None
    joined.merged.save(update_fields=["merged_into"])
    return joined


@transaction.atomic
def reconcile(joined: Merge, by: User, at: datetime, note: str) -> Merge:
    """A manager says that they have looked at both records, and in `note` what applies. Raises `NotDone` for others."""
    joined = Merge.objects.select_for_update(of=("self",)).get(pk=joined.pk)
    if not by.actor.decides:
        raise NotDone("Only a manager reconciles two records. Ask one to look at both.")
    if joined.undone_at is not None:
        raise NotDone("These records have been parted again, so there is nothing to reconcile.")
    if not note.strip():
        raise NotDone("Say what you found and what applies to the person now.")
    if joined.reconciled_at is None:
        joined.reconciled_at, joined.reconciled_by, joined.reconciled_note = at, by, note
        joined.save(update_fields=["reconciled_at", "reconciled_by", "reconciled_note"])
    return joined


def lock_both(one: Person, other: Person) -> None:
    """Locks both people in the order of their ids, so that two who join the same pair at once do not wait for ever."""
    ids = identities(one) | identities(other)
    list(Person.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)

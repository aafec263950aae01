"""Two records of one person become one in every case of theirs: none is refused, and each tells its manager."""

from django.db import transaction

from evenhand.cases import models, record
from evenhand.cases.circumstances import Moment, terms_on
from evenhand.people import merging, reading
from evenhand.people.models import Merge, Person, User
from evenhand.policy import handling


@transaction.atomic
def join(kept: Person, merged: Person, by: User, moment: Moment, *, reason: str) -> Merge | None:
    """Joins two records, and records it in each case of either, sealed ones too. Out: the joining; None if they were
    one already. Controls and needs of both apply at once; a manager reconciles each case within the terms."""
    sides = (reading.identities(kept), reading.identities(merged))
    joined = merging.merge(kept, merged, by, moment.at, day=moment.day, terms=terms_on(moment.day), reason=reason)
    if joined is None:
        return None
    for theirs, other in zip(sides, (joined.merged, joined.kept), strict=True):
        for reference in references(theirs):
            ask = record.Ask(by.actor, moment)
            record.act_on(reference, ask, handling.join_records, other=str(other.pk))
    return joined


def references(ids: frozenset[int]) -> list[str]:
    """Every case about one of these records, in one order, so that two who join at once do not wait for each other."""
    return list(models.Case.objects.filter(person__in=ids).order_by("pk").values_list("reference", flat=True))


def waiting(joined: Merge) -> list[str]:
    """The cases in which a manager has still to reconcile the two records."""
    ids = reading.identities(joined.kept)
    found = models.Task.objects.filter(case__person__in=ids, verb="handling.reconcile")
    return sorted(set(found.values_list("case__reference", flat=True)))

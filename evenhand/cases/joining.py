"""Two records of one person become one in every case of theirs: none is refused, and each tells its manager."""

from django.db import transaction
from django.db.models import Q

from evenhand.cases import models, record
from evenhand.cases.came_late import EVER
from evenhand.cases.circumstances import Moment, terms_on
from evenhand.contacts import remeasure, to_judge
from evenhand.people import merging, reading
from evenhand.people.models import Merge, Person, User
from evenhand.policy import handling
from evenhand.policy.refusal import Refused

PARTED = "The two records were parted again: they are of two people, so there is nothing to reconcile."


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
    _look_again(sides[0] | sides[1], moment)
    return joined


@transaction.atomic
def part(joined: Merge, by: User, moment: Moment) -> list[str]:
    """Parts two joined records again, and settles in their cases that they were to be reconciled. Out: the cases in
    which that is left to a manager, because whoever parts them may not decide there."""
    ids = reading.identities(joined.kept)
    theirs = references(ids)
    merging.undo(joined, by, moment.at)
    left = []
    for reference in (each for each in theirs if _waits_for_nothing_else(each)):
        try:
            record.act_on(reference, record.Ask(by.actor, moment), handling.reconcile, reasons=PARTED)
        except Refused:
            left.append(reference)
    _look_again(ids, moment)
    return left


def _look_again(records: frozenset[int], moment: Moment) -> None:
    """The contacts of all these records are another person's than was thought: the worker holds them against the limits
    again, those of before the joining too, and they are measured again (E1, C2)."""
    to_judge.belongs_to_others(sorted(records), EVER)
    remeasure.people(sorted(records), moment.at)


def _waits_for_nothing_else(reference: str) -> bool:
    """Whether the case waits for a reconciliation, and no other joining of its person's records still calls for one."""
    waits = models.Task.objects.filter(case__reference=reference, verb="handling.reconcile")
    if not waits.exists():
        return False
    person = models.Case.objects.select_related("person").get(reference=reference).person
    ids = reading.identities(person) if person else frozenset()
    others = Merge.objects.filter(undone_at=None, reconciled_at=None)
    return not others.filter(Q(kept__in=ids) | Q(merged__in=ids)).exists()


def references(ids: frozenset[int]) -> list[str]:
    """Every case about one of these records, in one order, so that two who join at once do not wait for each other."""
    return list(models.Case.objects.filter(person__in=ids).order_by("pk").values_list("reference", flat=True))


def waiting(joined: Merge) -> list[str]:
    """The cases in which a manager has still to reconcile the two records."""
    ids = reading.identities(joined.kept)
    found = models.Task.objects.filter(case__person__in=ids, verb="handling.reconcile")
    return sorted(set(found.values_list("case__reference", flat=True)))

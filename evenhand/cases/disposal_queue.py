"""What two colleagues agreed to dispose of and is yet to be carried out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from evenhand.cases import models


@dataclass(frozen=True, slots=True)
class Agreed:
    """One case of an approved list."""

    item: int
    reference: str
    prepared_by: str
    approved_by: str


def agreed() -> Iterator[Agreed]:
    """In the order in which they were agreed to; one that stayed for a reason is not tried again."""
    items = models.DisposalItem.objects.filter(list__approved_at__isnull=False, done_at=None, trouble="")
    for item in items.select_related("list", "case").order_by("list__approved_at", "pk"):
        yield Agreed(item.pk, item.case.reference, item.list.prepared_by, item.list.approved_by)


def done(item: Agreed, at: datetime) -> None:
    models.DisposalItem.objects.filter(pk=item.item).update(done_at=at)


def stayed(item: Agreed, why: str) -> None:
    models.DisposalItem.objects.filter(pk=item.item).update(trouble=why)


def close(at: datetime) -> None:
    """Notes of every approved list with nothing left to do that it is done."""
    left = models.DisposalItem.objects.filter(list=OuterRef("pk"), done_at=None, trouble="")
    open_ones = models.DisposalList.objects.filter(approved_at__isnull=False, done_at=None)
    open_ones.filter(~Exists(left)).update(done_at=at)

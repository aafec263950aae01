"""Rule 16: whether a person has a complaint with us, or had one lately, as their matters tell."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from evenhand.contacts.models import Matter
from evenhand.contacts.models.matter import COMPLAINT
from evenhand.policy.terms import months_after

LATELY_MONTHS = 3


def is_open_or_recent(people: Collection[int], day: date) -> bool:
    """Whether one of these records has a complaint that is not closed, or was closed in the last three months.

    A source that does not tell when matters were closed says nothing of this. One query.
    """
    still_open = Q(closed_on__isnull=True) & ~Q(unknown__contains=["closed_on"])
    recent = Q(closed_on__gt=months_after(day, -LATELY_MONTHS))
    theirs = Matter.objects.filter(person__in=list(people), kind__startswith=COMPLAINT, opened_on__lte=day)
    return theirs.filter(still_open | recent).exists()

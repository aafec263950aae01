"""C2: what was said of contacts is kept as long as they are: answers to suggestions, objections, what was put right.

What is not over stays: an objection still owed its answer, a matter still to be put right. So does what was said of
people on whom a case still rests.
"""

from collections.abc import Collection
from datetime import UTC, date, datetime, time

from django.db import transaction
from django.db.models import Q, QuerySet

from evenhand.contacts.models import Answered, Objected, PutRight, PutRightStep
from evenhand.contacts.retention import kept_since


def objections_over(day: date, relied_on: Collection[int]) -> QuerySet[Objected]:
    """Objections whose answer went to the customer, or whose customer died, so long ago that its time is over.

    In: the landlord's day, and the records of people on whom a case still rests.
    """
    first = kept_since(day)
    died = Q(person__died_on__lt=first) | Q(person__merged_into__died_on__lt=first)
    over = Q(sent_on__lt=first) | Q(died, sent_on=None, received_on__lt=first)
    return Objected.objects.filter(over).exclude(person__in=list(relied_on))


@transaction.atomic
def what_was_said(day: date, relied_on: Collection[int]) -> int:
    """Lets go of it. In: as above; nothing may speak of these objections any more. Out: how much went."""
    first = kept_since(day)
    over = PutRight.objects.filter(done_on__lt=first).exclude(matter__person__in=list(relied_on))
    # Held first: said meanwhile not to be done after all, a task stays, with all its steps.
    held = [one.pk for one in over.select_for_update(of=("self",)).order_by("pk")]
    PutRightStep.objects.filter(task__in=held).delete()
    answered = Answered.objects.filter(at__lt=datetime.combine(first, time.min, UTC))
    tasks = PutRight.objects.filter(pk__in=held)
    gone = (tasks, answered.exclude(person__in=list(relied_on)), objections_over(day, relied_on))
    return sum(each.delete()[0] for each in gone)

"""Whose contacts a case still rests on: they are kept whole while the case is, with what was said of them."""

from datetime import date

from django.db import transaction

from evenhand.cases import disposing, models
from evenhand.contacts import let_go, retention
from evenhand.people import reading


def whose_contacts() -> frozenset[int]:
    """Every record of everybody of whom there is a case. A case that was disposed of has no person any more."""
    people = models.Case.objects.filter(person__isnull=False).values_list("person", flat=True).distinct()
    return reading.everyone_joined(person for person in people if person is not None)


def forget_the_rest(day: date) -> None:
    """Makes totals of contacts whose time is over, and lets go of what was said of them, with the letters of it: also
    as they lie in a folder of emails, once nothing of them can come back."""
    whose = whose_contacts()
    retention.forget(day, whose)
    with transaction.atomic():
        letters = models.AnswerLetter.objects.filter(objection__in=let_go.objections_over(day, whose))
        messages = tuple(letters.exclude(message_id="").values_list("message_id", flat=True))
        letters.delete()
        let_go.what_was_said(day, whose)
    disposing.sweep([disposing.Gone((), messages)])

"""Whose contacts a case still rests on: they are kept whole while the case is."""

from evenhand.cases import models
from evenhand.people import reading


def whose_contacts() -> frozenset[int]:
    """Every record of everybody of whom there is a case. A case that was disposed of has no person any more."""
    people = models.Case.objects.filter(person__isnull=False).values_list("person", flat=True).distinct()
    return reading.everyone_joined(person for person in people if person is not None)

"""C2: the numbers by which this landlord measures demand."""

from django.db import transaction

from evenhand.contacts import remeasure
from evenhand.contacts.models import MeasuredBy
from evenhand.policy.demand.terms import DemandTerms


def demand_terms() -> DemandTerms:
    """The policy's numbers, with what the landlord set otherwise. Raises `ValueError` for one out of its bounds."""
    kept = MeasuredBy.objects.first()
    return DemandTerms(**(kept.terms if kept else {}))


@transaction.atomic
def keep(terms: dict[str, int]) -> None:
    """Keeps what differs from the policy's numbers; everybody is measured by them as soon as a worker is free."""
    MeasuredBy.objects.update_or_create(id=1, defaults={"terms": terms})
    transaction.on_commit(remeasure.everybody)

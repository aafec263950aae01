"""Rule 19: when a case is disposed of, so is who was told of its markers and limits, and every message about them."""

from django.db import connection, transaction

from evenhand.sharing.models import Change, Delivery, Disclosure, Followed, Recall


@transaction.atomic
def let_go(reference: str) -> int:
    """Only the tables' owner may. Bookings are gone long before a case is (visit_tasks.py). Out: how many rows went."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('evenhand.disposing', 'on', true)")
    found = (
        Delivery.objects.filter(change__case=reference),
        Change.objects.filter(case=reference),
        Followed.objects.filter(case=reference),
        Recall.objects.filter(disclosure__case=reference),
        Disclosure.objects.filter(case=reference),
    )
    return sum(rows.delete()[0] for rows in found)

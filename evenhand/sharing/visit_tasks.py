"""What a worker does for visits: check long lists, tell whoever is booked, look at every visit to come again."""

from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from evenhand.cases.circumstances import Moment
from evenhand.people import mail_server
from evenhand.sharing import booking, visit_list, visit_notice
from evenhand.sharing.models.booking import Booking, VisitList

TRIES = RetryStrategy(max_attempts=6, exponential_wait=4, retry_exceptions=[mail_server.NotReached])
LISTS_KEPT = timedelta(days=7)
"""How long an answered list waits to be downloaded: it is about people, and old the next day."""
BOOKINGS_KEPT = timedelta(days=30)
"""How long a booking, and the words about it, are kept after the visit. Who was told of what is on the ledger."""


def now() -> Moment:
    """The moment, and the landlord's own day."""
    at = timezone.now()
    return Moment(at, timezone.localdate(at))


@app.task(name="check_visit_list", queue="visits")
def check_visit_list(visit_list_id: int) -> None:
    """Checks one uploaded list to its end."""
    visit_list.run(visit_list_id, now(), timezone.now)


@app.task(name=visit_notice.JOB, queue="letters", retry=TRIES)
def tell_booked(notice: int) -> None:
    """Tells one who is booked, by email. A mail server that cannot be reached is tried again, later and later."""
    visit_notice.send(notice, timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="look_after_notices", queueing_lock="look_after_notices")
def look_after_notices(timestamp: int) -> None:
    """Shows a person every notice whose sending nobody knows the end of, and sends those no job is left for."""
    at = timezone.now()
    visit_notice.doubt_old(at)
    for notice in visit_notice.unclaimed(at):
        with suppress(AlreadyEnqueued), transaction.atomic():
            tell_booked.configure(queueing_lock=f"notice {notice}").defer(notice=notice)


@app.periodic(cron="5-55/10 * * * *")
@app.task(name="look_at_visits_to_come", queueing_lock="look_at_visits_to_come")
def look_at_visits_to_come(timestamp: int) -> None:
    """Tells of what no change of a control does: a hazard of the home, or somebody with a marker who moved in."""
    booking.review(now())


@app.periodic(cron="30 3 * * *")
@app.task(name="forget_visits", queueing_lock="forget_visits")
def forget_visits(timestamp: int) -> None:
    """Drops lists and bookings once nobody needs them: both say who lives where, and what is held of them."""
    at = timezone.now()
    VisitList.objects.filter(at__lt=at - LISTS_KEPT).delete()
    Booking.objects.filter(until__lt=at - BOOKINGS_KEPT).delete()

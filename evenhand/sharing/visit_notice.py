"""The word to whoever is booked that what they must do at a visit changed: once for each version of it.

A colleague is told on Today, and by email where they have an address; a contractor by email where one was given.
For anyone else, and where nobody knows whether an email went, somebody who plans visits rings and says so here.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, make_msgid
from django.db import transaction
from django.db.models import F, Q, QuerySet
from procrastinate.contrib.django import app

from evenhand.people import mail_server
from evenhand.people.models import Landlord, User
from evenhand.people.text import tidy
from evenhand.sharing.attending import email_of
from evenhand.sharing.models.booking import Booking, Notice, Way
from evenhand.sharing.visit_words import in_words, moment_in_words

JOB = "tell_booked"
OUTCOME_KNOWN_WITHIN = timedelta(minutes=15)
"""After this a claim without an outcome is doubted: whoever sent it must have stopped half-way."""
TRIED_FOR = timedelta(hours=2)
"""For so long a mail server that cannot be reached is tried again; then a person rings."""
NOT_KNOWN = "Nobody knows whether the email went."
NOT_REACHED = "No mail server could be reached."


def write(told: Iterable[Booking], at: datetime) -> None:
    """Writes down one notice for each booking as it is now; those by email are sent once this is committed."""
    made = [_notice(booking, at) for booking in told]
    Notice.objects.bulk_create(made, ignore_conflicts=True)
    by_mail = Notice.objects.filter(
        booking__in=[notice.booking_id for notice in made if notice.way == Way.EMAIL], way=Way.EMAIL, claimed_at=None,
        sent_at=None, trouble="", at=at,
    )  # fmt: skip
    for notice in by_mail.values_list("pk", flat=True):
        app.configure_task(JOB).defer(notice=notice)


def _notice(booking: Booking, at: datetime) -> Notice:
    user = booking.colleague
    outside = email_of(booking.contractor) or email_of(booking.attending)
    address = user.email if user and not booking.contractor else outside
    return Notice(
        booking=booking,
        version=booking.version,
        answer=booking.answer,
        at=at,
        way=Way.EMAIL if address else Way.BY_HAND,
        email=address,
        message_id=make_msgid(domain="evenhand.visits") if address else "",
    )


def send(notice: int, at: datetime) -> bool:
    """Sends one notice, if it waits and nobody else sends it. Out: whether it was sent.

    Commits between claiming and sending, so it must not be called within a transaction that goes on.
    Raises `mail_server.NotReached`, and then it still waits.
    """
    claimed = _claim(notice, at)
    if claimed is None:
        return False
    try:
        mail_server.hand_over(message(claimed), f"Notice {notice}")
    except mail_server.NotReached:
        Notice.objects.filter(pk=notice).update(claimed_at=None)
        raise
    except mail_server.MayHaveGone:
        Notice.objects.filter(pk=notice).update(trouble=NOT_KNOWN)
        return False
    Notice.objects.filter(pk=notice).update(sent_at=at, trouble="")
    return True


@transaction.atomic
def _claim(notice: int, at: datetime) -> Notice | None:
    """Takes a notice up, unless it is overtaken by a newer one, over, sent or taken up by somebody else."""
    waiting = Notice.objects.select_for_update(of=("self",)).filter(
        pk=notice, way=Way.EMAIL, claimed_at=None, sent_at=None, trouble="", rung_at=None
    )
    found = waiting.select_related("booking__colleague").first()
    if found is None or found.version != found.booking.version or found.booking.until < at:
        return None
    found.claimed_at = at
    found.save(update_fields=["claimed_at"])
    return found


def message(notice: Notice) -> EmailMessage:
    """The email: which visit, what to do now, and where more is to be seen; nobody's name and no address."""
    booking, landlord = notice.booking, Landlord.objects.first()
    number = landlord.telephone if landlord else ""
    ring = f"ring us on {number}" if number else "ring us"
    inside = booking.colleague_id and not booking.contractor
    more = f"Open {settings.URL}/visits/{booking.pk} before you go, or {ring}." if inside else f"For more, {ring}."
    body = (
        f"The instruction for your visit {booking.reference} on {moment_in_words(booking.at)} changed.\n\n"
        f"{in_words(notice.answer)}\n\nWhat you were told before no longer applies. {more}\n"
    )
    return EmailMessage(
        subject=tidy(f"The instruction for your visit {booking.reference} changed"),
        body=body,
        to=[notice.email],
        headers={"Message-ID": notice.message_id},
    )


def doubt_old(now: datetime) -> int:
    """Shows to a person what was claimed long ago and never ended, and what no mail server was reached for."""
    unsent = Notice.objects.filter(way=Way.EMAIL, sent_at=None, trouble="", rung_at=None)
    doubted = unsent.filter(claimed_at__lt=now - OUTCOME_KNOWN_WITHIN).update(trouble=NOT_KNOWN)
    return doubted + unsent.filter(claimed_at=None, at__lt=now - TRIED_FOR).update(trouble=NOT_REACHED)


def unclaimed(now: datetime) -> list[int]:
    """Notices that wait although they were written some time ago: to be tried again."""
    waiting = Notice.objects.filter(way=Way.EMAIL, sent_at=None, claimed_at=None, trouble="", rung_at=None)
    return list(waiting.filter(at__lt=now - OUTCOME_KNOWN_WITHIN).order_by("pk").values_list("pk", flat=True))


def to_ring(now: datetime) -> QuerySet[Notice]:
    """Whoever must be rung, for visits to come, the soonest first: no address, or nobody knows whether it arrived."""
    latest = Notice.objects.filter(booking__until__gte=now, version=F("booking__version"), rung_at=None, seen_at=None)
    waits = latest.filter(Q(way=Way.BY_HAND) | ~Q(trouble=""))
    return waits.select_related("booking__colleague", "booking__home").order_by("booking__at", "pk")


def rung(notice: int, by: User, at: datetime) -> bool:
    """Somebody has rung whoever is booked. Out: whether this was the first word of it."""
    return bool(Notice.objects.filter(pk=notice, rung_at=None).update(rung_at=at, rung_by=by))


def for_colleague(user: User, now: datetime) -> QuerySet[Notice]:
    """What a colleague has not yet read about their visits to come, the soonest first."""
    theirs = Notice.objects.filter(booking__colleague=user, booking__contractor="", booking__until__gte=now)
    unread = theirs.filter(version=F("booking__version"), seen_at=None)
    return unread.select_related("booking__home").order_by("booking__at", "pk")


def seen(notice: int, by: User, at: datetime) -> bool:
    """A colleague has read what changed about a visit of theirs."""
    theirs = Notice.objects.filter(pk=notice, booking__colleague=by, seen_at=None)
    return bool(theirs.update(seen_at=at))

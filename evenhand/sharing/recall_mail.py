"""Colleagues who were told of something that ended or changed hear by email, too, that there is news, and no more."""

import logging
from datetime import datetime
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage

from evenhand.people.models import User
from evenhand.sharing.models import Recall
from evenhand.sharing.models.disclosure import RecipientKind

HOW = "an email"
SUBJECT = "Warnings you were told of have ended or changed"
BODY = (
    "Something you were told of a person has ended or changed. Please look at it, remove what ended from your notes "
    "and your diary, and confirm that you did:\n\n{url}/withdrawals/\n"
)
log = logging.getLogger(__name__)


def tell_colleagues(at: datetime) -> int:
    """Sends each colleague with news they were not told of yet one email about all of it. Out: how many were told.

    It names nobody. Where no mail can be sent the news stays untold, on their own page, and is tried the next time.
    """
    untold = Recall.objects.filter(told_at=None, confirmed_at=None, disclosure__to_kind=RecipientKind.COLLEAGUE)
    actors = set(untold.order_by().values_list("disclosure__to_id", flat=True).distinct())
    users = User.objects.filter(actor_id__in=actors, is_active=True).exclude(email="")
    told = 0
    for user in users.order_by("pk"):
        mine = list(untold.filter(disclosure__to_id=user.actor_id).values_list("pk", flat=True))
        try:
            EmailMessage(SUBJECT, BODY.format(url=settings.URL), to=[user.email]).send()
        except (OSError, SMTPException) as trouble:
            log.warning("News of what was told could not be sent: %s", type(trouble).__name__)
            continue
        Recall.objects.filter(pk__in=mine, told_at=None).update(told_at=at, told_how=HOW)
        told += 1
    return told

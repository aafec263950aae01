"""Handing an email to the landlord's mail server: whether it went, did not go, or may have gone.

Whoever sends something once claims it first, commits, hands it over here, and records what came of it.
"""

import logging
from contextlib import suppress
from smtplib import SMTPException

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

log = logging.getLogger(__name__)


class NotReached(Exception):
    """No mail server could be reached, so nothing was sent and it may be tried again."""


class MayHaveGone(Exception):
    """The mail server was reached, and then it refused or fell silent: nobody knows whether anything was sent."""


def hand_over(email: EmailMessage, called: str) -> None:
    """Sends one email. `called`: what the log calls it, such as "Letter L-123". Raises `NotReached`, `MayHaveGone`."""
    connection = get_connection()
    try:
        _open(connection)
        connection.send_messages([email])
    except (OSError, SMTPException) as trouble:
        # A mail server's own words may name whom it was to: they are for those who see the letter.
        log.warning("%s may not have been sent: %s", called, type(trouble).__name__)
        raise MayHaveGone(str(trouble) or type(trouble).__name__) from trouble
    finally:
        # One that was taken has gone, however the server says goodbye.
        with suppress(OSError, SMTPException):
            connection.close()


def _open(connection: BaseEmailBackend) -> None:
    try:
        connection.open()
    except (OSError, SMTPException) as trouble:
        raise NotReached(str(trouble)) from trouble

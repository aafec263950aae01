"""Sessions in the database, each with whose it is, when it was begun and last used; and how long one lasts.

Whoever is signed in stays so for as long as `SESSION_COOKIE_AGE` says at most, and for so many minutes without use.
What a browser keeps of somebody who is not signed in, such as the words of a form that came too late, is not cut short.
"""

from datetime import datetime, timedelta
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db

from evenhand.doors.clock import now
from evenhand.people.models import Session

NOTED_EVERY = timedelta(minutes=1)
"""How exactly the last use is known: a page then seldom costs a write."""


class SessionStore(db.SessionStore):
    """`browser`: what asks, in plain words, as far as it said so."""

    browser = ""
    begun_at: datetime | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        found: Session | None = super()._get_session_from_db()  # type: ignore[misc]
        if found is not None:
            self.begun_at, self.browser = found.begun_at, self.browser or found.browser
            self._note_use(found, now().at)
        return found

    def _note_use(self, found: Session, at: datetime) -> None:
        if found.user_id is not None and at - found.used_at >= NOTED_EVERY:
            ends = ends_at(found.begun_at, at, signed_in=True)
            Session.objects.filter(pk=found.pk).update(used_at=at, expire_date=ends, browser=self.browser)

    def create(self) -> None:
        """Somebody signs in or out, or comes anew: the time is counted from here."""
        self.begun_at = None
        super().create()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast(Session, super().create_model_instance(data))
        whose, at = data.get(SESSION_KEY), now().at
        self.begun_at = self.begun_at or at
        row.user_id = int(whose) if whose else None
        row.begun_at, row.used_at, row.browser = self.begun_at, at, self.browser
        row.expire_date = ends_at(self.begun_at, at, signed_in=whose is not None)
        return row


def ends_at(begun: datetime, used: datetime, *, signed_in: bool) -> datetime:
    """When a session is over unless it is used again."""
    longest = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    if not signed_in:
        return used + longest
    return min(begun + longest, used + timedelta(minutes=settings.SESSION_IDLE_MINUTES))

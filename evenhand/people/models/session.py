"""Where a colleague is signed in."""

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.module_loading import import_string


class Session(AbstractBaseSession):
    """One browser that is signed in, or that keeps a form of somebody who is no longer. `browser` is in plain words."""

    user = models.ForeignKey("people.User", null=True, on_delete=models.CASCADE, related_name="sessions")
    begun_at = models.DateTimeField()
    used_at = models.DateTimeField()
    browser = models.CharField(max_length=80, blank=True)

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        store: type[SessionBase] = import_string("evenhand.doors.session_store.SessionStore")
        return store

    @property
    def mark(self) -> str:
        """What a page calls it by. The key itself would let in whoever reads it, and is on no page."""
        return salted_hmac("evenhand.session", self.session_key, algorithm="sha256").hexdigest()[:24]

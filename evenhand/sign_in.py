"""Who may have an account: colleagues are added by an administrator, so nobody signs up by themselves."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest

from evenhand.people.models import User

log = logging.getLogger(__name__)
WRONG_NAME_OR_PASSWORD = "That name and password do not belong together. Check both, or reset your password."


class ColleaguesOnly(DefaultAccountAdapter):
    """Sign-in with a password, an authenticator app or a passkey."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account has been closed. Ask your administrator to open it again.",
        "email_password_mismatch": WRONG_NAME_OR_PASSWORD,
        "username_password_mismatch": WRONG_NAME_OR_PASSWORD,
        "enter_current_password": "That is not the password you have now. Enter it again.",
        "incorrect_password": "That is not your password. Enter it again.",
        "incorrect_code": "That code is not right. Enter the one your app shows now.",
        "too_many_login_attempts": "Too many wrong passwords. Wait 15 minutes, or reset your password.",
        "rate_limited": "That was too often. Wait a few minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """One line for whoever watches for guessing: where from, never what was typed, which may be a password."""
        log.warning("A sign-in failed, from %s", self.get_client_ip(request))

    def login(self, request: HttpRequest, user: User) -> None:
        """One line for whoever asks later who was in, by whatever way they came: who, and where from."""
        super().login(request, user)
        log.info("A colleague signed in: %s, from %s", user.actor_id, self.get_client_ip(request))

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tells a colleague that how they sign in was changed, at the address an administrator vouched for."""
        super().send_notification_mail(template_prefix, user, context, email or user.email)


class KnownColleaguesOnly(DefaultSocialAccountAdapter):
    """Sign-in with the landlord's identity provider: it says who someone is, never that they may come in."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        return False


class OnePasswordCheck(AuthenticationBackend):
    """A colleague by their email or the name they sign in with, and exactly one check of a password.

    The package looks by the one and then by the other, and checks anew each time, so that how long an answer takes
    would say whether somebody is a colleague here.
    """

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> Any:
        named = credentials.get("username") or credentials.get("email") or ""
        found = User.objects.filter(Q(username__iexact=named) | Q(email__iexact=named)).order_by("pk").first()
        return self._check_password(found, credentials.get("password") or "") if named else None


class DifferentLetters:
    """A password of one letter over and over is as good as a short one."""

    LEAST = 5

    def validate(self, password: str, user: object = None) -> None:
        """Raises `ValidationError`."""
        if len(set(password)) < self.LEAST:
            raise ValidationError(f"Use at least {self.LEAST} different letters or signs.", code="password_too_alike")

    def get_help_text(self) -> str:
        return f"At least {self.LEAST} different letters or signs."

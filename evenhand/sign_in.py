"""Who may have an account: colleagues are added by an administrator, so nobody signs up by themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class ColleaguesOnly(DefaultAccountAdapter):
    """Sign-in with a password, an authenticator app or a passkey."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class KnownColleaguesOnly(DefaultSocialAccountAdapter):
    """Sign-in with the landlord's identity provider: it says who someone is, never that they may come in."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        return False

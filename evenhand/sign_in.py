"""Who may have an account: colleagues are added by an administrator, so nobody signs up by themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

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


class KnownColleaguesOnly(DefaultSocialAccountAdapter):
    """Sign-in with the landlord's identity provider: it says who someone is, never that they may come in."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        return False

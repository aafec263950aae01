"""The forms of signing in, in the service's own words; what they ask and check is the package's affair."""

from typing import Any

from allauth.account import forms as account
from django import forms
from django.contrib.auth.password_validation import get_default_password_validators

REQUIRED = {
    "login": "Enter your work email or the name you sign in with",
    "password": "Enter your password",
    "email": "Enter your work email",
    "oldpassword": "Enter the password you have now",
    "password1": "Enter a new password",
    "password2": "Enter the new password again",
    "code": "Enter the code",
    "name": "Enter a name for it",
}


def shortest_password() -> int:
    """How many letters a password has at least, from the settings."""
    return max((getattr(rule, "min_length", 0) for rule in get_default_password_validators()), default=0)


def good_password() -> str:
    """What a new password needs: its length, and that it is not one that everyone tries first."""
    least = shortest_password()
    return f"At least {least} characters. Three words that have nothing to do with each other are easy to remember."


class InOurWords(forms.Form):
    """Gives fields the labels and hints named in `words` and `hints`, and says plainly what is missing."""

    words: dict[str, str] = {}
    hints: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.words.get(name, field.label)
            field.help_text = good_password() if name == "password1" else self.hints.get(name, field.help_text)
            if name == "password1":
                field.widget.attrs["data-least"] = shortest_password()
            if name in REQUIRED:
                field.error_messages["required"] = REQUIRED[name]


class SignIn(InOurWords, account.LoginForm):
    words = {"login": "Work email, or the name you sign in with"}
    hints = {"password": ""}


class AskForLink(InOurWords, account.ResetPasswordForm):
    words = {"email": "Work email"}


class ChooseByLink(InOurWords, account.ResetPasswordKeyForm):
    words = {"password1": "New password", "password2": "New password again"}


class ChangePassword(InOurWords, account.ChangePasswordForm):
    words = {
        "oldpassword": "The password you have now",
        "password1": "New password",
        "password2": "New password again",
    }
    hints = {"oldpassword": ""}


class ChoosePassword(InOurWords, account.SetPasswordForm):
    """For a colleague who has signed in another way and has no password yet."""

    words = {"password1": "New password", "password2": "New password again"}


class ShowItIsYou(InOurWords, account.ReauthenticateForm):
    hints = {"password": ""}

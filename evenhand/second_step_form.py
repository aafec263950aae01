"""The forms of a second step, in the service's own words; apart from those before it, which need far less."""

from typing import Any

from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn

from evenhand.sign_in_form import InOurWords


class SecondStep(InOurWords, mfa.AuthenticateForm):
    """Sign-in: the code of an app, or a recovery code."""


class SecondStepAgain(InOurWords, mfa.ReauthenticateForm):
    words = {"code": "Code from your app, or a recovery code"}


class SetUpApp(InOurWords, totp.ActivateTOTPForm):
    words = {"code": "Code that the app shows"}


class AddKey(InOurWords, webauthn.AddWebAuthnForm):
    words = {"name": "Name", "passwordless": "Use it without a password"}
    hints = {"name": "For example, “Work laptop”", "passwordless": ""}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.pop("name", None)
        self.fields["name"].initial = ""


class RenameKey(InOurWords, webauthn.EditWebAuthnForm):
    words = {"name": "Name"}

"""What the package of second steps asks of us: how its secrets are kept, and when one may be taken off."""

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator

from evenhand.people import sealing, second_step


class SecondStep(DefaultMFAAdapter):
    """An authenticator app, passkeys and recovery codes."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": "Your landlord asks for a second step. Add another before you turn this off.",
        "cannot_generate_recovery_codes": "Set up an app or a passkey first.",
        "incorrect_code": "That code is not right. Enter the one your app shows now.",
    }

    def encrypt(self, text: str) -> str:
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.opened(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last one stays where the landlord demands one."""
        user: Any = authenticator.user
        return not second_step.is_asked_of(user) or second_step.has_one(user, but=authenticator)

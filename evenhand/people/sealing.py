"""Secrets of a second step, sealed where they are kept: whoever reads the database alone cannot make anybody's codes.

The key is drawn from the service's own secret key, which is not in the database. What an older key sealed, or what was
kept before anything was sealed, can be read as well, and is sealed anew by the worker every night.
"""

from base64 import urlsafe_b64encode

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import salted_hmac

SEALED = "sealed:"
FIELDS = ("secret", "seed")
"""Where the package keeps what has to stay secret: an app's key, and that of which recovery codes are made."""
UNREADABLE = (
    "Your second step can no longer be read here. Ask your administrator to take it off, then set one up again."
)


class Unreadable(ValidationError):
    """No key we have fits: the service's secret key was changed, and the one before it not kept. A page shows nothing
    in its place; a form says what to do."""

    silent_variable_failure = True


def seal(words: str) -> str:
    """The words as they are kept."""
    return SEALED + _keys().encrypt(words.encode()).decode()


def opened(kept: str) -> str:
    """What was sealed, or kept before anything was. Raises `Unreadable`."""
    if not kept.startswith(SEALED):
        return kept
    try:
        return _keys().decrypt(kept.removeprefix(SEALED).encode()).decode()
    except InvalidToken:
        raise Unreadable(UNREADABLE) from None


def seal_anew() -> int:
    """Seals with today's key what is not yet; what no key fits stays as it is. Out: how many were sealed."""
    found = Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN).values_list("pk", flat=True)
    return sum(_seal_anew(pk) for pk in list(found))


@transaction.atomic
def _seal_anew(pk: int) -> bool:
    """One of them, held meanwhile: a recovery code that is used just now stays used."""
    one = Authenticator.objects.select_for_update().filter(pk=pk).first()
    if one is None:
        return False
    late = [name for name in FIELDS if name in one.data and not _by_todays_key(one.data[name])]
    try:
        one.data |= {name: seal(opened(one.data[name])) for name in late}
    except Unreadable:
        return False
    if late:
        one.save(update_fields=["data"])
    return bool(late)


def _by_todays_key(kept: str) -> bool:
    try:
        _key(settings.SECRET_KEY).decrypt(kept.removeprefix(SEALED).encode())
    except InvalidToken:
        return False
    return True


def _keys() -> MultiFernet:
    return MultiFernet([_key(each) for each in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> Fernet:
    drawn = salted_hmac("evenhand.sealing", "second step", secret=secret, algorithm="sha256").digest()
    return Fernet(urlsafe_b64encode(drawn))

"""How passwords are kept: by argon2, of what a key that is not in the database makes of them.

Whoever has a copy of the database cannot even begin to guess. Nor can whoever has a backup, where the service's secret
key, from which ours is drawn, is given from outside; else the backup has it too. A mark beside each password says from
which key it is, so that one check of it is enough. What an older key made, or argon2 alone, lets somebody in as before
and is made anew when they next sign in.
"""

from base64 import b64encode
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.utils.crypto import salted_hmac

MARK = 8
"""Letters of a mark: enough to tell the few keys of one service apart."""


class KeyedArgon2(Argon2PasswordHasher):
    """`keyed$MARK$argon2id$…`: argon2 of the password under the key of that mark."""

    algorithm = "keyed"

    def encode(self, password: str, salt: str) -> str:
        secret = settings.SECRET_KEY
        plain: str = super().encode(_under(secret, password), salt)
        return plain.replace(self.algorithm, f"{self.algorithm}${_mark(secret)}", 1)

    def decode(self, encoded: str) -> dict[str, Any]:
        mark, plain = self._parted(encoded)
        found: dict[str, Any] = super().decode(plain)
        return found | {"mark": mark}

    def verify(self, password: str, encoded: str) -> bool:
        mark, plain = self._parted(encoded)
        secrets = {_mark(each): each for each in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)}
        # Where no key has this mark it takes as long all the same, and nothing fits.
        fits = super().verify(_under(secrets.get(mark, settings.SECRET_KEY), password), plain)
        return bool(fits) and mark in secrets

    def must_update(self, encoded: str) -> bool:
        mark, _ = self._parted(encoded)
        return mark != _mark(settings.SECRET_KEY) or bool(super().must_update(encoded))

    def _parted(self, encoded: str) -> tuple[str, str]:
        """The mark, and the rest as argon2's own hasher reads it."""
        algorithm, mark, rest = encoded.split("$", 2)
        return mark, f"{algorithm}${rest}"


def _under(secret: str, password: str) -> str:
    drawn = salted_hmac("evenhand.password", password, secret=secret, algorithm="sha256").digest()
    return b64encode(drawn).decode()


def _mark(secret: str) -> str:
    """Tells which key it was; of the key itself it tells nothing."""
    return salted_hmac("evenhand.password mark", "", secret=secret, algorithm="sha256").hexdigest()[:MARK]

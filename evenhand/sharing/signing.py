"""The signature of a webhook, as standardwebhooks.com describes it: HMAC-SHA256 under a secret of the endpoint's own.

A secret must be at hand for every message, so it cannot be kept as a digest as a key's is. It is not kept at all: it
is made anew from Evenhand's own key, which lies outside the database, and a random salt in the endpoint's row. A copy
of the database alone lets nobody sign, and no page can show a secret again by mistake.
"""

import base64
import hmac
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

PREFIX = "whsec_"
PURPOSE = b"evenhand webhook secret\x00"


def shown(salt: bytes) -> str:
    """A secret as the receiver is given it, once."""
    return PREFIX + base64.b64encode(_secret_from(salt)).decode()


def headers(message: str, at: datetime, body: bytes, salts: Iterable[bytes]) -> dict[str, str]:
    """What goes with a message sent at a moment: one signature for each secret that holds now."""
    stamp = str(int(at.timestamp()))
    signed = b".".join((message.encode(), stamp.encode(), body))
    marks = [base64.b64encode(hmac.digest(_secret_from(salt), signed, "sha256")).decode() for salt in salts]
    return {
        "webhook-id": message,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(f"v1,{mark}" for mark in marks),
    }


def _secret_from(salt: bytes) -> bytes:
    """256 bits."""
    return hmac.digest(str(settings.SECRET_KEY).encode(), PURPOSE + bytes(salt), "sha256")

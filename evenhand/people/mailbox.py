"""Email addresses: kept as given, and in lower case so that any way of writing one finds the person."""

import re
import unicodedata

_BETWEEN = re.compile(r"[;,\s]+")
_ADDRESS = re.compile(r"[^@\s<>\"',;:()\[\]\\]+@(?:[^@\s.<>\"',;:()\[\]\\]+\.)+[^@\s.<>\"',;:()\[\]\\0-9]{2,}")


def normalised(text: str) -> str | None:
    """One address in lower case, or None if it cannot be one. Letters with diacritics are letters."""
    address = unicodedata.normalize("NFC", text.strip()).lower()
    return address if len(address) <= 254 and ".." not in address and _ADDRESS.fullmatch(address) else None


def all_in(text: str) -> list[str]:
    """Every address in a text that may hold several, each once, in order."""
    found = (normalised(part) for part in _BETWEEN.split(text.strip()))
    return list(dict.fromkeys(address for address in found if address))

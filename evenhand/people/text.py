"""Text as people give it, made safe to store, and folded so that any spelling finds it."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?) ([0-9][A-Z]{2})\b")
_NOT_WORDS = re.compile(r"[^\w]+|_+")
# Letters that do not fall apart into a plain letter and a mark.
_PLAIN = str.maketrans(
    {"ł": "l", "đ": "d", "ð": "d", "ø": "o", "ı": "i", "ħ": "h", "ŋ": "n", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss"}
)
# An apostrophe joins (O'Brien, OBrien), so does the turned comma of transliterations; everything else parts.
_JOINS = str.maketrans("", "", "'’‘`´ʻʼʹ\u200c\u200d")
# Joiners that some scripts need inside a word; other invisible characters are dropped.
_KEPT_INVISIBLE = frozenset("\u200c\u200d")


def tidy(text: str) -> str:
    """The text with its letters and diacritics kept, its blanks single, and what cannot be seen taken out."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split()) if "  " in text else text.strip()
    composed = unicodedata.normalize("NFC", text)
    seen = "".join(
        " " if char.isspace() else char
        for char in composed
        if char.isspace() or char in _KEPT_INVISIBLE or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    return _SPACES.sub(" ", seen).strip()


def folded(text: str) -> str:
    """What is compared when searching: lower case without marks or punctuation ("Seán O’Brien" is "sean obrien")."""
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", text.casefold())
        text = "".join(char for char in apart if not unicodedata.combining(char)).translate(_PLAIN)
    return _NOT_WORDS.sub(" ", text.lower().translate(_JOINS)).strip()


def compact(text: str) -> str:
    """A postcode or reference without blanks and in lower case: "ZE2 3HA" is "ze23ha"."""
    return _NOT_WORDS.sub("", text.lower())


def unbroken(text: str) -> str:
    """The text as it is shown: no postcode in it is ever parted by the end of a line."""
    return _POSTCODE.sub(r"\1" + "\u00a0" + r"\2", text)


def name_to_search(forename: str, surname: str, former_names: list[str] | None = None) -> str:
    """The folded text that finds a person, by what they are called now or were before."""
    return folded(" ".join([forename, surname, *(former_names or [])]))


def address_to_search(address_line: str, town: str, postcode: str) -> str:
    """The folded text that finds a home."""
    return folded(f"{address_line} {town} {postcode}")

"""Telephone numbers: kept as given, and normalised (E.164) so that any way of writing one finds the person."""

import re

import phonenumbers

_BETWEEN = re.compile(r"[/;,|\n]| or | and ", re.IGNORECASE)
_UNWRITTEN = str.maketrans("", "", " ()-.\u00a0")
# What nearly every number looks like. The library agrees on all of these (a test holds it), and is far slower.
_BRITISH = re.compile(r"(?:\+44|0044|0)([1-9][0-9]{9})")


def normalised(text: str) -> str | None:
    """One number as E.164 ("+447700900123"), or None if it cannot be a number.

    A number without a country is taken as British. Numbers that are possible are kept, not only those known to be
    in use: ranges change, and those reserved for drama would otherwise vanish.
    """
    match = _BRITISH.fullmatch(text.translate(_UNWRITTEN))
    if match:
        return "+44" + match[1]
    try:
        number = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def all_in(text: str) -> list[str]:
    """Every number in a text that may hold several ("07700 900001 / 0113 496 0002"), each once, in order."""
    whole = normalised(text)
    if whole:
        return [whole]
    found = (normalised(part) for part in _BETWEEN.split(text))
    return list(dict.fromkeys(number for number in found if number))

"""E1: the ways a customer and the landlord reach each other."""

from enum import StrEnum


class Channel(StrEnum):
    """A way of contact, as contact logs and limits on contact name it."""

    PHONE = "phone"
    EMAIL = "email"
    LETTER = "letter"
    WEBFORM = "webform"
    VISIT = "visit"
    OFFICE = "office"
    SOCIAL = "social"

    @property
    def words(self) -> str:
        """How the channel reads in a sentence, to a customer or a colleague."""
        return _WORDS[self]


_WORDS = {
    Channel.PHONE: "by telephone",
    Channel.EMAIL: "by email",
    Channel.LETTER: "by letter",
    Channel.WEBFORM: "by the form on our website",
    Channel.VISIT: "by a visit to the home",
    Channel.OFFICE: "in person at an office",
    Channel.SOCIAL: "on social media",
}

WRITTEN = frozenset({Channel.EMAIL, Channel.LETTER, Channel.WEBFORM, Channel.SOCIAL})
SPOKEN = frozenset({Channel.PHONE, Channel.VISIT, Channel.OFFICE})

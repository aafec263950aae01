"""Rules 2 and 11, S1: what a person needs of us, which ways of contact that rules out, and how letters reach them.

A need is never a marker. It is recorded to be met: by a channel the person can use and a letter the person can read.
"""

from collections.abc import Iterable
from enum import StrEnum


class Channel(StrEnum):
    """A way that a customer and the landlord reach each other (E1), as contact logs and limits on contact name it."""

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


class Need(StrEnum):
    """What a person told us, or we learned, that they need."""

    INTERPRETER = "interpreter"
    LARGE_PRINT = "large print"
    EASY_READ = "easy read"
    BRAILLE = "braille"
    AUDIO = "audio"
    FINDS_WRITING_HARD = "finds writing hard"
    FINDS_TELEPHONE_HARD = "finds the telephone hard"
    DEAF = "deaf"
    BSL = "uses British Sign Language"
    SIGHT_LOSS = "sight loss"
    MENTAL_HEALTH = "mental health"
    LEARNING_DIFFICULTY = "learning difficulty"
    NEURODIVERGENT = "neurodivergent"
    MEMORY = "memory or dementia"
    LACKS_CAPACITY = "cannot decide for themselves (mental capacity)"
    ILLNESS = "illness or physical disability"
    DOMESTIC_ABUSE = "domestic abuse"
    CARER = "cares for someone"
    ADVOCATE = "an advocate acts for them"
    OTHER = "something else"

    @property
    def unsuitable(self) -> frozenset[Channel]:
        """The channels that conflict with this need: never the only ones left open, never counted as an attempt."""
        return _UNSUITABLE.get(self, frozenset())

    @property
    def letter_format(self) -> "LetterFormat | None":
        """The format of letter this need suggests, or none."""
        return _FORMAT.get(self)

    @property
    def is_health(self) -> bool:
        """Whether it tells of someone's health: special category data, restricted by default (rule 13)."""
        return self in _HEALTH


class LetterFormat(StrEnum):
    """How a letter is made, so that the person it is for can read it."""

    STANDARD = "standard"
    LARGE_PRINT = "large print"
    PLAIN_TEXT = "plain text"
    EASY_READ = "easy read"
    BRAILLE = "braille"
    BSL = "British Sign Language"
    AUDIO = "audio"
    TRANSLATION = "translation"
    READ_ALOUD = "a visit to read it aloud"

    @property
    def is_made_elsewhere(self) -> bool:
        """Whether someone has to make or do it: an appeal's clock starts only when that is recorded as delivered."""
        return self in _MADE_ELSEWHERE


def unsuitable(needs: Iterable[Need], unsafe: Iterable[Channel] = ()) -> frozenset[Channel]:
    """Every channel that conflicts with any of these needs, with those recorded as unsafe for this person.

    In: the kinds of need that hold, and the channels marked unsafe. Out: channels that may not be relied on (rule 2).
    """
    return frozenset(unsafe).union(*(need.unsuitable for need in needs))


def suggested_format(needs: Iterable[Need], language: str = "") -> LetterFormat:
    """The format of letter to offer first.

    In: the kinds of need that hold, and the person's language as a code ("en", "cy", …; empty is unknown). The need
    that leaves least choice of format wins: braille before large print, easy read before both translation and standard.
    """
    wanted = {need.letter_format for need in needs}
    for form in _STRONGEST_FIRST:
        if form in wanted:
            return form
    speaks_another = bool(language) and language.split("-")[0] not in ("en", "cy")
    return LetterFormat.TRANSLATION if speaks_another else LetterFormat.STANDARD


_UNSUITABLE = {
    Need.FINDS_WRITING_HARD: WRITTEN,
    Need.FINDS_TELEPHONE_HARD: frozenset({Channel.PHONE}),
    Need.DEAF: frozenset({Channel.PHONE}),
    Need.BSL: frozenset({Channel.PHONE}),
}

_FORMAT = {
    Need.LARGE_PRINT: LetterFormat.LARGE_PRINT,
    Need.EASY_READ: LetterFormat.EASY_READ,
    Need.BRAILLE: LetterFormat.BRAILLE,
    Need.AUDIO: LetterFormat.AUDIO,
    Need.BSL: LetterFormat.BSL,
    Need.INTERPRETER: LetterFormat.TRANSLATION,
    Need.FINDS_WRITING_HARD: LetterFormat.READ_ALOUD,
    Need.LEARNING_DIFFICULTY: LetterFormat.EASY_READ,
    Need.SIGHT_LOSS: LetterFormat.LARGE_PRINT,
}

_STRONGEST_FIRST = (
    LetterFormat.BRAILLE,
    LetterFormat.BSL,
    LetterFormat.AUDIO,
    LetterFormat.READ_ALOUD,
    LetterFormat.EASY_READ,
    LetterFormat.TRANSLATION,
    LetterFormat.LARGE_PRINT,
)

_MADE_ELSEWHERE = frozenset(
    {LetterFormat.BRAILLE, LetterFormat.BSL, LetterFormat.AUDIO, LetterFormat.TRANSLATION, LetterFormat.READ_ALOUD}
)

_HEALTH = frozenset(
    {
        Need.DEAF,
        Need.BSL,
        Need.SIGHT_LOSS,
        Need.BRAILLE,
        Need.MENTAL_HEALTH,
        Need.LEARNING_DIFFICULTY,
        Need.NEURODIVERGENT,
        Need.MEMORY,
        Need.LACKS_CAPACITY,
        Need.ILLNESS,
    }
)

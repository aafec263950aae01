"""Why a limit or a marker ended."""

from enum import StrEnum


class Ending(StrEnum):
    """The cause of an end. Only some call for a letter of their own: an appeal's letter already says so."""

    LIFTED = "lifted by a decision"
    LAPSED = "came to its end"
    REPLACED = "replaced by another"
    REVIEW = "ended at a review"
    APPEAL = "ended by an appeal"
    UNDECIDED = "not confirmed"
    DEATH = "the person died"
    LEFT = "the colleague left"

    @property
    def needs_letter(self) -> bool:
        return self not in (Ending.REPLACED, Ending.APPEAL, Ending.DEATH)

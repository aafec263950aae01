"""Which letters there are, and in which shapes."""

from enum import StrEnum


class Kind(StrEnum):
    """The letters there are. Each has its wording in `letters/wording/<kind>.toml`."""

    INVITATION = "invitation"
    REMINDER = "reminder"
    NO_ACTION = "no_action"
    WARNING = "warning"
    FINDING = "finding"
    LIMITS = "limits"
    SINGLE_CONTACT = "single_contact"
    MARKER = "marker"
    REVIEW_NOTICE = "review_notice"
    REVIEW_OUTCOME = "review_outcome"
    LIMIT_ENDED = "limit_ended"
    MARKER_ENDED = "marker_ended"
    APPEAL_RECEIVED = "appeal_received"
    APPEAL_OUTCOME = "appeal_outcome"
    COUNTER_ALLEGATION_OUTCOME = "counter_allegation_outcome"
    REFERRAL = "referral"
    LEGAL = "legal"
    OBJECTION_ANSWER = "objection_answer"
    """The one that no case calls for: a customer objected to how often they were counted."""


class Format(StrEnum):
    """The shapes every letter can be had in at once; braille, BSL, audio and translations are ordered from people."""

    STANDARD = "standard"
    LARGE_PRINT = "large_print"
    PLAIN_TEXT = "plain_text"
    EASY_READ = "easy_read"

    @property
    def is_pdf(self) -> bool:
        return self is not Format.PLAIN_TEXT

    @property
    def suffix(self) -> str:
        """How a file of this format ends, with its dot."""
        return ".pdf" if self.is_pdf else ".txt"

"""What is asked alike of a key and of a receiver of webhooks: who uses the system, and when an old secret ends."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from crispy_forms_gds.choices import Choice

from evenhand.sharing.models.key import Audience
from evenhand.web.fields import Pick
from evenhand.web.key_words import AUDIENCES
from evenhand.web.set_up import PlainForm

OVERLAP_WORDS = {0: "It ends at once", 1: "1 day", 7: "7 days", 30: "30 days"}


class AudienceForm(PlainForm):
    """Who uses the other system. `hints` says what each is told."""

    hints: ClassVar[Mapping[Audience, str]]
    audience = Pick("Who uses the system?", missing="Say who uses it")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"].choices = [  # type: ignore[attr-defined]
            Choice(audience.value, AUDIENCES[audience], hint=self.hints[audience]) for audience in Audience
        ]

    def clean_audience(self) -> Audience:
        return Audience(self.cleaned_data["audience"])


class RotationForm(PlainForm):
    """How long the old secret still holds. `overlaps` are the days that may be chosen."""

    overlaps: ClassVar[Iterable[int]]
    overlap_days = Pick(
        "How long does the old secret go on?",
        "Long enough to change the other system. If the secret may have got out, end it at once.",
        missing="Choose how long",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["overlap_days"].choices = [  # type: ignore[attr-defined]
            Choice(str(days), OVERLAP_WORDS[days]) for days in self.overlaps
        ]

"""The questions about a receiver of webhooks."""

from typing import Any

from crispy_forms_gds.choices import Choice
from django import forms

from evenhand.sharing.endpoint import OVERLAPS
from evenhand.sharing.models import Endpoint, Key
from evenhand.sharing.models.change import ControlKind
from evenhand.sharing.models.key import Audience
from evenhand.web.fields import Day, Line, Words
from evenhand.web.set_up import PlainForm
from evenhand.web.shared_with import AudienceForm, RotationForm
from evenhand.web.sharing_words import EACH

HINTS = {
    Audience.COLLEAGUES: "It is told what a colleague is told: what to do, the kind of risk, dates of review.",
    Audience.CONTRACTOR: "It is told what to do, the kind of risk and whom to ask, of markers and safety instructions "
    "that are for contractors, and nothing else.",
}


class TermsForm(PlainForm):
    """What may be changed of a receiver at any time."""

    name = Line("Which system is told?", missing="Name the system", max_length=120)
    url = Line(
        "To which address?",
        "It begins with https://. Whoever runs the system gives it to you.",
        missing="Enter the address",
        max_length=500,
    )
    owner = Line(
        "Who answers for it?",
        "A team or a firm, and how to reach it: you ring them when a warning must be removed.",
        missing="Say who answers for it",
        max_length=200,
    )
    why = Line("What does it need this for?", "For example, booking repairs.", missing="Say what it needs this for")
    kinds = forms.TypedMultipleChoiceField(
        label="What is it told of?",
        help_text="Choose no more than it needs.",
        choices=[Choice(kind.value, EACH[kind]) for kind in ControlKind],
        coerce=ControlKind,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one thing to tell it of"},
    )
    key = forms.ModelChoiceField(
        label="With which key does the system confirm what it removed?",
        help_text="Without one, somebody takes its confirmations down by telephone.",
        queryset=Key.objects.filter(revoked_at=None),
        required=False,
        empty_label="None",
    )


class ChangeForm(TermsForm):
    def __init__(self, *args: Any, endpoint: Endpoint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class AddForm(AudienceForm, TermsForm):
    hints = HINTS
    field_order = ["name", "url", "owner", "why", "audience", "kinds", "key"]


class RotateForm(RotationForm):
    overlaps = OVERLAPS

    def __init__(self, *args: Any, endpoint: Endpoint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class OffForm(PlainForm):
    why = Words("Why?", "For whoever asks later. Do not name customers.", missing="Say why", rows=2, max_length=200)

    def __init__(self, *args: Any, endpoint: Endpoint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class ReplayForm(PlainForm):
    since = Day(
        "Since which day?",
        "For example, 3 12 2026. What became known on that day or later is sent again, in its order.",
        missing="Enter a day",
    )

    def __init__(self, *args: Any, endpoint: Endpoint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

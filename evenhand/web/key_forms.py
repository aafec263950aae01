"""The questions about a key."""

from typing import Any

from crispy_forms_gds.choices import Choice
from django import forms

from evenhand.sharing import key
from evenhand.sharing.models.key import Key, Scope
from evenhand.web.fields import Count, Day, Line, Words
from evenhand.web.key_words import AUDIENCE_HINTS, SCOPES
from evenhand.web.set_up import PlainForm
from evenhand.web.shared_with import OVERLAP_WORDS, AudienceForm, RotationForm


class TermsForm(PlainForm):
    """What may be changed of a key at any time."""

    name = Line("Which system is it for?", missing="Name the system", max_length=120)
    owner = Line(
        "Who answers for it?",
        "A team or a firm, and how to reach it.",
        missing="Say who answers for it",
        max_length=200,
    )
    calls_a_minute = Count(
        "How many calls may it make in a minute?", least=key.CALLS_A_MINUTE[0], most=key.CALLS_A_MINUTE[2]
    )
    people_a_day = Count(
        "How many different people and homes may it ask about in a day?",
        "A little more than its work needs: a key that is misused shows by this number.",
        least=key.PEOPLE_A_DAY[0],
        most=key.PEOPLE_A_DAY[2],
    )
    expires_on = Day("What is its last day?", "For example, 3 12 2027. Leave it empty for no end.", required=False)


class ChangeForm(TermsForm):
    def __init__(self, *args: Any, key: Key, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class MakeForm(AudienceForm, TermsForm):
    hints = AUDIENCE_HINTS
    scopes = forms.TypedMultipleChoiceField(
        label="What may it do?",
        help_text="Choose no more than it needs.",
        choices=[Choice(scope.value, SCOPES[scope]) for scope in Scope],
        coerce=Scope,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one thing it may do"},
    )
    field_order = ["name", "owner", "audience", "scopes", "calls_a_minute", "people_a_day", "expires_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        usual = {"calls_a_minute": key.CALLS_A_MINUTE[1], "people_a_day": key.PEOPLE_A_DAY[1]}
        super().__init__(*args, **{**kwargs, "initial": {**usual, **(kwargs.get("initial") or {})}})


class RotateForm(RotationForm):
    overlaps = OVERLAP_WORDS
    newest = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, key: Key, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class RevokeForm(PlainForm):
    why = Words("Why?", "For whoever asks later. Do not name customers.", missing="Say why", rows=2, max_length=400)

    def __init__(self, *args: Any, key: Key, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

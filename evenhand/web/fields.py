"""The kinds of question that forms ask: in GOV.UK's shapes, in plain words, with errors that say what to do."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.fields import DateInputField
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator

from evenhand.cases.writing import normalise
from evenhand.people.text import tidy

LONGEST = 20_000
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?")


def in_words(kind: StrEnum) -> str:
    """A member of one of the policy's lists as a label: "excessive emails" is "Excessive emails"."""
    words = str(getattr(kind, "words", kind.value))
    return words[0].upper() + words[1:]


def choices_of(kinds: Iterable[StrEnum], hints: Mapping[Any, str] | None = None) -> list[Choice]:
    """The choices of a list, each with its hint if it has one."""
    given = hints or {}
    return [Choice(k.value, in_words(k), **({"hint": given[k]} if k in given else {})) for k in kinds]


class Words(forms.CharField):
    """A few sentences, kept in one clean form that every letter can print."""

    def __init__(self, label: str, hint: str = "", *, missing: str = "", rows: int = 5, **options: Any) -> None:
        options.setdefault("max_length", LONGEST)
        widget = options.pop("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(label=label, help_text=hint, widget=widget, strip=False, **options)
        self.error_messages["required"] = missing or f"Answer “{label}”"

    def to_python(self, value: Any) -> str:
        return normalise(super().to_python(value) or "")


class Line(forms.CharField):
    """A few words on one line."""

    def __init__(self, label: str, hint: str = "", *, missing: str = "", **options: Any) -> None:
        options.setdefault("max_length", 200)
        super().__init__(label=label, help_text=hint, **options)
        self.error_messages["required"] = missing or f"Answer “{label}”"

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value) or "")


class OneOf(forms.TypedChoiceField):
    """One of a list of the policy's, as radios; the answer is the member itself."""

    def __init__(
        self,
        label: str,
        kinds: Iterable[StrEnum],
        hint: str = "",
        *,
        hints: Mapping[Any, str] | None = None,
        missing: str = "",
        **options: Any,
    ) -> None:
        members = list(kinds)
        options.setdefault("widget", forms.RadioSelect)
        kind: Callable[[str], StrEnum] = type(members[0])
        super().__init__(
            label=label, help_text=hint, choices=choices_of(members, hints), coerce=kind, empty_value=None, **options
        )
        self.error_messages["required"] = missing or f"Choose an answer to “{label}”"


class SeveralOf(forms.TypedMultipleChoiceField):
    """Any of a list of the policy's, as checkboxes; the answer is a tuple of its members, in the list's order."""

    def __init__(
        self,
        label: str,
        kinds: Iterable[StrEnum],
        hint: str = "Choose all that apply.",
        *,
        hints: Mapping[Any, str] | None = None,
        missing: str = "",
        **options: Any,
    ) -> None:
        self.members = list(kinds)
        options.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(
            label=label,
            help_text=hint,
            choices=choices_of(self.members, hints),
            coerce=type(self.members[0]),
            empty_value=[],
            **options,
        )
        self.error_messages["required"] = missing or f"Choose at least one answer to “{label}”"

    def clean(self, value: Any) -> tuple[StrEnum, ...]:
        chosen = super().clean(value)
        return tuple(member for member in self.members if member in chosen)


class Pick(forms.ChoiceField):
    """One of a few things of the case or the register, as radios; `choices` may be set when the form is made."""

    def __init__(self, label: str, hint: str = "", *, missing: str = "", **options: Any) -> None:
        options.setdefault("widget", forms.RadioSelect)
        super().__init__(label=label, help_text=hint, **options)
        self.error_messages["required"] = missing or f"Choose an answer to “{label}”"
        self.error_messages["invalid_choice"] = "Choose one of the answers shown"


class Day(DateInputField):
    """A day in three boxes. The month may be a number or its name; a year of two figures is of this century."""

    def __init__(self, label: str, hint: str = "For example, 3 12 2026.", *, missing: str = "", **options: Any) -> None:
        super().__init__(label=label, help_text=hint, **options)
        say = missing or "Enter a day, a month and a year"
        self.error_messages.update(required=say, incomplete=say, invalid=say)
        patterns = ((r"^\s*\d{1,2}\s*$", "The day is a number from 1 to 31"),
                    (r"^\s*(\d{1,2}|[A-Za-z]{3,9})\s*$", "The month is a number from 1 to 12, or its name"),
                    (r"^\s*(\d{2}|\d{4})\s*$", "The year is four figures, such as 2026"))  # fmt: skip
        for part, (pattern, words) in zip(self.fields, patterns, strict=True):
            part.validators = [RegexValidator(pattern, words)]
        for box in self.widget.widgets[::2]:
            box.attrs["inputmode"] = "numeric"

    def compress(self, data_list: Any) -> date | None:
        if not data_list or not all(data_list):
            return None
        day, month, year = (str(part).strip().lower() for part in data_list)
        number = MONTHS.index(month[:3]) + 1 if month[:3] in MONTHS else month
        try:
            return date(int(year) + (2000 if len(year) == 2 else 0), int(number), int(day))
        except ValueError:
            raise ValidationError("There is no such day. Check the day and the month") from None


class Clock(forms.CharField):
    """A time of day, as anyone writes it; the answer is in our words ("2:30pm"), or nothing."""

    def __init__(self, label: str, hint: str = "For example, 2:30pm. About will do.", **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(label=label, help_text=hint, max_length=20, **options)

    def to_python(self, value: Any) -> str:
        said = tidy(super().to_python(value) or "").lower().removeprefix("about ")
        if not said or said in ("midday", "midnight"):
            return said
        found = _TIME.fullmatch(said)
        hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
        half = found[3] if found else None
        if hour > 23 or minute > 59 or (half and not 1 <= hour <= 12):
            raise ValidationError("Write a time such as 2:30pm or 14:30, or leave it empty")
        if half:
            hour = hour % 12 + (12 if half == "pm" else 0)
        minutes = f":{minute:02}" if minute else ""
        return f"{hour % 12 or 12}{minutes}{'pm' if hour >= 12 else 'am'}"


class Tick(forms.BooleanField):
    """One box to tick, or not."""

    def __init__(self, label: str, hint: str = "", **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(label=label, help_text=hint, **options)


class Count(forms.IntegerField):
    """A whole number, none less than nought."""

    def __init__(self, label: str, hint: str = "", *, least: int = 0, most: int = 9999, **options: Any) -> None:
        box = forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"})
        super().__init__(label=label, help_text=hint, widget=box, **options)
        self.error_messages.update(required="Enter a number", invalid="Enter a whole number, such as 3")
        wrong = f"Enter a whole number from {least} to {most}"
        self.validators = [MinValueValidator(least, wrong), MaxValueValidator(most, wrong)]


class SeveralFiles(forms.FileInput):
    """A control that takes several files at once."""

    allow_multiple_selected = True


class Files(forms.FileField):
    """Any number of files. What they may be is for `cases/exhibits.py` to say; the answer is a list of them."""

    def __init__(self, label: str, hint: str = "", **options: Any) -> None:
        options.setdefault("required", False)
        options.setdefault("widget", SeveralFiles(attrs={"multiple": True, "class": "govuk-file-upload"}))
        super().__init__(label=label, help_text=hint, **options)
        self.error_messages["empty"] = "That file is empty. Choose it again"

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        one = super().clean
        return [one(each, initial) for each in given]

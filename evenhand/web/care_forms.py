"""What is asked about a person, so that they are treated as they need."""

from typing import Any

from django import forms

from evenhand.people.models.person import RepresentativeKind
from evenhand.policy.need import Channel, LetterFormat, Need
from evenhand.web.fields import Day, Line, OneOf, SeveralOf, Tick, Words
from evenhand.web.set_up import PlainForm

RIGHTS = {
    RepresentativeKind.ADVOCATE: "Helps them to say what they want. They agreed to it.",
    RepresentativeKind.ATTORNEY: "Holds a power of attorney, or a court appointed them.",
    RepresentativeKind.GUARDIAN: "Responsible for them by law.",
    RepresentativeKind.PARENT: "Of someone under 18.",
    RepresentativeKind.SOLICITOR: "Acts for them in law. A solicitor always gets through.",
}


class NeedForm(PlainForm):
    kind = OneOf("What do they need, or what should we know?", Need, missing="Choose what they need")
    detail = Words(
        "What exactly?",
        "For example, which language, or what helps. In their words, if you can.",
        rows=3,
        required=False,
    )


class ReachForm(PlainForm):
    wanted = OneOf(
        "Which format of letter did they ask for?",
        LetterFormat,
        "If they did not say, what they need decides.",
        required=False,
    )
    unsafe = SeveralOf(
        "By which ways must nobody contact them?",
        Channel,
        "Because someone else could see, hear or answer. These are never used, not even in a letter’s place.",
        required=False,
    )
    note = Words("Why is that not safe?", "Only those who work on cases see this.", rows=3, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = self.fields["wanted"]
        wanted.choices = [("", "They did not say"), *wanted.choices]  # type: ignore[attr-defined]


class RepresentativeForm(PlainForm):
    name = Line("What is their name?", missing="Enter their name", max_length=240)
    kind = OneOf("By what right do they speak for the person?", RepresentativeKind, hints=RIGHTS)
    contact = Words("How do we reach them?", "Telephone, email or address.", rows=3, missing="Say how to reach them")
    authority = Words(
        "What have you seen that shows it?", "For example, a signed form on 3 December 2026.", rows=3, required=False
    )
    safe = Tick(
        "Telling them puts nobody in danger",
        "Ask the person, alone. Notices about a child or someone lacking capacity go to them only if this is ticked.",
    )


class BirthForm(PlainForm):
    born = Day("When were they born?", "For example, 27 3 1984.", missing="Enter the day, month and year")


class DeathForm(PlainForm):
    on = Day("When did they die?", "The day you were told, if nobody knows.", missing="Enter the day")
    sure = Tick("I have checked that it is this person", required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sure"].error_messages["required"] = "Check that it is this person, then tick the box"


class DetailsForm(PlainForm):
    forename = Line("First name", required=False, max_length=120)
    surname = Line("Last name", required=False, max_length=120)
    description = Words(
        "A few words that tell them apart", "Only what anyone could see, such as “drives a red van”.", rows=2,
        required=False,
    )  # fmt: skip
    phone = Line("Telephone", required=False)
    email = forms.CharField(label="Email", required=False, max_length=320)

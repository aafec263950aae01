"""What is asked of one contact: ten seconds for most, and the rest folded away."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from crispy_forms_gds.layout import Field, Layout, Size
from django import forms
from django.utils import timezone

from evenhand.cases.reading import Moment
from evenhand.contacts.log import Said
from evenhand.contacts.models import Matter
from evenhand.contacts.models.contact import Caller, Direction
from evenhand.policy.exempt import Exempt
from evenhand.policy.held import Held
from evenhand.policy.need import Channel
from evenhand.web.fields import Clock, Count, Day, Line, OneOf, Pick, Tick
from evenhand.web.report import folded
from evenhand.web.set_up import PlainForm
from evenhand.web.templatetags.words import day

CHANNELS = (
    Channel.PHONE,
    Channel.EMAIL,
    Channel.WEBFORM,
    Channel.OFFICE,
    Channel.VISIT,
    Channel.LETTER,
    Channel.SOCIAL,
)
DIRECTIONS = [(Direction.IN.value, "They contacted us"), (Direction.OUT.value, "We contacted them")]
CALLERS = [
    ("", "The customer"),
    (Caller.INTERPRETER.value, "An interpreter"),
    (Caller.ADVOCATE.value, "An advocate"),
    (Caller.FAMILY.value, "A relative or friend"),
    (Caller.OTHER.value, "Somebody else"),
]
YES_NO = [("no", "No, I read or heard none"), ("yes", "Yes")]
YES_NO_UNKNOWN = [("yes", "Yes"), ("no", "No"), ("", "I do not know")]
"""What somebody in haste leaves as it stands is not "no": a box that nobody ticked would say that a contact brought
nothing new and came of no need, and so count it against the customer. Whoever knows says so, either way. The boxes that
stay boxes count against somebody only when they are ticked."""
FOLDED = ("exempt", "caller", "on", "at_time", "asked_for_senior", "offered_colleague", "not_specific", "need")


class ContactForm(PlainForm):
    """One contact. What limits the person decides whether it asks for a hazard, and for whom it reached."""

    token = forms.CharField(max_length=64, widget=forms.HiddenInput)
    channel = OneOf("How?", CHANNELS, missing="Choose how it happened")
    direction = forms.ChoiceField(
        label="Who began it?", choices=DIRECTIONS, widget=forms.RadioSelect, initial=Direction.IN.value
    )
    matter = Pick("What was it about?", required=False)
    minutes = Count("How many minutes did it take?", "Leave it empty if you do not know.", most=1440, required=False)
    news = forms.ChoiceField(
        label="Did it tell us something new?",
        choices=YES_NO_UNKNOWN,
        widget=forms.RadioSelect,
        initial="",
        required=False,
    )
    hazard = forms.ChoiceField(
        label="Does it tell of a hazard, or of somebody in danger?",
        help_text="Read or listen to the end before you answer. A hazard or a danger is acted on at once, whatever the "
        "limits say.",
        choices=YES_NO,
        widget=forms.RadioSelect,
        required=False,
    )
    passed_on = Line("If so, whom did you tell?", "For example, the repairs team, at 2:30pm.", required=False)
    reached = forms.ChoiceField(
        label="Did it go to the single contact?",
        choices=[("", "I do not know"), ("yes", "Yes"), ("no", "No, to somebody else")],
        widget=forms.RadioSelect,
        required=False,
    )
    exempt = forms.ChoiceField(
        label="Is it one that always gets through?",
        choices=[("", "No"), *((each.value, each.words[0].upper() + each.words[1:]) for each in Exempt)],
        required=False,
    )
    caller = forms.ChoiceField(label="Who spoke or wrote?", choices=CALLERS, required=False)
    asked_for_senior = Tick("They asked for somebody more senior")
    offered_colleague = Tick("A colleague who can help was offered")
    not_specific = Tick("They would not say what it is about")
    need = forms.ChoiceField(
        label="Did they contact us again because of a need?",
        help_text="For example, they could not remember, or read our letter.",
        choices=YES_NO_UNKNOWN,
        widget=forms.RadioSelect,
        initial="",
        required=False,
    )
    on = Day("Which day was it, if not today?", required=False)
    at_time = Clock("At what time?")

    def __init__(self, *args: Any, matters: Iterable[Matter], held: Held, moment: Moment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.moment = moment
        choices = [(str(matter.pk), about(matter)) for matter in matters]
        self.fields["matter"].choices = [*choices, ("", "Something else")]  # type: ignore[attr-defined]
        self.limited = bool(held.limits or held.contacts)
        if not self.limited:
            del self.fields["hazard"], self.fields["passed_on"]
        if not held.contacts:
            del self.fields["reached"]
        self.helper.layout = self._layout()

    def _layout(self) -> Layout:
        big = {"legend_size": Size.for_legend(Size.MEDIUM), "label_size": Size.for_label(Size.MEDIUM)}
        first = [Field(name, context=big) for name in ("channel", "direction", "matter", "minutes", "news")]
        limited = [Field(n, context=big) for n in ("hazard", "passed_on", "reached") if n in self.fields]
        is_open = any(self.data.get(name) for name in FOLDED) or any(name in self.errors for name in FOLDED)
        return Layout(
            "token",
            *first,
            *limited,
            *folded("Anything else worth knowing", is_open, *FOLDED),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("hazard") == "yes" and not cleaned.get("passed_on"):
            self.add_error("passed_on", "Pass it on now, then say whom you told")
        if not self.errors and self.happened > self.moment.at:
            self.add_error("at_time" if cleaned["at_time"] else "on", "That is still to come. Enter when it was")
        return cleaned

    @property
    def happened(self) -> datetime:
        """When it was: now, unless the form says otherwise; at midday of another day, if no time is given."""
        told = self.cleaned_data
        if not told["on"] and not told["at_time"]:
            return self.moment.at
        return timezone.make_aware(datetime.combine(told["on"] or self.moment.day, as_time(told["at_time"])))

    def said(self, at: datetime) -> Said:
        """What is said of the contact, at a moment."""
        told = self.cleaned_data
        return Said(
            at=at,
            channel=told["channel"],
            direction=Direction(told["direction"]),
            minutes=told["minutes"],
            matter=int(told["matter"]) if told["matter"] else None,
            asked_for_senior=told["asked_for_senior"],
            offered_colleague=told["offered_colleague"] if told["asked_for_senior"] else None,
            specific=not told["not_specific"],
            exempt=Exempt(told["exempt"]) if told["exempt"] else None,
            new_information=yes_or_no(told["news"]),
            because_of_need=yes_or_no(told["need"]),
            caller=Caller(told["caller"]) if told["caller"] else Caller.SELF,
        )


def yes_or_no(answer: str) -> bool | None:
    """An answer of `YES_NO_UNKNOWN`; None if it is not known."""
    return answer == "yes" if answer else None


def as_time(words: str) -> time:
    """A time of day as the form gives it ("2:30pm"); midday if it is not known."""
    if words == "midnight":
        return time(0)
    if words in ("", "midday"):
        return time(12)
    hour, _, minute = words[:-2].partition(":")
    return time(int(hour) % 12 + (12 if words.endswith("pm") else 0), int(minute or 0))


def about(matter: Matter) -> str:
    """A matter in a few words: what it is, since when, and whether it is closed."""
    kind = kind_in_words(matter.kind)
    closed = f", closed {day(matter.closed_on)}" if matter.closed_on else ""
    return f"{kind} of {day(matter.opened_on)}{closed} ({matter.ref})"


def kind_in_words(kind: str) -> str:
    """A source's word for a kind of matter, as words: "complaint_stage1" is "Complaint stage 1"."""
    spaced = "".join(f" {sign}" if sign.isdigit() and not before.isdigit() else sign
                     for before, sign in zip(f" {kind}", kind, strict=False))  # fmt: skip
    words = " ".join(spaced.replace("_", " ").split())
    return (words[:1].upper() + words[1:]).replace("Asb ", "Antisocial behaviour ") or "Matter"

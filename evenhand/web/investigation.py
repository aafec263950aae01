"""I1, I2: forms by which a case is looked into, and the customer is contacted and heard."""

from datetime import date
from typing import Any

from django import forms

from evenhand.cases import exhibits, record
from evenhand.doors.acts import ActForm, ActView
from evenhand.doors.permission import CASEWORKERS, DECIDERS
from evenhand.people import known
from evenhand.policy import investigation
from evenhand.policy.events.investigation import Pause, Speaker
from evenhand.policy.need import Channel
from evenhand.policy.staff import Role
from evenhand.policy.visibility import Part
from evenhand.web import address, case_how_often, demand_frozen
from evenhand.web.case_how_often import alleges_a_demand
from evenhand.web.choosing import Colleague
from evenhand.web.demand_measured import measured
from evenhand.web.evidence import Beside, by_month, incidents_of
from evenhand.web.fields import Count, Day, Files, Line, OneOf, Tick, Words
from evenhand.web.forms import CaseForm
from evenhand.web.how_often import to_how_often

INVESTIGATING = DECIDERS | {Role.INVESTIGATOR}
WRITTEN_LATER = "Change it if you write this down on a later day."
TRIED = tuple(channel for channel in Channel if channel is not Channel.LETTER)


class Account(ActView):
    """What the pages of this concept share."""

    part = Part.ACCOUNT
    who = INVESTIGATING


class OpenForm(CaseForm):
    investigator = Colleague(
        "Who looks into it?",
        Role.INVESTIGATOR,
        hint="Not anyone who was affected, and nobody close to the person.",
        missing="Choose who looks into the case",
    )


class Open(Account):
    form_class = OpenForm
    verb = investigation.open
    title = "Give the case an investigator"
    submit = "Give them the case"
    done = "The case has an investigator. It is in their list now."


class ConflictForm(CaseForm):
    reason = Words(
        "Why do you stand aside?",
        "A friend, a relative, an earlier quarrel: a few words are enough.",
        rows=3,
        missing="Say why you stand aside",
    )


class DeclareConflict(Account):
    form_class = ConflictForm
    verb = investigation.declare_conflict
    who = CASEWORKERS
    part = Part.REPORT
    title = "Declare a conflict of interest"
    intro = "You take no further part in this case. If you look into it, it needs another investigator."
    submit = "Stand aside"
    done = "You have stood aside from this case."
    weighty = True


class InviteForm(CaseForm):
    how = Words(
        "How may they give their account?",
        "It is printed in the letter: whom to ring and when, where to meet, who may come with them.",
        rows=4,
        missing="Say how they may give their account",
    )


class Invite(Account):
    form_class = InviteForm
    verb = investigation.invite
    title = "Invite the customer to give their account"
    intro = "By letter, which also asks whether something makes things harder for them. A second one is a reminder."
    submit = "Draft the letter"
    done = "The letter is drafted and waits for approval. It counts as an attempt on the day it is approved."


class AttemptForm(CaseForm):
    channel = OneOf(
        "How did you try?",
        TRIED,
        "A letter is not recorded here: send an invitation, and it counts by itself.",
        missing="Choose how you tried",
    )
    tried_on = Day("On which day?", WRITTEN_LATER, required=False)
    outcome = Words(
        "What came of it?", "For example, rang at 10am, left a message.", rows=3, missing="Say what came of it"
    )
    asked_support = Tick("The message also asked whether something makes things harder for them")

    def prepare(self) -> None:
        self.fields["tried_on"].initial = self.file.day


class Attempt(Account):
    form_class = AttemptForm
    verb = investigation.attempt
    title = "Record an attempt to reach the customer"
    submit = "Save the attempt"
    done = "The attempt was saved."

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        told = super().get_context_data(**context)
        person = self.file.person
        unsuitable = known.picture(person, self.file.day).unsuitable if person else frozenset()
        tried = self.file.case.investigation.days_tried(unsuitable)
        return {**told, "intro": f"Tried on {tried} {'day' if tried == 1 else 'days'} so far, in ways that suit them."}


class HearForm(CaseForm):
    aside = ("attached",)

    words = Words(
        "Their side, in their words",
        "As they said it. Keep your own view for the decision.",
        rows=10,
        missing="Write down what they said",
    )
    speaker = OneOf("Who told you?", Speaker, missing="Choose who told you")
    advocate = Line("Who is the advocate?", "Their name and for whom they work.", required=False)
    channel = OneOf("How did they tell you?", Channel, missing="Choose how they told you")
    heard_on = Day("On which day?", WRITTEN_LATER, required=False)
    about_a_colleague = Tick(
        "They complain of a colleague",
        "That is looked into apart, and settled or set apart before this case is decided.",
    )
    attached = Files("What they gave you", f"Photographs, messages, recordings. {exhibits.allowance()}")

    def prepare(self) -> None:
        self.fields["heard_on"].initial = self.file.day

    def clean_attached(self) -> list[Any]:
        files: list[Any] = self.cleaned_data["attached"]
        if wrong := exhibits.fit(files):
            raise forms.ValidationError(wrong)
        return files


class Hear(Account, Beside):
    form_class = HearForm
    verb = investigation.hear
    title = "Record the customer’s account"
    submit = "Save their account"
    done = "Their account was saved."
    keeps_draft = True
    beside = ("incidents",)

    def act(self, form: ActForm) -> record.Done:
        ask = self.ask(form)
        return exhibits.keep_with(
            lambda: record.act_on(self.file.reference, ask, investigation.hear, None, **form.answers()),
            form.cleaned_data["attached"],
            ask,
        )


class DeclineForm(CaseForm):
    words = Words("What did they say?", "In their words, and when.", rows=3, missing="Say what they told you")


class Decline(Account):
    form_class = DeclineForm
    verb = investigation.decline
    title = "Record that they would rather not give an account"
    intro = "Only when they were asked and said no. They may still give it later."
    submit = "Save it"
    done = "Saved. They may still give their account at any time."


class PauseForm(CaseForm):
    why = OneOf("Why does it have to wait?", Pause, missing="Choose why it has to wait")
    reason = Words("What exactly?", "Who asked, when, and for how long.", rows=3, missing="Say what it waits for")
    look_again_on = Day("When is it looked at again?", missing="Enter the day on which it is looked at again")


class PauseIt(Account):
    form_class = PauseForm
    verb = investigation.pause
    title = "Pause the investigation"
    intro = "The clock stands still. Markers and limits stay as they are."
    submit = "Pause it"
    done = "The investigation is paused."


class ResumeForm(CaseForm):
    reason = Words("What has changed?", rows=3, missing="Say what has changed")


class Resume(Account):
    form_class = ResumeForm
    verb = investigation.resume
    title = "Resume the investigation"
    submit = "Resume it"
    done = "The investigation goes on, with a full period from today to decide."


class HowOftenForm(CaseForm):
    earlier = Count("How many earlier incidents do you count?", "Beside the ones in this case.")
    since = Day("Since when?", "The day of the first one you count. Leave it empty if there are none.", required=False)
    view = Words(
        "What do you make of it?",
        "How often, how close together, whether it grows, and how often we were late or wrong ourselves.",
        missing="Say what you make of how often it happened",
    )

    def clean(self) -> dict[str, Any]:
        """The customer reads how often: a number that began on no day is a slip."""
        cleaned = super().clean() or self.cleaned_data
        if "since" in self.errors or "earlier" in self.errors:
            return cleaned
        if cleaned.get("earlier") and not cleaned.get("since"):
            self.add_error("since", "Give the day of the first one you count, or count none")
        return cleaned


class ViewHowOften(Account, Beside):
    """I1: how often, with the person's incidents beside the form, and counted into it for the colleague to weigh."""

    form_class = HowOftenForm
    verb = investigation.view_how_often
    title = "Look at how often it happened"
    intro = "The counts on this page are a beginning. You decide which of them belong to this."
    submit = "Save your view"
    done = "Your view of how often it happened was saved."
    beside = ("incidents",)

    def act(self, form: ActForm) -> record.Done:
        """What is measured of their contacts is kept with the look at it, where a demand is alleged (C2); if the case
        keeps the very same already, that stands and is pointed at."""
        ask, person, files = self.ask(form), self.file.person, []
        if person and alleges_a_demand(self.file):
            made = measured(person, ask.moment.day)
            if same := demand_frozen.unchanged(self.file, made, self.colleague):
                self.done = (
                    f"{self.done} The figures are those this case kept on {same.when}, so they are not kept twice."
                )
            else:
                files = demand_frozen.files(made, self.colleague, ask.moment)
        return exhibits.keep_with(
            lambda: record.act_on(self.file.reference, ask, investigation.view_how_often, None, **form.answers()),
            files,
            ask,
        )

    def get_initial(self) -> dict[str, Any]:
        self.found = incidents_of(self.file, self.colleague)
        earlier = [one for one in self.found if one.counts and not one.here]
        since: date | None = min((one.happened_on for one in earlier), default=None)
        return {**super().get_initial(), "earlier": len(earlier), "since": since}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        shown = super().get_context_data(**context)
        contacts = to_how_often(self.file.person) if self.file.person else ""
        kept = case_how_often.kept(self.file, self.colleague) if alleges_a_demand(self.file) else None
        return {
            **shown,
            "earlier": self.found,
            "months": by_month(self.found),
            "contacts": contacts,
            "measured": kept,
            "demand": alleges_a_demand(self.file),
        }


urlpatterns = [
    *address.of("investigation.open", Open),
    *address.of("investigation.declare_conflict", DeclareConflict),
    *address.of("investigation.invite", Invite),
    *address.of("investigation.attempt", Attempt),
    *address.of("investigation.hear", Hear),
    *address.of("investigation.decline", Decline),
    *address.of("investigation.pause", PauseIt),
    *address.of("investigation.resume", Resume),
    *address.of("investigation.view_how_often", ViewHowOften),
]

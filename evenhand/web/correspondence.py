"""D1, D2: forms that approve a letter, and record what became of it."""

from datetime import date
from functools import cached_property
from typing import Any

from crispy_forms_gds.choices import Choice
from django import forms
from django.http import Http404, HttpResponse
from django.urls import path, reverse

from evenhand.cases import letter_file, letters, reading, record
from evenhand.cases.letter_file import LetterFile, Way
from evenhand.cases.writing import normalise
from evenhand.doors.acts import ActForm, ActView
from evenhand.doors.clock import now
from evenhand.doors.permission import CASEWORKERS, DECIDING
from evenhand.policy import correspondence
from evenhand.policy.events.correspondence import Delivery, LetterIssued, LetterKind
from evenhand.policy.need import LetterFormat
from evenhand.policy.promises import Promise
from evenhand.policy.refusal import Objection, Refused
from evenhand.policy.visibility import Part
from evenhand.web import letter_way
from evenhand.web.appeal import told_of
from evenhand.web.control_words import instruction
from evenhand.web.fields import Day, OneOf, Words, choices_of
from evenhand.web.forms import CaseForm
from evenhand.web.letter import formats
from evenhand.web.letter_next import may_be_handed_over
from evenhand.web.letter_words import HOW
from evenhand.web.templatetags.words import day

EDITS = {
    "heard": "What the customer told us, as the letter says it",
    "reasons": "The reasons, as the letter says them",
    "beyond_forceful": "Why it is more than forceful, as the letter says it",
}
ELSEWHERE = (
    "Braille, sign language, audio, a translation or a visit has to be made or done by someone. The time to appeal "
    "begins only when it is delivered; the standard letter goes meanwhile."
)
SUGGESTED = "What fits this person, by what is on record."
BY_EMAIL = Objection("That letter goes by email, and may be on its way. Wait until it is sent.", Promise.D1)


class ApproveForm(CaseForm):
    format = OneOf("In what format?", LetterFormat, ELSEWHERE)
    delivery = OneOf("How does it go?", Delivery)
    letter: LetterFile
    ways: list[Way]

    def offer(self, letter: LetterFile, ways: list[Way], suggested: LetterFormat, visits: str) -> None:
        """The format that fits the person first; only the ways that are open; and the words that may be changed."""
        self.letter, self.ways = letter, ways
        formats = sorted(LetterFormat, key=lambda each: each is not suggested)
        self._choose("format", choices_of(formats, {suggested: SUGGESTED}), suggested.value)
        ways_open = list(letter_way.choices(ways, letter_way.came_back(letter), visits))
        self._choose("delivery", ways_open, letter_way.first(ways, letter, visits))
        for name, label in EDITS.items():
            if written := getattr(letter.facts, name):
                self.fields[name] = Words(label, rows=4, initial=written, required=True)

    def _choose(self, name: str, choices: list[Choice], first: str) -> None:
        field: forms.ChoiceField = self.fields[name]  # type: ignore[assignment]
        field.choices = choices
        if first in [choice[0] for choice in choices]:
            field.initial = first

    def edits(self) -> dict[str, str]:
        """What was put in other words; spaces alone are no change."""
        asked = {name: self.cleaned_data.get(name, "") for name in EDITS if name in self.fields}
        return {name: text for name, text in asked.items() if text != normalise(getattr(self.letter.facts, name))}


class ReasonForm(CaseForm):
    reason = Words("What did the envelope or the message say?", "For example: “gone away”, or no such address.", rows=3)


class SetAsideForm(CaseForm):
    reason = Words("Why does it no longer stand?", rows=3)


class DeliveredForm(CaseForm):
    delivered_on = Day("On which day?")


class HowForm(CaseForm):
    how = OneOf("How did it go?", Delivery)

    def prepare(self) -> None:
        field: forms.ChoiceField = self.fields["how"]  # type: ignore[assignment]
        field.choices = [(each.value, HOW[each]) for each in Delivery]


class EmptyForm(CaseForm):
    """A form that asks nothing but to be sent."""


class LetterAct(ActView):
    """What the pages that act on one letter share."""

    part = Part.LETTERS
    form_class: type[ActForm] = EmptyForm

    @cached_property
    def letter(self) -> LetterFile:
        """The letter; 404 where the case has none of this name."""
        try:
            return letter_file.letter_file(self.file, str(self.subject))
        except reading.NotFound:
            raise Http404 from None

    def get_form_kwargs(self) -> dict[str, Any]:
        assert self.letter
        return super().get_form_kwargs()

    def get_success_url(self) -> str:
        return reverse("letter", args=[self.file.reference, self.subject])

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        made = super().get_context_data(**context)
        kind = LetterKind(self.letter.row.kind).words
        return {**made, "caption": f"{kind} – case {self.file.reference}", "back_words": "Back to the letter"}


class Approve(LetterAct):
    form_class = ApproveForm
    verb = correspondence.approve
    template_name = "correspondence/approve.html"
    title = "Approve the letter"
    intro = (
        "Read it as the customer will. Approving dates it, fixes the last day to appeal if there is one, and sends it."
    )

    @cached_property
    def ways(self) -> list[Way]:
        return letter_file.ways(self.colleague.actor, now(), self.file, str(self.subject))

    def objections(self) -> tuple[Objection, ...]:
        """Where no way at all is open, that stands in the way too."""
        standing = super().objections()
        if standing or any(way.is_open for way in self.ways):
            return standing
        return tuple(Objection(why, Promise.D1) for why in letter_way.in_every_way(self.ways))

    def remedies(self, objections: tuple[Objection, ...]) -> list[dict[str, Any]]:
        """What bars every way is put right on the person's record."""
        made = super().remedies(objections)
        if self.file.person is None or any(way.is_open for way in self.ways):
            return made
        barred = set(letter_way.in_every_way(self.ways))
        known = reading.occasion(self.colleague.actor, now(), self.file).known
        alone = known.must_not_be_told_alone and not known.safe_representative
        way = letter_way.remedy(self.file.person, alone=alone)
        return [{**each, **way} if each["words"] in barred and not each["href"] else each for each in made]

    def get_form(self, form_class: type[ActForm] | None = None) -> ActForm:
        form = super().get_form(form_class)
        assert isinstance(form, ApproveForm)
        suggested = letter_file.suggested(self.colleague.actor, now(), self.file)
        form.offer(self.letter, self.ways, suggested, self.visits())
        return form

    def visits(self) -> str:
        """What a marker tells whoever would hand the letter over."""
        if self.file.person is None:
            return ""
        markers = [c for c in reading.controls_of(self.file.person, self.file.day) if c.kind == "marker"]
        told = " ".join(instruction(c.kind, c.details) for c in markers)
        return f"A marker says: {told}" if told else ""

    def form_valid(self, form: ActForm) -> HttpResponse:
        """The second button shows the letter in the words chosen, and approves nothing."""
        assert isinstance(form, ApproveForm)
        if "preview" in self.request.POST:
            shown = letter_file.letter_file(self.file, str(self.subject), edits=form.edits())
            return self.render_to_response(self.get_context_data(form=form, shown=shown))
        return super().form_valid(form)

    def act(self, form: ActForm) -> record.Done:
        assert isinstance(form, ApproveForm)
        told = form.cleaned_data
        done = letters.approve(
            self.file.reference,
            str(self.subject),
            self.ask(form),
            delivery=told["delivery"],
            format=told["format"],
            edits=form.edits(),
        )
        after = reading.case_file(self.file.reference, self.colleague, self.file.day)
        known = told_of(after.case, self.letter.standing.about)
        self.done = approved(done, known.appeal_by if known else None)
        return done

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context.setdefault("shown", self.letter)
        return super().get_context_data(
            **context,
            closed=[(HOW[way.delivery], way.because) for way in self.ways if not way.is_open],
            formats=formats(self.file.reference, self.letter),
            previewed=context["shown"] is not self.letter,
            failure=letter_way.told_of_failure(self.ways, self.letter, self.visits()),
            may_edit=any(getattr(self.letter.facts, name) for name in EDITS),
        )


def approved(done: record.Done, appeal_by: date | None) -> str:
    """What was fixed, in words: the last day to appeal above all, which an earlier issue may have set later."""
    issued = next((e.event for e in done.entries if isinstance(e.event, LetterIssued)), None)
    if issued is None:
        return "Approved."
    if issued.awaits_format and issued.appealable:
        return f"Approved. The time to appeal begins when the {issued.format.value} is delivered."
    counts = f"Approved. It counts as delivered on {day(issued.deemed_on)}."
    if issued.delivery is Delivery.BY_HAND:
        later = "the last day to appeal moves as many days" if issued.appealable else "it counts from that day"
        counts = f"Approved. Hand it over today: handed over later, {later}."
    return f"{counts} The last day to appeal is {day(appeal_by)}." if issued.appealable and appeal_by else counts


class HandOver(LetterAct):
    verb = correspondence.send
    who = CASEWORKERS
    title = "Record that the letter was handed over"
    intro = "Only once it is in the customer’s hands, or was read to them."
    submit = "It was handed over"
    done = "Recorded: it was handed over."

    def objections(self) -> tuple[Objection, ...]:
        standing = super().objections()
        if standing or may_be_handed_over(self.letter):
            return standing
        return (BY_EMAIL,)

    def act(self, form: ActForm) -> record.Done:
        if not may_be_handed_over(self.letter):
            raise Refused(BY_EMAIL)
        return letters.hand_over(self.file.reference, str(self.subject), self.ask(form))


class ConfirmSent(LetterAct):
    form_class = HowForm
    verb = correspondence.confirm_sent
    title = "Say that the letter did go"
    intro = "Only if you found out: from whoever runs our mail, or from the customer."
    submit = "It did go"
    done = "Recorded: the letter was sent."


class TakeBack(LetterAct):
    form_class = ReasonForm
    verb = correspondence.take_back
    title = "Record that the letter came back"
    intro = "Someone then finds another way to reach the customer and approves it again."
    submit = "It came back"
    done = "Recorded. Find another way to reach them, then approve the letter again."


class DeliverFormat(LetterAct):
    form_class = DeliveredForm
    verb = correspondence.deliver_format
    title = "Record that the ordered format was delivered"
    intro = "The day on which the customer could first read, hear or see it. The time to appeal begins on that day."
    submit = "It was delivered"
    done = "Recorded. The time to appeal runs from that day."


class ProveReceipt(LetterAct):
    form_class = DeliveredForm
    verb = correspondence.prove_receipt
    title = "Record when the letter was received"
    intro = "If it came later than we counted, the last day to appeal moves later. It never moves earlier."
    submit = "Record the day"
    done = "Recorded."


class SetAside(LetterAct):
    form_class = SetAsideForm
    verb = correspondence.set_aside
    who = DECIDING
    title = "Set the letter aside"
    intro = "Only where what it tells no longer stands. It is kept, and never sent."
    submit = "Set it aside"
    done = "Set aside. The letter is kept, and will not be sent."


_OF = "cases/<str:reference>/letters/<str:subject>"
urlpatterns = [
    path(f"{_OF}/approve", Approve.as_view(), name="correspondence.approve"),
    path(f"{_OF}/hand-over", HandOver.as_view(), name="correspondence.send"),
    path(f"{_OF}/confirm", ConfirmSent.as_view(), name="correspondence.confirm_sent"),
    path(f"{_OF}/came-back", TakeBack.as_view(), name="correspondence.take_back"),
    path(f"{_OF}/delivered", DeliverFormat.as_view(), name="correspondence.deliver_format"),
    path(f"{_OF}/received", ProveReceipt.as_view(), name="correspondence.prove_receipt"),
    path(f"{_OF}/set-aside", SetAside.as_view(), name="correspondence.set_aside"),
]

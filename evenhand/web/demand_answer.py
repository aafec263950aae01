"""C2: what a manager makes of a suggestion, and what a customer says against it: said once, and remembered."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from evenhand.cases import objection_answer
from evenhand.cases.letter_facts.sides import NoLandlord
from evenhand.contacts import standing
from evenhand.contacts.models import Objected
from evenhand.contacts.models.demand import Said
from evenhand.doors.clock import now
from evenhand.doors.permission import for_roles
from evenhand.people import terms_now
from evenhand.people.refusal import NotDone
from evenhand.policy.staff import DECIDERS
from evenhand.web import way
from evenhand.web.demand_measured import measured
from evenhand.web.fields import Day, OneOf, Words
from evenhand.web.how_often import opened
from evenhand.web.person_care import CareView
from evenhand.web.set_up import PlainForm
from evenhand.web.templatetags.words import day, until

REASONS = tuple(said for said in Said if said is not Said.CASE)
HINTS = {
    Said.OURS: "Then put the matter right, and tell them when.",
    Said.NEED: "Record the need with the person, so that everybody takes it into account.",
    Said.PROPORTIONATE: "What they ask is worth the time it takes.",
    Said.HELP: "For example a Customer Partner, an interpreter, or one person to ring.",
}


class OfCustomer(CareView):
    """One thing said about what a customer's contacts showed."""

    back_words = "Back to how often"

    def back(self) -> str:
        return reverse("demand.person", args=[way.PEOPLE.sign(str(self.person.pk))])


class AnswerForm(PlainForm):
    said = OneOf("Why is this no case?", REASONS, hints=HINTS, missing="Choose why this is no case")
    words = Words("What did you find, and what happens now?", missing="Say what you found", rows=4)


class Answer(OfCustomer):
    """A suggestion set aside, with its reason: it comes back only with something new."""

    who = DECIDERS
    form_class = AnswerForm
    title = "Say why this is no case"
    submit = "Set it aside"
    done = "Set aside, with your reason. It comes back only if something new shows."

    def change(self, form: AnswerForm) -> None:
        found = measured(self.person, now().day).found
        if not found:
            raise NotDone("Their contacts show nothing now, so there is nothing to set aside.")
        told = form.cleaned_data
        standing.answer(self.person, found, told["said"], told["words"], self.colleague, now().at)


class ObjectionForm(PlainForm):
    words = Words("What did they say?", "In their words.", missing="Say what they object to", rows=4)
    received_on = Day("When did they say it?", missing="Enter the day on which they said it")


class Object(OfCustomer):
    """A customer objects to being measured, or to what was measured."""

    form_class = ObjectionForm
    title = "Record that the customer objects"
    submit = "Record it"
    done = "Recorded. It waits on Worth a look and on managers’ first pages until the answer has gone."

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "received_on": now().day}

    def change(self, form: ObjectionForm) -> None:
        told = form.cleaned_data
        if told["received_on"] > now().day:
            raise NotDone("They cannot have said it after today. Check the day.")
        standing.record_objection(
            self.person,
            told["words"],
            told["received_on"],
            self.colleague,
            now().at,
            terms=terms_now.on(told["received_on"]),
        )


class ReplyForm(PlainForm):
    looked_at = Words(
        "What did you look at?",
        "For example, every contact, when our repairs were due, and the needs we know of. The letter says it.",
        missing="Say what you looked at",
        rows=4,
    )
    answer = Words(
        "What did you change, and why?",
        "What you put right, and what you go on counting and why. The letter says it, so write to the customer: “you”.",
        missing="Say what you changed, or why nothing changes",
        rows=5,
    )


class OfObjection(OfCustomer):
    """One objection of theirs."""

    who = DECIDERS

    @property
    def objection(self) -> Objected:
        try:
            return Objected.objects.get(pk=self.kwargs["objection"], person=self.person)
        except Objected.DoesNotExist:
            raise Http404 from None


class Reply(OfObjection):
    """A manager who took no part in what was made of the figures answers the objection; the letter says it."""

    form_class = ReplyForm
    title = "Answer the objection"
    submit = "Save the answer and draft the letter"
    done = "Answered. The letter is drafted: read it, send it, and say when it went."

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        one = self.objection
        due = f"They are owed an answer by {day(one.answer_by)} ({until(one.answer_by, now().day)})."
        own = f" {standing.TOOK_PART}" if standing.took_part(one, self.colleague) else ""
        return super().get_context_data(**{"intro": f"They said: {one.words} {due}{own}", **context})

    def change(self, form: ReplyForm) -> None:
        told = form.cleaned_data
        standing.reply(self.objection, told["looked_at"], told["answer"], self.colleague, now().day)


class SentForm(PlainForm):
    sent_on = Day("On which day did the letter go?", missing="Enter the day on which it went")


class Sent(OfObjection):
    """The letter has gone: only now is nothing owed."""

    form_class = SentForm
    title = "Say when the answer went to the customer"
    submit = "Save"
    done = "Saved. The objection is answered."

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "sent_on": now().day}

    def change(self, form: SentForm) -> None:
        if form.cleaned_data["sent_on"] > now().day:
            raise NotDone("It cannot have gone after today. Check the day.")
        standing.sent(self.objection, form.cleaned_data["sent_on"])


@for_roles(DECIDERS)
def letter(request: HttpRequest, signed: str, objection: int) -> HttpResponse:
    """The letter with the answer, as PDF. There is none before the objection is answered."""
    _, person = opened(request, signed)
    one = Objected.objects.filter(pk=objection, person=person).select_related("answered_by", "person").first()
    if one is None or not one.answered_on:
        raise Http404
    try:
        made = objection_answer.pdf(one, now())
    except NoLandlord as nobody:
        return render(request, "demand/no_statement.html", {"title": "No letter yet", "words": str(nobody)})
    name = f"answer-{person.ref}-{one.answered_on:%Y%m%d}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


urlpatterns = [
    path("people/<str:signed>/how-often/answer", Answer.as_view(), name="demand.answer"),
    path("people/<str:signed>/how-often/object", Object.as_view(), name="demand.object"),
    path("people/<str:signed>/how-often/objections/<int:objection>", Reply.as_view(), name="demand.reply"),
    path("people/<str:signed>/how-often/objections/<int:objection>/sent", Sent.as_view(), name="demand.sent"),
    path("people/<str:signed>/how-often/objections/<int:objection>/letter.pdf", letter, name="demand.letter"),
]

"""C2: what a manager makes of a suggestion, and what a customer says against it: said once, and remembered."""

from typing import Any

from django.http import Http404
from django.urls import path, reverse

from evenhand.contacts import standing
from evenhand.contacts.models import Objected
from evenhand.contacts.models.demand import Said
from evenhand.doors.clock import now
from evenhand.people.refusal import NotDone
from evenhand.policy.staff import DECIDERS
from evenhand.web import way
from evenhand.web.demand_measured import measured
from evenhand.web.fields import Day, OneOf, Words
from evenhand.web.person_care import CareView
from evenhand.web.set_up import PlainForm

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
    done = "Recorded. A manager answers it."

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "received_on": now().day}

    def change(self, form: ObjectionForm) -> None:
        told = form.cleaned_data
        if told["received_on"] > now().day:
            raise NotDone("They cannot have said it after today. Check the day.")
        standing.record_objection(self.person, told["words"], told["received_on"], self.colleague, now().at)


class ReplyForm(PlainForm):
    answer = Words(
        "What do you answer?",
        "What you looked at, what you put right, and what you go on counting and why. They are told this.",
        missing="Say what you answer",
        rows=5,
    )


class Reply(OfCustomer):
    """A manager answers the objection."""

    who = DECIDERS
    form_class = ReplyForm
    title = "Answer the objection"
    submit = "Save the answer"
    done = "Saved. Tell the customer."

    @property
    def objection(self) -> Objected:
        try:
            return Objected.objects.get(pk=self.kwargs["objection"], person=self.person)
        except Objected.DoesNotExist:
            raise Http404 from None

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**{"intro": f"They said: {self.objection.words}", **context})

    def change(self, form: ReplyForm) -> None:
        standing.reply(self.objection, form.cleaned_data["answer"], self.colleague, now().day)


urlpatterns = [
    path("people/<str:signed>/how-often/answer", Answer.as_view(), name="demand.answer"),
    path("people/<str:signed>/how-often/object", Object.as_view(), name="demand.object"),
    path("people/<str:signed>/how-often/objections/<int:objection>", Reply.as_view(), name="demand.reply"),
]

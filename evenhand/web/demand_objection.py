"""C2: what a customer says against being counted, and the answer they are owed: from somebody who took no part."""

from typing import Any

from django.http import Http404
from django.urls import path, reverse

from evenhand.contacts import standing
from evenhand.contacts.models import Objected
from evenhand.doors.clock import now
from evenhand.people import reading, terms_now
from evenhand.people.refusal import NotDone
from evenhand.policy.staff import DECIDERS
from evenhand.web.demand_answer import OfCustomer
from evenhand.web.fields import Day, Words
from evenhand.web.set_up import PlainForm
from evenhand.web.templatetags.words import day, until


class ObjectionForm(PlainForm):
    words = Words("What did they say?", "In their words.", missing="Say what they object to", rows=4)
    received_on = Day("When did they say it?", missing="Enter the day on which they said it")


class Object(OfCustomer):
    """A customer objects to being measured, or to what was measured."""

    form_class = ObjectionForm
    once = True
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
            return Objected.objects.get(pk=self.kwargs["objection"], person__in=reading.identities(self.person))
        except Objected.DoesNotExist:
            raise Http404 from None


class Reply(OfObjection):
    """A manager who took no part in what was made of the figures answers the objection; the letter says it."""

    form_class = ReplyForm
    once = True
    title = "Answer the objection"
    submit = "Save the answer and draft the letter"
    done = "Answered. Now read the letter, and say how it goes."

    def get_success_url(self) -> str:
        return reverse("demand.send", args=[self.kwargs["signed"], self.objection.pk])

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        one = self.objection
        due = f"They are owed an answer by {day(one.answer_by)} ({until(one.answer_by, now().day)})."
        own = [{"words": standing.TOOK_PART}] if standing.took_part(one, self.colleague) else []
        return super().get_context_data(**{"intro": f"They said: {one.words} {due}", "objections": own, **context})

    def change(self, form: ReplyForm) -> None:
        told = form.cleaned_data
        standing.reply(self.objection, told["looked_at"], told["answer"], self.colleague, now().day)


urlpatterns = [
    path("people/<str:signed>/how-often/object", Object.as_view(), name="demand.object"),
    path("people/<str:signed>/how-often/objections/<int:objection>", Reply.as_view(), name="demand.reply"),
]

"""C2, D1: the letter with the answer to an objection: read, then approved in the format and way that fit."""

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from evenhand.cases import answering, objection_answer
from evenhand.cases.drafting import shape_of
from evenhand.cases.letter_facts.sides import NoLandlord
from evenhand.cases.letter_file import UNREADABLE
from evenhand.contacts import standing
from evenhand.contacts.models import Objected
from evenhand.doors.clock import now
from evenhand.doors.looked import looked
from evenhand.doors.permission import for_roles
from evenhand.people import reading
from evenhand.people.models.look import LookKind
from evenhand.people.refusal import NotDone
from evenhand.policy.events.correspondence import Delivery
from evenhand.policy.need import LetterFormat
from evenhand.policy.staff import DECIDERS
from evenhand.web.answer_print import as_file
from evenhand.web.correspondence import SUGGESTED
from evenhand.web.demand_objection import OfObjection
from evenhand.web.fields import Day, OneOf, Tick, choices_of, in_words
from evenhand.web.how_often import opened
from evenhand.web.letter_way import choices as ways_open
from evenhand.web.letter_words import HOW, READY_MADE, format_of, slug
from evenhand.web.set_up import PlainForm
from evenhand.web.templatetags.words import day, moment

ELSEWHERE = (
    "Braille, sign language, audio, a translation or a visit has to be made or done by someone. The standard letter "
    "goes meanwhile, and the answer is owed until theirs is delivered."
)
NEXT = {
    Delivery.EMAIL: "Approved. It goes by email now.",
    Delivery.POST: "Approved. It waits to be printed.",
    Delivery.BY_HAND: "Approved. Print it and hand it over, or read it to them; then say when.",
}


class SendForm(PlainForm):
    format = OneOf("In what format?", LetterFormat, ELSEWHERE)
    delivery = OneOf("How does it go?", Delivery)
    taken_back = Tick("The letter that was printed is out of the post, and will not be posted")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        suggested, ways = self.initial["suggested"], self.initial["ways"]
        format: Any = self.fields["format"]
        format.choices = choices_of(sorted(LetterFormat, key=lambda one: one is not suggested), {suggested: SUGGESTED})
        format.initial = suggested.value
        delivery: Any = self.fields["delivery"]
        delivery.choices = list(ways_open(ways, {}, ""))
        fit = [way.delivery.value for way in ways if way.is_open and way.suits]
        delivery.initial = fit[0] if fit else ""
        if not self.initial["printed"]:
            del self.fields["taken_back"]


class Send(OfObjection):
    """A manager reads the letter as the customer will, and says in which format it goes and how."""

    form_class = SendForm
    once = True
    template_name = "demand/send_answer.html"
    title = "Send the answer"
    submit = "Approve it and send it"

    @cached_property
    def asked(self) -> Objected:
        """The objection, once it is answered; before that there is no letter."""
        found = self.objection
        if not found.answered_on:
            raise Http404
        return found

    @cached_property
    def suggested(self) -> LetterFormat:
        return objection_answer.suggested(self.asked, now())

    @cached_property
    def ways(self) -> list[Any]:
        return answering.ways(self.asked, now())

    def get_initial(self) -> dict[str, Any]:
        told = {"suggested": self.suggested, "ways": self.ways, "printed": answering.is_printed(self.asked)}
        return {**super().get_initial(), **told}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        told = {
            "files": [self._file(each) for each in READY_MADE],
            "closed": [f"{HOW[way.delivery]}: {' '.join(way.because)}" for way in self.ways if not way.is_open],
            "state": state(self.asked),
        }
        return super().get_context_data(**{**told, **context})

    def _file(self, each: LetterFormat) -> dict[str, str]:
        """The letter in a format that is ready at once."""
        return {
            "words": in_words(each) if each is LetterFormat.PLAIN_TEXT else f"{in_words(each)} (PDF)",
            "href": reverse("demand.letter", args=[self.kwargs["signed"], self.asked.pk, slug(each)]),
            "note": "the one for this person" if each is self.suggested else "",
        }

    def change(self, form: SendForm) -> None:
        told = form.cleaned_data
        how = {name: told[name] for name in ("delivery", "format", "taken_back") if name in told}
        answering.approve(self.asked, self.colleague, now(), **how)
        self.done = NEXT[told["delivery"]]

    def get_success_url(self) -> str:
        """Of what was sent, so that the same form sent again leads where the first one did."""
        by_post = self.request.POST.get("delivery") == Delivery.POST
        return reverse("demand.print") if by_post else self.back()


class SentForm(PlainForm):
    sent_on = Day("On which day did they get it?", missing="Enter the day on which they got it")


class Sent(OfObjection):
    """It was handed over, or what had to be made for them was delivered: only now is nothing owed."""

    form_class = SentForm
    once = True
    title = "Say when the answer reached the customer"
    intro = "For a letter that was handed over or read to them, and for a format that had to be made for them."
    submit = "Save"
    done = "Saved. The objection is answered."

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "sent_on": now().day}

    def change(self, form: SentForm) -> None:
        if form.cleaned_data["sent_on"] > now().day:
            raise NotDone("It cannot have gone after today. Check the day.")
        standing.sent(self.objection, form.cleaned_data["sent_on"])


def state(objection: Objected) -> str:
    """Where the letter is on its way, in a sentence; empty where nobody has approved it yet."""
    row = objection_answer.latest(objection)
    if row is None:
        return ""
    how = f"{in_words(LetterFormat(row.format)).lower()}, to go {HOW[Delivery(row.delivery)].lower()}"
    told = f"Approved on {moment(row.issued_at)}: {how}."
    if row.sent_at:
        left = " Say when the format they need was delivered." if not objection.sent_on else ""
        return f"{told} It went on {day(row.sent_at)}.{left}"
    if objection_answer.is_in_doubt(row, now()):
        return f"{told} Nobody knows whether it went: ask them, then say when they got it, or approve it again."
    if row.printed_at:
        told += f" It was printed on {moment(row.printed_at)}."
    return f"{told} It has not gone: {row.trouble}" if row.trouble else f"{told} It has not gone yet."


@for_roles(DECIDERS)
def letter(request: HttpRequest, signed: str, objection: int, format: str) -> HttpResponse:
    """The letter in one format. There is none before the objection is answered."""
    viewer, person = opened(request, signed)
    wanted = format_of(format)
    theirs = Objected.objects.filter(pk=objection, person__in=reading.identities(person))
    one = theirs.select_related("answered_by", "person").first()
    if one is None or not one.answered_on or wanted is None:
        raise Http404
    try:
        made = objection_answer.made(one, shape_of(wanted), now())
    except (NoLandlord, *UNREADABLE) as fault:
        return render(request, "demand/no_statement.html", {"title": "No letter yet", "words": str(fault)})
    looked(viewer, LookKind.LETTER, f"objection/{one.pk}", person, f"Answer to an objection, {wanted.value}")
    return as_file(made, f"answer-{person.ref}-{one.answered_on:%Y%m%d}{shape_of(wanted).suffix}")


_OF = "people/<str:signed>/how-often/objections/<int:objection>"
urlpatterns = [
    path(f"{_OF}/send", Send.as_view(), name="demand.send"),
    path(f"{_OF}/sent", Sent.as_view(), name="demand.sent"),
    path(f"{_OF}/letter/<str:format>", letter, name="demand.letter"),
]

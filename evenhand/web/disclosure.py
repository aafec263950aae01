"""Rule 14: who has not confirmed, who was told of what, and a confirmation taken down for somebody else."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from evenhand.doors.clock import now
from evenhand.doors.looked import looked
from evenhand.doors.permission import ADMINISTRATORS, AUDITORS, CASEWORKERS, for_roles, may_open
from evenhand.people.models import User
from evenhand.people.models.look import LookKind
from evenhand.people.refusal import NotDone
from evenhand.policy.staff import DECIDERS, Role
from evenhand.sharing import ledger, watching
from evenhand.sharing.models import Disclosure, Recall
from evenhand.sharing.models.change import ChangeKind
from evenhand.sharing.models.disclosure import ConfirmedHow, RecipientKind
from evenhand.web import way
from evenhand.web.fields import Pick, Words
from evenhand.web.set_up import PlainForm, SetUpView
from evenhand.web.sharing_words import CHANGES, CONFIRMED, HOWS, RECIPIENTS, news
from evenhand.web.templatetags.words import day, moment

WATCHING = DECIDERS | AUDITORS | ADMINISTRATORS | {Role.DATA_PROTECTION}
RECORDING = CASEWORKERS | WATCHING
READING = RECORDING - ADMINISTRATORS
NEWS = (ChangeKind.WITHDRAWN, ChangeKind.ENDED, ChangeKind.CHANGED)
AGES = {"": "Any", "2": "More than 2 days", "7": "More than 7 days", "30": "More than 30 days"}
COLUMNS = ("Who was told", "What", "About", "Since", "Told of it", "Confirmation")
LEDGER = ("Who was told", "Of what", "How", "What for", "First and last told", "Since then")
FOR_OTHERS = (ConfirmedHow.TELEPHONE, ConfirmedHow.WRITING)
ITS_OWN = "This colleague confirms on their own page, which is linked from Today."


class Narrow(forms.Form):
    """What the list is narrowed to. It is read, never sent."""

    to = forms.ChoiceField(label="Who was told", required=False, choices=[("", "Anyone"), *RECIPIENTS.items()])
    what = forms.ChoiceField(
        label="What of", required=False, choices=[("", "Anything"), *((n.value, CHANGES[n].capitalize()) for n in NEWS)]
    )
    days = forms.ChoiceField(label="For how long", required=False, choices=list(AGES.items()))


@for_roles(WATCHING)
def unconfirmed(request: HttpRequest) -> HttpResponse:
    """News that somebody told has not confirmed, the oldest first."""
    viewer = request.user
    assert isinstance(viewer, User)
    form = Narrow(request.GET)
    asked = form.cleaned_data if form.is_valid() else {"to": "", "what": "", "days": ""}
    today, after = now(), request.GET.get("after", "")
    page = watching.unconfirmed(
        viewer, today.day, today.at, to=asked["to"], what=asked["what"], days=int(asked["days"] or 0), after=after
    )
    named = watching.named_for(viewer, today.day, (row.disclosure.case for row in page.rows))
    context = {
        "title": "Who has not confirmed",
        "form": Narrow(asked),
        "columns": [{"words": words} for words in COLUMNS],
        "rows": [line(row, row.disclosure.case in named) for row in page.rows],
        "older": way.with_query("disclosures", **asked, after=page.after) if page.after else "",
        "newer": way.with_query("disclosures", **asked) if after else "",
        "clear": reverse("disclosures") if any(asked.values()) else "",
    }
    return render(request, "sharing/unconfirmed.html", context)


def line(row: Recall, named: bool) -> list[Any]:
    """One who has not confirmed; whom it is about is for those who watch over the case."""
    told = row.disclosure
    about = f"{told.person or told.home}, {told.case}" if named else f"Ask a manager, {told.case}"
    page = {"href": reverse("disclosures.case", args=[told.case])} if named else {}
    return [
        told.to_name,
        news(told.kind, row.what),
        {"words": about, **page},
        day(row.at),
        day(row.told_at) if row.told_at else {"words": "Not yet", "kind": "due"},
        {"words": "Take it down", "href": reverse("disclosure.confirm", args=[row.pk])}
        if may_be_taken_down(told)
        else "On their own page",
    ]


def may_be_taken_down(told: Disclosure) -> bool:
    """A colleague who works here confirms alone; for a machine, a firm, and one who left, somebody takes it down."""
    if told.to_kind != RecipientKind.COLLEAGUE:
        return True
    return not User.objects.filter(actor_id=told.to_id, is_active=True).exists()


@for_roles(READING)
def told(request: HttpRequest, reference: str) -> HttpResponse:
    """Everyone who was told of the limits and markers of one case: who, of what, how, what for, when, and since."""
    viewer = request.user
    assert isinstance(viewer, User)
    today, after = now().day, request.GET.get("after", "")
    page = watching.told_of(viewer, today, reference, after=after)
    if not page.rows and not watching.watches(viewer, today, reference):
        raise Http404
    looked(viewer, LookKind.CASE, reference, purpose="Who was told")
    case = way.to_case(reference)
    context = {
        "title": "Who was told",
        "reference": reference,
        "case": case if may_open(viewer.actor, case) else "",
        "columns": [{"words": words} for words in LEDGER],
        "rows": [entry(row) for row in page.rows],
        "older": f"?after={page.after}" if page.after else "",
        "newer": reverse("disclosures.case", args=[reference]) if after else "",
    }
    return render(request, "sharing/told.html", context)


def entry(row: Disclosure) -> list[Any]:
    since = [f"{CHANGES[each.what].capitalize()} {day(each.at)}: {became(each)}" for each in row.recalls.all()]
    return [
        f"{row.to_name} ({RECIPIENTS[row.to_kind].lower()})",
        f"{news(row.kind, ChangeKind.STARTED).removesuffix(' started')} {row.control}, version {row.version}",
        HOWS[row.how],
        row.why or "Not said",
        f"{moment(row.first_at)} and {moment(row.last_at)}" if row.first_at != row.last_at else moment(row.first_at),
        ". ".join(since) or "It stands",
    ]


def became(row: Recall) -> str:
    if row.confirmed_at is None:
        return "not confirmed"
    return f"confirmed {day(row.confirmed_at)}, {CONFIRMED[row.confirmed_how].lower()}"


class TakenDown(PlainForm):
    how = Pick("How did they confirm?", missing="Say how they confirmed")
    note = Words(
        "Who said so, and what did they say?",
        "For example: Ms Oyelaran of the repairs desk, who looked while we spoke.",
        missing="Say who confirmed",
        rows=2,
        max_length=400,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["how"].choices = [(how.value, CONFIRMED[how]) for how in FOR_OTHERS]  # type: ignore[attr-defined]


class Confirm(SetUpView):
    """Taken down for a system, a contractor or a visitor, by whoever works on the case or answers for the system."""

    who = RECORDING
    form_class = TakenDown
    title = "Take down a confirmation"
    submit = "Save"
    done = "It is on the ledger."
    back_words = "Back to who has not confirmed"

    @property
    def recall(self) -> Recall:
        found = watching.visible_to_record(self.colleague, now().day).filter(pk=self.kwargs["pk"]).first()
        if found is None or found.confirmed_at is not None:
            raise Http404
        return found

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        told = self.recall.disclosure
        what = news(told.kind, self.recall.what)
        intro = f"{what}, in case {told.case}. {told.to_name} was last told of it on {day(told.last_at)}."
        return super().get_context_data(**{**context, "intro": intro})

    def back(self) -> str:
        page = reverse("disclosures")
        return page if may_open(self.colleague.actor, page) else reverse("today")

    def change(self, form: forms.Form) -> None:
        if not may_be_taken_down(self.recall.disclosure):
            raise NotDone(ITS_OWN)
        how = ConfirmedHow(form.cleaned_data["how"])
        ledger.confirm_these(
            [self.recall.pk], now().at, by=self.colleague.actor, how=how, note=form.cleaned_data["note"]
        )


urlpatterns = [
    path("disclosures/", unconfirmed, name="disclosures"),
    path("disclosures/<int:pk>/confirm", Confirm.as_view(), name="disclosure.confirm"),
    path("cases/<str:reference>/told", told, name="disclosures.case"),
]

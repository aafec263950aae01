"""Rule 19: what is due for disposal, and the lists by which one colleague puts it forward and another agrees."""

from typing import Any

from crispy_forms_gds.choices import Choice
from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from evenhand.cases import disposal_list
from evenhand.doors.clock import now
from evenhand.doors.permission import for_roles
from evenhand.people.models import User
from evenhand.policy.staff import PREPARERS
from evenhand.web.fields import Words
from evenhand.web.names import names_of
from evenhand.web.said import begun
from evenhand.web.set_up import PlainForm, SetUpView
from evenhand.web.templatetags.words import day, moment

BACK = "Back to retention"
DUE = [{"words": words} for words in ("Case", "Kept because of", "Kept until")]
HELD = [{"words": words} for words in ("Case", "Looked at again by")]
LISTS = [{"words": words} for words in ("Put forward", "By", "Cases", "How it stands")]
ITEMS = [{"words": words} for words in ("Case", "Kept because of", "Kept until", "How it stands")]
SCHEDULE = [{"words": "What a case is about"}, {"words": "Months it is kept", "numeric": True}]


def viewer(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


@for_roles(PREPARERS)
def retention(request: HttpRequest) -> HttpResponse:
    """The schedule, what is due by it, what is held back, and the lists there have been."""
    today = now().day
    held = list(disposal_list.held(viewer(request), today))
    due = disposal_list.due(viewer(request), today)
    context = {
        "title": "Retention",
        "due_columns": DUE,
        "due": [[each.reference, begun(each.clock.category.value), day(each.clock.until)] for each in due],
        "held_columns": HELD,
        "held": [[_to_case(reference), _review(on, today)] for reference, on in held],
        "list_columns": LISTS,
        "lists": _lists(request),
        "schedule_columns": SCHEDULE,
        "schedule": [
            [begun(category.value), {"words": str(months), "numeric": True}]
            for category, months in disposal_list.schedule(today)
        ],
    }
    return render(request, "retention/retention.html", context)


def _to_case(reference: str) -> dict[str, str]:
    return {"words": reference, "href": reverse("case-kept", args=[reference])}


def _review(on: Any, today: Any) -> Any:
    return {"words": f"{day(on)}, overdue", "kind": "danger"} if on < today else day(on)


def _lists(request: HttpRequest) -> list[list[Any]]:
    found = disposal_list.lists(viewer(request), now().day)
    names = names_of(each.prepared_by for each in found)
    return [
        [
            {"words": moment(each.prepared_at), "href": reverse("retention.list", args=[each.pk])},
            names[each.prepared_by],
            str(len(each.items.all())),
            _state(each),
        ]
        for each in found
    ]


def _state(found: Any) -> dict[str, str]:
    if found.refused_at:
        return {"words": "Not agreed to", "kind": ""}
    if found.done_at:
        return {"words": "Carried out", "kind": "good"}
    return (
        {"words": "Agreed to, to be carried out", "kind": "accent"}
        if found.approved_at
        else {"words": "Waits for a second person", "kind": "due"}
    )


@for_roles(PREPARERS)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One list: its cases by their references, who put it forward, who answered it and what became of it."""
    found = disposal_list.one(pk, viewer(request), now().day)
    if found is None:
        raise Http404
    names = names_of([found.prepared_by, found.approved_by, found.refused_by])
    facts = [("Put forward by", f"{names[found.prepared_by]}, {moment(found.prepared_at)}")]
    if found.approved_at:
        facts.append(("Agreed to by", f"{names[found.approved_by]}, {moment(found.approved_at)}"))
    if found.refused_at:
        facts.append(("Not agreed to by", f"{names[found.refused_by]}, {moment(found.refused_at)}. {found.reason}"))
    if found.done_at:
        facts.append(("Carried out", moment(found.done_at)))
    mine = found.prepared_by == viewer(request).actor_id
    context = {
        "title": "A list for disposal",
        "list": found,
        "state": _state(found),
        "rows": [{"key": key, "value": value} for key, value in facts],
        "columns": ITEMS,
        "items": [
            [each.case.reference, begun(each.category), day(each.until), _became(each)] for each in found.items.all()
        ],
        "waits": not found.approved_at and not found.refused_at,
        "mine": mine,
    }
    return render(request, "retention/list.html", context)


def _became(item: Any) -> Any:
    if item.trouble:
        return {"words": f"Stays. {item.trouble}", "kind": "due"}
    return {"words": "Disposed of", "kind": "good"} if item.done_at else "Still there"


class PrepareForm(PlainForm):
    cases = forms.MultipleChoiceField(
        label="Which cases?",
        help_text="Leave out what may still be needed, and place a hold on it.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one case"},
    )

    def __init__(self, *args: Any, due: list[disposal_list.Due], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cases"].choices = [  # type: ignore[attr-defined]
            Choice(
                each.reference,
                each.reference,
                hint=f"{begun(each.clock.category.value)}, until {day(each.clock.until)}",
            )
            for each in due
        ]


class RetentionView(SetUpView):
    who = PREPARERS
    back_words = BACK

    def back(self) -> str:
        return reverse("retention")


class Prepare(RetentionView):
    form_class = PrepareForm
    title = "Put cases forward for disposal"
    intro = "Somebody else has to agree before anything goes. A sealed matter gets a list of its own."
    submit = "Put forward"
    done = "Put forward. Somebody else has to agree now."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "due": disposal_list.due(self.colleague, now().day)}

    def get_initial(self) -> dict[str, Any]:
        return {"cases": [each.reference for each in disposal_list.due(self.colleague, now().day)]}

    def change(self, form: PrepareForm) -> None:
        disposal_list.prepare(self.colleague, now(), form.cleaned_data["cases"])


class Answer(RetentionView):
    """A page about one list that the colleague may know of; to others it does not exist."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        user = request.user
        may = isinstance(user, User) and user.actor.has(*self.who)
        if may and disposal_list.one(kwargs["pk"], viewer(request), now().day) is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class Agree(Answer):
    form_class = PlainForm
    title = "Agree to dispose of every case on the list"
    intro = (
        "What these cases say goes: the facts, letters, files, who looked and who was told. It cannot be brought back, "
        "not from a backup either. A line stays that says that there was a case, when it went and under which rule."
    )
    submit = "Agree"
    weighty = True
    done = "Agreed. They go the next time “evenhand dispose” is run."

    def change(self, form: PlainForm) -> None:
        disposal_list.approve(self.kwargs["pk"], self.colleague, now())


class RefuseForm(PlainForm):
    reason = Words("Why not?", rows=3, missing="Say why, so that whoever put it forward knows")


class Refuse(Answer):
    form_class = RefuseForm
    title = "Do not agree to the list"
    intro = "Nothing of it goes. Its cases can be put forward again."
    submit = "Do not agree"
    done = "Nothing of that list goes."

    def change(self, form: RefuseForm) -> None:
        disposal_list.refuse(self.kwargs["pk"], self.colleague, now(), form.cleaned_data["reason"])


urlpatterns = [
    path("retention/", retention, name="retention"),
    path("retention/new", Prepare.as_view(), name="retention.prepare"),
    path("retention/<int:pk>/", one, name="retention.list"),
    path("retention/<int:pk>/agree", Agree.as_view(), name="retention.agree"),
    path("retention/<int:pk>/refuse", Refuse.as_view(), name="retention.refuse"),
]

"""Keys for other systems: made, rotated and revoked by administrators, and watched by the data protection officer."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse

from evenhand.doors.clock import now
from evenhand.doors.permission import ADMINISTRATORS, AUDITORS, for_roles
from evenhand.people.models import Change
from evenhand.people.models.change import ChangeKind
from evenhand.policy.staff import Role
from evenhand.sharing import admission, key
from evenhand.sharing.models.key import Key
from evenhand.web.key_forms import ChangeForm, MakeForm, RevokeForm, RotateForm
from evenhand.web.key_words import AUDIENCES, SCOPES
from evenhand.web.set_up import SetUpView
from evenhand.web.templatetags.words import day, moment

WATCHING = ADMINISTRATORS | AUDITORS
PAGE = 50
COLUMNS = ("System", "For", "People and homes today", "Last used", "State")
Cell = dict[str, Any] | str


@for_roles(WATCHING)
def keys(request: HttpRequest) -> HttpResponse:
    """Every key, those that work first, with how many people it asked about today."""
    today = now().day
    asked = admission.people_asked(today)
    found = sorted(Key.objects.all(), key=lambda one: not one.works_on(today))
    context = {
        "title": "Keys for other systems",
        "intro": "Each system that asks or writes by machine has a key of its own. What it may do, and how much, is "
        "fixed here.",
        "columns": [{"words": words} for words in COLUMNS],
        "rows": [row(one, asked.get(one.pk, 0), today) for one in found],
        "may_make": may_change(request),
        "back": reverse("administration") if may_change(request) else reverse("looks"),
    }
    return render(request, "administration/keys.html", context)


def may_change(request: HttpRequest) -> bool:
    """Whether the viewer may do more than watch."""
    return bool(getattr(request.user, "actor", None) and request.user.actor.has(Role.ADMINISTRATOR))  # type: ignore[union-attr]


def row(one: Key, asked: int, today: date) -> list[Cell]:
    near = asked * 10 >= one.people_a_day * 9
    words, kind = state(one, today)
    return [
        {"words": one.name, "href": reverse("key", args=[one.pk])},
        AUDIENCES[one.audience],
        {"words": f"{asked:,} of {one.people_a_day:,}", **({"kind": "due"} if near else {})},
        day(one.last_used_on) if one.last_used_on else "Never",
        {"words": words, "kind": kind},
    ]


def state(one: Key, today: date) -> tuple[str, str]:
    """Whether it works, in words and as a badge."""
    if one.revoked_at is not None:
        return "Revoked", ""
    if not one.works_on(today):
        return "Expired", "due"
    return "Works", "good"


@for_roles(WATCHING)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A key: what it may do, its secrets by their endings, and who did what with it."""
    found = get_object_or_404(Key.objects.select_related("made_by", "revoked_by"), pk=pk)
    moment_now = now()
    words, kind = state(found, moment_now.day)
    context = {
        "title": found.name,
        "key": found,
        "state": words,
        "kind": kind,
        "rows": facts(found, admission.people_asked(moment_now.day).get(pk, 0)),
        "secrets": [
            (secret.ending, moment(secret.made_at), ending(secret.valid_until, moment_now.at))
            for secret in found.secrets.all()
        ],
        "may_change": may_change(request) and found.revoked_at is None,
        "trail": trail_of(found),
    }
    return render(request, "administration/key.html", context)


def trail_of(found: Key) -> list[Change]:
    """The latest of what was done with a key, whatever it was called then."""
    rows = Change.objects.filter(kind=ChangeKind.KEY, about__startswith=f"Key {found.pk}: ")
    return list(rows.select_related("by")[:PAGE])


def ending(until: Any, at: Any) -> str:
    if until is None:
        return "works"
    return f"{'worked' if until <= at else 'works'} until {moment(until)}"


def facts(found: Key, asked: int) -> list[dict[str, str]]:
    told = {
        "Who answers for it": found.owner,
        "For": AUDIENCES[found.audience],
        "What it may do": ". ".join(SCOPES[scope] for scope in found.scopes) + ".",
        "Calls a minute": f"At most {found.calls_a_minute:,}",
        "Different people and homes a day": f"At most {found.people_a_day:,}; {asked:,} today",
        "Last day": day(found.expires_on) if found.expires_on else "None",
        "Last used": day(found.last_used_on) if found.last_used_on else "Never",
        "Made": f"{moment(found.made_at)} by {found.made_by.name}",
        "Revoked": f"{moment(found.revoked_at)} by {found.revoked_by.name}" if found.revoked_by else "",
    }
    return [{"key": name, "value": value} for name, value in told.items() if value]


class KeyView(SetUpView):
    """A form about a key. One that makes a secret shows it, once, in the answer itself: it is kept nowhere."""

    back_words = "Back to the key"
    secret = ""
    made: Key

    @property
    def key(self) -> Key:
        return get_object_or_404(Key, pk=self.kwargs["pk"], revoked_at=None)

    def back(self) -> str:
        return reverse("key", args=[self.kwargs["pk"]])

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "key": self.key}

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        if not self.secret:
            return answer
        context = {"title": f"The secret of {self.made.name}", "key": self.made, "secret": self.secret}
        shown = render(self.request, "administration/secret.html", context)
        shown["Cache-Control"] = "no-store"
        return shown


class Make(KeyView):
    form_class = MakeForm
    title = "Make a key"
    intro = "For one system of yours, or one contractor. What it may do cannot be changed later: make another then."
    done = ""
    back_words = "Back to keys"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super(KeyView, self).get_form_kwargs()

    def back(self) -> str:
        return reverse("keys")

    def change(self, form: forms.Form) -> None:
        self.made, self.secret = key.make(self.colleague, now().at, **form.cleaned_data)


class Amend(KeyView):
    form_class = ChangeForm
    title = "Change a key"
    submit = "Save"

    def get_initial(self) -> dict[str, Any]:
        found = self.key
        return {name: getattr(found, name) for name in key.LABELS}

    def change(self, form: forms.Form) -> None:
        key.change(self.key, self.colleague, now().at, **form.cleaned_data)


class Rotate(KeyView):
    form_class = RotateForm
    title = "Make a new secret"
    intro = "The system goes on with the old one for as long as you say, and with the new one from now on."
    done = ""

    def get_initial(self) -> dict[str, Any]:
        newest = self.key.secrets.first()
        return {"newest": newest.pk if newest else 0, "overlap_days": "7"}

    def change(self, form: forms.Form) -> None:
        self.made = self.key
        told = form.cleaned_data
        self.secret = key.rotate(
            self.made, self.colleague, now().at, overlap_days=int(told["overlap_days"]), newest=told["newest"]
        )


class Revoke(KeyView):
    form_class = RevokeForm
    title = "Revoke the key"
    intro = "It opens nothing from this moment on, and cannot be given back. What it was told stays on the ledger."
    weighty = True
    done = "The key was revoked. It opens nothing any more."

    def change(self, form: forms.Form) -> None:
        key.revoke(self.key, self.colleague, now().at, why=form.cleaned_data["why"])


AT = "administration/keys/"
urlpatterns = [
    path(AT, keys, name="keys"),
    path(f"{AT}make", Make.as_view(), name="key.make"),
    path(f"{AT}<int:pk>/", one, name="key"),
    path(f"{AT}<int:pk>/change", Amend.as_view(), name="key.change"),
    path(f"{AT}<int:pk>/rotate", Rotate.as_view(), name="key.rotate"),
    path(f"{AT}<int:pk>/revoke", Revoke.as_view(), name="key.revoke"),
]

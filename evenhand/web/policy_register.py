"""R1: the policy as anyone can read it, and the pages on which its owner keeps the register of its versions."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from evenhand.cases.circumstances import terms_on
from evenhand.doors.clock import now
from evenhand.doors.permission import POLICY_OWNERS
from evenhand.people import changes, policy_register
from evenhand.people.models import Landlord, PolicyVersion, User
from evenhand.people.models.change import ChangeKind
from evenhand.people.refusal import NotDone
from evenhand.web import policy_words, way
from evenhand.web.fields import Day, Line, Words
from evenhand.web.set_up import PlainForm, SetUpView
from evenhand.web.templatetags.words import day, until, urgency

LABELS = {
    "title": "Title",
    "owner": "Owner",
    "supporter": "Supported by",
    "ratifier": "Ratified by",
    "ratified_on": "Ratified on",
    "review_on": "Last reviewed",
    "next_review_on": "Next review",
    "equality_screen": "Equality screen",
    "consultation": "Consultation with customers",
    "related_policies": "Related policies",
    "public_text": "The policy in full",
}


def policy(request: HttpRequest) -> HttpResponse:
    """Open to anyone. `?version=` shows an earlier version, as cases decided under it name it."""
    asked = request.GET.get("version", "")
    current = policy_register.in_force()
    shown = PolicyVersion.objects.filter(version=asked).first() if asked else current
    if asked and shown is None:
        raise Http404
    today = now().day
    terms = terms_on(today)
    context = {
        "title": shown.title if shown else "Customer Conduct Policy",
        "landlord": Landlord.objects.first(),
        "version": shown,
        "is_current": shown == current,
        "rows": facts(shown) if shown else [],
        "earlier": policy_register.earlier() if shown == current else [],
        "unacceptable": policy_words.unacceptable(),
        "unreasonable": policy_words.unreasonable(),
        "steps": policy_words.steps(terms),
        "lodge": policy_words.days(terms.appeal_lodge_days),
        "keeps": keeps(request),
        "reminder": reminder(today) if keeps(request) else None,
    }
    return render(request, "policy/policy.html", context)


def keeps(request: HttpRequest) -> bool:
    """Whether whoever looks may change the register."""
    return isinstance(request.user, User) and request.user.actor.has(*POLICY_OWNERS)


def reminder(today: Any) -> dict[str, str] | None:
    """What to tell the policy's owner of its next review, when that is near or late."""
    due = policy_register.review_due(today)
    if due is None:
        return None
    late = due.is_overdue(today)
    return {
        "kind": urgency(due.on, today) or "due",
        "word": until(due.on, today).capitalize(),
        "heading": "The policy’s review is overdue" if late else "The policy’s review is near",
        "text": f"It is due on {day(due.on)}. Consult customers, screen it for equality, then record a new version or "
        "the new dates.",
    }


def facts(version: PolicyVersion) -> list[dict[str, str]]:
    """The register's entry, without what was left empty."""
    told = {
        "Version": version.version,
        "Owner": version.owner,
        "Supported by": version.supporter,
        "Ratified by": version.ratifier,
        "Ratified on": day(version.ratified_on),
        "Last reviewed": day(version.review_on),
        "Next review": day(version.next_review_on),
        "Replaced on": day(version.superseded_on),
        "Equality screen": version.equality_screen,
        "Consultation with customers": version.consultation,
        "Related policies": "\n".join(version.related_policies),
    }
    return [{"key": key, "value": value} for key, value in told.items() if value]


class ReviewForm(PlainForm):
    """The programme of the review; everything of a version but its name."""

    title = Line("What is the policy called?", missing="Enter the policy’s title")
    owner = Line("Who owns it?", "The post that answers for it, not a person’s name.", missing="Say who owns it")
    supporter = Line("Who supports the review?", "Leave empty if nobody else does.", required=False)
    ratifier = Line("Who ratified it?", "For example, the executive team.", required=False)
    ratified_on = Day("When was it ratified?", required=False)
    review_on = Day("When was it last reviewed?", required=False)
    next_review_on = Day("When is its next review?", "You are reminded three months before.", required=False)
    equality_screen = Words("Equality screen", "What was looked at, when, and what came of it.", rows=3, required=False)
    consultation = Words("Consultation", "How customers were or will be asked.", rows=3, required=False)
    related_policies = forms.CharField(
        label="Related policies", help_text="One a line.", required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    public_text = Words(
        "The policy in full", "Your own text, for anyone to read. The page explains it in plain English above.",
        rows=12, required=False, max_length=100_000,
    )  # fmt: skip

    def clean_related_policies(self) -> list[str]:
        lines = [line.strip()[:200] for line in self.cleaned_data["related_policies"].splitlines()]
        return [line for line in lines if line]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        last, following = told.get("review_on"), told.get("next_review_on")
        if last and following and following <= last:
            self.add_error("next_review_on", "The next review comes after the last one. Check both days")
        return told


class VersionForm(ReviewForm):
    version = Line("What is the new version called?", "For example, 2.", max_length=40, missing="Name the version")
    field_order = ("version",)


class Kept(SetUpView):
    who = POLICY_OWNERS
    back_words = "Back to the policy"

    def back(self) -> str:
        return reverse("policy")

    def get_initial(self) -> dict[str, Any]:
        current = policy_register.in_force()
        if current is None:
            return {"title": "Customer Conduct Policy", "version": "1"}
        kept = {name: getattr(current, name) for name in LABELS}
        return {**kept, "related_policies": "\n".join(current.related_policies)}


OWN_DAYS = ("version", "ratified_on", "review_on", "next_review_on")
"""What a version does not share with the one before it."""


class Adopt(Kept):
    """A new version, in force from today."""

    form_class = VersionForm
    title = "Record a new version"
    intro = "It is in force from today. Cases decided before keep the version they were decided under."
    done = "The new version is in force."

    def get_initial(self) -> dict[str, Any]:
        """The names as they were. The days are of the version before, so nobody keeps them by not looking."""
        return {name: value for name, value in super().get_initial().items() if name not in OWN_DAYS}

    def change(self, form: VersionForm) -> None:
        before = policy_register.in_force()
        new = policy_register.adopt(now().day, **form.cleaned_data)
        replaced = f" It replaced version {before.version}." if before else ""
        self.note(ChangeKind.POLICY, str(new), f"Recorded a new version, in force from now.{replaced}")


class Amend(Kept):
    """The dates and names of the version in force."""

    form_class = ReviewForm
    title = "Change the dates and names"
    intro = "For the version in force. If its words change, record a new version instead."
    submit = "Save"

    def change(self, form: ReviewForm) -> None:
        current = policy_register.in_force()
        if current is None:
            raise NotDone("No version is recorded yet. Record one first.")
        before = {name: getattr(current, name) for name in LABELS}
        policy_register.amend(current, **form.cleaned_data)
        short = {name: words for name, words in LABELS.items() if name != "public_text"}
        told = changes.differences(short, before, form.cleaned_data)
        if before["public_text"] != form.cleaned_data["public_text"]:
            told.append("The policy in full: changed")
        if told:
            self.note(ChangeKind.POLICY, str(current), ". ".join(told) + ".")


def version_address(version: str) -> str:
    return way.with_query("policy", version=version)


urlpatterns = [
    path("policy/", policy, name="policy"),
    path("policy/new", Adopt.as_view(), name="policy.new"),
    path("policy/review", Amend.as_view(), name="policy.review"),
]

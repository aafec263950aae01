"""Two records of one person are joined, parted again, and reconciled. Joining is never refused."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.functional import cached_property

from evenhand.cases import joining, reading
from evenhand.doors.clock import now
from evenhand.doors.permission import for_roles
from evenhand.people import finding, household, merging
from evenhand.people import reading as people_reading
from evenhand.people.models import Merge, Person, User
from evenhand.people.refusal import NotDone
from evenhand.people.text import unbroken
from evenhand.policy.staff import DECIDERS
from evenhand.web import way
from evenhand.web.fields import Pick, Words
from evenhand.web.person_care import JOINERS, CareView, may_open
from evenhand.web.set_up import PlainForm
from evenhand.web.templatetags.words import day


class LookFor(PlainForm):
    """Whom to join with. It is read, never sent."""

    q = forms.CharField(
        label="Find the other record",
        help_text="A name, telephone number, email, address or reference, in any spelling.",
        required=False,
        max_length=200,
    )


class JoinForm(PlainForm):
    keep = Pick("Which record is right where they differ?", missing="Choose which record stands for the person")
    reason = Words(
        "How do you know that they are one person?", "For example, the same date of birth and telephone number.",
        rows=3, missing="Say how you know that they are one person",
    )  # fmt: skip


class NoteForm(PlainForm):
    note = Words(
        "What did you find, and what applies to the person now?",
        "Look at both records’ cases, needs and controls together.",
        rows=5,
        missing="Say what you found and what applies now",
    )


@for_roles(JOINERS)
def find(request: HttpRequest, signed: str) -> HttpResponse:
    """Looks for the other record."""
    viewer = request.user
    assert isinstance(viewer, User)
    person = may_open(signed, viewer)
    asked = request.GET.get("q", "").strip()[:200]
    ids = people_reading.identities(person)
    found = [other for other in finding.find(asked).people if other.pk not in ids] if asked else []
    own = way.PEOPLE.sign(str(person.pk))
    context = {
        "title": "Join with another record",
        "caption": person.name,
        "form": LookFor({"q": asked}),
        "asked": asked,
        "found": [{"person": o, "rows": facts(o), "href": to_join(own, o)} for o in found],
        "back": reverse("person.care", args=[own]) if viewer.actor.has(*DECIDERS) else way.to_person(person),
    }
    return render(request, "care/join.html", context)


def to_join(own: str, other: Person) -> str:
    return reverse("person.join_with", args=[own, way.PEOPLE.sign(str(other.pk))])


def facts(person: Person) -> list[dict[str, str]]:
    """What tells two records apart."""
    homes = household.of(person, now().day)
    told = {
        "Reference": f"{person.source} {person.ref}",
        "Born": day(person.date_of_birth),
        "Telephone": person.phone,
        "Email": person.email,
        "Home": unbroken("\n".join(home.address for home in homes)),
    }
    return [{"key": key, "value": value} for key, value in told.items() if value]


def facts_of_one(person: Person) -> list[dict[str, str]]:
    """The facts of a record by itself, whatever it is joined to."""
    return [each for each in facts(person) if each["key"] != "Home"]


def called(person: Person) -> str:
    return f"{person.name}, {person.source} {person.ref}"


class OfRecords(CareView):
    """What managers and administrators do with two records."""

    who = JOINERS

    def back(self) -> str:
        if not self.colleague.actor.has(*DECIDERS):
            return way.to_person(people_reading.kept_record(self.person))
        return reverse("person.care", args=[way.PEOPLE.sign(str(people_reading.kept_record(self.person).pk))])


class Join(OfRecords):
    form_class = JoinForm
    title = "Join two records of one person"
    intro = (
        "From then on all cases, needs, limits and markers of both apply to the person, until a manager has looked at "
        "both. It can be undone."
    )
    submit = "Join them"
    done = "The records are joined. A manager reconciles them in each case."
    evidence_template = "care/two_records.html"

    @property
    def other(self) -> Person:
        viewer = self.colleague
        found = may_open(self.kwargs["other"], viewer)
        if found.pk == self.person.pk:
            raise Http404
        return found

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        pair = (self.person, self.other)
        form.fields["keep"].choices = [(str(p.pk), called(p)) for p in pair]
        return form

    def change(self, form: JoinForm) -> None:
        pair = (self.person, self.other)
        kept, merged = pair if form.cleaned_data["keep"] == str(self.person.pk) else pair[::-1]
        joined = joining.join(kept, merged, self.colleague, now(), reason=form.cleaned_data["reason"])
        if joined is not None:
            self.tell(f"Joined {merged.source} {merged.ref} to {kept.source} {kept.ref}.")
        self.person = Person.objects.get(pk=kept.pk)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        records = [{"name": p.name, "rows": facts(p)} for p in (self.person, self.other)]
        more = {"evidence_template": self.evidence_template, "records": records, "evidence_label": "The two records"}
        return super().get_context_data(**{**more, **context})


class OfJoining(OfRecords):
    """What is done with a joining of this person's records."""

    @cached_property
    def found(self) -> Merge:
        ids = people_reading.identities(self.person)
        return get_object_or_404(Merge, pk=self.kwargs["pk"], kept__in=ids, undone_at=None)


class Part(OfJoining):
    form_class = PlainForm
    title = "Part the two records again"
    intro = "Each becomes as it was, with what was its own: its cases, needs, limits and markers."
    submit = "Part them"
    evidence_template = "care/two_records.html"

    def change(self, form: PlainForm) -> None:
        kept, other = self.found.kept, self.found.merged
        left = joining.part(self.found, self.colleague, now())
        self.tell(f"Parted {other.source} {other.ref} again.")
        self.done = f"The records are parted: {called(kept)}, and {called(other)}."
        if left:
            self.done += " A manager settles in their cases that there is nothing to reconcile."

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        joined = self.found
        because = f", because: {joined.reason}" if joined.reason else "."
        told = f"They were joined on {day(joined.at)} by {joined.by.name}{because}"
        records = [{"name": called(p), "rows": facts_of_one(p)} for p in (joined.kept, joined.merged)]
        more = {"records": records, "joined": told, "evidence_label": "The two records"}
        return super().get_context_data(**{**more, "evidence_template": self.evidence_template, **context})


class Reconcile(OfJoining):
    form_class = NoteForm
    title = "Reconcile the two records"
    submit = "Record it"
    done = "The records are reconciled."
    evidence_template = "care/waiting.html"

    def change(self, form: NoteForm) -> None:
        if self.waiting():
            raise NotDone("Cases of theirs still wait for this. Reconcile them in each case first.")
        merging.reconcile(self.found, self.colleague, now().at, form.cleaned_data["note"])
        self.tell("Reconciled two records.")

    def waiting(self) -> list[reading.CaseRow]:
        """The cases that wait, as far as the viewer may know of them: of the others nothing is told."""
        return reading.known_among(joining.waiting(self.found), self.colleague, now().day)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        waiting = self.waiting()
        more = {"evidence_template": self.evidence_template if waiting else "", "waiting": waiting}
        return super().get_context_data(**{**more, **context})


AT = "people/<str:signed>/"
urlpatterns = [
    path(f"{AT}join", find, name="person.join"),
    path(f"{AT}join/<str:other>", Join.as_view(), name="person.join_with"),
    path(f"{AT}joined/<int:pk>/part", Part.as_view(), name="person.part"),
    path(f"{AT}joined/<int:pk>/reconcile", Reconcile.as_view(), name="person.reconcile"),
]

"""Contacts that match nobody: a person looks whose each is, or says that it is no customer's."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from evenhand.contacts import matching
from evenhand.contacts.models import Contact, Unmatched
from evenhand.doors.clock import now
from evenhand.doors.looked import looked
from evenhand.doors.permission import MATCHERS, for_roles
from evenhand.people import finding, household, known
from evenhand.people.models import Person, User
from evenhand.people.models.look import LookKind
from evenhand.people.refusal import NotDone
from evenhand.people.text import tidy, unbroken
from evenhand.web import way
from evenhand.web.contact import entry
from evenhand.web.person_care import may_open
from evenhand.web.said import listed
from evenhand.web.set_up import PlainForm
from evenhand.web.templatetags.words import moment


class LookFor(PlainForm):
    """Whose it may be. It is read, never sent."""

    q = forms.CharField(
        label="Who was it?",
        help_text="A name, telephone number, email, address or reference, in any spelling.",
        required=False,
        max_length=200,
    )


@for_roles(MATCHERS)
def queue(request: HttpRequest) -> HttpResponse:
    """Those that wait, the latest first."""
    page = matching.waiting(request.GET.get("after", ""))
    contacts = matching.contacts_of(page.rows)
    here = reverse("contact.queue")
    context = {
        "title": "Contacts to match",
        "rows": [
            {"href": reverse("contact.match", args=[row.contact]), **words_of(row, contacts.get(row.contact))}
            for row in page.rows
        ],
        "older": f"{here}?after={page.after}" if page.after else "",
        "newer": here if request.GET.get("after") else "",
    }
    return render(request, "contact/queue.html", context)


@for_roles(MATCHERS)
def match(request: HttpRequest, contact: int) -> HttpResponse:
    """Whose is it? Those who share its number or address, and whoever is looked for."""
    viewer, row = request.user, matching.of_contact(contact)
    assert isinstance(viewer, User)
    if row is None:
        raise Http404
    asked = tidy(request.GET.get("q", ""))[:200]
    if asked:
        looked(viewer, LookKind.SEARCH, asked)
    suggested = [] if asked else matching.suggestions(row)
    offered = [(each.person, f"Has {listed(list(each.shares), 'and')}") for each in suggested]
    offered += [(person, "") for person in (finding.people(asked, now().day) if asked else [])]
    context = {
        "title": "Whose contact is it?",
        "contact": words_of(row, matching.contact_of(row)),
        "given": given(row),
        "form": LookFor({"q": asked}),
        "asked": asked,
        "offered": [shown(person, why, contact) for person, why in offered if is_for(viewer, person)],
        "several": len(suggested) > 1,
        "aside": reverse("contact.aside", args=[contact]),
        "back": reverse("contact.queue"),
    }
    return render(request, "contact/match.html", context)


@for_roles(MATCHERS)
@require_POST
def belongs(request: HttpRequest, contact: int, signed: str) -> HttpResponse:
    """A colleague says that it is this person's."""
    viewer = request.user
    assert isinstance(viewer, User)
    person = may_open(signed, viewer)
    looked(viewer, LookKind.PERSON, f"{person.source}:{person.ref}", person, "Matched a contact")
    try:
        matching.match(contact, person, viewer, now().at)
        messages.success(request, f"The contact is {person.name}’s.")
    except NotDone as no:
        messages.error(request, str(no))
    return HttpResponseRedirect(reverse("contact.queue"))


@for_roles(MATCHERS)
@require_POST
def aside(request: HttpRequest, contact: int) -> HttpResponse:
    """A colleague says that it is no customer's."""
    assert isinstance(request.user, User)
    try:
        matching.set_aside(contact, request.user, now().at)
        messages.success(request, "The contact belongs to no customer, and waits no more.")
    except NotDone as no:
        messages.error(request, str(no))
    return HttpResponseRedirect(reverse("contact.queue"))


def is_for(viewer: User, person: Person) -> bool:
    """Whether the viewer may deal with the person: not themselves, and nobody they live with (rule 21)."""
    return viewer.actor_id not in known.picture(person, now().day).colleagues_too


def words_of(row: Unmatched, contact: Contact | None) -> dict[str, str]:
    """A waiting contact in words: what came, when, and from whom as far as it was said."""
    told = entry(contact) if contact else {"words": "A contact", "about": "", "took": "", "team": "", "notes": ""}
    who = (
        row.name or row.telephone or row.email or (f"reference {row.person_ref}" if row.person_ref else "nobody named")
    )
    return {**told, "when": moment(row.at), "who": who}


def given(row: Unmatched) -> list[dict[str, str]]:
    """Everything the contact gave to tell by."""
    told = (
        ("Name", row.name),
        ("Telephone", row.telephone),
        ("Email", row.email),
        ("Reference of a person", f"{row.person_ref}, which is not in the register" if row.person_ref else ""),
    )
    return [{"key": key, "value": value} for key, value in told if value]


def shown(person: Person, why: str, contact: int) -> dict[str, Any]:
    """Somebody it may be, told apart by where they live."""
    homes = household.of(person, now().day)
    signed = way.PEOPLE.sign(str(person.pk))
    return {
        "name": person.name,
        "where": unbroken(homes[0].address) if homes else "No address held",
        "why": why,
        "href": way.to_person(person),
        "belongs": reverse("contact.belongs", args=[contact, signed]),
    }


AT = "contacts/to-match/"
urlpatterns = [
    path(AT, queue, name="contact.queue"),
    path(f"{AT}<int:contact>/", match, name="contact.match"),
    path(f"{AT}<int:contact>/nobody", aside, name="contact.aside"),
    path(f"{AT}<int:contact>/<str:signed>", belongs, name="contact.belongs"),
]

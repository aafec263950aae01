"""Rule 1: contacts outside the limits, that other systems brought: read for a hazard by a person, within 24 hours, and
then handled as the plan says."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from evenhand.cases import outside, sight
from evenhand.contacts import to_read
from evenhand.contacts.models import Contact, ToRead
from evenhand.contacts.to_read import Finding
from evenhand.doors.clock import now
from evenhand.doors.looked import looked
from evenhand.doors.permission import CASEWORKERS, for_roles
from evenhand.people import reading
from evenhand.people.models import User
from evenhand.people.models.look import LookKind
from evenhand.people.refusal import NotDone
from evenhand.policy.contact_within import READ_WITHIN
from evenhand.policy.exempt import Exempt
from evenhand.policy.promises import Promise
from evenhand.policy.staff import Role
from evenhand.web import way
from evenhand.web.contact import entry
from evenhand.web.fields import Line, Tick
from evenhand.web.set_up import PlainForm, SetUpView
from evenhand.web.templatetags.words import moment

READING = CASEWORKERS - {Role.INDEPENDENT}
"""An independent person works on one case alone."""
HEADING = "Contacts to read for a hazard"
FOUND = [("no", "No, I read or heard none"), ("yes", "Yes, and I have passed it on")]
EXEMPT = [("", "No"), *((each.value, each.words[0].upper() + each.words[1:]) for each in Exempt)]


class ReadForm(PlainForm):
    """What a person found who read a contact to its end."""

    hazard = forms.ChoiceField(
        label="Does it tell of a hazard, or of somebody in danger?",
        help_text="Read or listen to the end before you answer. A hazard or a danger is acted on at once, whatever the "
        "limits say.",
        choices=FOUND,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it tells of a hazard or a danger"},
    )
    passed_on = Line("If so, whom did you tell?", "For example, the repairs team, at 2:30pm.", required=False)
    exempt = forms.ChoiceField(
        label="Is it one that always gets through?",
        help_text="Then answer it: no limit counts it.",
        choices=EXEMPT,
        required=False,
    )
    handled = Tick("There was no hazard, and I have done what the plan says", "You can also do that afterwards.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("hazard") == "yes" and not cleaned.get("passed_on"):
            self.add_error("passed_on", "Pass it on now, then say whom you told")
        return cleaned

    def found(self) -> Finding:
        told = self.cleaned_data
        return Finding(
            hazard=told["hazard"] == "yes",
            passed_on=told["passed_on"],
            exempt=Exempt(told["exempt"]) if told["exempt"] else None,
            handled=told["handled"],
        )


@for_roles(READING)
def queue(request: HttpRequest) -> HttpResponse:
    """Those that wait to be read, and on another tab those that are read and wait to be handled, the oldest first."""
    viewer = request.user
    assert isinstance(viewer, User)
    read = request.GET.get("show") == "read"
    page = to_read.queue(sight.people_close_to(viewer, now().day), request.GET.get("after", ""), read=read)
    show = "read" if read else ""
    context = {
        "title": HEADING,
        "read": read,
        "places": [
            {"words": words, "href": way.with_query("contact.to_read", show=value), "here": value == show}
            for value, words in (("", "To be read"), ("read", "Read, to be handled"))
        ],
        "tasks": tasks(page.rows, viewer),
        "older": way.with_query("contact.to_read", show=show, after=page.after) if page.after else "",
        "newer": way.with_query("contact.to_read", show=show) if request.GET.get("after") else "",
    }
    return render(request, "contact/to_read.html", context)


def tasks(rows: Iterable[ToRead], viewer: User) -> list[dict[str, Any]]:
    """Each contact as a task: whose and how, why it waits, and by when it is read."""
    there = list(rows)
    contacts, own, at = to_read.contacts_of(there), outside.held_by(viewer, there), now().at
    return [
        {
            "name": name(row, contacts.get(row.contact)),
            "href": reverse("contact.read", args=[row.contact]),
            "hint": hint(row, own=row.contact in own),
            "promise": Promise.E1,
            **(due(row, at) if row.read_at is None else {"status": "to be handled", "kind": ""}),
        }
        for row in there
    ]


def name(row: ToRead, contact: Contact | None) -> str:
    """Whose contact, how and when: no two are called the same."""
    words = entry_of(contact)["words"]
    return f"{reading.kept_record(row.person).name}: {words[0].lower()}{words[1:]}, {moment(row.at)}"


def hint(row: ToRead, *, own: bool) -> str:
    """Why a contact waits, and whether it is the viewer's own to care for."""
    return " ".join([*row.reasons, *(["It is about a case of yours."] if own else [])])


def due(row: ToRead, at: datetime) -> dict[str, str]:
    """By when it is to be read, as a badge."""
    deadline = row.at + READ_WITHIN
    late = deadline <= at
    words = f"{length(at - deadline)} overdue" if late else f"in {length(deadline - at)}"
    return {"status": words, "kind": "danger" if late else "due", "day": moment(deadline)}


def length(of: timedelta) -> str:
    """A length of time in its largest whole unit: "3 days", "1 hour", "20 minutes"."""
    minutes = int(of.total_seconds() // 60)
    for size, word in ((1440, "day"), (60, "hour"), (1, "minute")):
        if count := minutes // size:
            return f"{count} {word}{'' if count == 1 else 's'}"
    return "less than a minute"


def on_today(viewer: User) -> dict[str, str] | None:
    """What is said of the queue on the first page of those who read it: how many, how long, until when."""
    if not viewer.actor.has(*READING):
        return None
    at = now()
    found = to_read.waiting(sight.people_close_to(viewer, at.day))
    if found.oldest is None:
        return None
    many = found.count > to_read.PAGE
    count = f"More than {to_read.PAGE}" if many else str(found.count)
    deadline = found.oldest + READ_WITHIN
    return {
        "kind": "danger" if deadline <= at.at else "due",
        "word": "Overdue" if deadline <= at.at else "Due",
        "heading": f"{count} contact{'' if found.count == 1 else 's'} to read for a hazard",
        "text": f"Outside a limit, and not read yet. The oldest has waited for {length(at.at - found.oldest)}: "
        f"read it by {moment(deadline)}.",
    }


class Read(SetUpView):
    """One contact: read for a hazard, and then handled as the plan says."""

    template_name = "contact/read.html"
    who = READING
    form_class = ReadForm
    title = "Read a contact for a hazard"
    submit = "Save what you found"
    done = ""
    back_words = "Back to the contacts to read"
    row: ToRead

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if isinstance(request.user, User) and request.user.actor.has(*self.who):
            self.row = row_for(request.user, kwargs["contact"])
        return super().dispatch(request, *args, **kwargs)

    def back(self) -> str:
        return reverse("contact.to_read")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        person, contact = reading.kept_record(self.row.person), to_read.contact_of(self.row)
        looked(self.colleague, LookKind.PERSON, f"{person.source}:{person.ref}", person, self.title)
        read = self.row.read_at is not None
        more = {
            "title": "Handle a contact as the plan says" if read else self.title,
            "caption": person.name,
            "person_href": way.to_person(person),
            "contact": facts(self.row, contact),
            "reasons": self.row.reasons,
            "due": None if read or self.row.late else due(self.row, now().at),
            "late": self.row.late,
            "read": read,
            "read_by": self.row.read_by.name if self.row.read_by else "",
            "handle": reverse("contact.handle", args=[self.row.contact]),
            "then": outside.what_then(self.row, now().at),
        }
        return super().get_context_data(**{**more, **context})

    def change(self, form: ReadForm) -> None:
        found, moment_now = form.found(), now()
        told = outside.what_then(self.row, moment_now.at)
        self.row = to_read.read(self.row.contact, found, told, self.colleague, moment_now.at)
        if found.hazard:
            messages.warning(
                self.request,
                "It counts as a hazard, and no limit counts it. Make sure that whoever you told is acting on it.",
            )
        elif found.exempt:
            messages.success(self.request, f"Not bound by any limit: {found.exempt.words}. Answer it.")
        else:
            messages.success(self.request, "You found no hazard. It counts as outside the limits, for their review.")

    def get_success_url(self) -> str:
        return self.back() if self.row.handled_at else reverse("contact.read", args=[self.row.contact])


@for_roles(READING)
@require_POST
def handle(request: HttpRequest, contact: int) -> HttpResponse:
    """A colleague has done with it what the plan says."""
    assert isinstance(request.user, User)
    row_for(request.user, contact)
    try:
        to_read.handle(contact, request.user, now().at)
        messages.success(request, "The contact is handled.")
    except NotDone as no:
        messages.error(request, str(no))
    return HttpResponseRedirect(way.with_query("contact.to_read", show="read"))


def row_for(viewer: User, contact: int) -> ToRead:
    """What is still to be done about a contact. 404 where that is nothing, and for whoever is close to the person."""
    row = to_read.of_contact(contact)
    if row is None or row.person_id in sight.people_close_to(viewer, now().day):
        raise Http404
    return row


def entry_of(contact: Contact | None) -> dict[str, str]:
    """A contact in words, even where no more is known of it than that it was one."""
    return entry(contact) if contact else {"words": "A contact", "about": "", "team": "", "notes": ""}


def facts(row: ToRead, contact: Contact | None) -> list[dict[str, str]]:
    """What is known of a contact, and where it is found: Evenhand does not keep what was said."""
    told = entry_of(contact)
    found = (
        ("What", told["words"]),
        ("When", moment(row.at)),
        ("About", told["about"]),
        ("Team", told["team"]),
        ("Also known", told["notes"]),
        ("Where to read it", f"{contact.source}, reference {contact.ref}" if contact else ""),
    )
    return [{"key": key, "value": value} for key, value in found if value]


AT = "contacts/to-read/"
urlpatterns = [
    path(AT, queue, name="contact.to_read"),
    path(f"{AT}<int:contact>/", Read.as_view(), name="contact.read"),
    path(f"{AT}<int:contact>/handled", handle, name="contact.handle"),
]

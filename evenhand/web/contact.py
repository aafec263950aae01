"""Contacts: logged by hand from a person's page or their card, and read back as they were."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone

from evenhand.cases import holding, intake
from evenhand.cases.intake import Logged, NotRead, Read
from evenhand.contacts import log
from evenhand.contacts.models import Contact
from evenhand.contacts.models.contact import Caller, Direction
from evenhand.doors.clock import now
from evenhand.doors.kept_words import token_for
from evenhand.doors.looked import looked
from evenhand.doors.permission import CASEWORKERS, COLLEAGUES, for_roles
from evenhand.people.models import User
from evenhand.people.models.look import LookKind
from evenhand.people.refusal import NotDone
from evenhand.policy.answer import Verdict
from evenhand.policy.exempt import Exempt
from evenhand.policy.need import Channel
from evenhand.web import way
from evenhand.web.contact_form import ContactForm, kind_in_words
from evenhand.web.person_care import CareView, may_open
from evenhand.web.templatetags.words import day, moment

ONCE = "This contact was already logged."
PASS_ON = "It told of a hazard or a danger: make sure that whoever you told is acting on it."

WHO = {Direction.IN.value: "They contacted us", Direction.OUT.value: "We contacted them"}

THROUGH = {
    Caller.INTERPRETER.value: "an interpreter",
    Caller.ADVOCATE.value: "an advocate",
    Caller.FAMILY.value: "a relative or friend",
}


class Log(CareView):
    """One contact, as it happens."""

    who = COLLEAGUES
    form_class = ContactForm
    title = "Log a contact"
    submit = "Log it"
    done = ""
    back_words = "Back to the person"

    def back(self) -> str:
        return way.to_person(self.person)

    def get_initial(self) -> dict[str, Any]:
        return {"token": token_for(self.colleague)}

    def get_form_kwargs(self) -> dict[str, Any]:
        today = now().day
        held = holding.held_of([self.person.pk], today)[self.person.pk]
        about = {"matters": log.matters_of(self.person), "held": held, "moment": now()}
        return {**super().get_form_kwargs(), **about}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        looked(self.colleague, LookKind.PERSON, f"{self.person.source}:{self.person.ref}", self.person, self.title)
        return super().get_context_data(**context)

    def change(self, form: ContactForm) -> None:
        told, at = form.cleaned_data, form.happened
        read = Read(
            hazard=told["hazard"] == "yes" if told.get("hazard") else None,
            passed_on=told.get("passed_on", ""),
            to_single_contact=told["reached"] == "yes" if told.get("reached") else None,
        )
        try:
            logged = intake.log_contact(self.colleague, self.person, form.said(at), read, now(), token=told["token"])
        except NotRead as not_read:
            form.add_error("hazard", "Read or listen to it first, then say whether it tells of a hazard")
            raise NotDone(not_read.within.words) from None
        self.tell_what_to_do(logged, hazard=read.hazard)

    def tell_what_to_do(self, logged: Logged, *, hazard: bool | None) -> None:
        """Says that it is logged and, of a contact of theirs, whether it was within the limits and what to do."""
        if logged.repeated:
            messages.info(self.request, ONCE)
            return
        found = logged.within
        if found is None or found.verdict is Verdict.NO_LIMIT:
            messages.success(self.request, "The contact is logged.")
        elif found.verdict is Verdict.OUTSIDE:
            first = PASS_ON if hazard else "You found no hazard in it."
            rest = " ".join(found.reasons)
            messages.warning(self.request, f"The contact is logged, and counts as outside the limits. {first} {rest}")
        else:
            messages.success(self.request, f"The contact is logged. {found.words}")


@for_roles(CASEWORKERS)
def history(request: HttpRequest, signed: str) -> HttpResponse:
    """Every contact with a person, month by month, the latest first."""
    viewer = request.user
    assert isinstance(viewer, User)
    person = may_open(signed, viewer)
    looked(viewer, LookKind.PERSON, f"{person.source}:{person.ref}", person, "Contacts")
    page = log.history(person, request.GET.get("after", ""))
    here = reverse("contact.history", args=[signed])
    context = {
        "title": "Contacts",
        "person": person,
        "back": way.to_person(person),
        "months": by_month(page.rows),
        "log_href": reverse("contact.log", args=[signed]) if viewer.actor.has(*COLLEAGUES) else "",
        "older": f"{here}?after={page.after}" if page.after else "",
        "newer": here if request.GET.get("after") else "",
    }
    return render(request, "contact/history.html", context)


def by_month(rows: tuple[Contact, ...]) -> list[dict[str, Any]]:
    """The contacts of a page under the month they fell in, where the landlord is."""
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        found.setdefault(f"{timezone.localtime(row.at):%B %Y}", []).append(entry(row))
    return [{"month": month, "rows": entries} for month, entries in found.items()]


def entry(row: Contact) -> dict[str, str]:
    """One contact in words."""
    way_of = Channel(row.channel).words if row.channel else "in a way that is not known"
    who = WHO.get(row.direction, "A contact")
    return {
        "when": moment(row.at),
        "words": f"{who} {way_of}",
        "about": f"{in_a_sentence(row.matter.kind)} of {day(row.matter.opened_on)}" if row.matter else "",
        "took": f"{row.minutes} minute{'' if row.minutes == 1 else 's'}" if row.minutes is not None else "",
        "team": row.team,
        "notes": "; ".join(notes(row)),
    }


def in_a_sentence(kind: str) -> str:
    """A kind of matter inside a sentence."""
    words = kind_in_words(kind)
    return words[0].lower() + words[1:]


def notes(row: Contact) -> list[str]:
    """What else is known of a contact, only where it says something."""
    exempt = Exempt(row.exempt_kind).words if row.exempt_kind in set(Exempt) else (row.exempt_kind or "")
    told = (
        (f"always gets through: {exempt.replace('_', ' ')}", bool(exempt)),
        ("told us something new", row.new_information),
        ("because of a need", row.because_of_need),
        (f"through {THROUGH.get(row.caller or '', 'somebody else')}", row.caller not in (None, "", Caller.SELF)),
        ("asked for somebody more senior", row.asked_for_senior),
        ("would not say what it was about", row.specific is False),
    )
    return [words for words, so in told if so]


AT = "people/<str:signed>/contacts/"
urlpatterns = [
    path(AT, history, name="contact.history"),
    path(f"{AT}log", Log.as_view(), name="contact.log"),
]

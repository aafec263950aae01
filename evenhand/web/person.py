"""A person as any colleague needs to know them: what to do today, where they live, what they need. Why is for fewer."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from evenhand.cases import lookup, reading
from evenhand.cases.reading import ControlRow
from evenhand.doors.clock import local, now
from evenhand.doors.looked import looked
from evenhand.doors.permission import CASEWORKERS, COLLEAGUES, EVERYONE, asker, for_roles
from evenhand.people import household, known
from evenhand.people import reading as people_reading
from evenhand.people.models import Need as NeedRow
from evenhand.people.models import Person, User
from evenhand.people.models.look import LookKind
from evenhand.policy.need import Channel, Need
from evenhand.policy.occasion import Known
from evenhand.sharing import ledger, telling
from evenhand.sharing.models.disclosure import How
from evenhand.web import way
from evenhand.web.cases import with_badges
from evenhand.web.check_card import as_shown
from evenhand.web.control_words import in_force as when_in_force
from evenhand.web.control_words import name_of
from evenhand.web.names import language
from evenhand.web.said import listed
from evenhand.web.templatetags.words import day, until

COLUMNS = [{"words": words} for words in ("What", "When", "Review by", "State", "Case")]
ANSWER = ("answer", "kind", "word", "next", "acknowledged", "acknowledge")
"""What the part of the page that answers "may I?" is given: the same as on the answer card."""


@for_roles(EVERYONE)
def person(request: HttpRequest, signed: str) -> HttpResponse:
    """Their page. A colleague who is this person, or lives with them, has none (rule 21); whoever comes from outside
    has that of the person in a case that names them, and no other."""
    viewer, on = request.user, now().day
    assert isinstance(viewer, User)
    found = found_by(signed)
    picture = known.picture(found, on)
    if viewer.actor_id in picture.colleagues_too:
        raise Http404
    works, inside = viewer.actor.has(*CASEWORKERS), viewer.actor.has(*COLLEAGUES)
    cases = reading.cases_of(found, viewer, on)
    if not (inside or cases):
        raise Http404
    looked(viewer, LookKind.PERSON, f"{found.source}:{found.ref}", found)
    places = household.of(found, on)
    context = {
        "title": found.name,
        "person": found,
        "picture": picture,
        "works": works,
        **today(found, viewer),
        "columns": COLUMNS,
        "in_force": in_force(found, viewer, on) if works else [],
        "about": about(found, picture, works=works),
        "homes": homes(places, linked=inside),
        "needs": needs(found, on, picture, works=works),
        "representatives": representatives(found, on, works=works),
        "rows": with_badges(cases, viewer, on),
        **({} if inside else {"acknowledge": ""}),
        "report_href": report_about(found) if inside else "",
        "check_href": way.to_check(found) if inside else "",
        "signed": way.PEOPLE.sign(str(found.pk)),
    }
    return render(request, "person/person.html", context)


def today(found: Person, viewer: User) -> dict[str, Any]:
    """Today's answer, as every door gives it. Whoever reads it here was told of what it rests on (rule 14)."""
    moment = now()
    try:
        card = lookup.card_of(found, local(moment), asker(viewer.actor), moment.day, viewer)
    except lookup.Own:
        raise Http404 from None
    ledger.disclose(ledger.colleague(viewer), telling.told(card.held, card.person, card.home), How.RECORD, moment.at)
    shown = as_shown(card, viewer, moment)
    return {name: shown[name] for name in ANSWER}


def found_by(signed: str) -> Person:
    """The record that stands for the person of a signed address. 404 for any other."""
    try:
        found = Person.objects.select_related("merged_into").get(pk=way.person_of(signed))
    except (LookupError, Person.DoesNotExist):
        raise Http404 from None
    return people_reading.kept_record(found)


def report_about(found: Person) -> str:
    """Where an incident about them is reported, with their reference already looked for."""
    return way.to_report(person=found)


def about(found: Person, picture: Known, *, works: bool) -> list[dict[str, str]]:
    told = (
        ("Telephone", "" if Channel.PHONE in picture.unsafe else found.phone),
        ("Email", "" if Channel.EMAIL in picture.unsafe else found.email),
        ("Language", language(found.language)),
        ("Age", str(picture.age) if works and picture.age is not None else ""),
        ("What they need of us, as given", as_words(found.communication_needs) if works else ""),
        ("Described as", found.description),
        ("Reference", found.ref if not found.is_local else ""),
    )
    return [{"key": key, "value": value} for key, value in told if value]


def homes(places: list[household.Place], *, linked: bool) -> list[dict[str, Any]]:
    """Where they live or visit, what they are there, and who else lives there. Nothing is said of the others."""
    return [
        {
            "address": each.address,
            "role": each.role.replace("_", " "),
            "others": [{"name": other.name, "href": way.to_person(other) if linked else ""} for other in each.others],
        }
        for each in places
    ]


def needs(found: Person, on: date, picture: Known, *, works: bool) -> dict[str, Any]:
    """What they need. Kinds that tell of health or of abuse, and all details, are for those who work on cases; anyone
    is told which ways of contact to use."""
    rows: list[NeedRow] = list(people_reading.needs(found, on))
    private = {kind for kind in Need if kind.is_health} | {Need.DOMESTIC_ABUSE}
    shown = [row for row in rows if works or Need(row.kind) not in private]
    unsuitable = sorted(channel.words for channel in picture.unsuitable - picture.unsafe)
    unsafe = sorted(channel.words for channel in picture.unsafe)
    return {
        "rows": [{"kind": row.kind[0].upper() + row.kind[1:], "detail": row.detail if works else ""} for row in shown],
        "unsuitable": f"Do not rely on reaching them {listed(unsuitable, 'or')}." if unsuitable else "",
        "unsafe": f"Never contact them {listed(unsafe, 'or')}: it is not safe." if unsafe else "",
        "unsafe_note": found.unsafe_note if works else "",
    }


def representatives(found: Person, on: date, *, works: bool) -> list[dict[str, str]]:
    """Who speaks for them, and by what right; how to reach them is for those who work on cases."""
    return [
        {"key": one.kind[0].upper() + one.kind[1:], "value": "\n".join(filter(None, (one.name, one.contact * works)))}
        for one in people_reading.representatives(found, on)
    ]


def in_force(found: Person, viewer: User, on: date) -> list[list[Any]]:
    """What holds, or is about to, in the cases the viewer works on: what, when, its review, its case."""
    controls = reading.controls_of(found, on)
    worked_on = reading.worked_on([control.case for control in controls], viewer, on)
    return [row(control, on) for control in controls if control.case_id in worked_on]


def row(control: ControlRow, on: date) -> list[Any]:
    late = control.review_on is not None and control.review_on < on
    review = f"{day(control.review_on)} ({until(control.review_on, on)})" if control.review_on else ""
    reference = control.case.reference
    return [
        name_of(control.kind, provisional=control.provisional),
        when_in_force(control.starts_on, control.ends_on, control.kind, on),
        {"words": review, "kind": "danger"} if late else review,
        {"words": "Under appeal", "kind": "due"} if control.under_appeal else "",
        {"words": reference, "href": way.to_case(reference)},
    ]


def as_words(given: str) -> str:
    """A register's list of codes as words: "large_print;bsl" as "large print, bsl"."""
    return ", ".join(each.strip().replace("_", " ") for each in given.replace("|", ";").split(";") if each.strip())


urlpatterns = [path("people/<str:signed>/", person, name="person")]

"""A person as any colleague needs to know them: what to do today, where they live, what they need. Why is for fewer."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from evenhand.cases import lookup, reading
from evenhand.cases.reading import ControlRow
from evenhand.doors.clock import local, now
from evenhand.doors.looked import looked
from evenhand.doors.permission import CASEWORKERS, EVERYONE, asker, for_roles
from evenhand.people import household, known
from evenhand.people import reading as people_reading
from evenhand.people.models import Need as NeedRow
from evenhand.people.models import Person, User
from evenhand.people.models.look import LookKind
from evenhand.policy.answer import AnswerCode
from evenhand.policy.need import Channel, Need
from evenhand.policy.occasion import Known
from evenhand.policy.terms import months_after
from evenhand.web import way
from evenhand.web.cases import with_badges
from evenhand.web.control_words import in_force, instruction, name_of
from evenhand.web.names import Names, language, names_of
from evenhand.web.said import begun, listed
from evenhand.web.templatetags.words import day, until

NOT_REVIEWED_MONTHS = 3
"""Months after which an overdue marker says only whom to ask (rule 7)."""


@dataclass(frozen=True, slots=True)
class Card:
    """One limit or marker: what to do leads. `note` is what else a colleague must mind; `case` where they may look."""

    words: str
    name: str
    badges: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    note: str
    kind: str
    case: str

    @property
    def rows(self) -> list[dict[str, str]]:
        return [{"key": key, "value": begun(value)} for key, value in self.facts if value]


@for_roles(EVERYONE)
def person(request: HttpRequest, signed: str) -> HttpResponse:
    """Their page. A colleague who is this person, or lives with them, has none (rule 21)."""
    viewer, on = request.user, now().day
    assert isinstance(viewer, User)
    found = found_by(signed)
    picture = known.picture(found, on)
    if viewer.actor_id in picture.colleagues_too:
        raise Http404
    looked(viewer, LookKind.PERSON, f"{found.source}:{found.ref}", found)
    works = viewer.actor.has(*CASEWORKERS)
    cases = reading.cases_of(found, viewer, on)
    places = household.of(found, on)
    controls = [*reading.controls_of(found, on), *reading.instructions_at([place.home for place in places], on)]
    worked_on = reading.worked_on([control.case for control in controls], viewer, on)
    names = names_of(control.case.holder for control in controls)
    cards = [card(control, on, names, known_of=control.case_id in worked_on) for control in controls]
    shown = sorted((each for each in cards if works or each.kind != "later"), key=lambda each: each.kind)
    context = {
        "title": found.name,
        "person": found,
        "picture": picture,
        "today": on,
        "works": works,
        "cards": shown,
        "about": about(found, picture, works=works),
        "homes": homes(places),
        "needs": needs(found, on, picture, works=works),
        "representatives": representatives(found, on, works=works),
        "rows": with_badges(cases, viewer, on),
        "report_href": report_about(found),
        "check_href": way.to_check(found),
        "calm": not shown and is_calm(found, viewer),
        "signed": way.PEOPLE.sign(str(found.pk)),
    }
    return render(request, "person/person.html", context)


def is_calm(found: Person, viewer: User) -> bool:
    """Whether today's answer is that nothing is held: of them, of others at their home, or of the home itself."""
    moment = now()
    today = lookup.card_of(found, local(moment), asker(viewer.actor), moment.day, viewer)
    return today.answer.code is AnswerCode.NOTHING_HELD


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


def homes(places: list[household.Place]) -> list[dict[str, Any]]:
    """Where they live or visit, what they are there, and who else lives there. Nothing is said of the others."""
    return [
        {
            "address": each.address,
            "role": each.role.replace("_", " "),
            "others": [{"name": other.name, "href": way.to_person(other)} for other in each.others],
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


def card(control: ControlRow, on: date, names: Names, *, known_of: bool) -> Card:
    """What one control asks of a colleague. The reasons are in the case, for those who work on it."""
    ask = names[control.case.holder] if control.case.holder else "a manager"
    overdue = control.review_on is not None and control.review_on < on
    review = f"{day(control.review_on)} ({until(control.review_on, on)})" if control.review_on else ""
    later = control.kind != "marker" and (control.starts_on is None or control.starts_on > on)
    return Card(
        words=words(control, on, ask),
        name=name_of(control.kind, provisional=control.provisional),
        badges=badges(control, overdue=overdue, later=later),
        facts=(
            ("In an emergency", control.details.get("safe_attendance", "")),
            ("When", in_force(control.starts_on, control.ends_on, control.kind, on)),
            ("Decided by" if control.provisional else "Reviewed by", review),
            ("Who to ask", ask),
            ("Who is told", control.audience),
        ),
        note="They have not been told of this marker. Do not mention it to them." if control.withheld else "",
        kind="danger" if control.kind in ("marker", "instruction") else "later" if later else "limit",
        case=way.to_case(control.case.reference) if known_of else "",
    )


def words(control: ControlRow, on: date, ask: str) -> str:
    """The instruction; for a marker not reviewed in three months, whom to ask as well (rule 7)."""
    told = instruction(control.kind, control.details)
    review_on = None if control.provisional or control.kind != "marker" else control.review_on
    if review_on and on > months_after(review_on, NOT_REVIEWED_MONTHS):
        return f"{told} Not reviewed: ask {ask}."
    return f"{told} Not yet decided." if control.provisional else told


def badges(control: ControlRow, *, overdue: bool, later: bool) -> tuple[tuple[str, str], ...]:
    late = "Decision overdue" if control.provisional else "Review overdue"
    found = [
        ("Not in force yet", "due") if later else None,
        (late, "danger") if overdue else None,
        ("Under appeal", "due") if control.under_appeal else None,
    ]
    return tuple(badge for badge in found if badge)


def as_words(given: str) -> str:
    """A register's list of codes as words: "large_print;bsl" as "large print, bsl"."""
    return ", ".join(each.strip().replace("_", " ") for each in given.replace("|", ";").split(";") if each.strip())


urlpatterns = [path("people/<str:signed>/", person, name="person")]

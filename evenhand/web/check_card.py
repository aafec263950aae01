"""The answer card as a page shows it: the sentence first, then each way of contact, then no more than one needs."""

from typing import Any

from django.urls import NoReverseMatch, reverse

from evenhand.cases import acknowledging, at_once
from evenhand.cases.lookup import Card, Found
from evenhand.cases.reading import Moment
from evenhand.doors.permission import CASEWORKERS, may_open
from evenhand.people.models import Home, Person, User
from evenhand.people.text import unbroken
from evenhand.policy.answer import Allowed, Answer, AnswerCode, Instruction
from evenhand.web import way
from evenhand.web.templatetags.words import clock, day, moment

ALLOWED = {
    Allowed.YES: ("Yes", "good"),
    Allowed.WITH_CARE: ("Take care", "due"),
    Allowed.NO: ("Emergencies only", "danger"),
}


def rows_of(found: Found) -> dict[str, Any]:
    """The people and homes it may be, each with its card. Nothing tells of whom anything is held."""
    return {
        "people": [
            {
                "name": match.person.name,
                "href": way.to_check(match.person),
                "hint": match.where or match.person.description or "No address held",
                "born": f"Born in {match.person.date_of_birth.year}" if match.person.date_of_birth else "",
                "nearly": match.nearly,
            }
            for match in found.people
        ],
        "homes": [{"name": home.address, "href": way.to_check(home)} for home in found.homes],
        "more": found.more_people or found.more_homes,
        "shared": found.by_contact and len(found.people) > 1,
        "any": bool(found.people or found.homes),
        "count": _counted(found),
    }


def _counted(found: Found) -> str:
    """ "2 people and 1 home", for whoever hears the page."""
    people, homes = len(found.people), len(found.homes)
    told = [
        f"{people} {'person' if people == 1 else 'people'}" if people else "",
        f"{homes} {'home' if homes == 1 else 'homes'}" if homes else "",
    ]
    said = " and ".join(filter(None, told))
    return f"{said}, and there are more" if said and (found.more_people or found.more_homes) else said


def as_shown(card: Card, viewer: User, at: Moment) -> dict[str, Any]:
    """What the card's page is given."""
    answer, about = card.answer, card.person or card.home
    assert about is not None
    works = viewer.actor.has(*CASEWORKERS)
    markers = acknowledging.to_acknowledge(card.held)
    return {
        "title": _name(about),
        "card": card,
        "answer": answer,
        "kind": _kind(answer),
        "word": _word(answer),
        "ways": _ways(answer, of_home=card.home is not None),
        "next": _next(answer),
        "until": _until(answer),
        "where": [{"name": p.address, "href": way.to_check_home(p.home), "role": _role(p.role)} for p in card.places],
        "others": _others(card),
        "works": works,
        "acknowledged": acknowledging.acknowledged_at(card.held, viewer.actor, at.at) if markers else None,
        "said": [_said(each) for each in acknowledging.latest(markers)] if works and markers else [],
        "acknowledge": way.to_acknowledge(about),
        "person_href": way.to_person(card.person) if card.person else "",
        "report_href": way.to_report(card.person, card.home),
        "contact_href": _contact(card.person),
        "hazards_href": _hazards(card.home, viewer),
        "alerts_href": _alerts(card, viewer),
        "at_once": _at_once(card.person, viewer, at),
    }


MARK, TELL = "provisional_marker.place", "police.report"


def _at_once(person: Person | None, viewer: User, at: Moment) -> list[dict[str, Any]]:
    """For a colleague on duty: an open case of theirs in which what keeps people safe need not wait for the morning."""
    if person is None:
        return []
    offered: list[Any] = at_once.offered(MARK, viewer, person, at.day)
    return [
        {
            "words": f"{row.reference}{f', of {day(row.happened_on)}' if row.happened_on else ''}",
            "mark": "" if row.marked else way.to_verb(row.reference, MARK),
            "tell": way.to_verb(row.reference, TELL),
        }
        for row in offered
    ]


def _name(about: Person | Home) -> str:
    return about.name if isinstance(about, Person) else unbroken(about.address)


def _kind(answer: Answer) -> str:
    """Which colour the card wears; the word beside it says the same."""
    if answer.code is AnswerCode.NOTHING_HELD:
        return ""
    if answer.controls or answer.visit.allowed is Allowed.NO:
        return "danger"
    return "due"


def _word(answer: Answer) -> str:
    match answer.code:
        case AnswerCode.NOTHING_HELD:
            return "No warning held"
        case AnswerCode.INSTRUCTION:
            return "Keep safe" if _kind(answer) == "danger" else "Mind this"
        case AnswerCode.DIED:
            return "Died"
        case _:
            return "We cannot say"


def _ways(answer: Answer, *, of_home: bool) -> list[dict[str, str]]:
    """Each way of contact. About a home there is only the visit: whoever rings or is written to is a person."""
    told: tuple[tuple[str, Instruction], ...] = (("If you visit", answer.visit),)
    told += (
        ()
        if of_home
        else (
            ("If they ring us", answer.call_in),
            ("If you ring them", answer.call_out),
            ("If you write to them", answer.message),
        )
    )
    return [
        {
            "way": words,
            "tag": ALLOWED[each.allowed][0],
            "kind": ALLOWED[each.allowed][1],
            "words": each.words,
            "emergency": each.emergency if each.allowed is not Allowed.YES else "",
        }
        for words, each in told
    ]


def _next(answer: Answer) -> str:
    """How their contact with us stands to the limits at this moment; nothing where there are none."""
    if answer.within_now:
        return "Their contact is within the limits now."
    if answer.within_now is False and answer.next_within:
        when = answer.next_within
        hour = f", {clock(when)}" if (when.hour, when.minute) != (0, 0) else ""
        return f"Outside the limits now. The next time within them: {when:%A} {day(when)}{hour}."
    return ""


def _until(answer: Answer) -> str:
    """Until when the card can be relied on, in words. An answer never holds beyond its day."""
    end = answer.valid_until
    if (end.hour, end.minute) == (0, 0):
        return "The end of today"
    return f"{clock(end)} today"


def _others(card: Card) -> list[dict[str, str]]:
    """Who else is there, each once. Nothing is said of any of them."""
    there = card.people if card.home else [other for place in card.places for other in place.others]
    return [{"name": one.name, "href": way.to_check(one)} for one in dict.fromkeys(there)]


def _role(role: str) -> str:
    return {"visitor": "Visits", "unknown": "Lives there"}.get(role, role.replace("_", " ").capitalize())


def _said(said: acknowledging.Said) -> str:
    who = said.by.name if said.by else "Another system"
    return f"{who}, {moment(said.at)}"


def _contact(person: Person | None) -> str:
    """Where a contact with them is written down; empty while no page does that."""
    if person is None:
        return ""
    try:
        return reverse("contact.log", args=[way.PEOPLE.sign(str(person.pk))])
    except NoReverseMatch:
        return ""


def _hazards(home: Home | None, viewer: User) -> str:
    """Where the hazards of a home are looked after, for those who may."""
    if home is None:
        return ""
    page = way.to_hazards(home)
    return page if may_open(viewer.actor, page) else ""


def _alerts(card: Card, viewer: User) -> str:
    """Where an unchecked warning is looked into, for those who may; empty where none is told."""
    waiting = [alert.id for alert in card.held.inherited if not alert.reported]
    page = reverse("alert", args=[waiting[0]]) if waiting else ""
    return page if page and may_open(viewer.actor, page) else ""

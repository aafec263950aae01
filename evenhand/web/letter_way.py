"""D1: by which ways a letter may go to this person: those open, the one to begin with, those that failed before."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from crispy_forms_gds.choices import Choice
from django.urls import reverse

from evenhand.cases.letter_file import LetterFile, Way
from evenhand.people.models import Person
from evenhand.policy.events.correspondence import Delivery, LetterReturned, LetterSent
from evenhand.policy.standing.correspondence import Post
from evenhand.web import way as addresses
from evenhand.web.letter_words import HOW
from evenhand.web.said import full
from evenhand.web.templatetags.words import day

SUITS_NOT = "What we know of their needs speaks against this. Choose it only if they asked for it."
Failed = Mapping[Delivery, LetterReturned]


def came_back(letter: LetterFile) -> Failed:
    """The ways by which it went and came back, each with its last return."""
    found: dict[Delivery, LetterReturned] = {}
    went = None
    for event in (entry.event for entry in letter.entries):
        if isinstance(event, LetterSent):
            went = event.how
        elif isinstance(event, LetterReturned) and went is not None:
            found[went] = event
    return found


def first(ways: Iterable[Way], letter: LetterFile, visits: str) -> str:
    """The way a form begins with: as it was approved before, or, where that failed, another that is open, suits them
    and sends nobody to a door of which a marker warns; empty where a person has to think."""
    if letter.standing.post is not Post.RETURNED:
        return str(letter.row.delivery or "")
    failed = came_back(letter)
    fit = (
        way.delivery
        for way in ways
        if way.is_open
        and way.suits
        and way.delivery not in failed
        and not (way.delivery is Delivery.BY_HAND and visits)
    )
    return next((delivery.value for delivery in fit), "")


def choices(ways: Iterable[Way], failed: Failed, visits: str) -> Iterator[Choice]:
    """The ways that are open, each with what to know before choosing it."""
    for way in ways:
        if not way.is_open:
            continue
        hints = [] if way.suits else [SUITS_NOT]
        if (back := failed.get(way.delivery)) is not None:
            hints.append(f"It came back this way: {_when_and_why(back)} Choose it only if that was put right.")
        if way.delivery is Delivery.BY_HAND and visits:
            hints.append(visits)
        yield Choice(way.delivery.value, HOW[way.delivery], **({"hint": " ".join(hints)} if hints else {}))


def told_of_failure(ways: Iterable[Way], letter: LetterFile, visits: str) -> str:
    """Above the form of a letter that came back: how it went, and which way is chosen now; empty for any other."""
    if letter.standing.post is not Post.RETURNED:
        return ""
    failed = came_back(letter)
    told = " ".join(f"{HOW[delivery]}: {_when_and_why(back)}" for delivery, back in failed.items())
    chosen = first(ways, letter, visits)
    if chosen:
        return f"{told} Another way is chosen below: {HOW[Delivery(chosen)].lower()}."
    return f"{told} No other way is chosen for you: see what speaks against each, or find out how to reach them first."


def _when_and_why(back: LetterReturned) -> str:
    return f"{day(back.on)}, {full(f'“{back.reason.strip()}”')}"


def in_every_way(ways: list[Way]) -> list[str]:
    """Why no way is open: what bars all of them alone, since until that is put right nothing else matters; otherwise
    what bars each."""
    everywhere = [why for why in ways[0].because if all(why in way.because for way in ways)]
    return everywhere or [f"{HOW[way.delivery]}: {' '.join(way.because)}" for way in ways]


def remedy(person: Person, *, alone: bool) -> dict[str, Any]:
    """The page on which what bars every way is put right: who is told too (`alone`), or how to reach them."""
    signed = addresses.PEOPLE.sign(str(person.pk))
    if alone:
        return {"href": reverse("person.representative", args=[signed]), "remedy": "Record who speaks for them"}
    return {"href": reverse("person.care", args=[signed]), "remedy": "See how to reach them, and change it"}

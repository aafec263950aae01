"""The answer card: who or where is meant by what was typed, and what to do today about them.

Finding reads the register alone, so neither what is found, nor how fast, tells whether anything is held. What is held
is read only for the one person or home that was chosen.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from evenhand.cases import circumstances, holding, sight
from evenhand.people import finding, household, reading
from evenhand.people.household import Place
from evenhand.people.models import Home, Landlord, Person, User
from evenhand.people.register.freshness import stale_since
from evenhand.policy import contact_plan
from evenhand.policy.answer import Answer, AnswerCode, Asker
from evenhand.policy.day_words import day as written
from evenhand.policy.day_words import day_of
from evenhand.policy.held import Held

MOST = 10


class Own(Exception):
    """The asker is this person, or lives with them (rule 21): somebody else looks for them."""


@dataclass(frozen=True, slots=True)
class Match:
    """A person who answers to the words, with the address that tells them apart. `nearly`: spelt nearly so."""

    person: Person
    where: str
    nearly: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Who and where the words may mean. `person` or `home` is the one that is meant, if there can be no doubt."""

    people: tuple[Match, ...]
    homes: tuple[Home, ...]
    more_people: bool = False
    more_homes: bool = False
    by_contact: bool = False

    @property
    def person(self) -> Person | None:
        sure = len(self.people) == 1 and not self.homes and not self.more_people and not self.people[0].nearly
        return self.people[0].person if sure else None

    @property
    def home(self) -> Home | None:
        sure = len(self.homes) == 1 and not self.people and not self.more_homes
        return self.homes[0] if sure else None

    @property
    def reason(self) -> str:
        """Why there is no card yet, in words; empty where there is one."""
        if self.code is None:
            return ""
        alone = len(self.people) == 1 and not (self.homes or self.more_people or self.more_homes)
        return contact_plan.NEARLY if alone and self.people[0].nearly else contact_plan.NO_ANSWER[self.code]

    @property
    def code(self) -> AnswerCode | None:
        """Why there is no card yet; None where there is one that is meant."""
        if self.person or self.home:
            return None
        return AnswerCode.SEVERAL_MATCHES if self.people or self.homes else AnswerCode.NO_MATCH


@dataclass(frozen=True, slots=True)
class Card:
    """Today's answer about one person, or one home. `held` is for the ledger of disclosures, never to show.

    `places` are the homes of a person, with who else is there; `people` who is at a home. Nothing says whose a
    marker is that binds a visit.
    """

    answer: Answer
    held: Held
    person: Person | None = None
    home: Home | None = None
    places: tuple[Place, ...] = ()
    people: tuple[Person, ...] = ()


def find(words: str, day: date, most: int = MOST) -> Found:
    """Who and where the words may mean, at most so many of each, the likest first. Nothing held is looked at."""
    found = finding.find(words, most)
    addresses = household.addresses(found.people, day) if found.people else {}
    matches = (Match(one, addresses.get(one.pk, ""), one.pk in found.nearly) for one in found.people)
    return Found(tuple(matches), tuple(found.homes), found.more_people, found.more_homes, found.by_contact)


def card_of(
    about: Person | Home, at: datetime, asker: Asker, day: date | None = None, reader: User | None = None
) -> Card:
    """What to do today about a person or a home.

    In: `at` is an aware moment in the landlord's local time, and decides the day; `reader` the colleague who asks, who
    is told more of the cases they work on. Raises `Own` where they are the person, or live there (rule 21).
    """
    day = day or day_of(at)
    close = sight.people_close_to(reader, day) if reader else frozenset()
    if isinstance(about, Home):
        return _of_home(about, at, asker, day, reader, close)
    person = reading.kept_record(about)
    if person.pk in close:
        raise Own
    held = holding.held_of([person.pk], day, reader)[person.pk]
    places = () if asker is Asker.CONTRACTOR else tuple(household.of(person, day))
    return Card(_answer(held, at, asker, day), held, person=person, places=places)


def _of_home(home: Home, at: datetime, asker: Asker, day: date, reader: User | None, close: frozenset[int]) -> Card:
    there = list(reading.people_at(home, day).select_related("merged_into"))
    if not close.isdisjoint(person.pk for person in there):
        raise Own
    held = holding.held_at([home.pk], day, reader)[home.pk]
    people = () if asker is Asker.CONTRACTOR else tuple(dict.fromkeys(map(reading.kept_record, there)))
    return Card(_answer(held, at, asker, day), held, home=home, people=people)


def _answer(held: Held, at: datetime, asker: Asker, day: date) -> Answer:
    terms = circumstances.terms_on(day)
    return contact_plan.answer(held, at, asker, terms, stale_since=stale_since(day, terms))


def unanswered(found: Found, at: datetime) -> Answer:
    """The answer where there is no card: nobody or several match. It never looks like "nothing held".

    In: what was found, and the local moment. A register that is out of date is a caution of it: the person may be new.
    """
    landlord, on = Landlord.objects.only("telephone").first(), day_of(at)
    code = found.code or AnswerCode.NO_MATCH
    answer = contact_plan.unanswered(code, at, landlord.telephone if landlord else "", found.reason)
    since = stale_since(on, circumstances.terms_on(on))
    if since is None:
        return answer
    late = f"Our copy of the housing register is from {written(since)}. Whoever moved since is not in it."
    return replace(answer, cautions=(*answer.cautions, late))

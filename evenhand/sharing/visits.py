"""Many visits checked at once: what whoever attends each must know, from one reading of what is held.

Reading is a fixed number of statements for each day that is visited, however many visits there are. Most homes have
nothing held, and share one answer; only the others are worked out.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple, TypeVar

from evenhand.cases import holding
from evenhand.cases.anything_held import homes_held, people_held
from evenhand.cases.circumstances import Moment, terms_from
from evenhand.people import landlord
from evenhand.people.landlord import Setting
from evenhand.people.register import freshness
from evenhand.policy import contact_plan
from evenhand.policy.answer import Answer, AnswerCode, Asker
from evenhand.policy.held import Held
from evenhand.policy.terms import Terms
from evenhand.sharing import matching
from evenhand.sharing.ledger import Told
from evenhand.sharing.matching import Match, Where
from evenhand.sharing.telling import KINDS

T = TypeVar("T")


class Visit(NamedTuple):
    """A visit that is asked about. `at` is an aware moment in the landlord's local time. `ahead`: it is to come, and
    its answer is read before that."""

    where: Where
    at: datetime
    asker: Asker
    ahead: bool = False


class Checked(NamedTuple):
    """A visit's answer, what was matched, and what is held (None where nothing is): for the ledger, never to show."""

    match: Match
    answer: Answer
    held: Held | None = None

    @property
    def told(self) -> tuple[Told, ...]:
        """Every control that the answer tells of, for the ledger of disclosures (rule 14)."""
        if self.held is None:
            return ()
        match = self.match
        return tuple(
            Told(control.case, control.id, KINDS[type(control)], match.person, match.home) for control in self.held.told
        )


def check_many(visits: Sequence[Visit], moment: Moment) -> list[Checked]:
    """The answer for each visit, in the same order. Nothing is kept and no look is logged: the caller does both."""
    found = matching.match([visit.where for visit in visits])
    return check_matched(visits, found, moment)


def check_matched(visits: Sequence[Visit], found: Sequence[Match], moment: Moment) -> list[Checked]:
    """The same where it is already known which home and person each is about."""
    desk = _desk(landlord.setting(), moment)
    held = _held(visits, found)
    same: dict[tuple[date, Asker], Checked] = {}
    checked = []
    for visit, match in zip(visits, found, strict=True):
        _, at, asker, _ = visit
        day = at.date()
        home, person, trouble, _ = match
        of_those = held.get((day, home, person)) if held else None
        if of_those is not None or trouble or person is not None:
            checked.append(desk.answer(visit, match, of_those))
            continue
        # A home of which nothing is held, as nearly all are: one answer for all of them.
        calm = same.get((day, asker))
        if calm is None:
            calm = same[day, asker] = desk.answer(visit, match, None)
        checked.append(Checked(match, calm.answer))
    return checked


def nothing_held(visit: Visit, match: Match, moment: Moment, said: Setting) -> Checked:
    """The answer for one of whom it is known already that nothing at all is held, under what the landlord has set."""
    return _desk(said, moment).answer(visit, match, None)


def check_person(visit: Visit, person: int, moment: Moment, said: Setting) -> Checked:
    """The answer for one of whom it is known already that something may be held, under what the landlord has set."""
    held = holding.held_of([person], visit.at.date())[person]
    return _desk(said, moment).answer(visit, Match(person=person), held)


def _desk(said: Setting, moment: Moment) -> "_Desk":
    """The desk of the last call, while the landlord has set nothing else and the day is the same: all of it follows
    from these, so what most people are answered is worked out once a day and not once a call."""
    desk = _last.get("desk")
    if desk is None or (desk.said, desk.day) != (said, moment.day):
        terms = terms_from(said, moment.day)
        stale_since = freshness.too_old(said.register_on, moment.day, terms)
        desk = _last["desk"] = _Desk(terms, said.telephone, stale_since, said, moment.day)
    return desk


_last: dict[str, "_Desk"] = {}


def _held(visits: Sequence[Visit], found: Sequence[Match]) -> dict[tuple[date, int | None, int | None], Held]:
    """What is held for each day, home and person that is asked about; those of which nothing is are left out."""
    days: dict[date, set[tuple[int | None, int | None]]] = defaultdict(set)
    for (_, at, _, _), (home, person, _, _) in zip(visits, found, strict=True):
        days[at.date()].add((home, person))
    told = {}
    for day, places in days.items():
        # Of most, nothing is held: then nothing more is asked.
        asked_homes = {home for home, _ in places if home is not None}
        asked_people = {person for _, person in places if person is not None}
        near = homes_held(asked_homes, day) if asked_homes else ()
        whose = people_held(asked_people, day) if asked_people else ()
        homes = holding.held_at(near, day) if near else {}
        people = holding.held_of(whose, day) if whose else {}
        for home, person in [place for place in places if place[0] in near or place[1] in whose]:
            at_home = homes.get(home) if home is not None else None
            of_person = people.get(person) if person is not None else None
            if both := together(at_home, of_person):
                told[day, home, person] = both
    return told


def together(at_home: Held | None, of_person: Held | None) -> Held | None:
    """What is held of a visit to somebody at a home: of them, and of everyone else who may be there."""
    if at_home is None or of_person is None:
        return of_person or at_home
    theirs = {(marker.case, marker.id) for marker in of_person.markers}
    others = (*of_person.others, *at_home.markers, *at_home.others)
    return replace(
        of_person,
        others=_once(marker for marker in others if (marker.case, marker.id) not in theirs),
        hazards=_once((*at_home.hazards, *of_person.hazards)),
        instructions=_once((*at_home.instructions, *of_person.instructions)),
        inherited=_once((*at_home.inherited, *of_person.inherited)),
    )


def _once(found: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(found))


@dataclass
class _Desk:
    """Answers one visit after another; what is the same for most is worked out once."""

    terms: Terms
    telephone: str
    stale_since: date | None
    said: Setting
    day: date

    def __post_init__(self) -> None:
        self._calm: dict[tuple[date, Asker, bool], Answer] = {}

    def answer(self, visit: Visit, match: Match, held: Held | None) -> Checked:
        """Of a home or person that is not certain, what is held is told all the same, and nothing held never is."""
        if held is not None and not held.is_empty:
            return Checked(match, self._from(held, visit), held)
        if not match.found:
            code = AnswerCode.SEVERAL_MATCHES if match.several else AnswerCode.NO_MATCH
            return Checked(match, contact_plan.unanswered(code, visit.at, self.telephone))
        if held is not None:
            return Checked(match, self._from(held, visit), held)
        key = visit.at.date(), visit.asker, match.person is None
        calm = self._calm.get(key)
        if calm is None:
            calm = self._from(Held(of_home=match.person is None, telephone=self.telephone), visit)
            self._calm[key] = calm
        return Checked(match, calm)

    def _from(self, held: Held, visit: Visit) -> Answer:
        terms, since = self.terms, self.stale_since
        return contact_plan.answer(held, visit.at, visit.asker, terms, stale_since=since, ahead=visit.ahead)

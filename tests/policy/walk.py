"""Every case that can come about, breadth first: each act tried by each person in each of them, until nothing is new.

A verb is handed only the threads it declares, so that a refusal in one case is a refusal in every case whose declared
threads look alike, and need not be asked for again. That is what makes walking all of them take seconds.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from operator import itemgetter
from typing import Any, NamedTuple

from evenhand.policy import letter
from evenhand.policy.case import Case, after
from evenhand.policy.events.correspondence import LetterDrafted, LetterKind
from evenhand.policy.events.event import Event
from evenhand.policy.need import Need
from evenhand.policy.occasion import Known, Occasion
from evenhand.policy.refusal import Refused
from evenhand.policy.staff import Actor
from evenhand.policy.terms import Terms
from evenhand.policy.verbs import VERBS
from tests.policy.acts import Act
from tests.policy.more_acts import JOINED
from tests.policy.only import Only
from tests.policy.projected import PROJECTIONS, Projector, memory
from tests.policy.remembered import Memory, remember
from tests.policy.stories import MONDAY, live_limits

TERMS = Terms(attempts=2)
KNOWN = Known(person="person", age=40, needs=frozenset({Need.FINDS_TELEPHONE_HARD}), tenancies=frozenset({"tenancy"}))
NAMES = tuple(PROJECTIONS)


class Place(NamedTuple):
    """A case on a day, with what the mission would have us remember of it."""

    case: Case
    memory: Memory
    day: date


class Step(NamedTuple):
    """From one place to another, and what happened in between."""

    before: Place
    now: Occasion
    verb: str
    events: list[Event]
    after: Place


class Tried(NamedTuple):
    """An act made ready: its verb, and which numbers of a case's look the verb depends on."""

    act: Act
    number: int
    verb: Any
    reads: frozenset[str]
    looks_at: Callable[[tuple[int, ...]], Any]


class Walk:
    """`clock` names the days that matter. Letters of these `kinds` wait to be approved; no other is drafted."""

    def __init__(
        self,
        acts: Iterable[Act],
        clock: Callable[[Case], Iterable[date | None]] = lambda case: (),
        kinds: frozenset[LetterKind] = frozenset(),
    ) -> None:
        self.clock, self.kinds = clock, kinds
        self.acts = [self._ready(number, act) for number, act in enumerate(acts)]
        self.projector = Projector(letters_come_back=any(t.act.verb == "correspondence.send" for t in self.acts))
        self.known: dict[tuple[int, int], Known] = {}
        self.refused: set[Any] = set()
        self.states = self.steps = 0
        self.done: set[int] = set()

    def _ready(self, number: int, act: Act) -> Tried:
        verb: Any = JOINED if act.verb == "joined" else VERBS[act.verb]
        indices = [NAMES.index(name) for name in sorted(verb.reads)]
        return Tried(act, number, verb, verb.reads, itemgetter(*indices))

    def through(self, check_place: Callable[[Place, "Walk"], None], check_step: Callable[[Step], None]) -> None:
        """Walks all there is, asking of every place and of every step whether each promise is kept."""
        start = Place(Case(), Memory(), MONDAY)
        look = self._look(start)
        seen = {look}
        waiting = deque([(start, look)])
        while waiting:
            place, look = waiting.popleft()
            self.states += 1
            check_place(place, self)
            for step in self._steps_from(place, look):
                self.steps += 1
                check_step(step)
                next_look = self._look(step.after)
                if next_look not in seen:
                    seen.add(next_look)
                    waiting.append((step.after, next_look))

    def _look(self, place: Place) -> tuple[int, ...]:
        """A number for each thread, in the order of their names, and one for the memory."""
        threads = self.projector.case(place.case, place.day)
        return (*threads, self.projector.number(memory(place.memory, place.day)))

    def _steps_from(self, place: Place, threads: tuple[int, ...]) -> Iterator[Step]:
        known = self._knows(place, threads)
        for tried in self.acts:
            for subject in tried.act.subjects(place.case, place.day):
                for by in tried.act.by:
                    key = (tried.number, subject, by.id, id(known), tried.looks_at(threads))
                    if key in self.refused:
                        continue
                    step = self._try(place, tried, subject, by, known)
                    if step is None:
                        self.refused.add(key)
                    else:
                        self.done.add(tried.number)
                        yield step
        if (later := self._later(place, threads)) is not None:
            yield Step(place, self._occasion(place, self.acts[0].act.by[0], known), "time passes", [], later)

    def _try(self, place: Place, tried: Tried, subject: str | None, by: Actor, known: Known) -> Step | None:
        now = self._occasion(place, by, known)
        answers = tried.act.answers(place.case, place.day, subject)
        try:
            events: list[Event] = tried.verb(Only(place.case, tried.reads), now, subject, **answers)
        except Refused as refused:
            assert refused.objections and all(o.words for o in refused.objections)
            return None
        case, remembered, happened = place.case, place.memory, []
        for event in events:
            case, remembered = after(case, event), remember(remembered, event)
            happened.append(event)
            if (drafted := self._draft(case, event)) is not None:
                case, remembered = after(case, drafted), remember(remembered, drafted)
                happened.append(drafted)
        return Step(place, now, tried.act.verb, happened, Place(case, remembered, place.day))

    def _draft(self, case: Case, event: Event) -> LetterDrafted | None:
        called = letter.called_for(event)
        if called is None or called.kind not in self.kinds:
            return None
        return LetterDrafted(
            at=event.at,
            on=event.on,
            by=event.by,
            letter=f"D{len(case.correspondence.letters) + 1}",
            kind=called.kind,
            about=called.about,
            adverse=called.adverse,
            appealable=called.appealable,
            send_by=TERMS.working_days_after(event.on, TERMS.unsent_days),
        )

    def surprises(self) -> list[str]:
        """Acts that were never allowed and should be now and then, or the other way about."""
        return [
            f"{t.act.verb} {t.number} by {t.act.by[0].id}: {'never' if t.act.never else 'sometimes'} expected"
            for t in self.acts
            if (t.number in self.done) is t.act.never
        ]

    def refuses(self, place: Place, verb: str, by: Actor, subject: str | None = None, **given: Any) -> str:
        """Why a verb would be refused here; empty when it would not."""
        known = self._knows(place, self._look(place))
        try:
            VERBS[verb](place.case, self._occasion(place, by, known), subject, **given)
        except Refused as refused:
            return str(refused)
        return ""

    def _occasion(self, place: Place, by: Actor, known: Known) -> Occasion:
        return Occasion(by, datetime.combine(place.day, time(9), UTC), place.day, TERMS, known, "CASE")

    def _knows(self, place: Place, threads: tuple[int, ...]) -> Known:
        key = (threads[NAMES.index("expectation")], threads[NAMES.index("single_contact")])
        if key not in self.known:
            self.known[key] = replace(KNOWN, limits=live_limits(place.case, place.day))
        return self.known[key]

    def _later(self, place: Place, look: tuple[int, ...]) -> Place | None:
        """The same case on the next day, just on or just after one that matters, on which it looks different."""
        matter = {d for due in self.clock(place.case) if due is not None for d in (due, due + timedelta(days=1))}
        for day in sorted(d for d in matter if d > place.day):
            later = place._replace(day=day)
            if self._look(later) != look:
                return later
        return None

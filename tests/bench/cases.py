"""Cases for a world: a seeded log, told in the policy's own words, appended by `cases/log.py` and summarised from it.

`python -m tests.bench.cases CASES MARKERS`
"""

import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import date, timedelta

from tests.bench.inside import ready

ready()

from django.db import transaction  # noqa: E402
from django.utils import timezone as clock  # noqa: E402

from evenhand.cases import log, models, record, summary  # noqa: E402
from evenhand.people.models import Person  # noqa: E402
from evenhand.policy.events.correspondence import LetterKind  # noqa: E402
from evenhand.policy.events.event import Event  # noqa: E402
from evenhand.policy.need import Channel  # noqa: E402
from tests.policy import answers  # noqa: E402
from tests.policy.people import INVESTIGATOR  # noqa: E402
from tests.policy.stories import Story, given  # noqa: E402

SEED = 7
KEPT_TOGETHER = 100
LONG_CASES = 5
LONG = 200
Telling = Callable[[date], Story]


def reported(day: date) -> Story:
    return given(day=day).reported()


def looked_into(day: date) -> Story:
    return given(day=day).reported().triaged().investigated()


def decided(day: date) -> Story:
    return looked_into(day).heard().asked().weighed().found().told(LetterKind.FINDING)


def marked(day: date) -> Story:
    return decided(day).marked().told(LetterKind.MARKER)


def limited(day: date) -> Story:
    story = looked_into(day).heard().asked().weighed().warned().found().told(LetterKind.FINDING)
    return story.limited(answers.BY_EMAIL_OR_LETTER).told(LetterKind.LIMITS)


def long(day: date) -> Story:
    """A case of two hundred events: the customer is tried again and again."""
    story = looked_into(day)
    while len(story.events) < LONG:
        story.later(1).does("investigation.attempt", INVESTIGATOR, channel=Channel.PHONE, outcome="No answer")
    return story


def main() -> None:
    cases, markers = int(sys.argv[1]), int(sys.argv[2])
    chance = random.Random(SEED)
    people = list(Person.objects.order_by("pk").values_list("pk", flat=True)[: cases * 2])
    told = list(tellings(cases, markers))
    chance.shuffle(told)
    kept: dict[tuple[Telling, date], list[Event]] = {}
    today = clock.localdate()
    for first in range(0, cases, KEPT_TOGETHER):
        with transaction.atomic():
            for number in range(first, min(first + KEPT_TOGETHER, cases)):
                telling, day = told[number], monday(today, number % 20 + 1)
                if (telling, day) not in kept:
                    kept[telling, day] = telling(day).events
                keep(kept[telling, day], people[number % len(people)])


def tellings(cases: int, markers: int) -> Iterator[Telling]:
    """Which story each case tells."""
    yield from [marked] * markers
    yield from [limited] * (markers // 2)
    yield from [long] * LONG_CASES
    rest = max(cases - markers - markers // 2 - LONG_CASES, 0)
    yield from ((reported, looked_into, decided)[n % 3] for n in range(rest))


def monday(today: date, weeks_ago: int) -> date:
    return today - timedelta(days=today.weekday() + 7 * weeks_ago)


def keep(events: list[Event], person: int) -> None:
    """One case with its log and its summary, as the record itself would have left it."""
    begun = events[0]
    row = models.Case(reference=record.new_reference(), opened_at=begun.at, opened_by=begun.by, person_id=person)
    row.save()
    entries = log.append(row, [about(event, person) for event in events])
    summary.refresh(row, log.case_of(entries), entries)


def about(event: Event, person: int) -> Event:
    """The same event of this person, at no home in particular."""
    named = {field.name for field in fields(event)}
    changes = {name: value for name, value in (("person", str(person)), ("home", None)) if name in named}
    return replace(event, **changes) if changes else event


if __name__ == "__main__":
    main()

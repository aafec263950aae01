"""Every history, not a sample: the promises of the policy hold in all of them."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

import pytest

from evenhand.policy import disposal
from evenhand.policy.case import Case
from evenhand.policy.events.correspondence import LetterKind
from evenhand.policy.marker import DIRECTOR_MONTHS
from evenhand.policy.terms import months_after
from tests.policy import acts, more_acts
from tests.policy.acts import Act
from tests.policy.promises_kept import check
from tests.policy.promises_standing import check_place
from tests.policy.walk import TERMS, Walk

Clock = Callable[[Case], Iterable[date | None]]
FINDING, LIMITS, MARKER = LetterKind.FINDING, LetterKind.LIMITS, LetterKind.MARKER
CONTACT, WARNING, REVIEW = LetterKind.SINGLE_CONTACT, LetterKind.WARNING, LetterKind.REVIEW_OUTCOME


def attempts(case: Case) -> Iterable[date | None]:
    return () if case.decision.findings else [max((a.on for a in case.investigation.attempts), default=None)]


def time_to_appeal(case: Case) -> Iterable[date | None]:
    return [f.told.appeal_by for f in case.decision.findings if f.stands]


def limit_days(case: Case) -> Iterable[date | None]:
    live = [x for x in (*case.expectation.limits, *case.single_contact.contacts) if not x.ended]
    return [day for x in live for day in (x.starts_on, x.ends_on)]


def notice_days(case: Case) -> Iterable[date | None]:
    return [x.notify_review_on for x in (*case.expectation.limits, *case.single_contact.contacts) if not x.ended]


def warning_day(case: Case) -> Iterable[date | None]:
    return [w.warned_on for w in case.warning.warnings]


def days_of_use(case: Case) -> Iterable[date | None]:
    """Until when a warning, an approval to go without one and an assessment count."""
    assessments = [weighed.until for weighed in case.assessment.made]
    return [*(w.until for w in case.warning.warnings), case.warning.skipped_until, *assessments]


def review_days(case: Case) -> Iterable[date | None]:
    return [
        day
        for m in case.marker.standing
        if m.review_on
        for day in (m.notify_review_on, m.review_on, months_after(m.review_on, DIRECTOR_MONTHS))
    ]


def provisional_days(case: Case) -> Iterable[date | None]:
    return [m.decide_by for m in case.marker.provisional]


def kept_until(case: Case) -> Iterable[date | None]:
    found = disposal.clock(case, TERMS)
    return [found.until if found else None]


def all_of(*clocks: Clock) -> Clock:
    return lambda case: [day for clock in clocks for day in clock(case)]


class Threads(NamedTuple):
    """The spine with one thread, or with two that share an effect."""

    name: str
    acts: tuple[Act, ...]
    clock: Clock = lambda case: ()
    kinds: frozenset[LetterKind] = frozenset()


SPINE = acts.TO_A_FINDING
SKIPPED = (*SPINE, *acts.SKIPPED)
EVERY = (
    Threads(
        "the spine to a finding",
        (*SPINE, *acts.INVESTIGATION, acts.APPROVE),
        attempts,
        frozenset({LetterKind.INVITATION, LetterKind.REMINDER}),
    ),
    Threads(
        "the spine from a finding, through an appeal, to a fresh decision",
        (
            *SPINE,
            acts.NO_FINDING,
            acts.SHOUTED_ONLY,
            acts.weigh_again("finding"),
            acts.APPROVE,
            *acts.APPEAL,
            acts.LATE,
        ),
        time_to_appeal,
        frozenset({FINDING}),
    ),
    Threads("pause and conflict", (*SPINE, *acts.PAUSE, *acts.INVESTIGATION)),
    Threads("support", (*SPINE, *acts.SUPPORT)),
    Threads("another person, a correction", (*SPINE, *acts.ANOTHER_PERSON)),
    Threads("a further incident × appeal", (*SPINE, more_acts.ANOTHER_INCIDENT, *acts.UPHELD)),
    Threads("letters", (*SPINE, acts.APPROVE, *acts.LETTERS, *acts.UPHELD), time_to_appeal, frozenset({FINDING})),
    Threads("warning", (*SPINE, *acts.WARNING, acts.APPROVE), warning_day, frozenset({WARNING})),
    Threads(
        "a warning and an assessment out of date",
        (*SPINE, *acts.WARNED, acts.APPROVE, more_acts.ONE_LIMIT, *more_acts.MARKER[:1]),
        all_of(warning_day, days_of_use),
        frozenset({WARNING}),
    ),
    Threads(
        "no warning, and an approval out of date",
        (*SKIPPED, more_acts.ONE_LIMIT, more_acts.SINGLE_CONTACT[0]),
        days_of_use,
    ),
    Threads("police", (*SPINE, *more_acts.POLICE)),
    Threads("legal action", (*SPINE, *more_acts.LEGAL)),
    Threads("counter-allegation", (*SPINE, *more_acts.COUNTER_ALLEGATION, acts.NO_FINDING)),
    Threads("what is kept, held and disposed of", (*SPINE, *more_acts.DISPOSAL, acts.NO_FINDING), kept_until),
    Threads("handling", (*SPINE, *more_acts.HANDLING, acts.NO_FINDING)),
    Threads(
        "expectation",
        (
            *SPINE,
            *acts.WARNED,
            acts.weigh_again("limit"),
            acts.APPROVE,
            more_acts.EXPECTATION[0],
            *more_acts.EXPECTATION[2:],
        ),
        all_of(warning_day, limit_days),
        frozenset({WARNING, LIMITS}),
    ),
    Threads(
        "expectation, varied and extended",
        (*SKIPPED, acts.APPROVE, more_acts.EXPECTATION[0], *more_acts.REVIEWED_LIMIT[:3]),
        limit_days,
        frozenset({LIMITS, REVIEW}),
    ),
    Threads(
        "expectation, its end asked for",
        (*SKIPPED, acts.APPROVE, more_acts.ONE_LIMIT, more_acts.WEIGH_REVIEW, *more_acts.REVIEWED_LIMIT[3:]),
        limit_days,
        frozenset({LIMITS, REVIEW}),
    ),
    Threads(
        "single contact",
        (*SKIPPED, acts.APPROVE, acts.weigh_again("single contact"), *more_acts.SINGLE_CONTACT),
        limit_days,
        frozenset({CONTACT}),
    ),
    Threads(
        "single contact reviewed",
        (*SKIPPED, acts.APPROVE, more_acts.SINGLE_CONTACT[0], *more_acts.REVIEWED_CONTACT),
        limit_days,
        frozenset({CONTACT, REVIEW}),
    ),
    Threads(
        "the notice of a limit's review",
        (*SKIPPED, acts.APPROVE, more_acts.ONE_LIMIT, *more_acts.REVIEWED_LIMIT[:3:2], more_acts.NOTIFY_OF_REVIEW),
        all_of(limit_days, notice_days),
        frozenset({LIMITS, REVIEW}),
    ),
    Threads(
        "the notice of a single contact's review",
        (
            *SKIPPED,
            acts.APPROVE,
            more_acts.SINGLE_CONTACT[0],
            *more_acts.REVIEWED_CONTACT[:2],
            more_acts.NOTIFY_OF_REVIEW,
        ),
        all_of(limit_days, notice_days),
        frozenset({CONTACT, REVIEW}),
    ),
    Threads(
        "expectation × single contact",
        (*SKIPPED, acts.weigh_again("limit"), *more_acts.EXPECTATION, more_acts.BY_EMAIL, *more_acts.SINGLE_CONTACT),
        limit_days,
    ),
    Threads(
        "expectation × appeal",
        (
            *SKIPPED,
            acts.APPROVE,
            more_acts.EXPECTATION[0],
            more_acts.WEIGH_REVIEW,
            more_acts.REVIEWED_LIMIT[2],
            *acts.OUTCOMES,
        ),
        kinds=frozenset({LIMITS}),
    ),
    Threads("single contact × appeal", (*SKIPPED, *more_acts.SINGLE_CONTACT[:4], *acts.OUTCOMES)),
    Threads("marker × appeal", (*SPINE, more_acts.PLACE, more_acts.WEIGH_REVIEW, more_acts.KEEP, *acts.OUTCOMES)),
    Threads(
        "provisional marker × appeal",
        (*SPINE, more_acts.PROVISIONAL[0], more_acts.PLACE, *acts.OUTCOMES),
    ),
    Threads("expectation × marker × appeal", (*SKIPPED, more_acts.EXPECTATION[0], more_acts.PLACE, *acts.UPHELD)),
    Threads(
        "death × every control",
        (
            *SKIPPED,
            more_acts.EXPECTATION[0],
            more_acts.BY_EMAIL,
            more_acts.SINGLE_CONTACT[0],
            more_acts.PLACE,
            more_acts.PROVISIONAL[0],
            *more_acts.DEATH,
        ),
        limit_days,
    ),
    Threads(
        "death × letters × appeal",
        (*SPINE, acts.APPROVE, *acts.LETTERS[1:2], *acts.UPHELD, *more_acts.DEATH),
        kinds=frozenset({FINDING, LetterKind.APPEAL_OUTCOME}),
    ),
    Threads(
        "closing × every control",
        (*SPINE, *acts.SKIPPED, *more_acts.EXPECTATION[::2], *more_acts.MARKER, *more_acts.CLOSE, acts.LODGE),
        kinds=frozenset({LIMITS}),
    ),
    Threads("marker", (*SPINE, acts.SHOUTED_ONLY, *more_acts.MARKER, *more_acts.REVIEWED_MARKER), review_days),
    Threads(
        "marker and its notice",
        (*SPINE, acts.APPROVE, *more_acts.MARKER, *more_acts.WITHHELD),
        kinds=frozenset({MARKER}),
    ),
    Threads(
        "marker × a further incident",
        (*SPINE, acts.SHOUTED_ONLY, *more_acts.MARKER, more_acts.PLACE_ON_THE_NEXT, more_acts.ANOTHER_INCIDENT),
    ),
    Threads("provisional marker", (*SPINE, acts.NO_FINDING, *more_acts.PROVISIONAL), provisional_days),
    Threads(
        "provisional marker, its letter, a report that is not conduct",
        (*SPINE[:2], *acts.TURNED_AWAY, acts.APPROVE, *more_acts.PROVISIONAL[::3]),
        kinds=frozenset({MARKER, LetterKind.MARKER_ENDED}),
    ),
    Threads(
        "provisional marker × marker",
        (*SPINE, *more_acts.PROVISIONAL, more_acts.PLACE, more_acts.WEIGH_REVIEW, more_acts.KEEP),
        all_of(provisional_days, review_days),
    ),
)


@pytest.mark.parametrize("threads", EVERY, ids=lambda threads: threads.name)
def test_every_history(threads: Threads, capsys: pytest.CaptureFixture[str]) -> None:
    walk = Walk(threads.acts, threads.clock, threads.kinds)
    walk.through(check_place, check)
    assert not walk.surprises()
    with capsys.disabled():
        print(f"\n{threads.name}: {walk.states} states, {walk.steps} steps", end="")

"""How often, drawn: each matter against what was promised by when, and contacts on the days they came."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any, Self

from evenhand.policy.demand.exclusion import Reason, not_done, overdue
from evenhand.policy.demand.log import Contact, History, Matter
from evenhand.policy.demand.sentence import counted as contacts
from evenhand.policy.demand.sentence import in_words
from evenhand.policy.demand.window import DAY, Window
from evenhand.policy.terms import months_after

MOST_ROWS = 12
AROUND = timedelta(days=14)
SOON = timedelta(days=42)  # what is promised later than this after the last contact is told in words only
A_LITTLE = timedelta(days=7)  # after what is promised, so that neither its mark nor a day late is cut off
STEPS = (5, 10, 20, 30, 60, 120, 240, 480, 960)
MOST_STEPS = 8
NO_DATE = "No date was promised"
FEW_MONTHS = 2  # with no more beginnings of months than these among the days drawn, weeks are ticked
MOST_NAMED = 5  # ticks with words: more would touch on a telephone
MONTH, WEEK = "{0:%b}", "{0.day} {0:%b}"
LAST_NAMED = {MONTH: 88, WEEK: 84}  # per cent: words further right would not fit


class Stood(StrEnum):
    """How a matter stood on a day, as its line shows it."""

    IN_TIME = "quiet"
    LATE = "late"
    NOT_DONE = "undone"


Run = tuple[Stood, Window]


@dataclass(frozen=True, slots=True)
class Line:
    """One matter, or contacts about none: spans as (from, width, how it stood), dots as (place, does it count).

    `promised` is where the day ends by which it was promised, if it is among the days drawn.
    """

    name: str
    words: str
    spans: list[tuple[str, str, Stood]] = field(default_factory=list)
    dots: list[tuple[str, bool]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    promised: str = ""

    @classmethod
    def kept(cls, line: dict[str, Any]) -> Self:
        """One that a case keeps; what is no longer drawn by is left aside."""
        return cls(**{one.name: line[one.name] for one in fields(cls) if one.name in line})


def timeline(history: History, left_out: dict[str, Reason], day: date) -> dict[str, Any]:
    """The matters with most contacts, and contacts about none; places are percentages of the days drawn.

    `day` is the day it is drawn: what comes after it may be promised, and is never called late.
    """
    about: dict[str, list[Contact]] = {}
    for one in history.contacts:
        if one.inward:
            about.setdefault(one.matter if one.matter in history.matters else "", []).append(one)
    most = sorted(about, key=lambda ref: -len(about[ref]))
    drawn, rest = most[:MOST_ROWS], most[MOST_ROWS:]
    span = _drawn(history, drawn)
    return {
        "lines": [_line(history.matters.get(ref), about[ref], left_out, span, day) for ref in drawn],
        "rest": (len(rest), sum(len(about[ref]) for ref in rest)),
        "ticks": _ticks(span),
        "days": _number(span),
        "first": in_words(span.first),
        "last": in_words(span.last),
    }


def _drawn(history: History, refs: Sequence[str]) -> Window:
    """A fortnight before the first contact of theirs to a fortnight after the last; on to what is promised soon."""
    days = [one.day for one in history.contacts if one.inward]
    if not days:
        return Window(date.min, date.min)
    matters = (history.matters[ref] for ref in refs if ref)
    promised = [one.respond_by + A_LITTLE for one in matters if one.respond_by and one.respond_by <= days[-1] + SOON]
    return Window(days[0] - AROUND, max([days[-1] + AROUND, *promised]))


def _ticks(span: Window) -> list[tuple[str, str, str]]:
    """The first day of each month, or each Monday of few months, as (place, its words, its year).

    Not all have words, so that they never touch each other or the edge; the year is told where it is another.
    """
    if span.first == date.min:
        return []
    months = _months(span)
    days, written = (months, MONTH) if len(months) > FEW_MONTHS else (_mondays(span), WEEK)
    apart, ticks, year = -(-len(days) // MOST_NAMED), [], 0
    for n, day in enumerate(days):
        named = n % apart == 0 and _percent(day, span) < LAST_NAMED[written]
        words, its_year = (written.format(day), day.year) if named else ("", year)
        ticks.append((_place(day, span), words, str(its_year) if its_year != year else ""))
        year = its_year
    return ticks


def _months(span: Window) -> list[date]:
    days = [months_after(span.first.replace(day=1), n) for n in range(2 + _number(span) // 28)]
    return [day for day in days if span.holds(day)]


def _mondays(span: Window) -> list[date]:
    first = span.first + timedelta(days=-span.first.weekday() % 7)
    return [first + timedelta(days=n) for n in range(0, (span.last - first).days + 1, 7)]


def _line(matter: Matter | None, said: Sequence[Contact], left_out: dict[str, Reason], span: Window, day: date) -> Line:
    dots = [(_place(one.day, span), one.ref not in left_out) for one in said]
    number, counted = len(dots), sum(counts for _, counts in dots)
    if matter is None:
        told = ["", "", "", str(number), str(counted)]
        return Line("Nothing in particular", f"About nothing in particular: {_of(number, counted)}", [], dots, told)
    words = f"{kind_in_words(matter.kind)} of {in_words(matter.opened)}"
    runs = _runs(matter, max(span.last, day), day)
    by = matter.respond_by
    late, undone = (_told(matter, stood, runs, day) for stood in (Stood.LATE, Stood.NOT_DONE))
    return Line(
        name=words,
        words=f"{words}: {_of(number, counted)}",
        spans=[_span(run, span, stood) for stood, run in runs if run.last >= span.first and run.first <= span.last],
        dots=dots,
        told=[in_words(by) if by else NO_DATE.lower(), late, undone, str(number), str(counted)],
        promised=_place(by + DAY, span) if by and span.holds(by) else "",
    )


def _of(number: int, counted: int) -> str:
    return f"{contacts(number, 'contact')}, {'all count' if counted == number > 1 else f'{counted} counted'}"


def _told(matter: Matter, stood: Stood, runs: Sequence[Run], day: date) -> str:
    """ "10 June 2026 to 2 July 2026; since 1 September 2026", whether or not those days are drawn; or "never"."""
    goes_on = _stood(matter, day) is _stood(matter, day + DAY) is stood
    told = []
    for run in [window for found, window in runs if found is stood]:
        if goes_on and run.last == day:
            told.append(f"since {in_words(run.first)}")
        else:
            told.append(in_words(run.first) + (f" to {in_words(run.last)}" if run.last > run.first else ""))
    return "; ".join(told) or "never"


def kind_in_words(kind: str) -> str:
    """A source's word for a kind of matter, as a page shows it: "complaint_stage1" is "Complaint stage 1"."""
    words = kind.replace("_", " ").replace("stage1", "stage 1").replace("stage2", "stage 2")
    words = words.replace("asb ", "antisocial behaviour ") or "matter"
    return words[0].upper() + words[1:]


def _runs(matter: Matter, last: date, day: date) -> list[Run]:
    """How a matter stood from when it was opened, as runs of days; after `day` only what is promised is known.

    It can turn only on one of its own days or the day after: one opened long ago is not walked through day by day.
    """
    own = (matter.respond_by, matter.responded, matter.closed, matter.finished, matter.reopened, day)
    turns = {matter.opened, last + DAY, *(each for one in own if one for each in (one, one + DAY))}
    runs: list[Run] = []
    for first, after in pairwise(sorted(turn for turn in turns if matter.opened <= turn <= last + DAY)):
        stood = _stood(matter, first)
        if stood is not Stood.IN_TIME and (stood is None or first > day):
            continue
        if runs and runs[-1][0] is stood and runs[-1][1].last == first - DAY:
            first = runs.pop()[1].first
        runs.append((stood, Window(first, after - DAY)))
    return runs


def _stood(matter: Matter, day: date) -> Stood | None:
    """None once it is done; and where no date was promised, as nothing is in time or late then."""
    if not_done(matter, day):
        return Stood.NOT_DONE
    if overdue(matter, day):
        return Stood.LATE
    done = matter.finished is not None and day > matter.finished
    return None if done or matter.respond_by is None or day > matter.respond_by else Stood.IN_TIME


def _span(run: Window, span: Window, stood: Stood) -> tuple[str, str, Stood]:
    """As much of a run as is drawn."""
    first, last = max(run.first, span.first), min(run.last, span.last)
    return _place(first, span), f"{100 * _number(Window(first, last)) / _number(span):.2f}%", stood


def _place(day: date, span: Window) -> str:
    return f"{_percent(day, span):.2f}%"


def _percent(day: date, span: Window) -> float:
    """Where a day begins, among the days drawn."""
    return 100 * (day - span.first).days / _number(span)


def _number(span: Window) -> int:
    return (span.last - span.first).days + 1


def distribution(minutes: Sequence[float], own: int) -> tuple[list[tuple[str, int]], str]:
    """How many other customers took how many minutes, with this one at their own place; and the words of that one.

    The steps tell most customers apart. Above those they grow, each as wide as all below it together, so that whoever
    took much more than nearly all others is seen to stand far from them. A wide step is parted where this customer is,
    or whoever took less could not be told from whoever took as much or more.
    """
    everyone = sorted([*minutes, own])
    nearly_all = everyone[len(everyone) * 9 // 10]
    step = next((size for size in STEPS if nearly_all / size <= MOST_STEPS), STEPS[-1])
    starts = [n * step for n in range(MOST_STEPS + 1) if n * step <= everyone[-1]]
    while len(starts) > MOST_STEPS and starts[-1] * 2 <= everyone[-1]:
        starts.append(starts[-1] * 2)
    if far_out := own >= MOST_STEPS * step:
        starts = sorted({*starts, own})
    this, found = f"This customer: {contacts(own, 'minute')}", []
    for start, end in zip(starts, [*starts[1:], max(int(everyone[-1]), starts[-1] + step - 1) + 1], strict=True):
        number = sum(start <= each < end for each in minutes)
        if far_out and start == own:
            found.append((this, 1))
        if number or end <= everyone[-1]:
            found.append((f"{start} to {end - 1} minutes", number))
        if not far_out and start <= own < end:
            found.append((this, 1))
    return found, this

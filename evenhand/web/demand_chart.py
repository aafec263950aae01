"""How often, drawn: each matter against what was promised by when, and contacts on the days they came."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from evenhand.policy.demand.exclusion import Reason, not_done, overdue
from evenhand.policy.demand.log import Contact, History, Matter
from evenhand.policy.demand.sentence import counted as contacts
from evenhand.policy.demand.sentence import in_words
from evenhand.policy.demand.window import DAY, Window

ROW = 46  # pixels from one matter to the next: its words above, then its line
MOST_ROWS = 12
AROUND = timedelta(days=14)
STEPS = (5, 10, 20, 30, 60, 120, 240, 480, 960)
MOST_STEPS = 8


class Stood(StrEnum):
    """How a matter stood on a day, as its line shows it."""

    IN_TIME = "quiet"
    LATE = "late"
    NOT_DONE = "undone"


@dataclass(frozen=True, slots=True)
class Line:
    """One matter, or contacts about none: spans as (from, width, how it stood), dots as (place, does it count)."""

    name: str
    words: str
    at: int
    spans: list[tuple[str, str, Stood]] = field(default_factory=list)
    dots: list[tuple[str, bool]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    @property
    def words_at(self) -> int:
        return self.at + 16

    @property
    def line_at(self) -> int:
        return self.at + 24

    @property
    def dots_at(self) -> int:
        return self.at + 31


def timeline(history: History, left_out: dict[str, Reason]) -> dict[str, Any]:
    """The matters with most contacts, and contacts about none; places are percentages of the days drawn."""
    span = _drawn(history)
    about = Counter(one.matter if one.matter in history.matters else "" for one in history.contacts if one.inward)
    lines = []
    for place, (ref, number) in enumerate(about.most_common(MOST_ROWS)):
        said = [one for one in history.contacts if one.inward and (one.matter or "") == ref]
        lines.append(_line(place * ROW, history.matters.get(ref), said, left_out, span, number))
    return {"lines": lines, "height": len(lines) * ROW, "first": in_words(span.first), "last": in_words(span.last)}


def _drawn(history: History) -> Window:
    """A fortnight before the first contact of theirs to a fortnight after the last."""
    days = [one.day for one in history.contacts if one.inward] or [date.min]
    return Window(days[0] - AROUND, days[-1] + AROUND) if days != [date.min] else Window(date.min, date.min)


def _line(
    at: int, matter: Matter | None, said: Sequence[Contact], left_out: dict[str, Reason], span: Window, number: int
) -> Line:
    dots = [(_place(one.day, span), one.ref not in left_out) for one in said]
    counted = sum(counts for _, counts in dots)
    if matter is None:
        told = ["", "", "", str(number), str(counted)]
        return Line("Nothing in particular", f"About nothing in particular: {_of(number, counted)}", at, [], dots, told)
    words = f"{kind_in_words(matter.kind)} of {in_words(matter.opened)}"
    runs = {stood: _days(matter, span, stood) for stood in Stood}
    promised = in_words(matter.respond_by) if matter.respond_by else "no date was promised"
    return Line(
        name=words,
        words=f"{words}: {_of(number, counted)}",
        at=at,
        spans=[_span(run, span, stood) for stood, found in runs.items() for run in found],
        dots=dots,
        told=[promised, _told(runs[Stood.LATE]), _told(runs[Stood.NOT_DONE]), str(number), str(counted)],
    )


def _of(number: int, counted: int) -> str:
    return f"{contacts(number, 'contact')}, {'all count' if counted == number > 1 else f'{counted} counted'}"


def _told(runs: Sequence[Window]) -> str:
    return "; ".join(f"{in_words(run.first)} to {in_words(run.last)}" for run in runs) or "never"


def kind_in_words(kind: str) -> str:
    """A source's word for a kind of matter, as a page shows it: "complaint_stage1" is "Complaint stage 1"."""
    words = kind.replace("_", " ").replace("stage1", "stage 1").replace("stage2", "stage 2")
    words = words.replace("asb ", "antisocial behaviour ") or "matter"
    return words[0].upper() + words[1:]


def _days(matter: Matter, span: Window, stood: Stood) -> list[Window]:
    """The runs of days in the span on which a matter stood so."""
    runs: list[Window] = []
    day = max(span.first, matter.opened)
    while day <= span.last:
        if _stood(matter, day) is stood:
            if runs and runs[-1].last == day - DAY:
                runs[-1] = Window(runs[-1].first, day)
            else:
                runs.append(Window(day, day))
        day += DAY
    return runs


def _stood(matter: Matter, day: date) -> Stood | None:
    """None once it is done; and where no date was promised, as nothing can be late."""
    if not_done(matter, day):
        return Stood.NOT_DONE
    if overdue(matter, day):
        return Stood.LATE
    done = matter.finished is not None and day > matter.finished
    return None if done or day > (matter.respond_by or day) else Stood.IN_TIME


def _span(run: Window, span: Window, stood: Stood) -> tuple[str, str, Stood]:
    days = (span.last - span.first).days + 1
    return _place(run.first, span), f"{100 * ((run.last - run.first).days + 1) / days:.2f}%", stood


def _place(day: date, span: Window) -> str:
    days = (span.last - span.first).days + 1
    return f"{100 * (day - span.first).days / days:.2f}%"


def distribution(minutes: Sequence[float], own: int) -> list[tuple[str, int]]:
    """How many customers took how many minutes, in steps that tell most of them apart, with this one's step named.

    Whoever took much more than nearly all others is in one last step, so that these do not all fall into the first.
    """
    everyone = sorted([*minutes, own])
    nearly_all = everyone[len(everyone) * 9 // 10]
    step = next((size for size in STEPS if nearly_all / size <= MOST_STEPS), STEPS[-1])
    found = Counter(min(int(each // step), MOST_STEPS) for each in everyone)
    last = min(int(everyone[-1] // step), MOST_STEPS)
    return [
        (f"{_step(n, step)}{', and this customer' if min(own // step, MOST_STEPS) == n else ''}", found[n])
        for n in range(last + 1)
    ]


def _step(n: int, step: int) -> str:
    return f"{n * step} minutes or more" if n == MOST_STEPS else f"{n * step} to {n * step + step - 1} minutes"

"""E1: when contact is within a plan: its weekdays, hours and times, over bank holidays and changes of the clock.

A bank holiday never costs a customer their contact: the day stays theirs, and the next working day is theirs too, as
if it were that day. Every moment here is in the landlord's local time; lengths of time are never added to one.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from evenhand.policy.day_words import day_of
from evenhand.policy.events.expectation import Period, Plan, Weekday
from evenhand.policy.terms import Terms

A_DAY = timedelta(days=1)
WEEKDAYS = tuple(Weekday)


@dataclass(frozen=True, slots=True)
class Window:
    """When contact is within a plan on one day; moments are in UTC. `of` are the days whose contact this is."""

    opens: datetime
    closes: datetime
    of: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Hours:
    """The plans that hold together, each with its last day, and the contacts that used up their times."""

    plans: tuple[tuple[Plan, date], ...]
    counted: tuple[datetime, ...]
    terms: Terms

    def is_open(self, at: datetime) -> bool:
        """Whether contact is within the plans at this moment, as far as days, hours and times go."""
        moment = at.astimezone(UTC)
        return any(opens <= moment < closes for opens, closes in self._openings(day_of(at), at))

    def next_open(self, at: datetime) -> datetime:
        """The next moment within the plans, on a working day where they name days; at the latest when all are over."""
        moment, on = at.astimezone(UTC), day_of(at)
        while plans := self._holding(on):
            if not any(plan.weekdays for plan in plans) or self.terms.is_working_day(on):
                later = [max(opens, moment) for opens, closes in self._openings(on, at) if closes > moment]
                if later:
                    return min(later).astimezone(at.tzinfo)
            on += A_DAY
        return max(midnight(on, at.tzinfo), moment).astimezone(at.tzinfo)

    def stays_until(self, at: datetime) -> datetime:
        """The moment at which the answer next may differ: a window's edge, or the end of the day."""
        moment, on = at.astimezone(UTC), day_of(at)
        edges = {midnight(on + A_DAY, at.tzinfo)}
        for plan in self._holding(on):
            if (window := window_on(plan, on, self.terms, at.tzinfo)) is not None:
                edges |= {edge for edge in (window.opens, window.closes) if edge > moment}
        return min(edges).astimezone(at.tzinfo)

    def _holding(self, on: date) -> list[Plan]:
        return [plan for plan, last in self.plans if on <= last]

    def _openings(self, on: date, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """When contact is within all the plans on a day; where they never agree, within any of them (rule 2)."""
        plans = self._holding(on)
        found = [self._opening(plan, on, at) for plan in plans]
        if not plans:
            yield midnight(on, at.tzinfo), midnight(on + A_DAY, at.tzinfo)
        elif not agree(plans):
            yield from (window for window in found if window)
        elif all(found):
            whole = [window for window in found if window]
            opens, closes = max(opens for opens, _ in whole), min(closes for _, closes in whole)
            if opens < closes:
                yield opens, closes

    def _opening(self, plan: Plan, on: date, at: datetime) -> tuple[datetime, datetime] | None:
        window = window_on(plan, on, self.terms, at.tzinfo)
        if window is None or not has_room(plan, window.of, self._before(at), self.terms):
            return None
        return window.opens, window.closes

    def _before(self, at: datetime) -> list[date]:
        moment = at.astimezone(UTC)
        return [day_of(each.astimezone(at.tzinfo)) for each in sorted(self.counted) if each.astimezone(UTC) <= moment]


def agree(plans: Sequence[Plan]) -> bool:
    """Whether there is any hour of any weekday on which all the plans are open."""
    days = [plan.weekdays for plan in plans if plan.weekdays]
    share_a_day = not days or bool(frozenset.intersection(*days))
    begin = max((plan.from_time for plan in plans if plan.from_time), default=time.min)
    end = min((plan.to_time for plan in plans if plan.to_time), default=time.max)
    return share_a_day and begin < end


def window_on(plan: Plan, on: date, terms: Terms, zone: tzinfo | None) -> Window | None:
    """When contact is within the plan's days and hours on a day, whatever was used up; None if never on that day."""
    of = stands_for(plan, on, terms)
    if not of:
        return None
    opens = instant(on, plan.from_time, zone) if plan.from_time else midnight(on, zone)
    closes = instant(on, plan.to_time, zone, last=True) if plan.to_time else midnight(on + A_DAY, zone)
    return Window(opens, closes, of)


def stands_for(plan: Plan, on: date, terms: Terms) -> tuple[date, ...]:
    """The plan's days that this day is: itself, if the plan names it, and the bank holidays it comes after."""
    own = (on,) if names(plan, on) else ()
    if not terms.is_working_day(on):
        return own
    return (*reversed([day for day in _days_off_before(on, terms) if names_a_day_off(plan, day, terms)]), *own)


def names_a_day_off(plan: Plan, on: date, terms: Terms) -> bool:
    """Whether this is one of the weekdays that the plan names, and a bank holiday."""
    return bool(plan.weekdays) and names(plan, on) and not terms.is_working_day(on)


def names(plan: Plan, on: date) -> bool:
    """Whether the plan's weekdays leave this day open; without any named, every day is."""
    return not plan.weekdays or (on.weekday() < len(WEEKDAYS) and WEEKDAYS[on.weekday()] in plan.weekdays)


def has_room(plan: Plan, of: Iterable[date], used: Iterable[date], terms: Terms) -> bool:
    """Whether any of the periods of these days has times left, once the contacts on the days `used` are counted."""
    if plan.times is None or plan.period is None:
        return True
    charged: Counter[date] = Counter()
    for on in used:
        due = [period_of(plan.period, each) for each in stands_for(plan, on, terms)]
        free = [first for first in due if charged[first] < plan.times]
        charged[free[0] if free else period_of(plan.period, on)] += 1
    return any(charged[period_of(plan.period, each)] < plan.times for each in of)


def period_of(period: Period, on: date) -> date:
    """The first day of the period: the day, the Monday of its week, the first of its month."""
    match period:
        case Period.DAY:
            return on
        case Period.WEEK:
            return on - A_DAY * on.weekday()
        case Period.MONTH:
            return on.replace(day=1)


def midnight(on: date, zone: tzinfo | None) -> datetime:
    """The moment at which a local day begins, in UTC."""
    return instant(on, time.min, zone)


def instant(on: date, at: time, zone: tzinfo | None, *, last: bool = False) -> datetime:
    """A wall-clock time as a moment in UTC. One that comes twice is the first, or the last; one that is left out is
    as long after midnight as it would have been."""
    first = datetime.combine(on, at.replace(fold=0), zone).astimezone(UTC)
    return max(first, datetime.combine(on, at.replace(fold=1), zone).astimezone(UTC)) if last else first


def _days_off_before(on: date, terms: Terms) -> Iterator[date]:
    """The days that are not working days right before a working day, the latest first."""
    on -= A_DAY
    while not terms.is_working_day(on):
        yield on
        on -= A_DAY

"""C2: the stretches of time over which demand is measured, so that the worst of them is found, not only the last."""

from dataclasses import dataclass
from datetime import date, timedelta

from evenhand.policy.terms import months_after

WEEK = timedelta(days=7)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """Some days, both ends included."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    def within(self, other: "Window") -> "Window":
        """Those of its days that are days of another too; there must be some."""
        return Window(max(self.first, other.first), min(self.last, other.last))

    def up_to(self, day: date) -> "Window":
        """The same without the days to come: whole weeks are compared, and only days that have been are told."""
        return Window(self.first, max(min(self.last, day), self.first))


def weeks(span: Window, number: int) -> list[Window]:
    """Every run of `number` whole weeks, Monday to Sunday, that the span touches at both ends; at least one.

    Whole weeks make the windows the same for every customer, so that a customer is compared over the same days.
    """
    monday = span.first - timedelta(days=span.first.weekday())
    found = [Window(monday, monday + number * WEEK - DAY)]
    while found[-1].last < span.last:
        found.append(Window(found[-1].first + WEEK, found[-1].last + WEEK))
    return found


def months(span: Window, number: int) -> list[Window]:
    """Every run of `number` months in the span, from its first day and from the first day of each later month."""
    starts = [span.first]
    later = months_after(span.first.replace(day=1), 1)
    while months_after(later, number) - DAY < span.last:
        starts.append(later)
        later = months_after(later, 1)
    found = [Window(start, min(months_after(start, number) - DAY, span.last)) for start in starts]
    if found[-1].last < span.last:
        found.append(Window(later, span.last))
    return found

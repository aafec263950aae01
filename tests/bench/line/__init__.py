"""The lines of the table, each measured by a module of its own."""

from collections.abc import Callable

from tests.bench.figure import Figure
from tests.bench.line import check, cold, contact, demand, letter, page, register, visit
from tests.bench.world import World

Measuring = Callable[[World, bool], list[Figure]]

LINES: dict[str, Measuring] = {
    "1": check.by_telephone,
    "2": check.grown,
    "3": visit.checked,
    "4": register.imported,
    "5": contact.imported,
    "6": demand.everybody,
    "7": demand.one,
    "8": page.long_case,
    "9": page.today,
    "10": page.act,
    "11": letter.as_pdf,
    "12": cold.start,
}

"""C2: what each chart of how often a customer contacted us draws, and the list behind every number, as CSV.

They are made of the page that is shown, or that a case keeps: never measured again.
"""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from django.http import Http404, HttpResponse

from evenhand.policy.demand.sentence import in_words as day
from evenhand.web.demand_drawn import COLUMNS
from evenhand.web.demand_list import Row
from evenhand.web.demand_shown import Page

Rows = Iterable[Sequence[object]]
LIST = ("at", "channel", "direction", "minutes", "team", "about", "counted", "why_not")


def _matters(page: Page) -> Rows:
    return [COLUMNS, *((line["name"], *line["told"]) for line in page["chart"]["lines"])]


def _reasons(page: Page) -> Rows:
    return [("Reason", "Contacts"), *page["reasons"]]


def _beside(page: Page) -> Rows:
    return [("Minutes that count", "Customers"), *page["beside"]]


def _contacts(page: Page) -> Rows:
    """Every contact; a column for each measure says what it is to it: in the figure, counts, or left out."""
    kinds = page["kinds"]
    heads = [f"{one['kind']}, {_day(one['from'])} to {_day(one['to'])}" for one in kinds]
    return [
        (*LIST, *heads),
        *((*_cells(row), *(row["parts"].get(one["slug"], "") for one in kinds)) for row in page["contacts"]),
    ]


def _day(iso: str) -> str:
    return day(date.fromisoformat(iso))


def _cells(row: Row) -> tuple[object, ...]:
    way = "in" if row["inward"] else "out"
    counted = "no" if row["reason"] else "yes"
    return (row["at"], row["channel"], way, row["minutes"], row["team"], row["about"], counted, row["reason"])


CHARTS: dict[str, Callable[[Page], Rows]] = {
    "matters": _matters,
    "reasons": _reasons,
    "beside": _beside,
    "contacts": _contacts,
}


def text(page: Page, which: str) -> str:
    """One of `CHARTS`, with a heading row; no cell begins with what a spreadsheet would take for a formula."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerows([safe(str(cell)) for cell in row] for row in CHARTS[which](page))
    return made.getvalue()


def answer(page: Page, which: str, name: str) -> HttpResponse:
    """The same as a file to keep. 404 for one that there is not."""
    if which not in CHARTS:
        raise Http404
    return HttpResponse(
        text(page, which),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="how-often-{which}-{name}.csv"'},
    )


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell

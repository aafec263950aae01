"""One row of a list of visits: what it asks, and what is wrong with it by column."""

from dataclasses import dataclass, field
from datetime import date, tzinfo

from evenhand.people.csv_file import Line
from evenhand.people.register import cell
from evenhand.people.register.cell import Unfit
from evenhand.people.text import tidy
from evenhand.sharing.matching import Where, where
from evenhand.sharing.visit_columns import Columns
from evenhand.sharing.visit_time import EARLIEST, LATEST, TOO_FAR, When, when

LONGEST = 200
NOTHING = Where()


@dataclass(frozen=True, slots=True)
class Wrong:
    """What cannot be read in a row: the column as the file calls it, what it says there, and why not."""

    column: str
    value: str
    reason: str


@dataclass(slots=True)
class Row:
    """A row. `cells` are those of the columns that are kept; without `when` it cannot be answered for."""

    line: int
    cells: list[str]
    reference: str = ""
    where: Where = NOTHING
    when: When | None = None
    attending: str = ""
    contractor: str = ""
    wrong: list[Wrong] = field(default_factory=list)


def read(line: Line, columns: Columns, zone: tzinfo, today: date) -> Row:
    """A row as it is understood on a day; nothing is raised, everything wrong is in `wrong`."""
    row = Row(line.number, columns.kept_of(line.cells))
    if line.wrong:
        row.wrong.append(Wrong("", "", line.wrong))
        return row
    cells = line.cells
    row.reference = _reference(row, columns, cells)
    row.attending = tidy(columns.cell(cells, "attending"))[:LONGEST]
    row.contractor = tidy(columns.cell(cells, "contractor"))[:LONGEST]
    if _uprn_is_fit(row, columns, cells):
        row.where = where(
            **{part: columns.cell(cells, part) for part in ("uprn", "home_ref", "address", "town", "postcode")},
            person_ref=columns.cell(cells, "person_ref"),
        )
        if row.where == NOTHING:
            row.wrong.append(Wrong("", "", "The row does not say where."))
    day, clock = columns.cell(cells, "date"), columns.cell(cells, "time")
    try:
        row.when = _near(when(day, clock, zone), today)
    except Unfit as unfit:
        said = "time" if clock else "date"
        row.wrong.append(Wrong(columns.named(said), f"{day} {clock}".strip(), unfit.reason))
    return row


def _near(found: When, today: date) -> When:
    """When a visit is, if it is near enough to be answered for. Raises `Unfit`: a year is easily mistyped."""
    if not today - EARLIEST <= found.at.date() <= today + LATEST:
        raise Unfit(TOO_FAR)
    return found


def _reference(row: Row, columns: Columns, cells: list[str]) -> str:
    """What the visit is called; without it, it cannot be kept and nobody booked for it can be told of a change."""
    given = columns.cell(cells, "reference")
    said = tidy(given)
    if said and len(said) <= 60 and "\ufffd" not in said:
        return said
    reason = "A reference has at most 60 characters." if said else "There is no reference."
    row.wrong.append(Wrong(columns.named("reference"), given, f"{reason} The visit was not kept."))
    return ""


def _uprn_is_fit(row: Row, columns: Columns, cells: list[str]) -> bool:
    """Whether the UPRN is one, or there is none. One that is not is never passed over: another key may be as wrong."""
    given = columns.cell(cells, "uprn")
    if not given:
        return True
    try:
        cell.uprn(given.removesuffix(".0").lstrip("0") or given)
    except Unfit as unfit:
        shortened = "e+" in given.lower()
        why = "A spreadsheet has shortened the UPRN. Format the column as text, and export it again."
        row.wrong.append(Wrong(columns.named("uprn"), given, why if shortened else unfit.reason))
        return False
    return True

"""The four files of a register and their columns. This is the contract that docs/import.md describes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from evenhand.people.register import cell
from evenhand.people.register.cell import Staged, Unfit
from evenhand.people.text import address_to_search, compact, name_to_search


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in the file, the staging columns it fills, and how.

    `key` columns must be there and right, or the row is refused. `decisive` ones may be blank, but the row is refused
    if they are wrong: better no row than a row that says the opposite. `is_name` is text in which "NULL" may be a
    name. A file may lack an `optional` column altogether.
    """

    name: str
    into: tuple[str, ...]
    read: Callable[[str], Staged]
    empty: Staged = ("",)
    key: bool = False
    decisive: bool = False
    is_name: bool = False
    optional: bool = False

    def is_blank(self, text: str) -> bool:
        """Whether the cell holds nothing; some systems write NULL for it."""
        return not text or (text == "NULL" and not self.is_name)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a row. `whole_row` says that nothing of the row is loaded."""

    column: str
    value: str
    reason: str
    whole_row: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file: its name, what one row is called, its columns, and what is worked out from a whole row."""

    name: str
    thing: str
    columns: tuple[Column, ...]
    worked_out: tuple[str, ...] = ()
    work_out: Callable[[list[str | bool | None]], Staged] = lambda row: ()
    judge: Callable[[list[str | bool | None]], Problem | None] = lambda row: None
    keys: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "keys", tuple(column.into[0] for column in self.columns if column.key))

    @property
    def table(self) -> str:
        """The temporary table its rows are staged in."""
        return f"staged_{self.name}"

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    @property
    def staged(self) -> tuple[str, ...]:
        """The staging columns, in the order `read` gives their values."""
        return tuple(name for column in self.columns for name in column.into) + self.worked_out

    def read(self, cells: list[str]) -> tuple[list[str | bool | None], list[Problem]]:
        """One row as it is staged, and what is wrong with it. In: the cells in the order of `columns`."""
        row: list[str | bool | None] = []
        problems: list[Problem] = []
        for column, text in zip(self.columns, cells, strict=True):
            if column.is_blank(text):
                row += column.empty
                if column.key:
                    problems.append(Problem(column.name, "", f"There is no {column.name}.", True))
                continue
            try:
                row += column.read(text)
            except Unfit as unfit:
                row += unfit.kept or column.empty
                problems.append(Problem(column.name, text[:200], unfit.reason, column.key or column.decisive))
        row += self.work_out(row)
        if not any(problem.whole_row for problem in problems) and (wrong := self.judge(row)):
            problems.append(wrong)
        return row, problems


def homes() -> Sheet:
    """homes.csv: every home the landlord lets."""

    def work_out(row: list[str | bool | None]) -> Staged:
        _, _, line, town, postcode, _ = row
        return address_to_search(str(line), str(town), str(postcode)), compact(str(postcode))

    return Sheet(
        "homes",
        "home",
        (
            Column("home_ref", ("ref",), cell.reference, key=True),
            Column("uprn", ("uprn",), cell.uprn),
            Column("address_line", ("address_line",), cell.text(200), is_name=True),
            Column("town", ("town",), cell.text(120), is_name=True),
            Column("postcode", ("postcode",), cell.postcode),
            Column("kind", ("kind",), cell.text(60)),
        ),
        ("search_address", "search_postcode"),
        work_out,
        lambda row: None if row[2] else Problem("address_line", "", "There is no address."),
    )


def people(today: date) -> Sheet:
    """people.csv: every customer and everyone who lives with one. `today` bounds dates of birth."""

    def work_out(row: list[str | bool | None]) -> Staged:
        return (name_to_search(str(row[2]), str(row[3])),)

    return Sheet(
        "people",
        "person",
        (
            Column("person_ref", ("ref",), cell.reference, key=True),
            Column("title", ("title",), cell.text(40)),
            Column("forename", ("forename",), cell.text(120), is_name=True),
            Column("surname", ("surname",), cell.text(120), is_name=True),
            Column("date_of_birth", ("date_of_birth",), cell.birthday(today), (None,)),
            Column("phone", ("phone", "phones"), cell.phone, ("", "{}")),
            Column("email", ("email", "emails"), cell.email, ("", "{}")),
            Column("language", ("language",), cell.language),
            Column(
                "communication_needs", ("communication_needs", "needs", "needs_known"), cell.needs, ("", "{}", True)
            ),
        ),
        ("search_name",),
        work_out,
        lambda row: None if row[2] or row[3] else Problem("surname", "", "There is no name."),
    )


def tenancies() -> Sheet:
    """tenancies.csv: every tenancy, ended ones too."""

    def judge(row: list[str | bool | None]) -> Problem | None:
        _, _, _, started, ended = row
        if started and ended and str(ended) < str(started):
            start = date.fromisoformat(str(started))
            reason = f"The tenancy ends before it starts, on {start:%-d %B %Y}."
            return Problem("ended_on", str(ended), reason, True)
        return None

    return Sheet(
        "tenancies",
        "tenancy",
        (
            Column("tenancy_ref", ("ref",), cell.reference, key=True),
            Column("home_ref", ("home_ref",), cell.reference, decisive=True),
            Column("tenure", ("tenure",), cell.tenure),
            Column("started_on", ("started_on",), cell.day, (None,)),
            Column("ended_on", ("ended_on",), cell.day, (None,), decisive=True),
        ),
        judge=judge,
    )


def tenancy_people() -> Sheet:
    """tenancy_people.csv: who holds or lives under each tenancy."""
    return Sheet(
        "tenancy_people",
        "person of a tenancy",
        (
            Column("tenancy_ref", ("tenancy_ref",), cell.reference, key=True),
            Column("person_ref", ("person_ref",), cell.reference, key=True),
            Column("role", ("role",), cell.role, ("unknown",)),
        ),
    )


def all_sheets(today: date) -> tuple[Sheet, Sheet, Sheet, Sheet]:
    """The four files in the order they are read: what a row refers to comes before it."""
    return homes(), people(today), tenancies(), tenancy_people()

"""alerts.csv: what an older system warned of, a row for each person (or home) and code. docs/import.md describes it."""

from collections.abc import Callable
from datetime import date

from evenhand.people.register import cell
from evenhand.people.register.cell import Staged, Unfit
from evenhand.people.register.sheet import Column, Problem, Sheet
from evenhand.policy.alert_code import About, Alert, Scheme, read, scheme_of

LONGEST_NOTE = 400


def alerts(today: date) -> Sheet:
    """The sheet of alerts. `today` bounds the day since when one holds.

    `whose` and `plain` tell one alert from another: of whom it is, and its code in one spelling.
    """

    def work_out(row: list[str | bool | None]) -> Staged:
        found = _meaning(row)
        whose = f"person {row[0]}" if row[0] else f"home {row[1]}"
        return whose, found.code[:20], found.about.value, found.warns

    return Sheet(
        "alerts",
        "alert",
        (
            Column("person_ref", ("person_ref",), cell.reference, decisive=True, optional=True),
            Column("home_ref", ("home_ref",), cell.reference, decisive=True, optional=True),
            Column("code", ("code",), cell.text(40), key=True),
            Column("scheme", ("scheme",), _scheme, decisive=True, optional=True),
            Column("since", ("since",), _past(today), (None,), optional=True),
            Column("review_on", ("review_on",), cell.day, (None,), optional=True),
            Column("note", ("note",), cell.text(LONGEST_NOTE), optional=True),
        ),
        ("whose", "plain", "about", "warns"),
        work_out,
        _judge,
    )


def _meaning(row: list[str | bool | None]) -> Alert:
    return read(str(row[2]), Scheme(str(row[3])) if row[3] else None)


def _judge(row: list[str | bool | None]) -> Problem | None:
    """A row that names nobody, or says nothing that anybody could decide about."""
    if not row[0] and not row[1]:
        return Problem("person_ref", "", "It names neither a person nor a home.", True)
    found, code = _meaning(row), str(row[2])
    if found.is_kept:
        return None
    if found.about is About.UNKNOWN:
        reason = "We do not know this code. Ask what it stands for, and bring it in as one that we know."
        return Problem("code", code, reason, True)
    return Problem("code", code, f"It says “{found.words}”, which is no warning, need or hazard.", True)


def _scheme(words: str) -> Staged:
    """Reads whose list the code is from: in another list the same letters mean something else."""
    found = scheme_of(words)
    if found is None:
        raise Unfit("We do not know this list of codes. Use UKHDS, HACT or letters, or leave it empty.")
    return (found.value,)


def _past(today: date) -> Callable[[str], Staged]:
    """Reads a day that has come."""

    def read_day(words: str) -> Staged:
        found = cell.day_of(words)
        if found > today:
            raise Unfit("A warning cannot hold since a day that is still to come.")
        return cell.day(words)

    return read_day

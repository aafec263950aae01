"""A row of a list of visits under the names that other systems give its columns, and what is wrong with it."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from evenhand.people.csv_file import Line, Unreadable
from evenhand.sharing.matching import where
from evenhand.sharing.visit_columns import Columns
from evenhand.sharing.visit_row import Row, read

LONDON = ZoneInfo("Europe/London")


def row(header: str, cells: str) -> Row:
    return read(Line(2, cells.split("|")), Columns("jobs.csv", header.split("|")), LONDON, date(2026, 12, 2))


@pytest.mark.parametrize(
    "header",
    [
        "reference|uprn|time|attending|contractor",
        "Job Number|UPRN|Appointment Time|Operative|Contractor",
        "WORKS ORDER|Property UPRN|scheduled-start|Assigned To|Supplier",
    ],
)
def test_columns_are_known_by_the_names_other_systems_give_them(header: str) -> None:
    found = row(header, "JOB-1|000100090000007|2026-12-03 14:30|Dev Patel|Aqua Ltd")
    assert (found.reference, found.attending, found.contractor) == ("JOB-1", "Dev Patel", "Aqua Ltd")
    assert found.where.uprn == "100090000007", "noughts that were added say nothing"
    assert found.when and not found.wrong


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("uprn|time", "a column “reference”"),
        ("reference|time", "a column that says where"),
        ("reference|uprn", "a column “time” or “date”"),
        ("reference|uprn|property_uprn|time", "says the uprn twice, in “uprn” and “property_uprn”"),
    ],
)
def test_a_list_that_lacks_what_it_cannot_do_without_is_refused_by_name(header: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        Columns("jobs.csv", header.split("|"))


def test_a_list_that_was_checked_before_loses_what_we_added() -> None:
    columns = Columns("jobs.csv", ["reference", "uprn", "time", "Evenhand code", "Evenhand instruction", "notes"])
    assert columns.kept == ["reference", "uprn", "time", "notes"]
    assert columns.kept_of(["a", "b", "c", "old", "old", "d"]) == ["a", "b", "c", "d"]


def test_a_uprn_that_a_spreadsheet_shortened_is_never_passed_over() -> None:
    found = row("reference|uprn|address|postcode|time", "JOB-1|1.0009E+11|1 Mill Lane|ZH1 1AA|2026-12-03 9am")
    (wrong,) = found.wrong
    assert (wrong.column, wrong.value) == ("uprn", "1.0009E+11") and "spreadsheet has shortened" in wrong.reason
    assert not found.where.line, "another key in the same row may be as wrong"


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ("|100|2026-12-03 9am", "reference", "There is no reference"),
        ("x" * 61 + "|100|2026-12-03 9am", "reference", "at most 60 characters"),
        ("J1||2026-12-03 9am", "", "does not say where"),
        ("J1|NULL|2026-12-03 9am", "", "does not say where"),
        ("J1|ten|2026-12-03 9am", "uprn", "A UPRN is a whole number"),
        ("J1|100|tomorrow", "time", "not a date and a time"),
    ],
)
def test_what_is_wrong_is_told_by_column_and_reason(cells: str, column: str, reason: str) -> None:
    (wrong,) = row("reference|uprn|time", cells).wrong
    assert wrong.column == column and reason in wrong.reason


def test_an_address_is_compared_the_same_in_one_cell_or_in_three() -> None:
    apart = where(address="138 Kiln Street", town="Port Evenham", postcode="ZE2 3HA")
    assert apart == where(address="138 KILN STREET, Port Evenham, ze23ha")
    assert apart == where(address="138 Kiln Street Port Evenham", postcode="ZE23HA")


@pytest.mark.parametrize("day", ["2026-11-30", "2027-01-03", "2025-12-03", "2031-12-03", "2020-12-03"])
def test_a_day_for_which_nothing_can_be_known_is_reported_and_not_answered(day: str) -> None:
    found = row("reference|uprn|date|time", f"J|1|{day}|14:30")
    assert found.when is None
    (wrong,) = found.wrong
    assert wrong.column == "time" and wrong.value == f"{day} 14:30" and "from yesterday until 31 days" in wrong.reason


@pytest.mark.parametrize("day", ["2026-12-01", "2027-01-02"])
def test_yesterday_and_the_next_month_are_answered_for(day: str) -> None:
    found = row("reference|uprn|date|time", f"J|1|{day}|14:30")
    assert found.when and not found.wrong

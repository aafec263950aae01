"""`evenhand import-register`: what it prints, what it writes, and what its exit code means."""

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from evenhand.people.models import Person, RegisterImport, RejectedRow
from evenhand.people.register import report
from tests.people.register.conftest import NOW, ROWS

Write = Callable[..., Path]


def run(folder: Path, *arguments: str) -> str:
    out = StringIO()
    call_command("import_register", str(folder), *arguments, stdout=out)
    return out.getvalue()


def test_it_says_what_it_did_and_what_is_wrong(write: Write, db: None, tmp_path: Path) -> None:
    folder, file = write(people=[*ROWS["people"], ",,No,Reference,,,,en,"]), tmp_path / "report.csv"
    words = run(folder, "--source", "north", "--report", str(file))
    assert "people.csv: 4 read, 1 not loaded, 3 added, 0 changed, 0 unchanged" in words
    assert "people.csv, line 5, person_ref: There is no person_ref. The row was not loaded." in words
    assert Person.objects.filter(source="north").count() == 3
    with file.open(encoding="utf-8-sig", newline="") as stream:
        assert list(csv.DictReader(stream)) == [
            {
                "file": "people.csv",
                "line": "5",
                "column": "person_ref",
                "value": "",
                "reason": "There is no person_ref.",
                "loaded": "no",
            }
        ]


def test_a_trial_run_changes_nothing(write: Write, db: None) -> None:
    assert "this was a trial" in run(write(), "--dry-run")
    assert not Person.objects.exists()


def test_a_folder_without_files_is_refused_with_exit_code_1(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no homes.csv") as refused:
        run(tmp_path)
    assert refused.value.returncode == 1


def test_many_leaving_is_told_with_exit_code_3_and_goes_through_once_confirmed(write: Write, db: None) -> None:
    run(write())
    fewer = write(people=ROWS["people"][:2], tenancy_people=ROWS["tenancy_people"][:2])
    with pytest.raises(CommandError, match="--confirm-ending") as to_confirm:
        run(fewer, "--complete")
    assert to_confirm.value.returncode == 3
    assert "1 ended" in run(fewer, "--complete", "--confirm-ending")


@pytest.mark.parametrize("source", ["local", " ", "x" * 61])
def test_a_source_that_cannot_be_told_apart_is_refused(write: Write, db: None, source: str) -> None:
    with pytest.raises(CommandError, match="--source"):
        run(write(), "--source", source)


def test_a_report_that_cannot_be_written_is_said(write: Write, db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="could not be written"):
        run(write(), "--report", str(tmp_path / "nowhere" / "report.csv"))


def test_a_long_report_is_cut_short_in_words_and_whole_as_csv(db: None) -> None:
    record = RegisterImport.objects.create(source="housing", folder="x", started_at=NOW)
    RejectedRow.objects.bulk_create(
        RejectedRow(register_import=record, file="people.csv", line=n, column="phone", value="=1+1", reason="No.")
        for n in range(60)
    )
    assert list(report.in_words(record))[-1] == "  and 10 more."
    out = StringIO()
    assert report.write_csv(record, out) == 60
    assert "'=1+1" in out.getvalue()

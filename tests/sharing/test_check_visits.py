"""`evenhand check-visits FILE`: rows in, the same rows with safe instructions out, and exit codes that say enough."""

import csv
from collections.abc import Callable
from getpass import getuser
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from evenhand.people.models import Look
from evenhand.sharing.models import Booking, Disclosure, Notice
from tests.sharing.homes import home_at
from tests.web.conftest import clock
from tests.web.stories import Story

__all__ = ["clock"]
pytestmark = pytest.mark.django_db
HEADER = "reference,uprn,address,postcode,time,attending,contractor,notes\n"


@pytest.fixture
def visits(tmp_path: Path, clock: Callable[..., None]) -> Callable[..., Path]:
    """`visits("JOB-1,…")`: a file of these rows, on the day the stories begin."""

    def write(*rows: str, encoding: str = "utf-8", header: str = HEADER) -> Path:
        file = tmp_path / "tonight.csv"
        file.write_bytes((header + "\r\n".join(rows) + "\r\n").encode(encoding))
        return file

    return write


def check(file: Path, *options: str) -> tuple[int, list[dict[str, str]], str]:
    """Its exit code, the rows on standard output, and what is said on standard error."""
    out, err, code = StringIO(), StringIO(), 0
    try:
        call_command("check_visits", str(file), *options, stdout=out, stderr=err)
    except SystemExit as ended:
        code = int(str(ended.code))
    text = out.getvalue()
    assert not text or text.startswith("\ufeffreference,"), "a spreadsheet needs the mark to read the letters right"
    return code, list(csv.DictReader(StringIO(text.removeprefix("\ufeff")))), err.getvalue()


def test_rows_come_back_in_their_order_with_what_to_do(story: Story, visits: Callable[..., Path]) -> None:
    story.mark()
    home_at("1 Mill Lane", "66")
    file = visits(
        f"JOB-1,{story.home.uprn},,,2026-03-03 18:30,Sam Okafor,,José – left of the gate",
        "JOB-2,,1 Mill Lane,ZH1 1AA,2026-03-03 19:30,,Aqua Ltd,",
        encoding="cp1252",
    )
    code, (first, second), said = check(file)
    assert code == 0 and said.startswith("tonight.csv: ")
    assert "2 read" in said and "1 with something to do" in said and "1 nothing held" in said and "2 added" in said
    assert first["notes"] == "José – left of the gate" and second["address"] == "1 Mill Lane"
    assert list(first)[:8] == HEADER.strip().split(",") and list(first)[8] == "Evenhand code"
    assert first["Evenhand instruction"].startswith("Visit in pairs. Ring first.")
    assert second["Evenhand code"] == "nothing_held" and second["Evenhand visit"] == "yes"
    assert Look.objects.filter(actor="the command line").count() == 2


def test_the_same_file_again_changes_nothing(story: Story, visits: Callable[..., Path]) -> None:
    story.mark()
    file = visits(f"JOB-1,{story.home.uprn},,,2026-03-03 18:30,Sam Okafor,,")
    check(file)
    before = list(Booking.objects.values()), list(Disclosure.objects.values())
    assert "1 unchanged" in check(file)[2]
    assert (list(Booking.objects.values()), list(Disclosure.objects.values())) == before
    assert not Notice.objects.exists()


def test_what_is_checked_may_be_checked_again(story: Story, visits: Callable[..., Path], tmp_path: Path) -> None:
    story.mark()
    file, out = visits(f"JOB-1,{story.home.uprn},,,2026-03-03 18:30,Sam Okafor,,"), tmp_path / "checked.csv"
    assert check(file, "--out", str(out))[:2] == (0, [])
    once = out.read_bytes()
    assert once.startswith(b"\xef\xbb\xbfreference,")
    check(out, "--out", str(out))
    assert out.read_bytes() == once and {found.name for found in tmp_path.iterdir()} == {"tonight.csv", "checked.csv"}


def test_a_trial_counts_and_keeps_nothing_and_tells_nobody(story: Story, visits: Callable[..., Path]) -> None:
    story.mark()
    code, rows, said = check(visits(f"JOB-1,{story.home.uprn},,,2026-03-03 18:30,Sam Okafor,,"), "--dry-run")
    assert code == 0 and rows == [] and "1 with something to do" in said
    assert not (Booking.objects.exists() or Disclosure.objects.exists() or Look.objects.exists())


def test_rows_without_a_certain_answer_are_named_by_line_column_and_reason(
    story: Story, visits: Callable[..., Path]
) -> None:
    home_at("1 Mill Lane", "66"), home_at("2 Mill Lane", "66"), home_at("3 Mill Lane", "67")
    code, rows, said = check(
        visits(
            "JOB-1,999,,,2026-03-03 18:30,,,",
            "JOB-2,66,,,2026-03-03 18:30,,,",
            "JOB-3,67,,,31/2/2026,,,",
            "JOB-4,67,,,2026-03-03 18:30,,",
            "JOB-5,67,,,2026-03-03 18:30,,,",
            "JOB-5,67,,,2026-03-03 19:30,,,",
            ",67,,,2026-03-03 18:30,,,",
            "JOB-9,67,,,2031-03-03 18:30,,,",
            "JOB-9,67,,,2020-03-03 18:30,,,",
        )
    )
    assert code == 3
    codes = [row["Evenhand code"] for row in rows]
    assert codes == ["no_match", "several_matches", *["not_known"] * 2, *["nothing_held"] * 3, *["not_known"] * 2]
    for words in (
        "tonight.csv, line 2: No home has this UPRN.",
        "tonight.csv, line 3: Several homes answer to this.",
        "tonight.csv, line 4, time “31/2/2026”: There is no such day",
        "tonight.csv, line 5: It has 7 columns where the first line has 8.",
        "tonight.csv, line 7, reference “JOB-5”: This reference is on line 6 already.",
        "tonight.csv, line 8, reference: There is no reference.",
        "tonight.csv, line 9, time “2031-03-03 18:30”: Ask about visits from yesterday until 31 days from now",
        "tonight.csv, line 10, time “2020-03-03 18:30”: Ask about visits from yesterday until 31 days from now",
    ):
        assert words in said, said
    assert not any("hold no warning" in row["Evenhand instruction"] for row in rows[:4])
    assert set(Booking.objects.values_list("reference", flat=True)) == {"JOB-1", "JOB-2", "JOB-5"}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"header": "a,b\n"}, "lacks a column “reference”"),
        ({"header": "reference;uprn;time\n"}, "semicolons between its columns"),
        ({"encoding": "utf-16"}, ""),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(
    visits: Callable[..., Path], given: dict[str, str], words: str
) -> None:
    file = visits("JOB-1,67,,,2026-03-03 18:30,,,", **given)
    if not words:
        assert check(file)[0] == 3, "UTF-16 is read right; only the home is not known"
        return
    with pytest.raises(CommandError, match=words) as refused:
        check(file)
    assert refused.value.returncode == 1 and "Nothing was checked" in str(refused.value)
    assert not Booking.objects.exists()


def test_a_file_that_breaks_off_keeps_nothing(visits: Callable[..., Path]) -> None:
    home_at("3 Mill Lane", "67")
    file = visits("JOB-1,67,,,2026-03-03 18:30,,,", 'JOB-2,"67,,,2026-03-03 18:30,,,')
    with pytest.raises(CommandError, match="quotation mark on line 3"):
        check(file)
    assert not Booking.objects.exists()


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no file"):
        check(tmp_path / "nothing.csv")


def test_what_a_spreadsheet_would_run_is_made_harmless_and_a_telephone_number_left_alone(
    visits: Callable[..., Path],
) -> None:
    home_at("3 Mill Lane", "67")
    row = check(visits('JOB-1,67,,,2026-03-03 18:30,@SUM(A1),-,"=HYPERLINK(""x"")"'))[1][0]
    assert row["attending"] == "'@SUM(A1)" and row["notes"].startswith("'=") and row["contractor"] == "'-"
    row = check(visits("JOB-1,67,,,2026-03-03 18:30,,,+44 7700 900123"))[1][0]
    assert row["notes"] == "+44 7700 900123"


@pytest.mark.parametrize(("options", "holder"), [(("--for", "Repairs planner"), "Repairs planner"), ((), getuser())])
def test_whoever_keeps_the_file_is_on_the_ledger_and_hears_of_the_end(
    story: Story, visits: Callable[..., Path], options: tuple[str, ...], holder: str
) -> None:
    story.mark()
    check(visits(f"JOB-1,{story.home.uprn},,,2026-03-03 18:30,,Aqua Ltd,"), *options)
    kept = Disclosure.objects.get(to_kind="system")
    assert (kept.to_id, kept.to_name) == (f"command:{holder}", f"{holder}, by the command line")
    assert Disclosure.objects.count() == 2

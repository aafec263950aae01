"""Files as people save them: any encoding is read right, and what cannot be read says why and loads nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from evenhand.people.models import Home, Person, RegisterImport
from tests.people.register.conftest import HEADERS, ROWS, wrong

Import = Callable[..., RegisterImport]
Write = Callable[..., Path]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_names_keep_their_diacritics_in_any_unicode(write: Write, bring_in: Import, encoding: str) -> None:
    people = write() / "people.csv"
    people.write_text("\n".join([HEADERS["people"], *ROWS["people"]]) + "\n", encoding=encoding)
    assert wrong(bring_in(people.parent)) == []
    assert Person.objects.get(ref="P1").name == "Małgorzata Wójcik"
    assert Person.objects.get(ref="P3").name == "伟 王"


def test_windows_1252_is_read_right(write: Write, bring_in: Import) -> None:
    people = write(tenancy_people=[]) / "people.csv"
    people.write_bytes((HEADERS["people"] + "\r\nP1,,Seán,O’Brien – Žák,,,,en,\r\n").encode("cp1252"))
    assert wrong(bring_in(people.parent)) == []
    assert Person.objects.get(ref="P1").name == "Seán O’Brien – Žák"


def test_lines_of_two_exports_put_together_are_each_read_right(write: Write, bring_in: Import) -> None:
    people = write(tenancy_people=[]) / "people.csv"
    lines = [HEADERS["people"].encode(), "P1,,Małgorzata,W,,,,,".encode(), "P2,,Seán,O,,,,,".encode("cp1252"), b""]
    people.write_bytes(b"\r\n".join(lines))
    bring_in(people.parent)
    assert Person.objects.get(ref="P1").forename == "Małgorzata"
    assert Person.objects.get(ref="P2").forename == "Seán"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "homes.csv is empty"),
        (b"\xef\xbb\xbf\r\n", "homes.csv is empty"),
        (b"PK\x03\x04rest of a workbook", "Excel workbook"),
        (b"\xd0\xcf\x11\xe0 old", "old Excel workbook"),
        (b"%PDF-1.7", "is a PDF"),
        (b"home_ref\x00\x01\x02", "not a text file"),
        (HEADERS["homes"].replace(",", ";").encode(), "semicolons between its columns"),
        (HEADERS["homes"].replace(",", "\t").encode(), "tabs between its columns"),
        (b"home_ref,address_line,town,kind\n", "lacks the columns uprn, postcode"),
        (b"home_ref,home_ref,uprn,address_line,town,postcode,kind\n", "names the column home_ref twice"),
        ((HEADERS["homes"] + "\nH1,100,3 Ferry").encode(), "stops in the middle of line 2"),
        ((HEADERS["homes"] + '\nH1,100,"3 Ferry Row,A,ZH1 4JQ,Flat\n').encode(), "quotation mark on line 2"),
        (b'"home_ref', "first line of homes.csv cannot be read|opens a quotation mark"),
        ((HEADERS["homes"] + "\rH1,100,3 Ferry,A,ZH1 4JQ,Flat\r").encode(), "ends its lines in an old way"),
        ((HEADERS["homes"] + "\nH1,100," + "x" * 1_100_000).encode(), "more than a million characters"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_nothing_is_loaded(
    write: Write, bring_in: Import, content: bytes, words: str
) -> None:
    folder = write()
    (folder / "homes.csv").write_bytes(content)
    record = bring_in(folder)
    assert record.state == "refused"
    assert any(part in record.message for part in words.split("|"))
    assert record.message.endswith("Nothing was loaded.")
    assert not Home.objects.exists() and not Person.objects.exists()


def test_a_later_file_that_cannot_be_read_leaves_nothing_of_the_earlier_ones(write: Write, bring_in: Import) -> None:
    folder = write()
    (folder / "tenancy_people.csv").write_bytes((HEADERS["tenancy_people"] + "\nT1,P1,tenant\nT1,P").encode())
    assert bring_in(folder).state == "refused"
    assert not Home.objects.exists()


def test_a_missing_file_is_named(write: Write, bring_in: Import) -> None:
    folder = write()
    (folder / "people.csv").unlink()
    assert "There is no people.csv" in bring_in(folder).message


def test_columns_may_come_in_any_order_with_others_between(write: Write, bring_in: Import) -> None:
    folder = write()
    rows = ["Kind,postcode,town,ward,address_line,UPRN,home_ref", "Flat,zh14jq,Ashmere,North,3 Ferry Row,0100,H1"]
    rows.append("Flat,ZH1 4JQ,Ashmere,North,4 Ferry Row,,H2")
    (folder / "homes.csv").write_text("\n".join(rows))
    assert wrong(bring_in(folder)) == []
    home = Home.objects.get(ref="H1")
    assert (home.address_line, home.postcode, home.uprn) == ("3 Ferry Row", "ZH1 4JQ", "100")


def test_a_row_with_too_few_or_too_many_columns_is_reported_and_the_next_one_loads(
    write: Write, bring_in: Import
) -> None:
    homes = ["H1,100,3 Ferry Row,Ashmere,ZH1 4JQ,House", "H8,only", "", "H9,1,2,3,4,5,6,7", ROWS["homes"][1]]
    record = bring_in(write(homes=homes))
    assert wrong(record) == [("homes.csv", 3, ""), ("homes.csv", 5, "")]
    assert Home.objects.count() == 2


def test_a_cell_of_two_lines_keeps_the_count_of_lines_right(write: Write, bring_in: Import) -> None:
    homes = ['H1,100,"Flat 2\n3 Ferry Row",Ashmere,ZH1 4JQ,House', "H2,minus,4 Ferry Row,Ashmere,ZH1 4JQ,Flat"]
    record = bring_in(write(homes=homes))
    assert wrong(record) == [("homes.csv", 4, "uprn")]
    assert Home.objects.get(ref="H1").address_line == "Flat 2 3 Ferry Row"


def test_quotation_marks_that_do_not_match_cost_one_row(write: Write, bring_in: Import) -> None:
    people = ['P1,,"Kofi" X,Asante,,,,en,', *ROWS["people"][1:]]
    record = bring_in(write(people=people))
    assert ("people.csv", 2, "") in wrong(record)
    assert Person.objects.count() == 2

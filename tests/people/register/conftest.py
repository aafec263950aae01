"""A small register to write, change and bring in again."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from evenhand.people.models import RegisterImport
from evenhand.people.register import importing

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
DAY = date(2026, 11, 20)
HEADERS = {
    "homes": "home_ref,uprn,address_line,town,postcode,kind",
    "people": "person_ref,title,forename,surname,date_of_birth,phone,email,language,communication_needs",
    "tenancies": "tenancy_ref,home_ref,tenure,started_on,ended_on",
    "tenancy_people": "tenancy_ref,person_ref,role",
}
ROWS = {
    "homes": ["H1,100,3 Ferry Row,Ashmere,ZH1 4JQ,House", "H2,200,4 Ferry Row,Ashmere,ZH14JQ,Flat"],
    "people": [
        "P1,Ms,Małgorzata,Wójcik,1980-02-29,07700 900001,M.Wojcik@Example.org,pl,large_print",
        "P2,,Seán,O'Brien,,,,en,",
        "P3,Mr,伟,王,2015-06-01,,,zh,",
    ],
    "tenancies": ["T1,H1,assured,2020-01-01,", "T2,H2,secure,2019-01-01,"],
    "tenancy_people": ["T1,P1,tenant", "T1,P2,household_member", "T2,P3,tenant"],
}


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """`write(people=[…])` writes the four files, with these rows instead of the usual ones. Out: their folder."""

    def files(**rows: list[str]) -> Path:
        for name, header in HEADERS.items():
            lines = [header, *rows.get(name, ROWS[name])]
            (tmp_path / f"{name}.csv").write_text("\r\n".join(lines) + "\r\n", encoding="utf-8", newline="")
        return tmp_path

    return files


@pytest.fixture
def bring_in(db: None) -> Callable[..., RegisterImport]:
    """`bring_in(folder, complete=True, …)` runs an import on 20 November 2026."""

    def run(folder: Path, source: str = "housing", day: date = DAY, **how: bool) -> RegisterImport:
        record = importing.begin(folder, source, NOW, **how)
        return importing.run(record.pk, day=day, clock=lambda: NOW)

    return run


def wrong(record: RegisterImport) -> list[tuple[str, int, str]]:
    """Where everything is that was reported."""
    return list(record.rejected.values_list("file", "line", "column"))

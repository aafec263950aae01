"""A small contact log to write, change and bring in again."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from evenhand.contacts import importing
from evenhand.people.models import Person, RegisterImport

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
DAY = date(2026, 11, 20)
HEADERS = {
    "matters": "matter_ref,person_ref,kind,opened_on,told_on,respond_by,responded_on,closed_on,done_on,reopened_on,"
    "complaint_exhausted_on",
    "contacts": "contact_ref,at,person_ref,channel,direction,minutes,team,asked_for_senior,specific,exempt_kind,"
    "matter_ref,new_information,because_of_need,caller",
}
ROWS = {
    "matters": [
        "M1,P1,repair,2026-09-01,2026-09-02,2026-09-20,2026-09-25,2026-09-26,,,",
        "M2,P2,complaint_stage1,2026-10-01,2026-10-02,2026-10-16,,,,,",
    ],
    "contacts": [
        "K1,2026-09-03T08:30:00Z,P1,phone,in,7,Repairs,N,Y,,M1,N,N,self",
        "K2,2026-10-05T12:00:00Z,P1,email,in,5,Repairs,Y,Y,emergency_repair,M1,Y,N,self",
        "K3,2026-10-06T12:00:00Z,P2,phone,out,,Complaints,N,N,,M2,N,Y,advocate",
    ],
}


@pytest.fixture
def people(db: None) -> dict[str, Person]:
    """Three people of the register "housing"."""
    return {
        ref: Person.objects.create(
            source="housing", ref=ref, forename=name, surname="Khan", phones=[f"+4477009000{ref[1]}"]
        )
        for ref, name in (("P1", "Aisha"), ("P2", "Tariq"), ("P3", "Sana"))
    }


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """`write(contacts=[…])` writes both files, with these rows instead of the usual ones. Out: their folder."""

    def files(heads: dict[str, str] | None = None, **rows: list[str]) -> Path:
        for name, header in {**HEADERS, **(heads or {})}.items():
            lines = [header, *rows.get(name, ROWS[name])]
            (tmp_path / f"{name}.csv").write_text("\r\n".join(lines) + "\r\n", encoding="utf-8", newline="")
        return tmp_path

    return files


@pytest.fixture
def bring_in(people: dict[str, Person]) -> Callable[..., RegisterImport]:
    """`bring_in(folder, dry_run=True, …)` runs an import on 20 November 2026."""

    def run(folder: Path, source: str = "housing", day: date = DAY, **how: object) -> RegisterImport:
        record = importing.begin(folder, source, NOW, **how)  # type: ignore[arg-type]
        return importing.run(record.pk, day=day, clock=lambda: NOW)

    return run


def wrong(record: RegisterImport) -> list[tuple[str, int, str]]:
    """Where everything is that was reported."""
    return list(record.rejected.values_list("file", "line", "column"))

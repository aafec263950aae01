"""A landlord's export with the truth beside it, read as the measure knows it: to score it outside the tests."""

import csv
from collections import defaultdict
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from evenhand.people.register.need_code import NEEDS
from evenhand.policy.demand.log import Column, Contact, History, Matter
from evenhand.policy.demand.window import Window
from evenhand.policy.need import Need
from tests.policy.demand.invented import Landlord

LONDON = ZoneInfo("Europe/London")
WORDS = {"Y": True, "N": False, "?": None}
Row = dict[str, str]


def read(folder: Path) -> tuple[Landlord, Window]:
    """The landlord in a folder of people.csv, matters.csv, contacts.csv and truth.csv, and the days of its log."""
    people, matters, contacts, truth = (_rows(folder, name) for name in ("people", "matters", "contacts", "truth"))
    needs = {row["person_ref"]: _needs(row["communication_needs"]) for row in people}
    theirs: dict[str, dict[str, Matter]] = defaultdict(dict)
    lacking = _lacking(matters)
    for row in matters:
        theirs[row["person_ref"]][row["matter_ref"]] = _matter(row, lacking)
    said: dict[str, list[Contact]] = defaultdict(list)
    for row in contacts:
        said[row["person_ref"]].append(_contact(row))
    days = [one.day for listed in said.values() for one in listed]
    return (
        Landlord(
            histories={
                ref: History(tuple(sorted(said[ref], key=_moment)), theirs[ref], needs.get(ref, frozenset()))
                for ref in sorted({*said, *theirs})
            },
            truth={row["person_ref"]: (row["pattern"], WORDS[row["unreasonable"]]) for row in truth},
        ),
        Window(min(days), max(days)),
    )


def _moment(one: Contact) -> tuple[datetime, str]:
    return one.at, one.ref


def _rows(folder: Path, name: str) -> list[Row]:
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _needs(codes: str) -> frozenset[Need]:
    return frozenset(NEEDS[code] for code in codes.replace("|", ";").split(";") if code in NEEDS)


def _lacking(rows: list[Row]) -> frozenset[Column]:
    return frozenset({Column.TOLD, Column.DONE, Column.REOPENED} - set(rows[0]))


def _matter(row: Row, lacking: frozenset[Column]) -> Matter:
    days = ("told_on", "respond_by", "responded_on", "closed_on", "done_on", "reopened_on", "complaint_exhausted_on")
    told, respond_by, responded, closed, done, reopened, exhausted = (_day(row.get(name)) for name in days)
    return Matter(
        row["matter_ref"],
        row["kind"],
        date.fromisoformat(row["opened_on"]),
        told,
        respond_by,
        responded,
        closed,
        done,
        reopened,
        exhausted,
        unknown=lacking,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _contact(row: Row) -> Contact:
    at = datetime.fromisoformat(row["at"])
    marks = {name: {"Y": True, "N": False}.get(row.get(name, "")) for name in _MARKS}
    return Contact(
        ref=row["contact_ref"],
        at=at,
        day=at.astimezone(LONDON).date(),
        minutes=int(row["minutes"] or 0),
        channel=row["channel"],
        inward=row["direction"] == "in",
        team=row["team"],
        matter=row["matter_ref"],
        exempt=row.get("exempt_kind"),
        caller=row.get("caller") or None,
        **marks,
    )


_MARKS = ("asked_for_senior", "offered_colleague", "specific", "new_information", "because_of_need")

"""Whether the record agrees with its daily heads, and the heads with those that have left the database."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import connection

from evenhand.cases import head, models
from evenhand.cases.head_told import EMAIL, FILE
from evenhand.cases.log import START

OTHERWISE = """
SELECT member.head_id, found.reference, member.number FROM cases_headmember member
JOIN cases_case found ON found.id = member.case_id
LEFT JOIN cases_event event ON event.case_id = member.case_id AND event.number = member.number
WHERE (event.link IS NULL OR event.link <> member.link) AND member.head_id = ANY (%(heads)s)
ORDER BY member.head_id, found.reference
"""
# What is older than a head's moment was there when it was made, so that head or an earlier one has it.
SLIPPED_IN = """
SELECT found.reference, event.number, due.number FROM cases_event event
JOIN cases_case found ON found.id = event.case_id
CROSS JOIN LATERAL (SELECT min(number) AS number FROM cases_head WHERE until > event.at) due
WHERE due.number IS NOT NULL AND NOT EXISTS (
    SELECT FROM cases_headmember member JOIN cases_head head ON head.id = member.head_id
    WHERE member.case_id = event.case_id AND member.number >= event.number AND head.number <= due.number
)
ORDER BY found.reference, event.number
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """One head as a page shows it: whether the record still agrees, and not where it does not (rule 22)."""

    number: int
    day: date
    made_at: datetime
    note: str
    head: str
    late: bool
    sent_to: str
    written: bool
    agrees: bool


def latest(most: int) -> list[Shown]:
    """The last heads, newest first, each compared with the record as it is now. A fixed number of queries."""
    rows = list(models.Head.objects.order_by("-number").prefetch_related("told")[: most + 1])
    wrong = {pk for pk, _ in _wrong(list(reversed(rows)), whole=len(rows) <= most)}
    return [_shown(row, row.pk not in wrong) for row in rows[:most]]


def faults() -> Iterator[str]:
    """Everything in which heads, and the record beneath them, are not what was made. Empty when all is well."""
    rows = list(models.Head.objects.order_by("number"))
    named = {row.pk: f"head {row.number}, {row.day.isoformat()}" for row in rows}
    yield from (f"{named[pk]}: {words}" for pk, words in _wrong(rows, whole=True))
    with connection.cursor() as cursor:
        cursor.execute(SLIPPED_IN)
        for reference, number, due in cursor.fetchall():
            yield f"{reference}: event {number} claims to be older than head {due}, which does not have it"


def differences(outside: Iterable[Path]) -> Iterator[str]:
    """Where heads that left the database, as files or as messages kept as files, differ from those within."""
    kept = {row.number: bytes(row.head).hex() for row in models.Head.objects.all()}
    for file in outside:
        for said in read(file):
            if (here := kept.get(said["number"])) is None:
                yield f"{file.name}: head {said['number']} is not in this database"
            elif here != said["head"]:
                yield f"{file.name}: head {said['number']} is another one here: the record was rewritten"


def read(file: Path) -> Iterator[dict[str, Any]]:
    """The heads in one file: every line that is one, so a saved message will do as it is."""
    for line in file.read_text(errors="replace").splitlines():
        if line.startswith("{") and '"head"' in line:
            try:
                said = json.loads(line)
            except ValueError:
                continue
            if isinstance(said.get("number"), int):
                yield said


def _wrong(rows: list[models.Head], *, whole: bool) -> Iterator[tuple[int, str]]:
    """What is wrong with each of these heads, in order; `whole` says that they begin with the very first."""
    keys = [row.pk for row in rows]
    leaves: dict[int, list[str]] = defaultdict(list)
    members = models.HeadMember.objects.filter(head__in=keys).values_list(
        "head_id", "case__reference", "number", "link"
    )
    for pk, reference, number, link in members.iterator(chunk_size=5000):
        leaves[pk].append(head.leaf_of(reference, number, bytes(link)))
    before, number = (START, 0) if whole else (None, rows[0].number - 1 if rows else 0)
    for row in rows:
        number += 1
        if row.number != number:
            yield row.pk, f"head {number} is missing"
            number = row.number
        elif before is not None and bytes(row.previous) != before:
            yield row.pk, "it does not follow from the one before it"
        elif head.head_of(row, leaves[row.pk]) != bytes(row.head):
            yield row.pk, "it was changed, or the list of what it stands for was"
        before = bytes(row.head)
    with connection.cursor() as cursor:
        cursor.execute(OTHERWISE, {"heads": keys})
        for pk, reference, event in cursor.fetchall():
            yield pk, f"{reference} is not what it was: event {event} was changed, moved or removed"


def _shown(row: models.Head, agrees: bool) -> Shown:
    told = {told.way: told.to for told in row.told.all()}
    return Shown(
        number=row.number,
        day=row.day,
        made_at=row.made_at,
        note=row.note,
        head=bytes(row.head).hex(),
        late=(row.made_at - row.until).days >= 1,
        sent_to=told.get(EMAIL, ""),
        written=FILE in told,
        agrees=agrees,
    )

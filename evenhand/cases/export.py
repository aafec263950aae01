"""The record in one file, for anyone to check without Evenhand (docs/record.md, tools/verify_record.py).

Each line is a JSON object: first what the file is, then each case, then each head. A case's events are always told by
number, kind, moment, actor's opaque id and digest: that is what the chain is made of, and it names nobody. What an
event says, and the key to its digest, are about people and are written only where they are asked for; tombstones are
written always, since they say what may be missing. Of one case alone nothing of any other is told but opaque hashes.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO, Any

from evenhand.cases import head, log, models
from evenhand.database.snapshot import one_snapshot

FORMAT = 1


class NoSuchCase(Exception):
    """There is no case with this reference."""


def write(file: IO[str], at: datetime, *, facts: bool = False, case: str = "") -> int:
    """Writes all cases, or one, and every head, as they are at one moment. Out: how many cases. Raises NoSuchCase."""
    with one_snapshot():
        rows = models.Case.objects.order_by("reference")
        if case:
            rows = rows.filter(reference=case)
            if not rows.exists():
                raise NoSuchCase(case)
        _line(file, {"evenhand record": FORMAT, "made_at": _moment(at), "facts": facts, "case": case or None})
        count = 0
        for row in rows.iterator(chunk_size=500):
            _line(file, {"case": row.reference, "events": [_event(each, facts) for each in _events(row)]})
            count += 1
        for each in models.Head.objects.order_by("number"):
            _line(file, _head(each, case))
    return count


def _events(row: models.Case) -> Iterator[models.Event]:
    yield from models.Event.objects.filter(case=row).select_related("facts").order_by("number")


def _event(row: models.Event, with_facts: bool) -> dict[str, Any]:
    found = getattr(row, "facts", None)
    said = {
        "number": row.number,
        "kind": row.kind,
        "at": _moment(row.at),
        "on": row.on.isoformat(),
        "by": row.by,
        "digest": bytes(row.digest).hex(),
        "link": bytes(row.link).hex(),
        "disposed": found is None,
    }
    if found is not None and (with_facts or log.disposed_upto(row)):
        said |= {"said": found.said, "key": bytes(found.key).hex()}
    return said


def _head(row: models.Head, case: str) -> dict[str, Any]:
    members = row.members.order_by("case__reference").values_list("case__reference", "number", "link")
    told = [(reference, number, bytes(link)) for reference, number, link in members]
    return {
        "head": bytes(row.head).hex(),
        "number": row.number,
        "day": row.day.isoformat(),
        "until": _moment(row.until),
        "made_at": _moment(row.made_at),
        "note": row.note,
        "salt": bytes(row.salt).hex(),
        "previous": bytes(row.previous).hex(),
        "leaves": sorted(head.leaf_of(*each) for each in told),
        "members": [[each[0], each[1], each[2].hex()] for each in told if case in ("", each[0])],
    }


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _line(file: IO[str], said: dict[str, Any]) -> None:
    file.write(json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n")

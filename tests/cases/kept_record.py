"""A record with heads, whoever owns the database at work on it, and both ways of finding out."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command
from django.db import connection

from evenhand.cases import head, head_told, log, models
from evenhand.cases.log import START

TOOL = Path(__file__).resolve().parents[2] / "tools" / "verify_record.py"
GUARDED = ("cases_event", "cases_facts", "cases_head", "cases_headmember", "cases_headtold")


@dataclass
class Record:
    """One landlord's record. `folder` is where exports and heads go."""

    folder: Path
    as_owner: Callable[[], AbstractContextManager[None]]

    @contextmanager
    def unguarded(self) -> Iterator[None]:
        """As the owner, who can switch off what guards the tables."""
        with self.as_owner(), connection.cursor() as cursor:
            for table in GUARDED:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            try:
                yield
            finally:
                for table in GUARDED:
                    cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    def verify(self, *options: str) -> str:
        """What `evenhand verify` finds; empty when all is well."""
        said = StringIO()
        try:
            call_command("verify", *options, stdout=StringIO(), stderr=said)
        except CommandError as found:
            return said.getvalue() or str(found)
        return ""

    def export(self, *options: str) -> Path:
        """An export, made however the record stands."""
        file = self.folder / f"record-{len(list(self.folder.glob('record-*')))}.jsonl"
        try:
            call_command("verify", "--export", str(file), *options, stdout=StringIO(), stderr=StringIO())
        except CommandError:
            assert file.exists()
        return file

    def check(self, file: Path, *, heads: bool = True) -> str:
        """What the tool finds in an export, alone on a machine without Evenhand; empty when all is well."""
        outside = sorted((self.folder / "heads").glob("*.json")) if heads else []
        command = [sys.executable, "-I", "-S", str(TOOL), str(file), *map(str, outside)]
        done = subprocess.run(command, capture_output=True, text=True, cwd="/")
        assert done.returncode in (0, 1) and not done.stderr, done.stderr
        return done.stdout if done.returncode else ""

    def rewrite(self, reference: str, number: int, old: str, new: str) -> None:
        """Change what an event says and make every digest and link of its case again, as if it had been said so."""
        with self.unguarded():
            row = models.Case.objects.get(reference=reference)
            before = START
            for event in models.Event.objects.filter(case=row).select_related("facts").order_by("number"):
                said, key = event.facts.said, bytes(event.facts.key)
                if event.number == number:
                    assert old in said
                    said = said.replace(old, new)
                    models.Facts.objects.filter(event=event).update(said=said)
                event.digest = log.digest_of(said, key)
                event.link = before = log.link_of(before, reference, event)
                models.Event.objects.filter(pk=event.pk).update(digest=event.digest, link=event.link)

    def rewrite_heads(self) -> None:
        """Make every head again from the record as it is now."""
        with self.unguarded():
            before = START
            for row in models.Head.objects.order_by("number"):
                leaves = []
                for member in row.members.select_related("case"):
                    link = models.Event.objects.get(case=member.case, number=member.number).link
                    models.HeadMember.objects.filter(pk=member.pk).update(link=link)
                    leaves.append(head.leaf_of(member.case.reference, member.number, bytes(link)))
                row.previous = before
                before = head.head_of(row, leaves)
                models.Head.objects.filter(pk=row.pk).update(previous=row.previous, head=before)


def sealed_by(moment: head.Moment) -> None:
    """The worker's hourly work: heads of the days that have none, written and sent."""
    head.make_missing(moment)
    head_told.tell(moment.at)

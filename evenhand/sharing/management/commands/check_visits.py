"""`evenhand check-visits FILE`: a list of visits in, the same rows with safe instructions out."""

import sys
from argparse import ArgumentParser
from getpass import getuser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, OutputWrapper
from django.utils import timezone

from evenhand.cases.circumstances import Moment
from evenhand.people.csv_file import Unreadable
from evenhand.people.text import tidy
from evenhand.sharing import visit_list
from evenhand.sharing.ledger import Recipient
from evenhand.sharing.models.disclosure import RecipientKind
from evenhand.sharing.visit_list import Outcome, Sheet
from evenhand.whole_file import whole

EXIT_REFUSED = 1
EXIT_NOT_CERTAIN = 3
MOST = 50


class Command(BaseCommand):
    help = (
        "Checks a CSV of visits and writes it with what to do at each (docs/visits.md). Exit code 0: every row has an "
        "answer; 1: nothing was checked; 3: some rows have none that is certain, and are named."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the CSV file of visits")
        parser.add_argument(
            "--out", type=Path, metavar="FILE.csv", help="write to this file (default: standard output)"
        )
        parser.add_argument("--source", default="visits", help="the system the references are of (default: visits)")
        parser.add_argument(
            "--for",
            dest="holder",
            metavar="NAME",
            default="",
            help="the system or person that keeps the checked file, who is told when a warning in it ends (default: "
            "the user who runs this)",
        )
        parser.add_argument("--dry-run", action="store_true", help="match and count, write nothing, keep nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        file, out = options["file"], options["out"]
        self.holder = holder_named(options["holder"])
        if not file.is_file():
            raise CommandError(f"There is no file {file}.", returncode=EXIT_REFUSED)
        sheet = Sheet(file, file.name, checked_source(options["source"]))
        try:
            if options["dry_run"]:
                outcome = self.checked(sheet, None)
            elif out:
                outcome = self.into(out, sheet)
            else:
                outcome = self.checked(sheet, Ours(self.stdout))
        except Unreadable as unreadable:
            raise CommandError(f"{unreadable} Nothing was checked.", returncode=EXIT_REFUSED) from unreadable
        self.tell(sheet, outcome)
        if not outcome.is_certain:
            sys.exit(EXIT_NOT_CERTAIN)

    def checked(self, sheet: Sheet, out: visit_list.Out | None) -> Outcome:
        at = timezone.now()
        bar = self.draw if sys.stderr.isatty() else None
        moment = Moment(at, timezone.localdate(at))
        return visit_list.check_file(sheet, moment, out, holder=self.holder, progress=bar)

    def into(self, path: Path, sheet: Sheet) -> Outcome:
        """Nobody ever reads half of it."""
        try:
            with whole(path) as file:
                return self.checked(sheet, file)
        except OSError as error:
            raise CommandError(f"{path} could not be written: {error.strerror}.", returncode=EXIT_REFUSED) from error

    def draw(self, rows: int) -> None:
        sys.stderr.write(f"\r{rows:,} rows   ")
        sys.stderr.flush()

    def tell(self, sheet: Sheet, outcome: Outcome) -> None:
        """What came of it, on standard error: standard output is the list's own."""
        said = ", ".join(f"{number:,} {what}" for what, number in outcome.counts.items() if number)
        lines = [f"{sheet.name}: {said or 'no rows'}"]
        for line, wrong in outcome.wrong[:MOST]:
            where = f"{sheet.name}, line {line}" + (f", {wrong.column}" if wrong.column else "")
            lines.append(f"  {where}{f' “{wrong.value}”' if wrong.value else ''}: {wrong.reason}")
        if len(outcome.wrong) > MOST:
            lines.append(f"  and {len(outcome.wrong) - MOST:,} more.")
        self.stderr.write("\n".join(lines), style_func=str)


class Ours:
    """Standard output as a file is written to, without a line's end of its own."""

    def __init__(self, stream: OutputWrapper) -> None:
        self.stream = stream

    def write(self, text: str) -> None:
        self.stream.write(text, ending="")


def holder_named(name: str) -> Recipient:
    """Who keeps the checked file, as the ledger of disclosures knows them."""
    holder = tidy(name)[:60] or getuser()
    return Recipient(RecipientKind.SYSTEM, f"command:{holder}", f"{holder}, by the command line")


def checked_source(source: str) -> str:
    """The name of the system the references are of, fit to be part of each."""
    name = source.strip()
    if not name or len(name) > 60:
        raise CommandError("--source is the name of the system that plans the visits: 1 to 60 characters.")
    return name

"""`evenhand import-register FOLDER`: homes, people, tenancies and who is of them, from a housing system."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from evenhand.people.models import RegisterImport
from evenhand.people.models.register import ImportState
from evenhand.people.register import importing, report
from evenhand.people.register.importing import Progress

EXIT_REFUSED = 1
EXIT_TO_CONFIRM = 3
BAR = 30


class Command(BaseCommand):
    help = (
        "Brings in homes.csv, people.csv, tenancies.csv and tenancy_people.csv. Rows that are wrong are reported, "
        "the others load. Exit code 0: loaded; 1: nothing was loaded; 3: an administrator must confirm first."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder the four files are in")
        parser.add_argument("--source", default="housing", help="the system they come from (default: housing)")
        parser.add_argument("--complete", action="store_true", help="whoever is not in the files has left")
        parser.add_argument("--dry-run", action="store_true", help="check and count everything, change nothing")
        parser.add_argument("--confirm-ending", action="store_true", help="even if more than 2 in 100 have left")
        parser.add_argument("--report", type=Path, metavar="FILE.csv", help="also write what is wrong to this file")

    def handle(self, *args: Any, **options: Any) -> None:
        record = importing.begin(
            options["folder"].resolve(),
            checked_source(options["source"]),
            timezone.now(),
            complete=options["complete"],
            dry_run=options["dry_run"],
            confirm_ending=options["confirm_ending"],
        )
        bar = self.draw if sys.stderr.isatty() else lambda so_far: None
        record = importing.run(record.pk, day=timezone.localdate(), clock=timezone.now, progress=bar)
        if sys.stderr.isatty():
            sys.stderr.write("\n")
        for line in report.in_words(record):
            self.stdout.write(line)
        if options["report"]:
            write_report(record, options["report"])
            self.stdout.write(f"The whole report is in {options['report']}.")
        self.end(record)

    def draw(self, so_far: Progress) -> None:
        """Draws the bar anew on the same line of a terminal."""
        share = so_far.bytes_done / so_far.bytes_total if so_far.bytes_total else 1
        bar = "█" * int(share * BAR)
        sys.stderr.write(f"\r{bar:░<{BAR}} {share:4.0%}  {so_far.file}, {so_far.rows:,} rows   ")
        sys.stderr.flush()

    def end(self, record: RegisterImport) -> None:
        """Says how it ended, with an exit code that means it."""
        if record.state == ImportState.TO_CONFIRM:
            again = " Run it again with --confirm-ending once you have checked."
            raise CommandError(record.message + again, returncode=EXIT_TO_CONFIRM)
        if record.state != ImportState.DONE:
            raise CommandError(record.message, returncode=EXIT_REFUSED)
        self.stdout.write(record.message)


def checked_source(source: str) -> str:
    """The name of the system the references come from, fit to be part of each."""
    name = source.strip()
    if not name or len(name) > 60 or name == "local":
        raise CommandError("--source is the name of your housing system: 1 to 60 characters, and not “local”.")
    return name


def write_report(record: RegisterImport, path: Path) -> None:
    """Writes the report so that spreadsheets read its letters right."""
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            report.write_csv(record, stream)
    except OSError as error:
        raise CommandError(f"The report could not be written to {path}: {error.strerror}.") from error

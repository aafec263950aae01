"""What every command that brings files in has: a bar that shows how far it is, a report, an exit code that means it."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from evenhand.people.models import RegisterImport
from evenhand.people.models.register import ImportState
from evenhand.people.register import report
from evenhand.people.register.running import Progress
from evenhand.whole_file import whole

EXIT_REFUSED = 1
EXIT_TO_CONFIRM = 3
BAR = 30
KEPT_FOR_US = ("local", "by hand")
"""The sources of people made here, and of contacts logged here."""


class ImportCommand(BaseCommand):
    """A command that runs an import: subclasses say how one is begun and run, and what is asked for."""

    def add_import_arguments(self, parser: ArgumentParser, words: str, where: str = "folder") -> None:
        """The arguments all of them take. In: what is said of the folder, or file, that they read."""
        parser.add_argument(where, type=Path, help=words)
        parser.add_argument("--source", default="housing", help="the system they come from (default: housing)")
        parser.add_argument("--dry-run", action="store_true", help="check and count everything, change nothing")
        parser.add_argument("--report", type=Path, metavar="FILE.csv", help="also write what is wrong to this file")

    def carry_out(
        self, record: RegisterImport, run: Callable[..., RegisterImport], report_file: Path | None
    ) -> RegisterImport:
        """Runs an import that was begun, drawing how far it is, and prints and writes what came of it."""
        bar = self.draw if sys.stderr.isatty() else lambda so_far: None
        record = run(record.pk, day=timezone.localdate(), clock=timezone.now, progress=bar)
        if sys.stderr.isatty():
            sys.stderr.write("\n")
        for line in report.in_words(record):
            self.stdout.write(line)
        if report_file:
            write_report(record, report_file)
            self.stdout.write(f"The whole report is in {report_file}.")
        return self.end(record)

    def draw(self, so_far: Progress) -> None:
        """Draws the bar anew on the same line of a terminal."""
        share = so_far.bytes_done / so_far.bytes_total if so_far.bytes_total else 1
        bar = "█" * int(share * BAR)
        sys.stderr.write(f"\r{bar:░<{BAR}} {share:4.0%}  {so_far.file}, {so_far.rows:,} rows   ")
        sys.stderr.flush()

    def end(self, record: RegisterImport) -> RegisterImport:
        """Says how it ended, with an exit code that means it."""
        if record.state == ImportState.TO_CONFIRM:
            again = " Run it again with --confirm-ending once you have checked."
            raise CommandError(record.message + again, returncode=EXIT_TO_CONFIRM)
        if record.state != ImportState.DONE:
            raise CommandError(record.message, returncode=EXIT_REFUSED)
        self.stdout.write(record.message)
        return record


def checked_source(source: str, option: str = "--source") -> str:
    """The name of the system the references come from, fit to be part of each."""
    name = source.strip()
    if not name or len(name) > 60 or name in KEPT_FOR_US:
        ours = " or ".join(f"“{each}”" for each in KEPT_FOR_US)
        raise CommandError(f"{option} is the name of your system: 1 to 60 characters, and not {ours}.")
    return name


def write_report(record: RegisterImport, path: Path) -> None:
    """Writes the report so that spreadsheets read its letters right."""
    try:
        with whole(path, encoding="utf-8-sig") as stream:
            report.write_csv(record, stream)
    except OSError as error:
        raise CommandError(f"The report could not be written to {path}: {error.strerror}.") from error

"""`evenhand import-alerts FILE`: what an older system warned of, for a person to decide about."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from evenhand.people.management.import_command import ImportCommand, checked_source
from evenhand.people.models.register import Brings
from evenhand.people.register import alert_importing, running


class Command(ImportCommand):
    help = (
        "Brings in the alert codes of an older system: UKHDS, HACT or the common letters (CV, VA …). None becomes a "
        "marker: each waits for a person. Rows that are wrong are reported, and nothing is kept twice. "
        "Exit code 0: loaded; 1: nothing was loaded."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        self.add_import_arguments(parser, "the file, with the columns of alerts.csv", "file")
        parser.add_argument(
            "--register", default="", help="the source of the people and homes it names (default: the same as --source)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        source = checked_source(options["source"])
        file: Path = options["file"]
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        record = running.begin(
            file.resolve(),
            source,
            timezone.now(),
            brings=Brings.ALERTS,
            register=checked_source(options["register"] or source, "--register"),
            dry_run=options["dry_run"],
        )
        self.carry_out(record, alert_importing.run, options["report"])

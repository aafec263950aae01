"""`evenhand import-contacts FOLDER`: who contacted whom about what, from a contact log."""

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from evenhand.contacts import importing
from evenhand.people.management.import_command import ImportCommand, checked_source


class Command(ImportCommand):
    help = (
        "Brings in matters.csv and contacts.csv, or one of them. Rows that are wrong are reported, the others load, "
        "and what has not changed is left alone. Exit code 0: loaded; 1: nothing was loaded."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        self.add_import_arguments(parser, "the folder the files are in")
        parser.add_argument(
            "--register", default="", help="the source of the people the files name (default: the same as --source)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        source = checked_source(options["source"])
        record = importing.begin(
            options["folder"].resolve(),
            source,
            timezone.now(),
            register=checked_source(options["register"] or source, "--register"),
            dry_run=options["dry_run"],
        )
        self.carry_out(record, importing.run, options["report"])

"""`evenhand import-register FOLDER`: homes, people, tenancies and who is of them, from a housing system."""

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from evenhand.people.management.import_command import ImportCommand, checked_source
from evenhand.people.register import importing


class Command(ImportCommand):
    help = (
        "Brings in homes.csv, people.csv, tenancies.csv and tenancy_people.csv. Rows that are wrong are reported, "
        "the others load. Exit code 0: loaded; 1: nothing was loaded; 3: an administrator must confirm first."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        self.add_import_arguments(parser, "the folder the four files are in")
        parser.add_argument("--complete", action="store_true", help="whoever is not in the files has left")
        parser.add_argument("--confirm-ending", action="store_true", help="even if more than 2 in 100 have left")

    def handle(self, *args: Any, **options: Any) -> None:
        record = importing.begin(
            options["folder"].resolve(),
            checked_source(options["source"]),
            timezone.now(),
            complete=options["complete"],
            dry_run=options["dry_run"],
            confirm_ending=options["confirm_ending"],
        )
        self.carry_out(record, importing.run, options["report"])

"""`evenhand rebuild`: the summaries that lists read, made again from the log."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from evenhand.cases import chain


class Command(BaseCommand):
    help = "Make every case’s summary again from its log. With --check, only compare, and exit with 1 if any differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="compare and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        done, faults = 0, 0
        for row in chain.cases():
            done += 1
            if options["check"]:
                for fault in chain.stale_in(row):
                    faults += 1
                    self.stderr.write(f"{fault.reference}: {fault.words}")
            else:
                chain.again(row)
        if faults:
            raise CommandError(f"{faults} summaries differ from the log. Run evenhand rebuild to make them again.")
        self.stdout.write(f"{done} summaries {'agree with' if options['check'] else 'made again from'} their logs.")

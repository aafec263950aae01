"""`evenhand dispose`: what two colleagues agreed to let go of, goes. Run as the tables' owner, once a day or a week."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from evenhand.cases import disposal_queue, disposing
from evenhand.cases.circumstances import Moment
from evenhand.sharing.carrying_out import carry_out, carry_out_again

TABLES = ("cases_facts", "cases_letter", "cases_earlierissue", "cases_printbatch", "people_look")


class Command(BaseCommand):
    help = (
        "Dispose of the cases on lists that a second colleague has agreed to (Retention, on the pages of the data "
        "protection officer), and of who looked once that has been kept long enough."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would go")
        parser.add_argument(
            "--again",
            type=Path,
            metavar="FILE",
            help="let go again of what this list of disposals says: the database was brought back to an earlier moment",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dry_run"]:
            for item in disposal_queue.agreed():
                self.stdout.write(f"{item.reference}: agreed to, and would go if nothing happened in it since.")
            return
        at = timezone.now()
        moment, went = Moment(at, timezone.localdate(at)), 0
        if options["again"]:
            self.again(options["again"], moment)
            return
        try:
            for outcome in carry_out(moment):
                went += not outcome.trouble
                words = f"stays. {outcome.trouble}" if outcome.trouble else "disposed of."
                self.stdout.write(f"{outcome.reference}: {words}")
        except disposing.NotNoted as trouble:
            raise CommandError(str(trouble)) from trouble
        orphans, looks = disposing.sweep_orphans(at), disposing.forget_looks(moment.day)
        self.empty_pages()
        self.stdout.write(f"{went} cases disposed of; {looks} looks forgotten; {orphans} leftover files removed.")

    def again(self, file: Path, moment: Moment) -> None:
        try:
            noted = disposing.noted(file.read_text(errors="replace").splitlines())
        except OSError as trouble:
            raise CommandError(f"{file} could not be read: {trouble.strerror}.") from trouble
        stay = 0
        for outcome in carry_out_again(noted, moment):
            stay += bool(outcome.trouble)
            words = f"stays. {outcome.trouble}" if outcome.trouble else "disposed of again."
            self.stdout.write(f"{outcome.reference}: {words}")
        self.empty_pages()
        left = f"{stay} of them never took effect, and their cases stay" if stay else "none of them is here any more"
        self.stdout.write(f"{len(noted)} disposals are noted in {file}; {left}.")

    def empty_pages(self) -> None:
        """Has the database clear what was deleted out of its files now, and not when it next has the time."""
        if connection.in_atomic_block:
            return
        with connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"VACUUM {table}")

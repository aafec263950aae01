"""`evenhand restore FILE`: a backup brought back into an empty place, checked, and freed of what went since."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from evenhand.cases import after_restore, chain, head, head_check
from evenhand.cases.circumstances import Moment
from evenhand.database import archive, prepared
from evenhand.database.place import DatabaseTrouble
from evenhand.sharing import restoring
from evenhand.sharing.carrying_out import carry_out_again


class Command(BaseCommand):
    # There is nothing yet for the checks to look at.
    requires_system_checks: list[str] = []
    help = (
        "Bring a backup back into an empty place: compare every digest, load the database, lay out the files, verify "
        "the record, and dispose again of what was disposed of after the backup was taken."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="an archive made by evenhand backup")
        parser.add_argument(
            "--disposals", nargs="+", type=Path, default=[], metavar="FILE", help="lists of disposals, or later backups"
        )
        parser.add_argument(
            "--no-later-disposals", action="store_true", help="nothing was disposed of since, or no list is left"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        source: Path = options["file"].absolute()
        try:
            manifest = archive.verify(source)
            restoring.refuse_unless_empty()
            noted = restoring.disposals(source, options["disposals"], none_later=options["no_later_disposals"])
            with tempfile.TemporaryDirectory(prefix="restore-", dir=settings.VAR) as folder:
                restoring.bring_back(source, Path(folder) / "database.dump")
        except (archive.Spoilt, restoring.CannotRestore, DatabaseTrouble) as trouble:
            raise CommandError(str(trouble)) from trouble
        except OSError as trouble:
            where = trouble.filename or settings.VAR
            raise CommandError(f"{where}: {trouble.strerror}. Nothing was restored.") from trouble
        call_command("migrate", interactive=False, verbosity=0)
        if manifest["tables"] != prepared.mark_of_tables():
            self.stdout.write("The backup is of another release: what lists read is made again from the logs …")
            call_command("rebuild", stdout=self.stdout)
        at = timezone.now()
        found = list(self.look_over(Moment(at, timezone.localdate(at)), manifest["made_at"], noted))
        for words in found:
            self.stderr.write(words)
        if found:
            raise CommandError(f"Restored, with {len(found)} faults. Look into them before anybody works with it.")
        self.stdout.write(f"Restored as it was at {manifest['made_at']}. Every link holds. Start it: evenhand serve")

    def look_over(self, moment: Moment, made_at: str, noted: list[dict[str, Any]]) -> Iterator[str]:
        """Verifies what came, then lets go of what must not be here, and seals the result. Out: the faults."""
        for row in chain.cases():
            yield from (f"{fault.reference}: {fault.words}" for fault in chain.faults_in(row))
        yield from head_check.faults()
        for outcome in carry_out_again(noted, moment):
            words = f"stays. {outcome.trouble}" if outcome.trouble else "disposed of again."
            self.stdout.write(f"{outcome.reference}: {words}")
        restoring.keep_list(noted)
        yield from after_restore.lost_files()
        for letter in after_restore.doubt_letters(moment):
            self.stdout.write(
                f"Letter {letter} may have been sent since the backup was taken: somebody has to find out."
            )
        head.make_now(moment, f"Restored from the backup of {made_at}")

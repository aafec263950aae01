"""`evenhand verify`: is the record still what was written?"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from evenhand.cases import chain, export, head_check
from evenhand.whole_file import whole


class Command(BaseCommand):
    requires_system_checks: list[str] = []
    help = (
        "Check the hash chain of every case and the daily heads. Exits with 1 and a line for each fault when something "
        "was changed. With --export, write what anyone needs to check it elsewhere, with tools/verify_record.py."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--heads", nargs="+", type=Path, metavar="FILE", help="heads kept elsewhere: files, folders, saved messages"
        )
        parser.add_argument("--export", type=Path, metavar="FILE", help="write the record to this new file")
        parser.add_argument("--facts", action="store_true", help="with what was said: this is about people")
        parser.add_argument("--case", default="", metavar="REFERENCE", help="export this case alone")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["export"] is None and (options["facts"] or options["case"]):
            raise CommandError("--facts and --case say what --export writes. Give a file: --export record.jsonl")
        if options["export"] is not None:
            self.export(options["export"], facts=options["facts"], case=options["case"])
        checked, faults = 0, 0
        for row in chain.cases():
            checked += 1
            for fault in chain.faults_in(row):
                faults += 1
                self.stderr.write(f"{fault.reference}: {fault.words}")
        given = options["heads"] or []
        outside = list(files(given or [Path(settings.HEADS_FOLDER)]))
        compared = sum(1 for file in outside for _ in head_check.read(file))
        for words in (*head_check.faults(), *head_check.differences(outside)):
            faults += 1
            self.stderr.write(words)
        if missing := [str(path) for path in given if not path.exists()]:
            raise CommandError(f"There is no {', '.join(missing)}, so its heads were not compared.")
        if given and not compared:
            raise CommandError("No head stands in what was given with --heads, so nothing outside was compared.")
        if faults:
            raise CommandError(f"{faults} faults in {checked} cases. Keep a copy of the database before anything else.")
        self.stdout.write(f"{checked} cases checked: every link holds.")
        self.stdout.write(f"Heads compared with those kept outside: {compared}. Each agrees.")

    def export(self, file: Path, *, facts: bool, case: str) -> None:
        """A new file that only whoever runs this may read: with facts it holds what customers and colleagues said."""
        try:
            with whole(file, replaces=False) as out:
                count = export.write(out, timezone.now(), facts=facts, case=case)
        except FileExistsError:
            raise CommandError(f"{file} exists already. Name a new file.") from None
        except OSError as trouble:
            raise CommandError(f"{file} could not be written: {trouble.strerror}. Nothing was left there.") from trouble
        except export.NoSuchCase as nobody:
            raise CommandError(f"There is no case {nobody}.") from None
        self.stdout.write(f"{count} {'case' if count == 1 else 'cases'} written to {file}.")


def files(given: list[Path]) -> Iterator[Path]:
    """The files that were named, and those in the folders that were: a saved message may have any name."""
    for path in given:
        if path.is_dir():
            yield from sorted(each for each in path.iterdir() if each.is_file())
        elif path.is_file():
            yield path

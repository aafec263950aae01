"""`evenhand look-through`: is there a virus in a file that is kept already?"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from evenhand import clamd
from evenhand.cases import kept_harm


class Command(BaseCommand):
    help = (
        "Look for viruses in every file that is kept, with the scanner of CLAMD_URL. Exits with 1 and a line for each "
        "in which something was found. Nothing is taken away: it is evidence, and a person decides (docs/operate.md)."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.CLAMD is None:
            raise CommandError("No virus scanner is set up: CLAMD_URL says where it is. docs/operate.md shows how.")
        clean, wrong = 0, 0
        try:
            for each in kept_harm.every(settings.CLAMD):
                if not (each.found or each.missing):
                    clean += 1
                    continue
                wrong += 1
                words = "the file is missing" if each.missing else each.found
                self.stderr.write(f"{', '.join(each.where)}: {words}")
        except clamd.Unsure as unsure:
            raise CommandError(
                f"The scanner stopped answering after {clean + wrong} files ({unsure}): the others were not looked "
                "through. See that it runs, and begin again."
            ) from unsure
        files = f"{clean} {'file' if clean == 1 else 'files'}"
        if wrong:
            raise CommandError(f"{wrong} to look into, named above by case and file. Nothing was found in {files}.")
        self.stdout.write(f"Nothing was found in {files}.")

"""`evenhand documents [--check]`: writes what is generated from the code, or says which of it is stale."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from evenhand.cases import case_table, letter_table, promise_table

CHECKOUT = Path(settings.BASE_DIR).parent
DOCUMENTS: Mapping[str, Callable[[Path], str]] = MappingProxyType(
    {
        "docs/case.md": lambda root: case_table.written(),
        "docs/letters.md": lambda root: letter_table.written(),
        "docs/promises.md": lambda root: promise_table.written(root / "tests"),
    }
)
"""Each generated document, and what writes it, given the folder of the source."""
FAULTS: tuple[Callable[[Path], list[str]], ...] = (lambda root: promise_table.broken(root / "tests"),)
"""What the documents show that must not be so, one sentence each."""


class Command(BaseCommand):
    """Only in a checkout: an installed Evenhand has no source to describe."""

    help = "Write the documents that are made from the code; with --check, only say which are stale."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail if a document is stale")
        parser.add_argument("--folder", type=Path, default=CHECKOUT, help="the source’s folder")

    def handle(self, *args: Any, check: bool, folder: Path, **options: Any) -> None:
        if not (folder / "pyproject.toml").is_file():
            raise CommandError("These documents describe the source. Run this in a checkout of it.")
        stale = [name for name, write in DOCUMENTS.items() if not self.brought_up(folder / name, write(folder), check)]
        faults = [fault for look in FAULTS for fault in look(folder)] if check else []
        if stale or faults:
            said = [f"{name} is stale: run `evenhand documents`." for name in stale]
            raise CommandError("\n".join([*said, *faults]))

    def brought_up(self, file: Path, words: str, check: bool) -> bool:
        """Whether the file says these words, after writing them unless only checking."""
        if file.is_file() and file.read_text(encoding="utf-8") == words:
            return True
        if check:
            return False
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(words, encoding="utf-8")
        self.stdout.write(f"Wrote {file}.")
        return True

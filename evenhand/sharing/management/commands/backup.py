"""`evenhand backup FILE`: everything Evenhand keeps, in one file, while it runs. Run as the tables' owner."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from evenhand.database import archive, client, prepared
from evenhand.database.place import DatabaseTrouble
from evenhand.environment import text

SECRET_KEY = "secret-key"


class Command(BaseCommand):
    # Whatever else is wrong here, a copy of everything is to be had.
    requires_system_checks: list[str] = []
    help = (
        "Write the database as it is at this moment, the files, the heads and the list of disposals to one new "
        "archive, with a digest of each. Colleagues go on working meanwhile. It is about people: keep it safe. Where "
        "we keep the secret key ourselves it is in there too; one that is given in EVENHAND_SECRET_KEY is not."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="the archive, which must not exist yet")

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["file"].absolute()
        at = timezone.now()
        server = client.server_of(connection.settings_dict)
        about = {"made_at": at.isoformat(), "tables": prepared.mark_of_tables(), "postgres": server}
        try:
            # Files are written before the rows that name them and never changed, so the database comes first.
            with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
                dump = Path(folder) / "database.dump"
                client.dump(connection.settings_dict, server, dump)
                manifest = archive.write(target, about, members(dump))
        except FileExistsError:
            raise CommandError(f"{target} exists already. Name a new file.") from None
        except OSError as trouble:
            raise CommandError(
                f"{target} could not be written: {trouble.strerror}. Nothing was left there."
            ) from trouble
        except DatabaseTrouble as trouble:
            raise CommandError(f"{trouble}\nNothing was left at {target}.") from trouble
        kept = manifest["files"]
        size = sum(each["size"] for each in kept.values()) / 1024 / 1024
        files = sum(name.startswith("files/") for name in kept)
        key = f"{'With' if SECRET_KEY in kept else 'Without'} the secret key."
        self.stdout.write(
            f"{target}: the database and {files} files, {size:.1f} MB. {key} Keep it where this machine is not."
        )


def members(dump: Path) -> Iterator[tuple[str, Path]]:
    """What goes in, by its name in the archive."""
    yield "database.dump", dump
    for name, folder in (("files", Path(settings.MEDIA_ROOT)), ("heads", Path(settings.HEADS_FOLDER))):
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.is_file() and not path.is_symlink():
                yield f"{name}/{path.relative_to(folder).as_posix()}", path
    yield "disposals.jsonl", Path(settings.DISPOSALS_FILE)
    # One that is given from outside is kept apart from this; nor does one of before it lie beside what it locks.
    if not text("EVENHAND_SECRET_KEY"):
        yield SECRET_KEY, Path(settings.VAR) / SECRET_KEY

"""Brings a backup back into an empty place, and lets go again of what was disposed of since it was taken."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from evenhand.cases import disposing
from evenhand.database import archive, client
from evenhand.environment import text

NOT_EMPTY = (
    "There is something here already: {what}. A backup is restored only into an empty place, so that nothing is "
    "overwritten. Set EVENHAND_VAR to a new folder, or DATABASE_URL and DATABASE_OWNER_URL to an empty database."
)
SAY_WHICH = (
    "Which cases were disposed of after this backup was taken? They must not come back. Name the list that Evenhand "
    "kept (disposals.jsonl, or the file in EVENHAND_DISPOSALS), or a later backup: --disposals FILE. If there was no "
    "disposal since, or no list is left anywhere, say --no-later-disposals."
)


class CannotRestore(Exception):
    """Why not, and what to do about it. Nothing was changed."""


def refuse_unless_empty() -> None:
    """Raises CannotRestore if the database has tables or the folder has files."""
    tables = connection.introspection.table_names()
    if tables:
        raise CannotRestore(NOT_EMPTY.format(what=f"the database has {len(tables)} tables"))
    for folder in (Path(settings.MEDIA_ROOT), Path(settings.HEADS_FOLDER)):
        if folder.is_dir() and any(path.is_file() for path in folder.rglob("*")):
            raise CannotRestore(NOT_EMPTY.format(what=f"{folder} has files"))


def disposals(source: Path, given: Iterable[Path], *, none_later: bool) -> list[dict[str, Any]]:
    """Every disposal known of, each once, in order: from the backup itself, the files given, and the list kept here.

    Raises CannotRestore where nobody said what became of cases after the backup was taken.
    """
    kept = Path(settings.DISPOSALS_FILE)
    later = [*given, *([kept] if kept.is_file() else [])]
    if not later and not none_later:
        raise CannotRestore(SAY_WHICH)
    lines = archive.text_of(source, "disposals.jsonl").splitlines()
    for file in later:
        if not file.is_file():
            raise CannotRestore(f"There is no file {file}.")
        said = archive.text_of(file, "disposals.jsonl") if archive.is_one(file) else file.read_text(errors="replace")
        lines += said.splitlines()
    return disposing.noted(dict.fromkeys(lines))


def bring_back(source: Path, dump: Path) -> None:
    """Loads the database and lays the files out, whole or not at all. The list of disposals is written apart."""
    folders = {"files": Path(settings.MEDIA_ROOT), "heads": Path(settings.HEADS_FOLDER)}
    places = dict(folders)
    if not text("EVENHAND_SECRET_KEY"):
        places["secret-key"] = Path(settings.VAR) / "secret-key"
    archive.extract(source, {"database.dump": dump})
    try:
        archive.extract(source, places)
        client.load(connection.settings_dict, client.server_of(connection.settings_dict), dump)
    except BaseException:
        # They were empty before: whoever makes room, or mends what failed, restores into the same place.
        for folder in folders.values():
            shutil.rmtree(folder, ignore_errors=True)
        raise


def keep_list(noted: list[dict[str, Any]]) -> None:
    """The list of disposals goes on from here with everything that is known. On a full disk the one of before stays."""
    file = Path(settings.DISPOSALS_FILE).resolve()
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        draft.touch(mode=0o600)
        draft.write_text("".join(disposing.line_of(each) + "\n" for each in noted), encoding="utf-8")
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)

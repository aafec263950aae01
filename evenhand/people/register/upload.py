"""The files of a register that somebody uploaded: kept in a folder of their own, and only until the import is over."""

import secrets
import shutil
import time
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, Protocol

from django.conf import settings

from evenhand.people.refusal import NotDone
from evenhand.people.register.sheet import all_sheets

NAMES = tuple(sheet.file for sheet in all_sheets(date(2000, 1, 1)))
MOST_BYTES = 4 * 1024**3
"""Of all files together once unpacked: forty times the largest register there is. More is a mistake, or an attack."""
KEPT_SECONDS = 7 * 24 * 60 * 60
"""How long files wait for an administrator to confirm an import."""
CHUNK = 1024 * 1024


class Uploaded(Protocol):
    """A file as a form gives it."""

    name: str | None
    file: IO[bytes]


def receive(files: Iterable[Uploaded]) -> Path:
    """Keeps the four files, or those in one zip, under their proper names. Out: their folder.

    Raises `NotDone`, and keeps nothing, if one is missing or comes twice, if a zip cannot be opened, or if it is all
    too large.
    """
    given = list(files)
    folder = _root() / secrets.token_hex(12)
    folder.mkdir(mode=0o700)
    try:
        with _streams(given) as streams:
            _keep(folder, streams)
    except BaseException:
        forget(folder)
        raise
    return folder


def forget(folder: Path | str) -> bool:
    """Removes an upload's folder. Out: whether there was one; any other folder is left alone."""
    there = Path(folder)
    if there.parent != _root() or not there.is_dir():
        return False
    shutil.rmtree(there)
    return True


def forget_old(now: float | None = None) -> int:
    """Removes uploads that nobody confirmed in `KEPT_SECONDS`. Out: how many."""
    before = (time.time() if now is None else now) - KEPT_SECONDS
    return sum(forget(folder) for folder in _root().iterdir() if folder.stat().st_mtime < before)


def _root() -> Path:
    root = Path(settings.VAR) / "imports"
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    return root


@contextmanager
def _streams(given: list[Uploaded]) -> Iterator[list[tuple[str, IO[bytes]]]]:
    """Each file by its bare name: as uploaded, or as a zip holds it. Folders and what is not of the register go."""
    if len(given) == 1 and str(given[0].name).lower().endswith(".zip"):
        try:
            with zipfile.ZipFile(given[0].file) as packed:
                inside = [info for info in packed.infolist() if _bare(info.filename) in NAMES]
                yield [(_bare(info.filename), packed.open(info)) for info in inside]
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error) as error:
            raise NotDone(
                "The zip cannot be opened. Make it anew, without a password, or choose the four files."
            ) from error
    else:
        yield [(_bare(str(one.name)), one.file) for one in given]


def _bare(name: str) -> str:
    path = name.replace("\\", "/")
    return "" if "__macosx" in path.lower() else path.rpartition("/")[2].lower()


def _keep(folder: Path, streams: list[tuple[str, IO[bytes]]]) -> None:
    names = [name for name, _ in streams]
    if strange := [name or "a file without a name" for name in names if name not in NAMES]:
        raise NotDone(f"{strange[0]} is not of the register. The files are called {_listed(NAMES)}, or are in one zip.")
    if missing := [name for name in NAMES if name not in names]:
        raise NotDone(f"{_listed(missing)} {'is' if len(missing) == 1 else 'are'} missing. Choose all four files.")
    if len(names) > len(NAMES):
        twice = next(name for name in names if names.count(name) > 1)
        raise NotDone(f"{twice} comes twice. Choose each file once.")
    left = MOST_BYTES
    for name, stream in streams:
        with (folder / name).open("wb") as kept:
            while chunk := stream.read(CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise NotDone("The files are too large to be a register. Check that they are the right ones.")
                kept.write(chunk)


def _listed(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last

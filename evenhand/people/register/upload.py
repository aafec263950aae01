"""Files that somebody uploaded to bring in: kept in a folder of their own, and only until the import is over."""

import secrets
import shutil
import time
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Protocol

from django.conf import settings

from evenhand.people.refusal import NotDone
from evenhand.people.register.alert_sheet import alerts
from evenhand.people.register.sheet import all_sheets

NAMES = tuple(sheet.file for sheet in all_sheets(date(2000, 1, 1)))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be uploaded: the names of the files, whether all must come, and what they are called together.

    `beside` are those that may come too.
    """

    names: tuple[str, ...]
    what: str
    choose: str
    all_of_them: bool = True
    beside: tuple[str, ...] = ()

    @property
    def known(self) -> tuple[str, ...]:
        return (*self.names, *self.beside)


ALERTS = alerts(date(2000, 1, 1)).file
REGISTER = Wanted(NAMES, "the register", "Choose all four files.", beside=(ALERTS,))
MOST_BYTES = 4 * 1024**3
"""Of all files together once unpacked: forty times the largest register there is. More is a mistake, or an attack."""
KEPT_SECONDS = 7 * 24 * 60 * 60
"""How long files wait for an administrator to confirm an import."""
CHUNK = 1024 * 1024
# zipfile's own errors: RuntimeError, or a kind of it, for a password and for a way of packing that it does not know.
UNREADABLE = (zipfile.BadZipFile, RuntimeError, zlib.error)


class Uploaded(Protocol):
    """A file as a form gives it."""

    name: str | None
    file: IO[bytes]


def receive(files: Iterable[Uploaded], wanted: Wanted = REGISTER) -> Path:
    """Keeps the files that are wanted, or those in one zip, under their proper names. Out: their folder.

    Raises `NotDone`, and keeps nothing, if one is missing or comes twice, if a zip cannot be opened, or if it is all
    too large.
    """
    given = list(files)
    folder = _root() / secrets.token_hex(12)
    folder.mkdir(mode=0o700)
    try:
        with _streams(given, wanted) as streams:
            _keep(folder, streams, wanted)
    except BaseException:
        forget(folder)
        raise
    return folder


class _Packed:
    """A file in a zip, read to where it can be read: that it cannot be read further is for `receive` to say."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream

    def read(self, size: int, /) -> bytes:
        try:
            return self.stream.read(size)
        except (*UNREADABLE, EOFError):
            return b""


def inside(file: Uploaded, wanted: Wanted = REGISTER) -> Iterator[tuple[str, _Packed]]:
    """What a zip holds of what is wanted, as it would be kept, to be looked through; nothing of any other file."""
    if not _is_zip(file):
        return
    try:
        with _streams([file], wanted) as streams:
            names = [name for name, _ in streams]
            if len(names) == len(set(names)):
                yield from ((name, _Packed(stream)) for name, stream in streams)
    except NotDone:
        return  # the same words will refuse it


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
def _streams(given: list[Uploaded], wanted: Wanted) -> Iterator[list[tuple[str, IO[bytes]]]]:
    """Each file by its bare name: as uploaded, or as a zip holds it. Folders and what is not wanted go."""
    if len(given) == 1 and _is_zip(given[0]):
        try:
            with zipfile.ZipFile(given[0].file) as packed:
                inside = [info for info in packed.infolist() if _bare(info.filename) in wanted.known]
                yield [(_bare(info.filename), packed.open(info)) for info in inside]
        except UNREADABLE as error:
            raise NotDone(
                "The zip cannot be opened. Make it anew, without a password, or choose the files themselves."
            ) from error
    else:
        yield [(_bare(str(one.name)), one.file) for one in given]


def _is_zip(file: Uploaded) -> bool:
    return str(file.name).lower().endswith(".zip")


def _bare(name: str) -> str:
    path = name.replace("\\", "/")
    return "" if "__macosx" in path.lower() else path.rpartition("/")[2].lower()


def _keep(folder: Path, streams: list[tuple[str, IO[bytes]]], wanted: Wanted) -> None:
    names = [name for name, _ in streams]
    if strange := [name or "a file without a name" for name in names if name not in wanted.known]:
        called = f"The files are called {_listed(wanted.known)}, or are in one zip."
        raise NotDone(f"{strange[0]} is not of {wanted.what}. {called}")
    missing = [name for name in wanted.names if name not in names]
    if missing and (wanted.all_of_them or not names):
        raise NotDone(f"{_listed(missing)} {'is' if len(missing) == 1 else 'are'} missing. {wanted.choose}")
    if len(names) > len(set(names)):
        twice = next(name for name in names if names.count(name) > 1)
        raise NotDone(f"{twice} comes twice. Choose each file once.")
    left = MOST_BYTES
    for name, stream in streams:
        with (folder / name).open("wb") as kept:
            while chunk := stream.read(CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise NotDone("The files are too large. Check that they are the right ones.")
                kept.write(chunk)


def _listed(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last

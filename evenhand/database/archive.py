"""A backup's one file: a tar with the database, the files, and last of all a list of what is in it, with digests."""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

FORMAT = 1
MANIFEST = "manifest.json"
PIECE = 1024 * 1024


class Spoilt(Exception):
    """The archive is not what was written; the words say what is wrong."""


class Digesting:
    """A file that remembers the digest of what was read from it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.digest, self.size = file, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        piece = self.file.read(size)
        self.digest.update(piece)
        self.size += len(piece)
        return piece


def write(target: Path, about: dict[str, Any], members: Iterable[tuple[str, Path]]) -> dict[str, Any]:
    """Writes a new archive that only its owner may read, whole or not at all. Out: its list.

    A file that is gone when its turn comes was disposed of meanwhile, and is passed over. Raises FileExistsError.
    """
    if target.exists():
        raise FileExistsError(target)
    draft = target.with_name(f"{target.name}.part")
    kept: dict[str, Any] = {}
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as raw, tarfile.open(fileobj=raw, mode="w") as tar:
            for name, path in members:
                try:
                    file = path.open("rb")
                except FileNotFoundError:
                    continue
                with file:
                    kept[name] = _add(tar, name, file)
            manifest = {"evenhand backup": FORMAT, **about, "files": kept}
            said = json.dumps(manifest, indent=1, sort_keys=True).encode()
            entry = tarfile.TarInfo(MANIFEST)
            entry.size, entry.mode = len(said), 0o600
            tar.addfile(entry, io.BytesIO(said))
            tar.close()
            raw.flush()
            os.fsync(raw.fileno())
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)
    return manifest


def _add(tar: tarfile.TarFile, name: str, file: IO[bytes]) -> dict[str, Any]:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = os.fstat(file.fileno()).st_size, 0o600
    digesting = Digesting(file)
    tar.addfile(entry, digesting)
    return {"size": digesting.size, "sha256": digesting.digest.hexdigest()}


def verify(source: Path) -> dict[str, Any]:
    """Reads the whole archive and compares every digest. Out: its list. Raises Spoilt."""
    try:
        manifest, found = _read_whole(source)
    except (tarfile.TarError, EOFError, ValueError) as trouble:
        raise Spoilt(f"{source} is cut short, or is no backup of Evenhand ({trouble}). Use another.") from trouble
    if not isinstance(manifest, dict) or manifest.get("evenhand backup") != FORMAT:
        raise Spoilt(f"{source} is not a whole backup of Evenhand: its list is missing, or is another version’s.")
    if found != manifest["files"]:
        wrong = sorted(n for n in found.keys() | manifest["files"].keys() if found.get(n) != manifest["files"].get(n))
        raise Spoilt(f"{source} is damaged: {', '.join(wrong[:5])} is not what was written. Use another backup.")
    return manifest


def _read_whole(source: Path) -> tuple[Any, dict[str, Any]]:
    """The list, None if there is none, and the size and digest of every other member."""
    manifest, found = None, {}
    for name, file in _members(source):
        if name == MANIFEST:
            manifest = json.loads(file.read())
            continue
        digesting = Digesting(file)
        while digesting.read(PIECE):
            pass
        found[name] = {"size": digesting.size, "sha256": digesting.digest.hexdigest()}
    return manifest, found


def extract(source: Path, places: dict[str, Path]) -> None:
    """Writes each member to its place: that of its own name, or beneath that of its first folder. Others are left."""
    for name, file in _members(source):
        first, _, rest = name.partition("/")
        if first not in places or ".." in Path(rest).parts or rest.startswith("/"):
            continue
        target = places[first] / rest if rest else places[first]
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            while piece := file.read(PIECE):
                out.write(piece)


def text_of(source: Path, name: str) -> str:
    """One member as text; empty where it is not there."""
    return next((file.read().decode() for found, file in _members(source) if found == name), "")


def is_one(source: Path) -> bool:
    return tarfile.is_tarfile(source)


def _members(source: Path) -> Iterator[tuple[str, IO[bytes]]]:
    with source.open("rb") as raw, tarfile.open(fileobj=raw, mode="r:") as tar:
        for entry in tar:
            if entry.isreg() and (file := tar.extractfile(entry)) is not None:
                yield entry.name, file

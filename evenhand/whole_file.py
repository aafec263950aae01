"""A file that is written whole or not at all, whatever stops it: a full disk, a lost database, somebody with Ctrl-C."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TextIO, cast


@contextmanager
def whole(path: Path, *, replaces: bool = True, encoding: str = "utf-8") -> Iterator[TextIO]:
    """What to write to: put in place of `path` once the block is over, and only its owner may read it.

    Raises what the disk raises, with the name that was asked for, and FileExistsError where nothing is to be replaced.
    """
    if path.exists() and not replaces:
        raise FileExistsError(path)
    part: Path | None = None
    try:
        with NamedTemporaryFile(
            "w", encoding=encoding, newline="", dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as file:
            part = Path(file.name)
            yield cast(TextIO, file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        if part is not None:
            part.unlink(missing_ok=True)
        raise

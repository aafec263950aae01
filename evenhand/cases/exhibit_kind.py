"""What a file is, by what is in it and not by what it is called; and whether it may be kept."""

import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

import puremagic

from evenhand.people.text import tidy

HEAD = 4096
PICTURES = {"image/jpeg", "image/png", "image/gif", "image/webp", "image/heif", "image/heic", "image/bmp", "image/tiff"}
RECORDINGS = {
    "audio/mpeg", "audio/mp4", "audio/x-m4a", "audio/wav", "audio/x-wav", "audio/ogg", "audio/aac", "audio/amr",
    "audio/flac", "audio/x-flac", "video/mp4", "video/quicktime", "video/3gpp", "video/webm", "video/x-matroska",
    "video/ogg", "application/ogg", "video/x-msvideo", "video/avi", "video/mpeg",
}  # fmt: skip
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ACTIVE = re.compile(rb"^\s*#!|<\s*(script|html|!doctype|svg|iframe|body|object|embed|\?php|\?xml)", re.IGNORECASE)
UNPRINTED = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
UNSAFE_IN_NAMES = re.compile(r"[\\/:*?\"<>|\x00-\x1f\x7f]+")
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Family:
    """Kinds of file that may bear each other's endings without anyone being misled."""

    words: str
    types: frozenset[str]
    endings: frozenset[str]


FAMILIES = (
    Family(
        "a picture",
        frozenset(PICTURES),
        frozenset({"jpg", "jpeg", "jfif", "png", "gif", "webp", "heic", "heif", "bmp", "tif", "tiff"}),
    ),
    Family(
        "a recording",
        frozenset(RECORDINGS),
        frozenset("mp3 m4a wav ogg oga opus aac amr flac mp4 m4v mov 3gp 3gpp webm mkv ogv avi mpg mpeg".split()),
    ),
    Family("a PDF", frozenset({"application/pdf"}), frozenset({"pdf"})),
    Family("a Word document", frozenset({WORD}), frozenset({"docx"})),
    Family("plain text", frozenset({"text/plain"}), frozenset({"txt", "text", "csv", "log", "eml"})),
)


class NotKept(Exception):
    """A file that cannot be kept; the words say why, and what to do."""


def safe_name(given: str) -> str:
    """The name it came with, without folders, without anything that a system reads as more than a name."""
    name = UNSAFE_IN_NAMES.sub("_", tidy(given.replace("\\", "/").rsplit("/", 1)[-1])).strip(" ._")
    stem, dot, ending = name.rpartition(".")
    if not dot:
        return name[:LONGEST_NAME] or "file"
    return f"{(stem or 'file')[: LONGEST_NAME - len(ending) - 1]}.{ending}"[:LONGEST_NAME]


def content_type(name: str, file: BinaryIO) -> str:
    """The type of what is in the file, which is left at its beginning. Raises `NotKept` if it may not be kept,
    or if its name promises something else."""
    found = _type_of(file)
    family = next((f for f in FAMILIES if found in f.types), None)
    named = next((f for f in FAMILIES if _ending(name) in f.endings), None)
    if named is not None and family is not named:
        raise NotKept(f"“{name}” is called {named.words}, but what is in it is not. Choose the original file.")
    if family is None or named is None:
        raise NotKept(f"“{name}” cannot be kept here. Pictures, sound, video, PDF, Word and plain text can.")
    return found


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.removeprefix(".").lower()


def _type_of(file: BinaryIO) -> str:
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    if head[:4] == b"PK\x03\x04":
        return WORD if _is_word(file) else "application/zip"
    if head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"mif1", b"heif"):
        return "image/heif"
    for mime in _known(head):
        if any(mime in family.types for family in FAMILIES) and mime != "text/plain":
            return mime
    if head[4:8] == b"ftyp":
        return "video/mp4"
    return "text/plain" if _is_text(head) else ""


def _known(head: bytes) -> list[str]:
    try:
        return [match.mime_type for match in puremagic.magic_string(head)]
    except (puremagic.PureError, ValueError):  # it knows nothing of it, or there is nothing in it
        return []


def _is_text(head: bytes) -> bool:
    """Words that do nothing: no script, no page, no control characters."""
    if ACTIVE.search(head):
        return False
    # The last letter may have been cut in half by reading no further.
    words = head[: len(head) - 3] if len(head) == HEAD else head
    for encoding in ("utf-8-sig", "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1252"):
        try:
            return not UNPRINTED.search(words.decode(encoding, "strict"))
        except UnicodeError:
            continue
    return False


def _is_word(file: BinaryIO) -> bool:
    """A Word document without macros."""
    try:
        with zipfile.ZipFile(file) as packed:
            names = set(packed.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
    finally:
        file.seek(0)
    return "word/document.xml" in names and not any(name.lower().endswith("vbaproject.bin") for name in names)

"""Letters set as PDF/UA-1 or plain text: the same facts and wording give the same bytes, always.

Wording and layouts live in `evenhand/letters` or in a landlord's own copy of that folder. The typst compilers and
their fonts are made once in the life of a process and shared under a lock; a file that was edited is read again.
"""

import io
import json
import re
import threading
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import segno
import typst

from evenhand.cases.composing import Block, Letter, Run, blocks, compose, in_words
from evenhand.cases.correspondence import LetterData
from evenhand.cases.letter_folder import FONTS, LETTERS
from evenhand.cases.letter_kind import Format, Kind
from evenhand.cases.plain_text import page_plainly, set_plainly
from evenhand.cases.wording import WordingError, labels_of

_COMPILING = threading.Lock()
_LEFT = r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
_LEFTWARD = re.compile(rf"{_LEFT}(?:[^\S\n]*{_LEFT})*")
NOTHING = r"[^\s\S]"
"""A pattern that matches no text."""


def typeset(kind: str, shape: str, data: LetterData, folder: Path = LETTERS) -> bytes:
    """One letter, finished: PDF/UA-1 bytes (tagged, with language, title and date), or UTF-8 for `plain_text`.

    Raises LetterIncomplete when a fact is missing, WordingError when the landlord's wording or layout is unusable.
    """
    kind, shape = Kind(kind), Format(shape)
    letter, labels = compose(kind, shape, data, folder), labels_of(folder)
    if shape is Format.PLAIN_TEXT:
        return set_plainly(letter, labels).encode()
    return _pressed(f"{shape.value}.typ", letter, labels, folder)


def statements(kind: str, shape: str, data: LetterData, folder: Path = LETTERS) -> dict[str, str]:
    """What the letter says, by statement id, exactly as it will print: a line for each paragraph, item and row.

    An id that is said in two places has both, in order. Raises as `typeset` does, but sets nothing.
    """
    said: dict[str, str] = {}
    for block in blocks(compose(Kind(kind), Format(shape), data, folder)):
        said[block.id] = f"{said[block.id]}\n{block.text}" if block.id in said else block.text
    return said


def press(layout: str, letter: Letter, folder: Path = LETTERS) -> bytes:
    """A page whose words were put together elsewhere, as PDF/UA-1. Raises WordingError as `typeset` does.

    In: the layout's file, of the landlord's folder, or ours where that folder is older than the layout.
    """
    place = folder if (folder / layout).is_file() else LETTERS
    return _pressed(layout, letter, labels_of(folder), place)


def press_plainly(letter: Letter, folder: Path = LETTERS) -> bytes:
    """The same page as plain text, in UTF-8."""
    return page_plainly(letter, labels_of(folder)).encode()


def _pressed(layout: str, letter: Letter, labels: dict[str, Any], folder: Path) -> bytes:
    dated = letter.facts.dated
    try:
        with _COMPILING:
            made = _compiler(folder, layout).compile(
                sys_inputs={"letter": _isolated(json.dumps(_for_layout(letter, labels, folder), ensure_ascii=False))},
                format="pdf",
                pdf_standards=["ua-1"],
                timestamp=datetime(dated.year, dated.month, dated.day, tzinfo=UTC),
            )
    except typst.TypstError as fault:
        raise WordingError([f"{layout} cannot be set: {fault.message}"]) from fault
    if not isinstance(made, bytes):
        raise WordingError([f"{layout} did not make one PDF."])
    return made


@cache
def _compiler(folder: Path, layout: str) -> typst.Compiler:
    if not (folder / layout).is_file():
        raise WordingError([f"{layout} is missing from {folder}. Put the file back."])
    return typst.Compiler(str(folder / layout), root=str(folder), font_paths=_fonts(folder), ignore_system_fonts=True)


@cache
def _fonts(folder: Path) -> typst.Fonts:
    """Our own fonts and those of the landlord's folder; never the machine's, so that every machine sets the same."""
    places = [str(place) for place in dict.fromkeys([folder / "fonts", FONTS]) if place.is_dir()]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=places)


def _for_layout(letter: Letter, labels: dict[str, Any], folder: Path) -> dict[str, Any]:
    facts = letter.facts
    logo = folder / "logo.svg"
    return {
        "title": letter.title,
        "reference": facts.reference,
        "dated": in_words(facts.dated),
        "date": {"year": facts.dated.year, "month": facts.dated.month, "day": facts.dated.day},
        "qr": _qr(facts.reference),
        "logo": logo.read_text(encoding="utf-8") if logo.is_file() else "",
        "labels": labels,
        "links": letter.links,
        "addresses": "|".join(re.escape(each) for each in sorted(letter.links, key=len, reverse=True)) or NOTHING,
        "landlord": {
            each: getattr(facts.landlord, each) for each in ("name", "address", "telephone", "email", "website")
        },
        "recipient": {"name": facts.recipient.name, "address": facts.recipient.address},
        "sender": {"name": facts.sender.name, "team": facts.sender.team},
        "parts": [
            {"heading": part.heading, "picture": part.picture, "blocks": [_block(each) for each in part.blocks]}
            for part in letter.parts
        ],
    }


def _block(block: Block) -> dict[str, Any]:
    return {
        "id": block.id,
        "paragraphs": [_runs(each) for each in block.paragraphs],
        "items": [_runs(each) for each in block.items],
        "rows": block.rows,
        "box": block.is_boxed,
        "picture": block.picture,
    }


def _runs(paragraph: tuple[Run, ...]) -> list[dict[str, Any]]:
    return [{"text": run.text, "strong": run.is_strong} for run in paragraph]


def _isolated(text: str) -> str:
    """Names in Arabic or Hebrew set apart, so that a comma or a number after them stays after them."""
    return text if text.isascii() else _LEFTWARD.sub("\u2068\\g<0>\u2069", text)


def _qr(reference: str) -> str:
    """The reference as a QR code, an SVG drawing in black."""
    drawing = io.BytesIO()
    segno.make(reference, error="m", micro=False).save(drawing, kind="svg", xmldecl=False, border=0)
    return drawing.getvalue().decode()

"""Which characters the bundled fonts can draw, read from the fonts themselves so that it cannot be out of date."""

import struct
from collections.abc import Iterator
from functools import cache

from evenhand.cases.letter_folder import FONTS

# Drawn as nothing by every font: joiners, and marks that choose between shapes of a letter.
_INVISIBLE = frozenset({0x0A, 0x200C, 0x200D, *range(0xFE00, 0xFE10)})


def drawn(cluster: str) -> bool:
    """Whether the bundled fonts can draw this cluster, a letter with its marks.

    The first font that has a part of it must have all of it, since a layout does not join parts of two fonts.
    """
    points = {ord(c) for c in cluster} - _INVISIBLE
    if not points:
        return cluster == "\n"
    first = next((font for font in coverage() if not points.isdisjoint(font)), frozenset())
    return points <= first


@cache
def coverage() -> tuple[frozenset[int], ...]:
    """The characters of each font in the order in which layouts try them for a letter with marks, read once."""
    files = sorted(FONTS.glob("*.[to]tf"), key=lambda file: (not file.name.startswith("NotoSans-"), file.name))
    if not files:
        raise FileNotFoundError(f"No fonts in {FONTS}: letters cannot be set. Reinstall Evenhand.")
    return tuple(dict.fromkeys(frozenset(_characters(file.read_bytes())) for file in files))


def _characters(font: bytes) -> Iterator[int]:
    """The characters of a TrueType or OpenType font, from its `cmap` table in format 12 or else 4."""
    start = _table(font, b"cmap")
    count = struct.unpack_from(">H", font, start + 2)[0]
    best: tuple[int, int] = (0, 0)
    for i in range(count):
        at = start + struct.unpack_from(">HHI", font, start + 4 + 8 * i)[2]
        shape = struct.unpack_from(">H", font, at)[0]
        if shape in (4, 12):
            best = max(best, (shape, at))
    yield from (_groups(font, best[1]) if best[0] == 12 else _segments(font, best[1]))


def _table(font: bytes, tag: bytes) -> int:
    for i in range(struct.unpack_from(">H", font, 4)[0]):
        name, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * i)
        if name == tag:
            return int(offset)
    raise ValueError(f"The font has no {tag.decode()} table.")


def _groups(font: bytes, at: int) -> Iterator[int]:
    for i in range(struct.unpack_from(">I", font, at + 12)[0]):
        first, last, glyph = struct.unpack_from(">III", font, at + 16 + 12 * i)
        yield from range(first + (glyph == 0), last + 1)


def _segments(font: bytes, at: int) -> Iterator[int]:
    width = struct.unpack_from(">H", font, at + 6)[0]
    ends, starts = at + 14, at + 16 + width
    deltas, offsets = starts + width, starts + 2 * width
    for i in range(0, width, 2):
        first, last = (struct.unpack_from(">H", font, table + i)[0] for table in (starts, ends))
        delta, offset = (struct.unpack_from(">H", font, table + i)[0] for table in (deltas, offsets))
        for point in range(first, min(last, 0xFFFE) + 1):
            glyph = point
            if offset:
                glyph = struct.unpack_from(">H", font, offsets + i + offset + 2 * (point - first))[0]
            if glyph and (offset or (glyph + delta) & 0xFFFF):
                yield point

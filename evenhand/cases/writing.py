"""The door for text that people type or paste: one clean form to keep, and one that every letter can print."""

import re
import unicodedata
from collections.abc import Iterator

from evenhand.cases import glyphs

# Word and Outlook put bullets and dashes into the private use area or into Windows-1252's control range.
_FROM_OFFICE = {
    0xF0B7: "•", 0xF0A7: "•", 0xF0D8: "•", 0xF0FC: "✓", 0xF02D: "-", 0xF0E0: "→",
    0x80: "€", 0x82: "‚", 0x84: "„", 0x85: "…", 0x88: "ˆ", 0x8B: "‹", 0x91: "‘", 0x92: "’", 0x93: "“", 0x94: "”",
    0x95: "•", 0x96: "–", 0x97: "—", 0x99: "™", 0x9B: "›", 0xA0: " ", 0xAD: None, 0xFEFF: None, 0xFFFC: None,
    0x2028: "\n", 0x2029: "\n",
}  # fmt: skip
_LINE_ENDS = re.compile(r"\r\n?|\v|\f")
_SPACES = re.compile(r"[ \t\u2000-\u200a\u202f\u205f\u3000]+")
_LETTER_JOINERS = "\u200c\u200d"
_EMOJI_DRESS = frozenset([0x200D, 0xFE0E, 0xFE0F, 0x20E3, *range(0x1F3FB, 0x1F400), *range(0xE0020, 0xE0080)])
_FLAG_A = 0x1F1E6


def normalise(text: str) -> str:
    """The form in which text is kept: composed, without control characters, office software's bullets made plain.

    Letters of every script, diacritics and emoji stay. Line breaks become "\\n", runs of spaces one space. The marks
    that steer the direction of text are dropped, since they can make a name or an address read as something else.
    Doing it twice changes nothing.
    """
    if not (text.isascii() and text.isprintable()):
        text = _LINE_ENDS.sub("\n", text).translate(_FROM_OFFICE)
        text = unicodedata.normalize("NFC", "".join(c for c in text if _is_kept(c)))
    return "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n")).strip()


def _is_kept(c: str) -> bool:
    if c in "\n\t" + _LETTER_JOINERS:
        return True
    is_no_character = ord(c) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(c) <= 0xFDEF
    return not is_no_character and unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"}


def printable(text: str) -> str:
    """The text as a letter prints it: what none of the bundled fonts can draw becomes its name, "[grinning face]"."""
    text = normalise(text)
    return text if text.isascii() else "".join(piece for piece, _ in _pieces(text))


def unprintable(text: str) -> list[str]:
    """What of this text a letter cannot print as it is, each once, in order: shown to whoever approves the letter."""
    text = normalise(text)
    return [] if text.isascii() else list(dict.fromkeys(whole for piece, whole in _pieces(text) if piece != whole))


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Each cluster of the text as it will print, beside the cluster itself."""
    for cluster in _clusters(text):
        yield (cluster if glyphs.drawn(cluster) else _named(cluster)), cluster


def _clusters(text: str) -> list[str]:
    """The text cut where one font may give way to another: a letter keeps its marks and joiners, a flag both halves."""
    clusters: list[str] = []
    for c in text:
        held = clusters and clusters[-1] != "\n" and _belongs(clusters[-1], c)
        if held:
            clusters[-1] += c
        else:
            clusters.append(c)
    return clusters


def _belongs(before: str, c: str) -> bool:
    if unicodedata.category(c) in {"Mn", "Mc", "Me"} or c in _LETTER_JOINERS or ord(c) in _EMOJI_DRESS:
        return True
    if _is_flag_half(c):
        return len(before) == 1 and _is_flag_half(before)
    return before.endswith("\u200d") and unicodedata.category(c) == "So"


def _is_flag_half(c: str) -> bool:
    return _FLAG_A <= ord(c) < _FLAG_A + 26


def _named(cluster: str) -> str:
    """The names of what has no glyph, in brackets; a base letter that can be drawn stays, its mark is named."""
    if len(cluster) == 2 and all(map(_is_flag_half, cluster)):
        return f"[flag {''.join(chr(ord(c) - _FLAG_A + ord('A')) for c in cluster)}]"
    # A shade of skin or a joiner that stands alone is all that was written: it is named too, or nothing would print.
    seen = [c for c in cluster if ord(c) not in _EMOJI_DRESS and c not in _LETTER_JOINERS] or [cluster[0]]
    return "".join(c if c == seen[0] and glyphs.drawn(c) else f"[{_name(c)}]" for c in seen)


def _name(c: str) -> str:
    return unicodedata.name(c, f"character {ord(c):X}").lower()

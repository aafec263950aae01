"""A letter as plain text: for those who read with software of their own, on a braille display, or by email alone."""

import textwrap
from typing import Any

from evenhand.cases.composing import Block, Letter, in_words

WIDTH = 72


def set_plainly(letter: Letter, labels: dict[str, Any]) -> str:
    """The whole letter as lines of at most 72 characters (a longer word stands alone), ending with a line break."""
    facts = letter.facts
    greeting = f"{labels['dear']} {facts.recipient.name},"
    closing = "\n".join([labels["yours"], "", facts.sender.name, facts.sender.team, facts.landlord.name])
    return _joined([*_head(letter, labels), greeting, *_body(letter), closing])


def page_plainly(letter: Letter, labels: dict[str, Any]) -> str:
    """The same of a page that goes with a letter, or by hand: it greets nobody and is signed by nobody."""
    return _joined([*_head(letter, labels), *_body(letter)])


def _head(letter: Letter, labels: dict[str, Any]) -> list[str]:
    facts = letter.facts
    return [
        "\n".join([facts.landlord.name, *facts.landlord.address]),
        "\n".join(each for each in (facts.landlord.telephone, facts.landlord.email, facts.landlord.website) if each),
        "\n".join([facts.recipient.name, *facts.recipient.address]),
        f"{labels['date']} {in_words(facts.dated)}\n{labels['reference']} {facts.reference}",
    ]


def _body(letter: Letter) -> list[str]:
    pieces = [_underlined(letter.title, "=")]
    for part in letter.parts:
        pieces += [_underlined(part.heading, "-"), *map(_said, part.blocks)]
    return pieces


def _joined(pieces: list[str]) -> str:
    return "\n\n".join(pieces) + "\n"


def _underlined(heading: str, mark: str) -> str:
    lines = _wrapped(heading)
    return f"{lines}\n{mark * max(map(len, lines.splitlines()))}"


def _said(block: Block) -> str:
    pieces = [_wrapped("".join(run.text for run in each)) for each in block.paragraphs]
    if block.items:
        pieces.append("\n".join(_wrapped("".join(run.text for run in each), "- ", "  ") for each in block.items))
    if block.rows:
        pieces.append("\n".join(_wrapped(f"{label}: {value}", "", "  ") for label, value in block.rows))
    return "\n\n".join(pieces)


def _wrapped(text: str, first: str = "", rest: str = "") -> str:
    return textwrap.fill(
        text, WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )

"""How long one letter takes as PDF/UA-1, beside typst alone and WeasyPrint on the same words. Prints JSON.

`python -m tests.bench.letters`. No two letters are alike, so that nothing set before is set again from memory.
"""

import json
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

import typst

from evenhand.cases import typesetting
from evenhand.cases.composing import compose
from evenhand.cases.correspondence import LetterData
from evenhand.cases.letter_folder import FONTS, LETTERS
from evenhand.cases.letter_kind import Format, Kind
from evenhand.cases.sample_letters import sample
from evenhand.cases.wording import labels_of
from tests.bench.bare import letter as bare

KIND = Kind.LIMITS
ROUNDS, WARMING, MAKERS = 30, 3, 4
PLAIN = Path(bare.__file__).with_suffix(".typ")
LAYOUT = LETTERS / "standard.typ"


def invented(number: int) -> LetterData:
    """The letter of somebody else each time."""
    data = sample(KIND)
    recipient = replace(data.recipient, name=f"{data.recipient.name} {number}")
    said = f"This is what happened the {number}th time. {data.reasons}"
    return replace(data, reference=f"EH-{number:04}-2345", recipient=recipient, reasons=said)


def page_of(data: LetterData) -> dict[str, object]:
    """What the layout is given, as plain values."""
    composed = compose(KIND, Format.STANDARD, data)
    page: dict[str, object] = json.loads(json.dumps(typesetting._for_layout(composed, labels_of(LETTERS), LETTERS)))
    return page


def timed(makers: dict[str, Callable[[int], bytes]]) -> dict[str, float]:
    """The median seconds of each, made by turns, so that whatever else the machine does falls on all of them."""
    times: dict[str, list[float]] = {name: [] for name in makers}
    for number in range(WARMING + ROUNDS):
        for turn, (name, make) in enumerate(makers.items()):
            began = time.perf_counter()
            made = make(number * len(makers) + turn)
            times[name].append(time.perf_counter() - began)
            assert made.startswith(b"%PDF-"), "no PDF was made"
    return {name: median(each[WARMING:]) for name, each in times.items()}


def main() -> None:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    same, plain = bare.compiler(LAYOUT, fonts), bare.compiler(PLAIN, fonts)
    letters = {number: invented(number) for number in range(MAKERS * (WARMING + ROUNDS))}
    pages = {number: page_of(letter) for number, letter in letters.items()}
    html = {number: bare.as_html(page) for number, page in pages.items()}
    found = timed(
        {
            "ours": lambda number: typesetting.typeset(KIND, "standard", letters[number]),
            "same page": lambda number: bare.set_by_typst(same, pages[number]),
            "plain page": lambda number: bare.set_by_typst(plain, pages[number]),
            "weasyprint": lambda number: bare.set_by_weasyprint(html[number]),
        }
    )
    print(json.dumps(found))


if __name__ == "__main__":
    main()

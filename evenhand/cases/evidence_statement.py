"""C2: one page for the customer on how often they contacted us: in plain words, and without any other customer."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from evenhand.cases.circumstances import Moment
from evenhand.cases.composing import Block, Letter, Part, Run
from evenhand.cases.correspondence import LetterData
from evenhand.cases.letter_facts import sides
from evenhand.cases.letter_folder import LETTERS
from evenhand.cases.letter_kind import Format
from evenhand.cases.typesetting import press
from evenhand.cases.writing import printable
from evenhand.people.models import Person, User
from evenhand.policy.demand import VERSION, sentence
from evenhand.policy.demand.measure import Measure
from evenhand.policy.occasion import Occasion

TITLE = "How often you contacted us"
WHAT_IT_IS = (
    "We count contacts so that we can see when something takes much more of our colleagues’ time than usual. "
    "A count decides nothing. A person looks at it, and at what you tell us, before anything else happens."
)
RIGHTS = (
    "Tell us if any of this is wrong, or if you object to our counting: we will answer you. You can ask for the list "
    "of contacts, or for this in another format. In an emergency always contact us: that never counts against you."
)
NOTHING = "Your contacts did not take more of our time than is usual. There is nothing that we ask you to do."


def pdf(person: Person, measures: Sequence[Measure], by: User, at: Moment, folder: Path = LETTERS) -> bytes:
    """The statement as PDF/UA-1. Raises `NoLandlord` while nobody has said whose it is."""
    ours = sides.landlord()
    parts = [Part("What this is", (_block("about", WHAT_IT_IS),)), *_counted(measures)]
    parts.append(Part("What you can do", (_block("rights", RIGHTS), _block("version", _version(at.day)))))
    facts = LetterData(
        landlord=ours,
        recipient=sides.recipient(person, Occasion(by.actor, at.at, at.day)),
        sender=sides.sender([by.actor_id], frozenset(), ours),
        reference=f"{person.ref}/{at.day:%Y%m%d}",
        dated=at.day,
    )
    return press(Format.STANDARD, Letter(TITLE, tuple(parts), facts, {}), folder)


def _counted(measures: Sequence[Measure]) -> list[Part]:
    """What was counted of each kind, what was not and why, and what we cannot tell: of the strongest, to fit a page."""
    if not measures:
        return [Part("What we counted", (_block("nothing", NOTHING),))]
    first = measures[0]
    blocks = [_block("fair", sentence.fair_reading(first)), Block("kinds", (), rows=tuple(map(_row, measures)))]
    if left_out := sentence.left_out(first):
        blocks.append(_block("left-out", f"Of those days we did not count: {'; '.join(left_out)}."))
    if first.missing:
        unknown = "; ".join(column.words for column in first.missing)
        blocks.append(_block("unknown", f"Our records do not show {unknown}."))
    return [Part("What we counted", tuple(blocks))]


def _row(one: Measure) -> tuple[str, str]:
    """One kind, the days, the time it took and the usual, and nothing by which another customer could be told."""
    usual = sentence.counted(round(one.comparison.median), "minute")
    what = f"{sentence.days(one)}: {sentence.counted(one.figure, 'contact')} of {one.counted} that count, "
    return (
        f"{one.kind.value[0].upper()}{one.kind.value[1:]}",
        f"{what}and {sentence.counted(one.minutes, 'minute')} in all, where {usual} is usual for as much open.",
    )


def _version(day: date) -> str:
    return f"Counted on {sentence.in_words(day)}, by version {VERSION} of our definitions of unreasonable demand."


def _block(name: str, *paragraphs: str) -> Block:
    return Block(id=name, paragraphs=tuple((Run(printable(words)),) for words in paragraphs))

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
    "You can tell us if you think any of this is wrong, or if you object to our counting. We will answer you. "
    "Ask us for the list of the contacts we counted, or for this in another format. "
    "In an emergency, always contact us: that is never counted against you."
)
NOTHING = "Your contacts did not take more of our time than is usual. There is nothing that we ask you to do."


def pdf(person: Person, measures: Sequence[Measure], by: User, at: Moment, folder: Path = LETTERS) -> bytes:
    """The statement as PDF/UA-1. Raises `NoLandlord` while nobody has said whose it is."""
    ours = sides.landlord()
    parts = [Part("What this is", (_block("about", WHAT_IT_IS),))]
    parts += [_part(number, one) for number, one in enumerate(measures)]
    if not measures:
        parts.append(Part("What we counted", (_block("nothing", NOTHING),)))
    parts.append(Part("What you can do", (_block("rights", RIGHTS, boxed=True), _block("version", _version(at.day)))))
    facts = LetterData(
        landlord=ours,
        recipient=sides.recipient(person, Occasion(by.actor, at.at, at.day)),
        sender=sides.sender([by.actor_id], frozenset(), ours),
        reference=f"{person.ref}/{at.day:%Y%m%d}",
        dated=at.day,
    )
    return press(Format.STANDARD, Letter(TITLE, tuple(parts), facts, {}), folder)


def _part(number: int, one: Measure) -> Part:
    told = [sentence.fair_reading(one), sentence.shown(one), _time(one)]
    left_out = tuple(f"{words}." for words in sentence.left_out(one))
    blocks = [_block(f"shown{number}", *told)]
    if left_out:
        blocks.append(_block(f"left-out{number}", "We did not count these:", items=left_out))
    unknown = [f"Our records do not show {column.words}." for column in one.missing]
    if unknown:
        blocks.append(_block(f"unknown{number}", "What we cannot tell:", items=tuple(unknown)))
    return Part(f"{one.kind.value[0].upper()}{one.kind.value[1:]}", tuple(blocks))


def _time(one: Measure) -> str:
    """The time it took and the usual, and nothing by which another customer could be told."""
    usual = round(one.comparison.median)
    return (
        f"These contacts took our colleagues {sentence.counted(one.minutes, 'minute')}. For customers with as much "
        f"open as you had, {sentence.counted(usual, 'minute')} is usual."
    )


def _version(day: date) -> str:
    return f"Counted on {sentence.in_words(day)}, by version {VERSION} of our definitions of unreasonable demand."


def _block(name: str, *paragraphs: str, items: tuple[str, ...] = (), boxed: bool = False) -> Block:
    return Block(
        id=name,
        paragraphs=tuple((Run(printable(words)),) for words in paragraphs),
        items=tuple((Run(printable(words)),) for words in items),
        is_boxed=boxed,
    )


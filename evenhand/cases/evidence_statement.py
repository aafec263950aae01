"""C2: one page for the customer on how often they contacted us: in plain words, and without any other customer.

It is made at once in standard print, in large print (of as many pages as that takes) and as plain text. Any other
format has to be made by someone, easy read too, as its words are others: the page says that it may be asked for.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from evenhand.cases.circumstances import Moment
from evenhand.cases.composing import Block, Letter, Part, Run, cleaned
from evenhand.cases.correspondence import LetterData
from evenhand.cases.letter_facts import sides
from evenhand.cases.letter_folder import LETTERS
from evenhand.cases.typesetting import press, press_plainly
from evenhand.cases.writing import normalise, printable
from evenhand.people import reading
from evenhand.people.models import Person, User
from evenhand.policy.demand import VERSION, sentence, year_sentence
from evenhand.policy.demand.measure import Measure
from evenhand.policy.demand.untold import unseen
from evenhand.policy.demand.year import Year
from evenhand.policy.need import LetterFormat
from evenhand.policy.occasion import Occasion

TITLE = "How often you contacted us"
WHAT_IT_IS = (
    "We count contacts to see when something takes much more of our time than usual. A count decides nothing. "
    "A person looks at it, and listens to you, before anything else happens."
)
RIGHTS = (
    "Tell us if any of this is wrong, or if you do not want us to count: we will answer you. You can ask for the list "
    "of your contacts, or for this page in another format. In an emergency always contact us. That never counts "
    "against you."
)
OWN_DAYS = "Each kind below was looked for over its own days, so one number may be larger than another."
NOTHING = (
    "There are seven kinds of demand that we measure, as they can take too much of our time. None of them shows in "
    "your contacts."
)
NOTHING_TO_DO = "There is nothing that we ask you to do."
FORMATS = (LetterFormat.STANDARD, LetterFormat.LARGE_PRINT, LetterFormat.PLAIN_TEXT)
"""What it is made in at once."""
LAYOUTS = {LetterFormat.STANDARD: "one_page.typ", LetterFormat.LARGE_PRINT: "statement_large_print.typ"}


def fitting(person: Person, day: date) -> LetterFormat:
    """The format that letters to this person are made in; standard where that one has to be made by someone."""
    theirs = reading.letter_format(person, day)
    return theirs if theirs in FORMATS else LetterFormat.STANDARD


def made(
    person: Person,
    measures: Sequence[Measure],
    year: Year,
    by: User,
    at: Moment,
    format: LetterFormat = LetterFormat.STANDARD,
    folder: Path = LETTERS,
) -> bytes:
    """The statement in one of `FORMATS`: PDF/UA-1, one page unless in large print; or UTF-8 for plain text.

    In: what shows, strongest first, and all of their contacts over the days that were measured. Raises `NoLandlord`
    while nobody has said whose it is.
    """
    page = _page(person, measures, year, by, at)
    if format is LetterFormat.PLAIN_TEXT:
        return press_plainly(cleaned(page, normalise), folder)
    return press(LAYOUTS[format], cleaned(page, printable), folder)


def _page(person: Person, measures: Sequence[Measure], year: Year, by: User, at: Moment) -> Letter:
    """All that it says, the same in every format."""
    ours = sides.landlord()
    parts = (
        Part("What this is", (_block("about", WHAT_IT_IS),)),
        Part("What we counted", tuple(_counted(measures, year))),
        Part("What you can do", (_block("rights", RIGHTS, _version(at.day)),)),
    )
    facts = LetterData(
        landlord=ours,
        recipient=sides.recipient(person, Occasion(by.actor, at.at, at.day)),
        sender=sides.sender([by.actor_id], frozenset(), ours),
        reference=f"{person.ref}/{at.day:%Y%m%d}",
        dated=at.day,
    )
    return Letter(TITLE, parts, facts, {})


def _counted(measures: Sequence[Measure], year: Year) -> Iterator[Block]:
    """What was ours, each kind, the time the strongest took; then of all, what does not count, what we cannot tell."""
    yield from _showing(measures) if measures else _nothing_shows(year)
    lacking = dict.fromkeys(column for one in measures for column in one.missing) if measures else year.lacking
    told = []
    if lacking and year.contacts:
        told.append(f"Our records do not show {'; '.join(column.words for column in lacking)}.")
    told += _after_ours(measures)
    told += year_sentence.not_shown(unseen((one.kind for one in measures), year.untold))
    if told:
        yield _block("unknown", " ".join([*told, "If that matters here, please tell us."]))


def _nothing_shows(year: Year) -> Iterator[Block]:
    """How many contacts there were, and what of them was ours: nobody who waited for us is told only of a count."""
    yield _block("fair", *filter(None, (year_sentence.fair(year), year_sentence.not_counted(year))))
    yield _block("nothing", f"{NOTHING} {NOTHING_TO_DO}" if year.counted else NOTHING_TO_DO)


def _showing(measures: Sequence[Measure]) -> Iterator[Block]:
    first = measures[0]
    own_days = OWN_DAYS if len({one.window for one in measures}) > 1 else ""
    fair = f"From {sentence.days(first)}: {_begun_small(sentence.fair_reading(first))}"
    yield _block("fair", f"{fair} {own_days}".strip())
    yield Block("kinds", (), rows=tuple(map(_row, measures)))
    others = sentence.usually(first.comparison)
    yield _block("time", f"{sentence.took(first)} from {sentence.days(first)}. {others}")
    if not_counted := tuple(_not_counted(measures)):
        yield _block("left-out", *not_counted)


def _not_counted(measures: Sequence[Measure]) -> Iterator[str]:
    """What was left out of each kind: told once for all that were counted over the same days."""
    for one in {one.window: one for one in measures}.values():
        if left_out := sentence.left_out(one):
            yield f"From {sentence.days(one)} we did not count: {'; '.join(left_out)}."


def _after_ours(measures: Sequence[Measure]) -> Iterator[str]:
    """Of the kind of which most came soon after our answers: what we had asked, no record shows."""
    one = max(measures, key=lambda each: each.after_ours, default=None)
    if one and one.after_ours:
        told = sentence.after_ours(one, "you")
        yield f"From {sentence.days(one)}, {told}. We do not know whether we had asked you something."


def _row(one: Measure) -> tuple[str, str]:
    """One kind and what of it was counted, on which days: nothing by which another customer could be told."""
    return f"{one.kind.value[0].upper()}{one.kind.value[1:]}", f"{sentence.what(one, 'you')}: {sentence.days(one)}."


def _begun_small(words: str) -> str:
    return words[0].lower() + words[1:]


def _version(day: date) -> str:
    return f"Counted on {sentence.in_words(day)}, by version {VERSION} of how we define unreasonable demand."


def _block(name: str, *paragraphs: str) -> Block:
    return Block(id=name, paragraphs=tuple((Run(words),) for words in paragraphs))

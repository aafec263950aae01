"""D1: one letter with all that there is to know of it, and the ways in which it may go to this person."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from evenhand.cases import composing, drafting, envelope, letters, models, reading, typesetting
from evenhand.cases.circumstances import Moment
from evenhand.cases.composing import LetterIncomplete
from evenhand.cases.correspondence import LetterData
from evenhand.cases.correspondence_json import from_dict
from evenhand.cases.letter_facts import sides
from evenhand.cases.letter_kind import Kind
from evenhand.cases.log import Entry
from evenhand.cases.reading import CaseFile, LetterRow, NotFound
from evenhand.cases.wording import WordingError
from evenhand.policy import correspondence, statement
from evenhand.policy.events.correspondence import Delivery
from evenhand.policy.need import LetterFormat
from evenhand.policy.occasion import Occasion
from evenhand.policy.staff import Actor
from evenhand.policy.standing.correspondence import Letter

UNREADABLE = (LetterIncomplete, WordingError)
"""What a landlord's own wording may do to a letter: it cannot be read until an administrator mends it."""
NO_EDITS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class LetterFile:
    """One letter as its page shows it.

    `words` is None where the landlord's wording cannot be used at present, and `trouble` says why. `owed` are the
    statements it owes the customer, with whether it makes them; `unprintable` is what of it prints as its name.
    `as_sent` is False where our wording changed since it was approved, so that only the file shows what went.
    """

    row: LetterRow
    standing: Letter
    facts: LetterData
    words: composing.Letter | None
    owed: tuple[tuple[str, bool], ...]
    unprintable: tuple[str, ...]
    trouble: str
    as_sent: bool
    entries: tuple[Entry, ...]
    earlier: tuple[models.EarlierIssue, ...]

    @property
    def format(self) -> LetterFormat:
        return LetterFormat(self.row.format)

    @property
    def addresses(self) -> list[str]:
        """To whom it was approved to go, each as the lines of an envelope or one email address."""
        return envelope.addresses(self.row)


def letter_file(file: CaseFile, letter: str, *, edits: Mapping[str, str] = NO_EDITS) -> LetterFile:
    """One letter of a case whose letters the viewer sees, with `edits` in its words. Raises `NotFound`."""
    row = models.Letter.objects.filter(case=file.row, letter=letter).defer("sent_bytes").select_related("batch").first()
    standing = file.case.correspondence.get(letter)
    if row is None or standing is None:
        raise NotFound(letter)
    facts = replace(from_dict(row.data), **edits)  # type: ignore[arg-type]
    shape = drafting.shape_of(LetterFormat(row.format))
    words, said, trouble, as_sent = None, NO_EDITS, "", True
    odd: tuple[str, ...] = ()
    try:
        seen = letters.preview(file.reference, letter, edits=edits)
        words, said, odd = composing.compose(Kind(row.kind), shape, facts), seen.statements, seen.unprintable
        if row.sha256:
            as_sent = hashlib.sha256(typesetting.typeset(row.kind, shape.value, facts)).hexdigest() == row.sha256
    except UNREADABLE as fault:
        trouble = str(fault)
    return LetterFile(
        row=row,
        standing=standing,
        facts=facts,
        words=words,
        owed=tuple(_owed(standing, facts, said)),
        unprintable=odd,
        trouble=trouble,
        as_sent=as_sent,
        entries=tuple(e for e in file.entries if getattr(e.event, "letter", "") == letter or e.number == row.event),
        earlier=tuple(row.earlier_issues.defer("sent_bytes", "data").order_by("issued_at")),
    )


def _owed(letter: Letter, facts: LetterData, said: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    """Each statement the letter may not leave out, in the order in which it is made; those left out at the end."""
    owed = statement.must_say(letter.kind, appealable=letter.appealable, limits_contact=facts.limits_contact)
    made = [name for name in said if name in owed and said[name].strip()]
    yield from ((name, True) for name in made)
    yield from ((name, False) for name in sorted(owed.difference(made)))


@dataclass(frozen=True, slots=True)
class Way:
    """One way of reaching the person. `because` says why it is not open; `suits` is False where a need speaks
    against it, which a person may weigh."""

    delivery: Delivery
    because: tuple[str, ...] = ()
    suits: bool = True

    @property
    def is_open(self) -> bool:
        return not self.because


def ways(by: Actor, moment: Moment, file: CaseFile, letter: str) -> list[Way]:
    """Email, post and by hand, each open or with the reasons why not."""
    now = reading.occasion(by, moment, file)
    return [_way(delivery, now, file, letter) for delivery in Delivery]


def _way(delivery: Delivery, now: Occasion, file: CaseFile, letter: str) -> Way:
    format = LetterFormat.STANDARD
    against = [
        *correspondence.objections_to_delivery(file.case, now, letter, delivery=delivery, format=format, digest="")
    ]
    if file.person is not None:
        recipient = sides.recipient(file.person, now, file.row.home)
        against += envelope.objections(file.person, recipient, delivery, format, now)
    suits = correspondence.CHANNEL_OF[delivery] not in now.known.unsuitable
    return Way(delivery, tuple(dict.fromkeys(o.words for o in against if o.field == "delivery")), suits)


def suggested(by: Actor, moment: Moment, file: CaseFile) -> LetterFormat:
    """The format to offer first, from what is on the person's record today."""
    if file.person is None:
        return LetterFormat.STANDARD
    return sides.suggested(file.person, reading.occasion(by, moment, file).known)

"""What a letter is made from: the event that calls for it, everything before it, and who writes to whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from evenhand.cases.correspondence import Appeal, LetterData
from evenhand.cases.correspondents import Landlord, Recipient, Sender
from evenhand.cases.letter_facts.sides import adjustments
from evenhand.policy.case import Case
from evenhand.policy.events.event import Event
from evenhand.policy.letter import Letter
from evenhand.policy.occasion import Occasion

E = TypeVar("E", bound=Event)


@dataclass(frozen=True, slots=True)
class Telling:
    """One letter in the making. `history` ends with `event`; `before` and `case` are where the case stood and stands.

    `conducting` is the history of the conduct told of: the case's own, or in a sealed matter that of the case it is
    about. `names` are of colleagues and others whom no letter may name.
    """

    letter: Letter
    event: Event
    history: tuple[Event, ...]
    conducting: tuple[Event, ...]
    before: Case
    case: Case
    now: Occasion
    reference: str
    landlord: Landlord
    recipient: Recipient
    sender: Sender
    ways: tuple[str, ...]
    """How this customer can reach us, as the end of "You can …"; none that their needs or safety rule out."""
    names: tuple[str, ...] = ()

    def every(self, sort: type[E]) -> Iterator[E]:
        """The events of this class, oldest first."""
        return (event for event in self.history if isinstance(event, sort))

    def last(self, sort: type[E], /, **facts: object) -> E | None:
        """The latest event of this class with these facts, or None."""
        found = [e for e in self.every(sort) if all(getattr(e, name) == fact for name, fact in facts.items())]
        return found[-1] if found else None

    def quoted(self, words: str) -> str:
        """What somebody said earlier and nobody can change now, with the names taken out that no letter may give."""
        for name in self.names:
            words = words.replace(name, "our colleague")
        return words

    def appeal(self) -> Appeal | None:
        """The way to an appeal, where there is one. Its last day is fixed when the letter is approved."""
        within = f"{self.now.terms.appeal_lodge_days} working days"
        return Appeal(how=self.ways, within=within) if self.letter.appealable else None

    def data(self, **parts: object) -> LetterData:
        """The letter's facts: who, to whom, when, and the parts of its kind."""
        return LetterData(
            landlord=self.landlord,
            recipient=self.recipient,
            sender=self.sender,
            reference=self.reference,
            dated=self.now.day,
            adjustments=adjustments(self.now.known),
            limits_contact=limits_contact(self.case, self.now, self.reference),
            **{"appeal": self.appeal(), **parts},  # type: ignore[arg-type]
        )


def limits_contact(case: Case, now: Occasion, reference: str) -> bool:
    """Whether a limit on contact or a single contact of theirs is live, in this case or another (rule 1)."""
    here = any(x.plan for x in case.expectation.live(now.day)) or bool(case.single_contact.live(now.day))
    return here or any(limit.case != reference for limit in now.known.limits)


def continued(words: str) -> str:
    """A colleague's words as the end of a sentence of ours: no capital to begin with, no full stop to end with."""
    words = words.strip().rstrip(".").rstrip()
    is_name = words[:2].isupper() or words[:2] in ("I ", "I’")
    return words if is_name else words[:1].lower() + words[1:]


def sentence(words: str) -> str:
    """Words that stand alone as a sentence."""
    words = words.strip()
    return words if not words or words.endswith((".", "!", "?", "”")) else f"{words}."

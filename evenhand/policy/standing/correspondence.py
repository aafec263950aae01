"""D1: which letters wait, which went, and which came back."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from evenhand.policy.events.correspondence import (
    FormatDelivered,
    LetterDrafted,
    LetterIssued,
    LetterKind,
    LetterReturned,
    LetterSent,
    LetterSetAside,
    LetterUncertain,
)
from evenhand.policy.events.event import Event
from evenhand.policy.events.incident import PersonIdentified
from evenhand.policy.need import LetterFormat


class Post(StrEnum):
    DRAFT = "waiting for approval"
    ISSUED = "approved, waiting to be sent"
    SENT = "sent"
    UNCERTAIN = "may not have been sent"
    RETURNED = "came back"
    SET_ASIDE = "set aside"


@dataclass(frozen=True, slots=True)
class Letter:
    id: str
    kind: LetterKind
    about: str
    adverse: bool
    appealable: bool
    send_by: date
    post: Post = Post.DRAFT
    awaits_format: bool = False
    """Its first copy is out, and the format that was ordered has yet to be delivered."""
    format_kind: LetterFormat | None = None
    deemed_on: date | None = None
    issued_on: date | None = None
    is_for_another: bool = False
    """It was drafted when the case was about somebody else."""

    @property
    def weighty(self) -> bool:
        """Against the customer, or any outcome of an appeal: a manager approves it, and it always goes."""
        return self.adverse or self.kind is LetterKind.APPEAL_OUTCOME


@dataclass(frozen=True, slots=True)
class Correspondence:
    letters: tuple[Letter, ...] = ()
    person: str | None = None

    def get(self, id: str | None) -> Letter | None:
        return next((x for x in self.letters if x.id == id), None)

    @property
    def waiting(self) -> tuple[Letter, ...]:
        return tuple(x for x in self.letters if x.post not in (Post.SENT, Post.SET_ASIDE))


POST = {
    LetterSent: Post.SENT,
    LetterUncertain: Post.UNCERTAIN,
    LetterReturned: Post.RETURNED,
}


def moved(thread: Correspondence, event: Event) -> Correspondence:
    match event:
        case LetterDrafted():
            new = Letter(event.letter, event.kind, event.about, event.adverse, event.appealable, event.send_by)
            return replace(thread, letters=(*thread.letters, new))
        case LetterIssued():
            return _change(
                thread,
                event.letter,
                post=Post.ISSUED,
                awaits_format=event.awaits_format,
                format_kind=event.format,
                deemed_on=event.deemed_on,
                issued_on=event.on,
            )
        case FormatDelivered():
            return _change(thread, event.letter, awaits_format=False)
        case LetterSent() | LetterUncertain() | LetterReturned():
            return _change(thread, event.letter, post=POST[type(event)])
        case LetterSetAside():
            return _change(thread, event.letter, post=Post.SET_ASIDE, awaits_format=False)
        case PersonIdentified(person=person) if person != thread.person:
            return Correspondence(tuple(replace(x, is_for_another=True) for x in thread.letters), person)
    return thread


def _change(thread: Correspondence, id: str, **changes: object) -> Correspondence:
    return replace(
        thread,
        letters=tuple(replace(x, **changes) if x.id == id else x for x in thread.letters),  # type: ignore[arg-type]
    )

"""How the policy says no, in words fit to show, with the promise behind it and what removes it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, cast

from evenhand.policy.case import Case
from evenhand.policy.events.event import Event
from evenhand.policy.occasion import Occasion
from evenhand.policy.promises import Promise

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Objection:
    """Why not. `remedy` names the verb that removes it ("investigation.hear"), if there is one.

    `field` names the answer at fault, so that a form can say it beside the question.
    """

    words: str
    promise: Promise
    remedy: str | None = None
    field: str | None = None


class Refused(Exception):
    """The policy does not allow this now; every objection is given at once."""

    def __init__(self, *objections: Objection) -> None:
        super().__init__(" ".join(o.words for o in objections))
        self.objections = objections


Standing = Callable[[Case, Occasion, str | None], Iterable[Objection]]
"""Objections from where the case stands: asked before anyone types."""


class Verb(Protocol):
    """One act of the policy: `verb(case, now, subject, **answers)`."""

    __name__: str
    __module__: str
    objections: Standing
    reads: frozenset[str]

    def __call__(self, case: Case, now: Occasion, subject: str | None = None, /, **answers: Any) -> list[Event]: ...


def unless(
    standing: Standing, answers: Callable[..., Iterable[Objection]] | None = None, *, reads: str
) -> Callable[[Callable[Concatenate[Case, Occasion, str | None, P], list[Event]]], Verb]:
    """Refuse the verb while there are objections, and let screens ask for them beforehand.

    `standing` objects to the act itself; `answers` to what was answered, and takes what the verb takes. `reads` names
    the threads of the case that any of them looks at.
    """

    def guard(verb: Callable[Concatenate[Case, Occasion, str | None, P], list[Event]]) -> Verb:
        @wraps(verb)
        def guarded(
            case: Case, now: Occasion, subject: str | None = None, /, *args: P.args, **given: P.kwargs
        ) -> list[Event]:
            objections = [*standing(case, now, subject)]
            if answers is not None:
                objections += answers(case, now, subject, **given)
            if objections:
                raise Refused(*dict.fromkeys(objections))
            return verb(case, now, subject, *args, **given)

        guarded.objections = standing  # type: ignore[attr-defined]
        guarded.reads = frozenset(reads.split())  # type: ignore[attr-defined]
        return cast(Verb, guarded)

    return guard


def unsaid(promise: Promise, **answers: str) -> Iterator[Objection]:
    """An objection for each answer left empty."""
    for name, words in answers.items():
        if not words.strip():
            yield Objection(f"Write something for “{name.replace('_', ' ')}”.", promise, field=name)

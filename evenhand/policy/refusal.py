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
    unsaid: bool = False
    """Nothing was answered, so that a form can say so in the words of its own question."""
    for_good: bool = False
    """It is about this colleague, their roles or their part in the case: it is not a matter of time."""


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


ASKED = {
    "account": "what was said or done: the account",
    "adjustments": "which adjustments were offered",
    "advice": "what advice was taken",
    "aim": "what the aim is",
    "alternatives": "which less intrusive alternatives were considered, and why not",
    "approved_by": "who approved it",
    "behaviour": "what behaviour is expected",
    "belief": "which offence you believe was committed",
    "change": "what changes",
    "correction": "what was wrong, and what is right",
    "cover": "who covers for them",
    "due_regard": "how due regard was had",
    "expected": "what is expected of them",
    "grounds": "what the customer says: the grounds",
    "how": "how it was done",
    "if_it_goes_on": "what may follow if it goes on",
    "independent_because": "why whoever looks into it is independent",
    "known": "what is known of health or disability",
    "name": "the name",
    "note": "the note",
    "other": "which case it is linked to",
    "prepared_by": "who prepared it",
    "purpose": "what it is for",
    "reason": "the reason",
    "reasons": "the reasons",
    "relied_on": "what evidence you relied on",
    "told": "what the customer is told",
    "update": "what is new",
    "what_next": "what happens next",
    "words": "what was said, in their words",
}
"""What each answer in words says, by the name that the verbs give it."""


def unsaid(promise: Promise, **answers: str) -> Iterator[Objection]:
    """An objection for each answer left empty. Raises KeyError for one that `ASKED` has no words for."""
    for name, words in answers.items():
        if not words.strip():
            yield Objection(f"Say {ASKED[name]}.", promise, field=name, unsaid=True)

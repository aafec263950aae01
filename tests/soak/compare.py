"""Each answer against the pure function, asked of what was held just then.

An answer is right if it is, as it is sent, what `contact_plan.answer` says of a state that may have held at some moment
between the sending of the question and the coming of the answer.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from evenhand.api import told as api
from evenhand.api.check import About, CheckOut
from evenhand.cases.circumstances import terms_on
from evenhand.people import landlord
from evenhand.policy import contact_plan
from evenhand.policy.answer import AnswerCode, Asker
from tests.soak.asking import Asked
from tests.soak.journal import History, State
from tests.soak.setting import Setting

UNTIL = "valid_until"


@dataclass(frozen=True)
class Compared:
    """One answer. `fits` are the states of which it is right: none where it is wrong; None where nobody was meant."""

    asked: Asked
    fits: list[State | None]
    raced: bool
    expected: tuple[dict[str, Any], ...] = ()

    @property
    def wrong(self) -> bool:
        return self.asked.status == 200 and not self.fits


class Judge:
    """Compares one answer after another under the landlord's terms of today."""

    def __init__(self, told: Setting, history: History) -> None:
        self.told, self.history = told, history
        self.terms = terms_on(timezone.localdate())
        self.telephone = landlord.setting().telephone

    def compared(self, asked: Asked) -> Compared:
        if asked.status != 200:
            return Compared(asked, [], False)
        question, body = asked.question, json.loads(asked.body)
        if question.subject is None:
            fits = [None] if self._is_of_nobody(asked, body) else []
            return Compared(asked, list(fits), False)
        states = self.history.during(question.subject, asked.begun, asked.ended)
        right = [(state, said) for state in states for said in self._said(asked, state)]
        fitting = [state for state, said in right if said == body]
        return Compared(asked, list(fitting), len(states) > 1, tuple(said for _, said in right if not fitting))

    def _said(self, asked: Asked, state: State) -> Iterator[dict[str, Any]]:
        """What the pure function says at the beginning and at the end: an hour may have struck in between."""
        asker = self._asker(asked)
        for moment in (asked.begun, asked.ended):
            at = _local(moment)
            answer = contact_plan.answer(state.held, at, asker, self.terms)
            about = None
            subject = asked.question.subject
            if subject and subject[0] == "person" and asker is Asker.COLLEAGUE and answer.code in api.ANSWERED:
                about = About(source=state.source, person_ref=state.ref)
            said = CheckOut(about=about, **dict(api.told(answer, state.held, asker)))
            yield json.loads(said.model_dump_json())

    def _is_of_nobody(self, asked: Asked, body: dict[str, Any]) -> bool:
        """The answer that is none is true for its own moment only, so that moment is compared by itself."""
        until = datetime.fromisoformat(body[UNTIL]).timestamp()
        answer = contact_plan.unanswered(AnswerCode.NO_MATCH, _local(asked.begun), self.telephone)
        said = CheckOut(about=None, **dict(api.told(answer, None, self._asker(asked))))
        pure = json.loads(said.model_dump_json())
        return asked.begun - 0.001 <= until <= asked.ended and {**body, UNTIL: ""} == {**pure, UNTIL: ""}

    def _asker(self, asked: Asked) -> Asker:
        return Asker.CONTRACTOR if self.told.systems[asked.question.system].contractor else Asker.COLLEAGUE


def _local(seconds: float) -> datetime:
    return timezone.localtime(datetime.fromtimestamp(seconds, UTC))

"""A check by a telephone number alone, the most frequent call: who calls, whom they ask about, and the look, at once.

Each statement is a way to the database and back, and of most people nothing is held: so the one that lets the caller
in also looks whether anything is, and logs the look if not. Whatever does not fit is asked in the usual way.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.http import HttpRequest
from pydantic import ValidationError

from evenhand.api.asked import Question
from evenhand.api.bearer import Bearer
from evenhand.api.body import StrictJson
from evenhand.api.problem import Problem
from evenhand.cases import glance
from evenhand.cases.glance import Seen
from evenhand.database import planned
from evenhand.people import telephone
from evenhand.people.models.look import LookKind
from evenhand.sharing import admission
from evenhand.sharing.admission import CALLED, NOTE_CALM, Caller
from evenhand.sharing.models.key import ACTOR, Scope

ALONE = frozenset({"telephone", "purpose"})
_GLANCE = f"""
    WITH {admission.ADMITTED}, {glance.SEEN}, asking AS ({NOTE_CALM}), looked AS (
        INSERT INTO people_look (at, actor, kind, reference, person_id, purpose)
        SELECT %(at)s::timestamptz, '{ACTOR}' || admitted.key, %(kind)s::text, source || ':' || ref, calm.id,
            %(purpose)s::text
        FROM calm CROSS JOIN admitted
    )
    SELECT {CALLED}, seen.*, setting.* {glance.FOUND} CROSS JOIN who LEFT JOIN counted ON true
"""
_WHO = 11
"""How many columns say who called."""


class Glancing(Bearer):
    """Lets in keys that may check. What it saw on the way, if it could look, is `seen_by` the request."""

    def __init__(self) -> None:
        super().__init__(Scope.CHECK)

    def admitted(self, request: HttpRequest, secret: str, at: datetime, day: date) -> Caller | None:
        question = _by_telephone_alone(request)
        number = telephone.normalised(question.telephone) if question else None
        if question is None or number is None:
            return super().admitted(request, secret, at, day)
        said = {"number": number, "purpose": question.purpose, "kind": LookKind.CHECK.value}
        asked = {**admission.values(secret, at, day), **glance.VALUES, **said, "scope": Scope.CHECK.value}
        with planned.cursor() as cursor:
            cursor.execute(_GLANCE, asked)
            rows = cursor.fetchall()
        if not rows:
            return None
        request.glanced = glance.read(rows[0][_WHO:]) if len(rows) == 1 else None  # type: ignore[attr-defined]
        return admission.read(rows[0][:_WHO], at, day)


def seen_by(request: HttpRequest) -> Seen | None:
    """The one person with the number that was asked for. The look is logged if nothing is held of them, else not.

    Out: None where several have it, or nobody, or where more was asked, or where it must first be counted whom the key
    asked about today.
    """
    seen: Seen | None = getattr(request, "glanced", None)
    return seen


def _by_telephone_alone(request: HttpRequest) -> Question | None:
    """The question, where it is one telephone number and nothing else; what is wrong with another is told elsewhere."""
    try:
        sent = StrictJson().parse_body(request) if request.method == "POST" else _once_each(request)
        if isinstance(sent, Mapping) and "telephone" in sent and ALONE.issuperset(sent):
            question = Question(**sent)
            return question if question.asked().is_telephone_alone else None
    except (Problem, ValidationError):
        pass
    return None


def _once_each(request: HttpRequest) -> dict[str, str]:
    return {name: values[0] for name, values in request.GET.lists() if len(values) == 1}

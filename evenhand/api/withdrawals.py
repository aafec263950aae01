"""`/withdrawals`: what a system was told and must now forget or change, and its word that it did."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, ConfigDict, Field

from evenhand.api.bearer import Bearer, caller_of
from evenhand.api.changes import HIGHEST, HomeRef, PersonRef
from evenhand.api.contract import WRITING, contract
from evenhand.api.looking import recipient
from evenhand.api.problem import Kind, Problem
from evenhand.api.query import only
from evenhand.api.reply import reply
from evenhand.api.text import Line
from evenhand.api.writing import IdempotencyKey, done_once
from evenhand.doors.clock import now
from evenhand.policy.staff import Actor
from evenhand.policy.staff import Kind as ActorKind
from evenhand.sharing import ledger
from evenhand.sharing.models import Recall
from evenhand.sharing.models.change import ChangeKind, ControlKind
from evenhand.sharing.models.disclosure import ConfirmedHow

router = Router(tags=["Withdrawing"])
PAGE = 100
MOST = 1_000

After = Annotated[
    str,
    Query(max_length=20, pattern="^[0-9]*$", description="The cursor of the last page; nothing to begin."),
]
RecallId = Annotated[str, Field(max_length=19, pattern="^[0-9]+$")]


class Withdrawal(BaseModel):
    """One thing to forget, or to ask about again."""

    model_config = ConfigDict(extra="forbid")
    id: str = Field(description="For POST /withdrawals/confirm.")
    control: str = Field(description="Names the marker or limit, as in answers and changes.")
    kind: ControlKind
    what: ChangeKind = Field(description="ended or withdrawn: forget it. changed: ask again.")
    at: datetime = Field(description="When it became known.")
    person: PersonRef | None = Field(description="Whom you asked about when you were told.")
    home: HomeRef | None = Field(description="Which home you asked about when you were told.")


class Withdrawals(BaseModel):
    """What this key was told and has not confirmed, the oldest first."""

    model_config = ConfigDict(extra="forbid")
    withdrawals: list[Withdrawal]
    cursor: str = Field(description="For the next page. Begin without one again after confirming.")
    more: bool


class ConfirmIn(BaseModel):
    """Says that these are forgotten everywhere, or were asked about again."""

    model_config = ConfigDict(extra="forbid", title="Confirmation")
    ids: list[RecallId] = Field(min_length=1, max_length=MOST, description="From GET /withdrawals.")
    note: Line = Field(default="", description="Anything the landlord should know.")


class Confirmed(BaseModel):
    """How many were confirmed now; those confirmed before are not counted again."""

    model_config = ConfigDict(extra="forbid")
    confirmed: int


EXAMPLE: dict[str, Any] = {
    "id": "311",
    "control": "EH-7K3F-Q2WX.M1",
    "kind": "marker",
    "what": "withdrawn",
    "at": "2026-12-03T10:00:00Z",
    "person": {"source": "housing", "person_ref": "P1"},
    "home": None,
}


@router.get(
    "/withdrawals",
    auth=Bearer(),
    response=Withdrawals,
    operation_id="withdrawals",
    summary="What to forget, or to ask about again",
    openapi_extra=contract(
        Kind.CURSOR_UNKNOWN,
        answers={
            "a_marker_was_withdrawn": {"withdrawals": [EXAMPLE], "cursor": "311", "more": False},
            "nothing_waits": {"withdrawals": [], "cursor": "0", "more": False},
        },
    ),
)
def withdrawals(request: HttpRequest, after: After = "") -> HttpResponse:
    """What this key was told of that ended, was withdrawn or asks something else now, until it confirms. Any key may
    ask; it sees its own alone."""
    only(request, ("after",))
    position = int(after or 0)
    if position > HIGHEST:
        raise Problem(Kind.CURSOR_UNKNOWN)
    waiting = ledger.of(recipient(caller_of(request))).filter(confirmed_at=None, pk__gt=position)
    rows = list(waiting.select_related("disclosure__person", "disclosure__home").order_by("pk")[: PAGE + 1])
    page = rows[:PAGE]
    return reply(
        Withdrawals(
            withdrawals=[_told(row) for row in page],
            cursor=str(page[-1].pk if page else position),
            more=len(rows) > PAGE,
        )
    )


@router.post(
    "/withdrawals/confirm",
    auth=Bearer(),
    response=Confirmed,
    operation_id="confirm_withdrawals",
    summary="Confirm that it is forgotten",
    openapi_extra=contract(
        *WRITING,
        sent={"ids": ["311"], "note": "Taken off the engineers’ tablets"},
        answers={"confirmed": {"confirmed": 1}},
    ),
)
def confirm(request: HttpRequest, idempotency_key: IdempotencyKey, word: ConfirmIn) -> HttpResponse:
    """Keeps this key's word. An id that does not wait for it, or was never its, confirms nothing and is no error."""
    caller, moment = caller_of(request), now()
    asked = {int(given) for given in word.ids}
    by = Actor(caller.actor_id, frozenset(), ActorKind.SYSTEM)

    def write() -> Confirmed:
        own = ledger.of(recipient(caller)).filter(pk__in=[each for each in asked if each <= HIGHEST])
        ids = own.values_list("pk", flat=True)
        return Confirmed(confirmed=ledger.confirm_these(ids, moment.at, by=by, how=ConfirmedHow.API, note=word.note))

    return done_once(request, idempotency_key, write)


def _told(row: Recall) -> Withdrawal:
    told = row.disclosure
    person, home = told.person, told.home
    return Withdrawal(
        id=str(row.pk),
        control=f"{told.case}.{told.control}",
        kind=ControlKind(told.kind),
        what=ChangeKind(row.what),
        at=row.at,
        person=PersonRef(source=person.source, person_ref=person.ref) if person else None,
        home=HomeRef(source=home.source, home_ref=home.ref, uprn=home.uprn) if home else None,
    )

"""`POST /checks`: many visits checked in one call, by exact keys alone."""

import json
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, ConfigDict, Field

from evenhand.api import examples, looking
from evenhand.api.bearer import Bearer, caller_of
from evenhand.api.contract import WITH_BODY, contract
from evenhand.api.problem import Kind, Problem, Wrong
from evenhand.api.reply import reply
from evenhand.api.text import Code, Line, Moment
from evenhand.api.told import ASKER, AnswerOut, HazardOut, InstructionOut, MarkerOut, told
from evenhand.doors.clock import local, now
from evenhand.policy.answer import AnswerCode, Asker
from evenhand.policy.events.marker import Control
from evenhand.policy.exempt import Exempt
from evenhand.sharing import visits
from evenhand.sharing.matching import where
from evenhand.sharing.models.key import Scope
from evenhand.sharing.visit_time import EARLIEST, LATEST, TOO_FAR
from evenhand.sharing.visits import Checked, Visit

router = Router(tags=["Checking"])
MOST = 10_000


class VisitIn(BaseModel):
    """One visit. At least one key of a home or a person; every key that is sent must fit."""

    model_config = ConfigDict(extra="forbid")
    id: Annotated[Code, Field(description="Yours; given back with the answer.")]
    uprn: Code = ""
    home_ref: Code = ""
    address: Annotated[Line, Field(description="The whole address; its postcode in it or beside it.")] = ""
    town: Code = ""
    postcode: Code = ""
    person_ref: Code = ""
    at: Annotated[
        Moment | None, Field(description="When the visit is, with its offset from UTC; now where it is null.")
    ] = None


class ChecksIn(BaseModel):
    """Many visits at once."""

    model_config = ConfigDict(extra="forbid")
    visits: list[VisitIn] = Field(min_length=1, max_length=MOST)
    purpose: Annotated[Line, Field(description="Why you ask. Kept in the log of who looked.")] = ""


class VisitAnswer(BaseModel):
    """What whoever attends must know."""

    model_config = ConfigDict(extra="forbid")
    code: AnswerCode = Field(description="What kind of answer this is. Only nothing_held says that nothing is held.")
    lead: str = Field(description="What to read first.")
    visit: InstructionOut
    controls: list[Control]
    why: list[str]
    cautions: list[str]
    overdue: list[str]
    acknowledge: bool
    to_acknowledge: list[str]
    ask: str
    markers: list[MarkerOut] | None = Field(description="The markers this key may see; null: nothing can be said.")
    hazards: list[HazardOut] | None = Field(description="Hazards of the home or homes; null: nothing can be said.")
    valid_until: datetime


class CheckedOut(BaseModel):
    """One visit's answer."""

    model_config = ConfigDict(extra="forbid")
    id: str
    trouble: str = Field(description="Why it is not certain which home or person is meant, and what to send instead.")
    answer: VisitAnswer


class ChecksOut(BaseModel):
    """The answers, in the order of the visits. `exemptions` are the same for all."""

    model_config = ConfigDict(extra="forbid")
    exemptions: list[str] = Field(description="What always gets through, whatever the limits.")
    answers: list[CheckedOut]


SENT: dict[str, Any] = {
    "visits": [
        {"id": "V1", "uprn": "100000000001", "at": "2026-12-03T14:30:00+00:00"},
        {"id": "V2", "address": "3 Ferry Row", "postcode": "ZH1 4JQ"},
    ],
    "purpose": "tonight’s visits",
}


def answer_example() -> dict[str, Any]:
    """The answers to the example: one home with a marker, one that is not found."""
    found = (("V1", "", examples.answered(examples.MARKED, Asker.COLLEAGUE)),
             ("V2", "No home has this address. Write it as the register has it, or give the UPRN.",
              examples.unanswered(AnswerCode.NO_MATCH)))  # fmt: skip
    return {
        "exemptions": [kind.words for kind in Exempt],
        "answers": [
            {"id": name, "trouble": trouble, "answer": VisitAnswer(**_of_visit(answer)).model_dump(mode="json")}
            for name, trouble, answer in found
        ],
    }


def _of_visit(answer: AnswerOut) -> dict[str, Any]:
    return {name: value for name, value in dict(answer).items() if name in VisitAnswer.model_fields}


@router.post(
    "/checks",
    auth=Bearer(Scope.CHECK),
    response=ChecksOut,
    operation_id="check_many",
    summary="Check up to 10,000 visits",
    openapi_extra=contract(*WITH_BODY, Kind.TOO_MANY_PEOPLE, sent=SENT, answers={"both_visits": answer_example()}),
)
def check_many(request: HttpRequest, asked: ChecksIn) -> HttpResponse:
    """Answers for each visit, by exact keys alone: a likeness is never enough to send somebody to a door.

    Ask again when a visit is near: an answer is true until its `valid_until`, and unless something new is recorded.
    """
    caller, moment = caller_of(request), now()
    asker = ASKER[caller.audience]
    looking.admitted(caller, moment.at)
    found = visits.check_many(_visits(asked, asker, local(moment)), moment)
    looking.looked(caller, found, moment.at, asked.purpose)
    return reply(_written([one.id for one in asked.visits], found, asker))


def _visits(asked: ChecksIn, asker: Asker, at: datetime) -> list[Visit]:
    """The visits as they are checked, in the landlord's local time. Raises `Problem` for those too far away."""
    wrong = []
    found = []
    for number, one in enumerate(asked.visits):
        when = at if one.at is None else _local(one.at, at)
        if when is None:
            wrong.append(Wrong(f"/visits/{number}/at", TOO_FAR))
            continue
        place = where(
            uprn=one.uprn,
            home_ref=one.home_ref,
            address=one.address,
            town=one.town,
            postcode=one.postcode,
            person_ref=one.person_ref,
        )
        found.append(Visit(place, when, asker, ahead=one.at is not None))
    if wrong:
        raise Problem(Kind.INVALID, errors=wrong[:50])
    return found


def _local(given: datetime, at: datetime) -> datetime | None:
    """A moment in the landlord's local time; None if it is too far away."""
    try:
        when = given.astimezone(at.tzinfo)
        return when if at - EARLIEST <= when <= at + LATEST else None
    except (OverflowError, ValueError):
        return None


def _written(ids: list[str], found: list[Checked], asker: Asker) -> str:
    """All answers as JSON. What most visits share, since nothing is held, is written once and repeated."""
    written: dict[int, str] = {}
    parts = []
    for name, one in zip(ids, found, strict=True):
        body = written.get(id(one.answer))
        if body is None:
            body = written[id(one.answer)] = _answer(one, asker).model_dump_json()
        head = f'{{"id":{json.dumps(name)},"trouble":{json.dumps(one.match.trouble)},"answer":'
        parts.append(f"{head}{body}}}")
    exemptions = json.dumps([kind.words for kind in Exempt])
    return f'{{"exemptions":{exemptions},"answers":[{",".join(parts)}]}}'


def _answer(one: Checked, asker: Asker) -> VisitAnswer:
    return VisitAnswer(**_of_visit(told(one.answer, one.held, asker)))

"""`POST /acknowledgements`: whoever attends says that they have read what a high marker asks."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, ConfigDict, Field

from evenhand.api.bearer import Bearer, caller_of
from evenhand.api.contract import WRITING, contract
from evenhand.api.looking import recipient
from evenhand.api.problem import Kind, Problem
from evenhand.api.told import ASKER, id_of
from evenhand.api.writing import IdempotencyKey, done_once
from evenhand.cases import acknowledging
from evenhand.doors.clock import local, now
from evenhand.policy.held import Held
from evenhand.policy.staff import Actor
from evenhand.policy.staff import Kind as ActorKind
from evenhand.sharing import visits
from evenhand.sharing.admission import Caller
from evenhand.sharing.matching import Match, Where
from evenhand.sharing.models import Disclosure
from evenhand.sharing.models.key import Audience, Scope
from evenhand.sharing.visits import Checked, Visit

router = Router(tags=["Checking"])
MOST = 20

ControlId = Annotated[str, Field(max_length=40, pattern=r"^[A-Z0-9-]{1,16}\.[A-Z0-9]{1,12}$")]


class AcknowledgeIn(BaseModel):
    """Somebody's word that they have read what these markers ask of them."""

    model_config = ConfigDict(extra="forbid", title="Acknowledgement")
    ids: list[ControlId] = Field(min_length=1, max_length=MOST, description="From to_acknowledge of an answer.")
    by: Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^\u0000-\u001F\u007F-\u009F]*$",
        description="Who read it, by the name or number that tells them apart in your system.")]  # fmt: skip


class Acknowledged(BaseModel):
    """Whose word was kept, and which markers are no longer there: ask again before you go."""

    model_config = ConfigDict(extra="forbid")
    acknowledged: list[str]
    no_longer_held: list[str]


@router.post(
    "/acknowledgements",
    auth=Bearer(Scope.CHECK),
    response=Acknowledged,
    operation_id="acknowledge",
    summary="Acknowledge a high marker",
    openapi_extra=contract(
        *WRITING,
        Kind.NO_SUCH_THING,
        sent={"ids": ["EH-7K3F-Q2WX.M1"], "by": "J. Smith, gas engineer 204"},
        answers={"kept": {"acknowledged": ["EH-7K3F-Q2WX.M1"], "no_longer_held": []}},
    ),
)
def acknowledge(request: HttpRequest, idempotency_key: IdempotencyKey, word: AcknowledgeIn) -> HttpResponse:
    """Keeps the word of whoever attends, with what they were asked to do. Only what this key was told of counts."""
    caller = caller_of(request)
    return done_once(request, idempotency_key, lambda: _kept(caller, word))


def _kept(caller: Caller, word: AcknowledgeIn) -> Acknowledged:
    moment = now()
    wanted = list(dict.fromkeys(word.ids))
    told = _told(caller, wanted)
    if missing := [given for given in wanted if given not in told]:
        raise Problem(Kind.NO_SUCH_THING, f"This key was told of nothing called {missing[0]}. Check the identifier.")
    asker = ASKER[caller.audience]
    matches = list(dict.fromkeys(Match(home=row.home_id, person=row.person_id) for row in told.values()))
    asked = [Visit(Where(), local(moment), asker) for _ in matches]
    kind = ActorKind.CONTRACTOR if caller.audience is Audience.CONTRACTOR else ActorKind.SYSTEM
    by, done = Actor(caller.actor_id, frozenset(), kind), set[str]()
    for checked in visits.check_matched(asked, matches, moment):
        shown = _only(checked, set(wanted) - done)
        acknowledging.acknowledge(shown, f"{checked.answer.lead} Read by {word.by.strip()}.", by, moment.at)
        done |= {id_of(marker) for marker in shown.markers}
    return Acknowledged(
        acknowledged=[given for given in wanted if given in done],
        no_longer_held=[given for given in wanted if given not in done],
    )


def _told(caller: Caller, wanted: list[str]) -> dict[str, Disclosure]:
    """What this key was told of, of what it names."""
    to = recipient(caller)
    cases = {given.partition(".")[0] for given in wanted}
    rows = Disclosure.objects.filter(to_kind=to.kind, to_id=to.id, case__in=cases)
    found = {f"{row.case}.{row.control}": row for row in rows}
    return {given: found[given] for given in wanted if given in found}


def _only(checked: Checked, wanted: set[str]) -> Held:
    """Of what is held, the high markers that are named."""
    held = checked.held or Held()
    return Held(markers=tuple(m for m in (*held.markers, *held.others) if m.high and id_of(m) in wanted))

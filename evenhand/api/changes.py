"""`GET /controls/changes` and `GET /people/changes`: what became of markers and limits, for a system's own copy."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, ConfigDict, Field

from evenhand.api.bearer import Bearer, caller_of
from evenhand.api.contract import contract
from evenhand.api.looking import recipient
from evenhand.api.problem import Kind, Problem
from evenhand.api.query import only
from evenhand.api.reply import reply
from evenhand.api.told import LimitOut, MarkerOut, SingleContactOut, contact_told, limit_told, marker_told
from evenhand.doors.clock import now
from evenhand.policy.answer import Asker
from evenhand.policy.held import HeldContact, HeldInstruction, HeldLimit, HeldMarker
from evenhand.sharing import changes
from evenhand.sharing.changes import News, Page
from evenhand.sharing.models.change import ChangeKind, ControlKind
from evenhand.sharing.models.key import Scope

router = Router(tags=["Following"])
MOST = 500
HIGHEST = 2**63 - 1
ABOUT = """\
Begin without a cursor, and keep the cursor of each page: the next call continues there, and misses nothing. A page may
be empty and still have `more`. What is over is told only to a system that was told of it before.
"""

After = Annotated[
    str,
    Query(max_length=20, pattern="^[0-9]*$", description="The cursor of the last page; nothing to begin."),
]
Limit = Annotated[int, Query(ge=1, le=MOST, description="How many changes to read at most.")]


class PersonRef(BaseModel):
    """A person’s record in a housing system."""

    model_config = ConfigDict(extra="forbid")
    source: str
    person_ref: str


class HomeRef(BaseModel):
    """A home, as the housing system knows it."""

    model_config = ConfigDict(extra="forbid")
    source: str
    home_ref: str
    uprn: str


class InstructionNow(BaseModel):
    """A safety instruction on a home, while nobody knows who it was."""

    model_config = ConfigDict(extra="forbid")
    words: str
    until: date


class ControlChange(BaseModel):
    """One change. At most one of marker, limit, single_contact and instruction is there: the control as it is today.

    None is there where it is over: take it off whatever you keep.
    """

    model_config = ConfigDict(extra="forbid")
    id: str = Field(description="Names the control, in every change of it.")
    kind: ControlKind
    what: ChangeKind = Field(description="What became of it. withdrawn: it should not have been.")
    at: datetime = Field(description="When it became known.")
    version: int = Field(description="Counts the changes of what it asks anyone to do.")
    people: list[PersonRef] = Field(description="Every record of the person; none for a safety instruction.")
    home: HomeRef | None = Field(description="The home of a safety instruction.")
    marker: MarkerOut | None
    limit: LimitOut | None
    single_contact: SingleContactOut | None
    instruction: InstructionNow | None


class ControlChanges(BaseModel):
    """A page of changes, in the order in which they became known."""

    model_config = ConfigDict(extra="forbid")
    changes: list[ControlChange]
    cursor: str = Field(description="For the next call.")
    more: bool = Field(description="Whether there are more already.")


class PersonChange(BaseModel):
    """Somebody, or a home, about whom to ask again."""

    model_config = ConfigDict(extra="forbid")
    at: datetime = Field(description="When the latest change of the page became known.")
    people: list[PersonRef]
    home: HomeRef | None


class PeopleChanges(BaseModel):
    """A page of people whose answer changed, each once."""

    model_config = ConfigDict(extra="forbid")
    people: list[PersonChange]
    cursor: str = Field(description="For the next call.")
    more: bool = Field(description="Whether there are more already.")


REFS: dict[str, Any] = {"people": [{"source": "housing", "person_ref": "P1"}], "home": None}
MARKER: dict[str, Any] = {
    "id": "EH-7K3F-Q2WX.M1",
    "of": "them",
    "risk": "threats or verbal abuse",
    "ukhds": "RISK2.02",
    "hact": "1",
    "controls": ["visit in pairs", "ring before visiting"],
    "high": False,
    "provisional": False,
    "under_appeal": False,
    "review_on": "2027-06-03",
}
CHANGE: dict[str, Any] = {
    "id": "EH-7K3F-Q2WX.M1",
    "kind": "marker",
    "what": "started",
    "at": "2026-12-03T10:00:00Z",
    "version": 1,
    **REFS,
    "marker": MARKER,
    "limit": None,
    "single_contact": None,
    "instruction": None,
}
OVER = CHANGE | {"what": "ended", "marker": None, "version": 2}


@router.get(
    "/controls/changes",
    auth=Bearer(Scope.MARKERS_READ),
    response=ControlChanges,
    operation_id="controls_changed",
    summary="Markers and limits that changed",
    description=ABOUT,
    openapi_extra=contract(
        Kind.CURSOR_UNKNOWN,
        query="after=1041&limit=100",
        answers={
            "a_marker_started": {"changes": [CHANGE], "cursor": "1041", "more": False},
            "a_marker_ended": {"changes": [OVER], "cursor": "1187", "more": False},
        },
    ),
)
def controls_changed(request: HttpRequest, after: After = "", limit: Limit = 100) -> HttpResponse:
    """Every change of a marker, limit, single contact or safety instruction, as it is today."""
    page = _page(request, after, limit)
    return reply(
        ControlChanges(changes=[_change(each) for each in page.news], cursor=str(page.position), more=page.more)
    )


@router.get(
    "/people/changes",
    auth=Bearer(Scope.MARKERS_READ),
    response=PeopleChanges,
    operation_id="people_changed",
    summary="People whose answer changed",
    description=ABOUT,
    openapi_extra=contract(
        Kind.CURSOR_UNKNOWN,
        query="after=1041&limit=100",
        answers={
            "somebody": {
                "people": [{"at": "2026-12-03T10:00:00Z", **REFS}],
                "cursor": "1041",
                "more": False,
            }
        },
    ),
)
def people_changed(request: HttpRequest, after: After = "", limit: Limit = 100) -> HttpResponse:
    """Whom to ask about again: who they are, and nothing of what changed."""
    page = _page(request, after, limit)
    latest = {each.change.lane: each for each in page.news}
    found = sorted(latest.values(), key=lambda each: each.change.pk)
    people = [PersonChange(at=each.change.at, people=_people(each), home=_home(each)) for each in found]
    return reply(PeopleChanges(people=people, cursor=str(page.position), more=page.more))


def _page(request: HttpRequest, after: str, limit: int) -> Page:
    only(request, ("after", "limit"))
    position = int(after or 0)
    if position > HIGHEST:
        raise Problem(Kind.CURSOR_UNKNOWN)
    return changes.since(position, limit, recipient(caller_of(request)), now())


def _change(each: News) -> ControlChange:
    held, change = each.now, each.change
    return ControlChange(
        id=f"{change.case}.{change.control}",
        kind=ControlKind(change.control_kind),
        what=ChangeKind(change.kind),
        at=change.at,
        version=change.version,
        people=_people(each),
        home=_home(each),
        marker=marker_told(held, "them", Asker.COLLEAGUE) if isinstance(held, HeldMarker) else None,
        limit=limit_told(held) if isinstance(held, HeldLimit) else None,
        single_contact=contact_told(held) if isinstance(held, HeldContact) else None,
        instruction=InstructionNow(words=held.words, until=held.until) if isinstance(held, HeldInstruction) else None,
    )


def _people(each: News) -> list[PersonRef]:
    return [PersonRef(source=source, person_ref=ref) for source, ref in each.people]


def _home(each: News) -> HomeRef | None:
    home = each.home
    return HomeRef(source=home.source, home_ref=home.ref, uprn=home.uprn) if home else None

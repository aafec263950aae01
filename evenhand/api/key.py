"""`GET /key`: which key this is and what it may do, to try a connection with."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, ConfigDict, Field

from evenhand.api.bearer import Bearer, caller_of
from evenhand.api.contract import contract
from evenhand.api.query import only
from evenhand.api.reply import reply
from evenhand.sharing.models.key import Audience, Scope

router = Router(tags=["The key"])
EXAMPLE = {
    "name": "Telephone system",
    "audience": "colleague systems",
    "scopes": ["check"],
    "calls_a_minute": 600,
    "calls_this_minute": 1,
    "people_a_day": 2000,
    "day": "2026-12-03",
}


class KeyOut(BaseModel):
    """A key, as itself sees it."""

    model_config = ConfigDict(extra="forbid", title="Key")
    name: str = Field(description="Which system it was made for.")
    audience: Audience = Field(description="For whom the system asks; decides how much of the reasons it is told.")
    scopes: list[Scope] = Field(description="What the key may do.")
    calls_a_minute: int = Field(description="How many calls it may make in one minute.")
    calls_this_minute: int = Field(description="How many it has made in this one, this call among them.")
    people_a_day: int = Field(description="About how many different people it may ask in one day.")
    day: date = Field(description="What day it is where the landlord is.")


@router.get(
    "/key",
    auth=Bearer(),
    response=KeyOut,
    operation_id="key",
    summary="Which key this is",
    openapi_extra=contract(answers={"a_key": EXAMPLE}),
)
def key(request: HttpRequest) -> HttpResponse:
    """Tells a system what its key may do. Any key may ask."""
    only(request, ())
    caller = caller_of(request)
    return reply(
        KeyOut(
            name=caller.name,
            audience=caller.audience,
            scopes=[scope for scope in Scope if scope in caller.scopes],
            calls_a_minute=caller.calls_a_minute,
            calls_this_minute=caller.calls,
            people_a_day=caller.people_a_day,
            day=caller.day,
        )
    )

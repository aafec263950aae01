"""`/check`: what must be known today before visiting, ringing or answering one person or one home."""

from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, ConfigDict, Field

from evenhand.api import examples, looking, told
from evenhand.api.asked import Question
from evenhand.api.bearer import caller_of
from evenhand.api.contract import WITH_BODY, contract
from evenhand.api.glancing import Glancing, seen_by
from evenhand.api.problem import Kind
from evenhand.api.query import only
from evenhand.api.reply import reply
from evenhand.api.told import ANSWERED, AnswerOut
from evenhand.api.whom import match
from evenhand.cases.circumstances import Moment
from evenhand.doors.clock import local
from evenhand.policy.answer import Answer, Asker
from evenhand.sharing import visits
from evenhand.sharing.admission import Caller
from evenhand.sharing.matching import Match, Where
from evenhand.sharing.models.key import Audience
from evenhand.sharing.visits import Checked, Visit

router = Router(tags=["Checking"])
OWN = (Kind.NOTHING_ASKED, Kind.SECOND_IDENTIFIER_NEEDED, Kind.WILDCARD, Kind.TOO_MANY_PEOPLE)
SENT = {"telephone": "07700 900123", "purpose": "incoming call"}
ABOUT = """\
Every identifier that is sent must fit. A telephone number of a household is several people’s: the answer is then
several_matches, and a second identifier tells them apart. Nobody is found by a name alone.

Read `code` first. Only nothing_held says that nothing is held, and even that is no promise of safety. no_match,
several_matches, register_stale and not_known say that nothing can be said; so does every problem.
"""


class About(BaseModel):
    """Who the answer is about, by the housing system’s own references."""

    model_config = ConfigDict(extra="forbid")
    source: str = Field(description="The housing system.")
    person_ref: str = Field(description="The person’s reference in it.")


class CheckOut(AnswerOut):
    """Today's answer about one person or home."""

    about: About | None = Field(description="Who was found; null for homes, to contractors, and where nobody was.")


@router.post(
    "/check",
    auth=Glancing(),
    response=CheckOut,
    operation_id="check",
    summary="Check one person or home",
    description=ABOUT,
    openapi_extra=contract(*WITH_BODY, *OWN, sent=SENT, answers=examples.checks()),
)
def check(request: HttpRequest, question: Question) -> HttpResponse:
    """Answers one question whose identifiers come in the body, where no log of addresses keeps them."""
    return reply(answered(request, question))


@router.get(
    "/check",
    auth=Glancing(),
    response=CheckOut,
    operation_id="check_by_address",
    summary="Check one person or home, by an address",
    description="The same for systems that can only open an address. Identifiers in an address end up in the logs of "
    "whatever lies between: use POST where you can.",
    openapi_extra=contract(*OWN, query="telephone=07700%20900123", answers=examples.checks()),
)
def check_by_address(request: HttpRequest, question: Query[Question]) -> HttpResponse:
    """Answers one question whose identifiers come in the address."""
    only(request, Question.model_fields)
    return reply(answered(request, question))


def answered(request: HttpRequest, question: Question) -> str:
    """The answer to one question as JSON; the look is logged, and what was told is on the ledger. Raises `Problem`."""
    caller, asked, purpose = caller_of(request), question.asked(), question.purpose
    moment = Moment(caller.at, caller.day)
    looking.admitted(caller, moment.at)
    visit = Visit(Where(), local(moment), told.ASKER[caller.audience])
    # What telephone systems ask most: of most people nothing is held, and the look is logged already.
    seen = seen_by(request)
    if seen and not seen.held:
        checked = visits.nothing_held(visit, Match(person=seen.person), moment, seen.setting)
        return said(checked, (seen.source, seen.ref), caller)
    if seen and seen.stands:
        checked = visits.check_person(visit, seen.person, moment, seen.setting)
    else:
        checked = visits.check_matched([visit], [match(asked, moment.day)], moment)[0]
    return said(checked, looking.looked(caller, [checked], moment.at, purpose), caller)


def said(checked: Checked, reference: tuple[str, str] | None, caller: Caller) -> str:
    """The answer as JSON. In: the source and reference of the person it is about, if it is about one."""
    asker = told.ASKER[caller.audience]
    about = None
    known = caller.audience is Audience.COLLEAGUES and checked.answer.code in ANSWERED
    if known and reference and checked.match.person is not None:
        about = About(source=reference[0], person_ref=reference[1])
    if checked.held is None:
        return with_about(said_of_many(checked.answer, asker), about)
    return with_about(told.told(checked.answer, checked.held, asker).model_dump_json(), about)


@lru_cache(maxsize=64)
def said_of_many(answer: Answer, asker: Asker) -> str:
    """An answer that says nothing of anyone in particular, as JSON: most people are told the same all day."""
    return told.told(answer, None, asker).model_dump_json()


def with_about(answer: str, about: About | None) -> str:
    """The same with whom it is about."""
    return f'{answer[:-1]},"about":{about.model_dump_json() if about else "null"}}}'

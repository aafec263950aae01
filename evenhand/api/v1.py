"""The first version of the machines' door, put together from its routes."""

import json
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from evenhand.api import acknowledgements, changes, check, checks, contacts, key, register, withdrawals
from evenhand.api.body import StrictJson
from evenhand.api.contract import ProblemOut
from evenhand.api.faults import problem_of
from evenhand.api.problem import Kind, Problem
from evenhand.api.reply import reply

PREFIX = "api/v1/"
ABOUT = """\
What must I know before I attend, or answer? Evenhand tells a landlord’s other systems, and its contractors, what to do
today: never more than they need to know, and never an all-clear. Every call is logged before its answer leaves.
"""


def told_as_problem(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    return problem_of(error if isinstance(error, Exception) else error()).response()


class Machines(NinjaAPI):
    """The API, with one way to say no, and the schema of it."""

    def set_default_exception_handlers(self) -> None:
        """Whatever is raised in a call is told as a problem, ours and the framework's own alike."""
        self.add_exception_handler(Exception, told_as_problem)

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**options)
        problem = ProblemOut.model_json_schema(ref_template="#/components/schemas/{model}", mode="serialization")
        schema["components"]["schemas"] |= problem.pop("$defs") | {"Problem": problem}
        return schema


api = Machines(
    title="Evenhand",
    version="1",
    description=ABOUT,
    urls_namespace="api-v1",
    openapi_url=None,
    docs_url=None,
    parser=StrictJson(),
)
ROUTES = (check, checks, acknowledgements, changes, withdrawals, register, contacts, key)
for route in ROUTES:
    api.add_router("", route.router)


@cache
def schema() -> OpenAPISchema:
    """The whole contract, as it is sent and as the documentation reads it."""
    return api.get_openapi_schema(path_prefix=PREFIX)


def openapi(request: HttpRequest) -> HttpResponse:
    """The contract as JSON. Open to anyone: it names nobody."""
    if request.method != "GET":
        raise Problem(Kind.METHOD_NOT_ALLOWED, headers={"Allow": "GET"})
    return reply(written())


@cache
def written() -> str:
    return json.dumps(schema(), ensure_ascii=False)

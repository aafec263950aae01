"""The first version of the machines' door, put together from its routes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from evenhand.api import acknowledgements, changes, check, checks, key, register, withdrawals
from evenhand.api.body import StrictJson
from evenhand.api.contract import ProblemOut
from evenhand.api.faults import problem_of

ABOUT = """\
What must I know before I attend, or answer? Evenhand tells a landlord's other systems, and its contractors, what to do
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
    docs_url=None,
    parser=StrictJson(),
)
ROUTES = (check, checks, acknowledgements, changes, withdrawals, register, key)
for route in ROUTES:
    api.add_router("", route.router)

"""How a body is read: JSON only, and only JSON that can be kept. Numbers that are none and half characters are not."""

from typing import Any, cast

from django.http import HttpRequest
from ninja.parser import Parser
from pydantic_core import from_json

from evenhand.api.problem import Kind, Problem


class StrictJson(Parser):
    """Reads the body of a call. Raises `Problem`."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        if request.content_type != "application/json":
            raise Problem(Kind.NOT_JSON_TYPE)
        try:
            return cast(dict[str, Any], from_json(request.body, allow_inf_nan=False, cache_strings="none"))
        except ValueError:
            raise Problem(Kind.NOT_JSON) from None

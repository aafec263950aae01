"""What machines ask, answered from a table of addresses of their own; every failure becomes a problem in words, also
those from before a route is found."""

from collections.abc import Callable
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, URLResolver, get_resolver

from evenhand.api.faults import problem_of
from evenhand.api.problem import MEDIA_TYPE, Kind, Problem

URLS = "evenhand.api.urls"


@cache
def resolver() -> URLResolver:
    """Which address leads where, here."""
    return get_resolver(URLS)


_CALLED: dict[str, Callable[[HttpRequest], HttpResponse]] = {}


def called(path: str) -> Callable[[HttpRequest], HttpResponse]:
    """What answers at an address. Every one is fixed, so each is looked for once. Raises `Resolver404`."""
    if path not in _CALLED:
        match = resolver().resolve(path)
        _CALLED[path] = match.func
    return _CALLED[path]


def answer(request: HttpRequest) -> HttpResponse:
    """The answer to one call. Nothing escapes: whatever is raised is told as a problem."""
    try:
        request.get_host()
        response = called(request.path_info)(request)
    except Resolver404:
        return Problem(Kind.NOT_FOUND).response()
    except Exception as error:
        return problem_of(error).response()
    if response.status_code == 405 and response["Content-Type"] != MEDIA_TYPE:
        return Problem(Kind.METHOD_NOT_ALLOWED, headers={"Allow": response["Allow"]}).response()
    return response

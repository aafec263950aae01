"""Lets machines in by a door of their own: what pages need, such as sessions and cookies, would only cost them time.

A middleware that answers everything under /api/ itself. Here, too, every failure becomes a problem in words, also those
from before a route is found.
"""

from collections.abc import Callable
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, URLResolver, get_resolver

from evenhand.api.faults import problem_of
from evenhand.api.problem import MEDIA_TYPE, Kind, Problem

Respond = Callable[[HttpRequest], HttpResponse]
ROOT = "/api/"
DOCS = "/api/v1/docs"
"""A page for people, which has what pages have."""
URLS = "evenhand.api.urls"


class MachinesDoor:
    """Answers what is under /api/ and hands everything else on."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(ROOT) or request.path_info == DOCS:
            return self.respond(request)
        response = answer(request)
        # Nothing between us and the caller may keep what is true of a person today.
        response.setdefault("Cache-Control", "no-store")
        response.setdefault("X-Frame-Options", "DENY")
        if not response.streaming:
            # Else the server sends it in chunks: more to write, and to read.
            response.setdefault("Content-Length", str(len(response.content)))
        return response


@cache
def resolver() -> URLResolver:
    """Which address leads where, here."""
    return get_resolver(URLS)


_CALLED: dict[str, Respond] = {}


def called(path: str) -> Respond:
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

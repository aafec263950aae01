"""Lets machines in by a door of their own: what pages need, such as sessions and cookies, would only cost them time.

A middleware that answers everything under /api/ itself.
"""

from collections.abc import Callable
from functools import cached_property

from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

Respond = Callable[[HttpRequest], HttpResponse]
ROOT = "/api/"
DOCS = "/api/v1/docs"
"""A page for people, which has what pages have."""
ANSWER = "evenhand.api.answering.answer"


class MachinesDoor:
    """Answers what is under /api/ and hands everything else on."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(ROOT) or request.path_info == DOCS:
            return self.respond(request)
        response = self.answer(request)
        # Nothing between us and the caller may keep what is true of a person today.
        response.setdefault("Cache-Control", "no-store")
        response.setdefault("X-Frame-Options", "DENY")
        # Nor is it a page, wherever it is opened.
        response.setdefault("Content-Disposition", 'attachment; filename="api.json"')
        if not response.streaming:
            # Else the server sends it in chunks: more to write, and to read.
            response.setdefault("Content-Length", str(len(response.content)))
        return response

    @cached_property
    def answer(self) -> Respond:
        """Named and not imported: the first page, before which this stands too, is not to wait for it."""
        found: Respond = import_string(ANSWER)
        return found

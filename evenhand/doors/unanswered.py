"""When the database, or a disk, does not do as it is asked: what a colleague is told, and how nothing sent is lost.

The page needs nothing of the database: it is shown whoever asks, and wherever on the way the database was missed.
"""

import sys
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error

from evenhand.database.trouble import Trouble, trouble_in


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of a trouble: over a page, beside a form that keeps what was typed; and after how many seconds a
    browser or a machine may try again."""

    page: str
    form: str
    seconds: int


OF = {
    Trouble.AWAY: Words(
        "It is being started again, or cannot reach its database. It is often back within a minute.",
        "We could not save this just now. Your words are still here: wait a minute and send the form again.",
        5,
    ),
    Trouble.CROWDED: Words(
        "Too much is asked of it at once. Wait a minute before you try again.",
        "Too much is asked of Evenhand at once, so this was not saved. Your words are still here: wait a minute and "
        "send the form again.",
        30,
    ),
    Trouble.FULL: Words(
        "It has no room left to save anything, or its disk cannot be written to. Tell whoever looks after Evenhand: it "
        "works again once they have made room.",
        "There is no room left to save this, or the disk cannot be written to. Your words are still here: leave this "
        "page open, tell whoever looks after Evenhand, and send the form again once they have made room.",
        60,
    ),
    Trouble.BUSY: Words(
        "Someone else was changing the same thing at this very moment. Try again.",
        "Someone else was changing the same thing at this very moment, so this was not saved. Your words are still "
        "here: send the form again.",
        2,
    ),
    Trouble.SLOW: Words(
        "What you asked for took too long, so it was stopped. Ask for less at once, or tell whoever looks after "
        "Evenhand.",
        "This took too long, so it was stopped and nothing was saved. Your words are still here: send the form again, "
        "and tell whoever looks after Evenhand if it happens again.",
        30,
    ),
}


def not_saved(error: Exception) -> str:
    """What to say beside a form whose answers could not be written. Raises `error` where it is a fault of ours."""
    trouble = trouble_in(error)
    if trouble is None:
        raise error
    return OF[trouble].form


def went_wrong(request: HttpRequest) -> HttpResponse:
    """The page for whatever was raised and nobody foresaw; Django calls it while that is being handled."""
    error = sys.exc_info()[1]
    trouble = trouble_in(error) if error else None
    if trouble is None:
        return server_error(request)
    context = {"words": OF[trouble].page, "method": request.method, **_sent(request)}
    headers = {"Retry-After": str(OF[trouble].seconds)}
    return HttpResponse(render_to_string("503.html", context), status=503, headers=headers)


def _sent(request: HttpRequest) -> dict[str, object]:
    """What one of our own forms sent, to be sent again from this page. Never of a form that another site sent in the
    browser's name, or else it could have us show words of its own."""
    if "token" not in request.POST or not getattr(request, "csrf_processing_done", False):
        return {}
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    files = [(name, [file.name for file in request.FILES.getlist(name)]) for name in request.FILES]
    return {"action": request.get_full_path(), "fields": fields, "files": files}

"""What a browser may do with our pages: nothing that did not come from us."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

SIGN_OUT = "account_logout"
LOOKED_FOR = {"q", "words", "person", "colleague"}
"""Under what an address has the words that somebody typed to look for a person."""
Respond = Callable[[HttpRequest], HttpResponse]


def content_policy(form_targets: list[str]) -> str:
    """The Content-Security-Policy header. `form_targets`: addresses a form may lead to beside our own.

    Browsers apply form-action to the redirect that follows a form, so the landlord's identity provider, to
    which the sign-in form leads, has to be named.
    """
    origins = [f"{parts.scheme}://{parts.netloc}" for parts in map(urlsplit, form_targets)]
    rules = {
        "default-src": "'self'",
        "img-src": "'self' data:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "form-action": " ".join(["'self'", *origins]),
    }
    return "; ".join(f"{rule} {value}" for rule, value in rules.items())


class BrowserRules:
    """Adds to every answer the rules a browser is to keep, unless the page has set its own.

    A page is not kept for others, and is asked for again before it is shown again; going back to a form still shows the
    words typed into it, which `no-store` would lose. Signing out empties what the browser kept, drafts of reports too.
    What was found by words somebody typed is not kept at all: a telephone is shared, and nothing is lost by it.
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond
        self.headers = {
            "Content-Security-Policy": content_policy(settings.FORM_TARGETS),
            "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cache-Control": "private, no-cache",
        }

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.respond(request)
        if not LOOKED_FOR.isdisjoint(request.GET):
            response.setdefault("Cache-Control", "private, no-store")
        for name, value in self.headers.items():
            response.setdefault(name, value)
        if request.method == "POST" and request.resolver_match and request.resolver_match.view_name == SIGN_OUT:
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response


class PlainAddresses:
    """Refuses an address with a character in it that no text may have: the database could not look for it."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or any("\0" in value for values in request.GET.lists() for value in values[1]):
            raise BadRequest("An address has a null character in it.")
        return self.respond(request)

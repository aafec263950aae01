"""The way in: what answers first, while every other page is still being loaded.

To whoever brings no session it shows the page on which one signs in, and what a browser fetches with it. Asked for
anything else it loads everything as well and then answers as the whole does, which takes its place within seconds.
"""

from threading import Lock

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.loader import get_template
from django.utils.module_loading import import_string

from evenhand.children import LOADING
from evenhand.loading import load, set_up

ADDRESSES = "evenhand.entrance_urls"
FIRST = {"/", "/accounts/login/"}


def load_entrance() -> None:
    """Load no more than the first pages need."""
    set_up()
    import_string(f"{ADDRESSES}.urlpatterns")
    import_string(settings.ACCOUNT_ADAPTER)
    import_string(settings.ACCOUNT_FORMS["login"])
    get_template("account/login.html")


class Entrance(WSGIHandler):
    """The web until everything is loaded. Each of its answers says so in a header."""

    def __init__(self) -> None:
        super().__init__()
        self.one_at_a_time = Lock()
        self.whole = False

    def get_response(self, request: HttpRequest) -> HttpResponseBase:
        if is_first(request):
            request.urlconf = ADDRESSES
        elif not self.whole:
            with self.one_at_a_time:
                if not self.whole:
                    load()
                    self.whole = True
        response = super().get_response(request)
        response[LOADING] = "yes"
        return response


def is_first(request: HttpRequest) -> bool:
    """Whether it asks for what can be shown before everything is loaded."""
    if request.method not in ("GET", "HEAD"):
        return False
    if request.path_info.startswith(settings.STATIC_URL):
        return True
    return request.path_info in FIRST and settings.SESSION_COOKIE_NAME not in request.COOKIES

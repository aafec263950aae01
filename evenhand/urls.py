"""Which address leads where. Each door keeps its own paths; this joins them."""

from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path, re_path

from evenhand.api.docs import docs

# For what was not foreseen: the database away for a moment, or a fault of ours.
handler500 = "evenhand.doors.unanswered.went_wrong"


def nothing(request: HttpRequest) -> HttpResponse:
    """A page of the package that nobody has here."""
    raise Http404


urlpatterns: list[URLPattern | URLResolver] = [
    # An administrator vouches for a colleague's address, to which links to sign in are sent: nobody changes their own.
    re_path("^accounts/(?:confirm-)?email/", nothing),
    path("accounts/", include("allauth.urls")),
    # The machines' own addresses are not here: evenhand/api/door.py answers them before a page's rules begin.
    path("api/v1/docs", docs, name="api.docs"),
]
if (Path(__file__).parent / "web" / "urls.py").is_file():
    urlpatterns.append(path("", include("evenhand.web.urls")))

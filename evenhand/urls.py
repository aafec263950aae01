"""Which address leads where. Each door keeps its own paths; this joins them."""

from pathlib import Path

from django.urls import URLPattern, URLResolver, include, path

from evenhand.api.docs import docs

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("allauth.urls")),
    # The machines' own addresses are not here: evenhand/api/door.py answers them before a page's rules begin.
    path("api/v1/docs", docs, name="api.docs"),
]
if (Path(__file__).parent / "web" / "urls.py").is_file():
    urlpatterns.append(path("", include("evenhand.web.urls")))

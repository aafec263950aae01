"""Which address leads where. Each door keeps its own paths; this joins them."""

from pathlib import Path

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [path("accounts/", include("allauth.urls"))]
if (Path(__file__).parent / "web" / "urls.py").is_file():
    urlpatterns.append(path("", include("evenhand.web.urls")))

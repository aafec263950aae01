"""The addresses under /api/: a table of their own, since no page's rules hold here."""

from django.urls import URLPattern, URLResolver, path

from evenhand.api.v1 import PREFIX, api, openapi

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{PREFIX}openapi.json", openapi, name="openapi"),
    path(PREFIX, api.urls),
]

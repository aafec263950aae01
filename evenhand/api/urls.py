"""The addresses under /api/: a table of their own, since no page's rules hold here."""

from django.urls import URLPattern, URLResolver, path

from evenhand.api.v1 import api

urlpatterns: list[URLPattern | URLResolver] = [path("api/v1/", api.urls)]

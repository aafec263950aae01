"""The real sign-in pages and a page to come in to, without the rest of the service."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path


def today(request: HttpRequest) -> HttpResponse:
    """The frame of every page, as whoever has signed in sees it."""
    return render(request, "base.html", {"title": "Today"})


urlpatterns = [path("", today, name="today"), path("accounts/", include("allauth.urls"))]

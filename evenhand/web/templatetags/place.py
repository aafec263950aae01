"""The places of the service: which of them a colleague is offered, and which they are in."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from evenhand.doors.permission import ADMINISTRATORS, AUDITORS, CASEWORKERS, COLLEAGUES, PLANNERS
from evenhand.policy.staff import DECIDERS, PREPARERS, Role

register = template.Library()


@dataclass(frozen=True, slots=True)
class Place:
    """A link of the main navigation: its words, the name of its route, and who is offered it (everyone if empty)."""

    words: str
    route: str
    roles: frozenset[Role] = frozenset()


PLACES = (
    Place("Today", "today"),
    Place("Report an incident", "incident.report", COLLEAGUES),
    Place("Cases", "cases"),
    Place("Reviews", "reviews", CASEWORKERS),
    Place("Appeals", "appeals", CASEWORKERS),
    Place("Worth a look", "demand", DECIDERS),
    Place("Letters", "letters", CASEWORKERS),
    Place("Visits", "visits", PLANNERS),
    Place("Policy", "policy"),
    Place("Who looked", "looks", AUDITORS),
    Place("Retention", "retention", PREPARERS),
    Place("Administration", "administration", ADMINISTRATORS),
)


def address(route: str) -> str | None:
    """Where a named route is, or None while no door has opened it."""
    try:
        return reverse(route)
    except NoReverseMatch:
        return None


def is_within(path: str, href: str) -> bool:
    """Whether a page stands in the place at `href`: there, or below it."""
    return path == href or (href != "/" and path.startswith(href.rstrip("/") + "/"))


def places_for(request: HttpRequest) -> list[dict[str, Any]]:
    """The places this colleague is offered, each with its words, address and whether the page stands in it."""
    held = frozenset(map(Role, getattr(request.user, "roles", ())))
    offered = []
    for place in PLACES:
        href = address(place.route)
        if href and (not place.roles or held & place.roles):
            offered.append({"words": place.words, "href": href, "here": is_within(request.path, href)})
    return offered


@register.simple_tag(takes_context=True)
def places(context: dict[str, Any]) -> list[dict[str, Any]]:
    """The main navigation of this page; empty for someone who has not signed in."""
    request = context.get("request")
    if request is None or not getattr(getattr(request, "user", None), "is_authenticated", False):
        return []
    return places_for(request)


@register.simple_tag(takes_context=True)
def check_address(context: dict[str, Any]) -> str:
    """Where the check box of the header leads: the answer card, or the search while there is no answer card. Empty
    for whoever comes from outside and checks nobody."""
    actor = getattr(getattr(context.get("request"), "user", None), "actor", None)
    if actor is not None and not actor.has(*COLLEAGUES):
        return ""
    return address("check") or address("search") or "/search"


@register.simple_tag
def check_results() -> str:
    """Where the check box asks what is found while one types; empty while nothing answers."""
    return address("check.results") or ""

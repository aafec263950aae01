"""The demonstration's way in, for the page on which one signs in."""

from typing import Any

from django import template
from django.urls import reverse

from evenhand.people import second_step
from evenhand.web import welcome

register = template.Library()


@register.simple_tag
def demonstration() -> bool:
    """Whether nothing here is in earnest, so that nobody is asked for a second step."""
    return second_step.is_demonstration()


@register.simple_tag(takes_context=True)
def welcome_address(context: dict[str, Any]) -> str:
    """Where one click signs in; empty but in a demonstration on this machine."""
    request = context.get("request")
    return reverse("welcome") if request is not None and welcome.is_open_to(request) else ""

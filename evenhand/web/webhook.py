"""Webhooks: which systems are told by themselves, whether they take it, and what never arrived."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse

from evenhand.doors.permission import ADMINISTRATORS, AUDITORS, for_roles
from evenhand.people.models import User
from evenhand.policy.staff import Role
from evenhand.sharing import webhook_trail
from evenhand.sharing.models import Delivery, Endpoint
from evenhand.sharing.models.webhook import DeliveryState
from evenhand.web import way
from evenhand.web.key_words import AUDIENCES
from evenhand.web.sharing_words import EACH, STATES, news
from evenhand.web.templatetags.words import moment

WATCHING = ADMINISTRATORS | AUDITORS
PAGE = 25
COLUMNS = ("System", "For", "Last answered", "State")
MESSAGES = ("What", "Message", "Made", "Tries", "State", "What you can do")
DEAD = ("What", "System", "Message", "Made", "What went wrong", "What you can do")


def may_change(request: HttpRequest) -> bool:
    """Whether the viewer may do more than watch."""
    return isinstance(request.user, User) and request.user.actor.has(Role.ADMINISTRATOR)


@for_roles(WATCHING)
def webhooks(request: HttpRequest) -> HttpResponse:
    """Every receiver, those that are sent something first, and whether anything never arrived."""
    found = sorted(Endpoint.objects.all(), key=lambda one: not one.is_on)
    context = {
        "title": "Webhooks",
        "columns": [{"words": words} for words in COLUMNS],
        "rows": [
            [
                {"words": one.name, "href": reverse("webhook", args=[one.pk])},
                AUDIENCES[one.audience],
                moment(one.answered_at) or "Never",
                dict(zip(("words", "kind"), state(one), strict=True)),
            ]
            for one in found
        ],
        "dead": Delivery.objects.filter(state=DeliveryState.DEAD).exists(),
        "may_add": may_change(request),
        "back": reverse("administration") if may_change(request) else reverse("looks"),
    }
    return render(request, "webhook/webhooks.html", context)


def state(one: Endpoint) -> tuple[str, str]:
    """Whether it is sent anything and takes it, in words and as a badge."""
    if not one.is_on:
        return "Switched off", ""
    return ("Does not answer", "danger") if one.failures else ("On", "good")


@for_roles(WATCHING)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A receiver: what it is told of, its latest messages, and who did what with it."""
    found = get_object_or_404(Endpoint.objects.select_related("key", "made_by"), pk=pk)
    rows = Delivery.objects.filter(endpoint=found).select_related("change").order_by("-id")
    after = request.GET.get("after", "")
    if after.isdecimal():
        rows = rows.filter(pk__lt=int(after))
    page = list(rows[: PAGE + 1])
    words, kind = state(found)
    context = {
        "title": found.name,
        "endpoint": found,
        "state": words,
        "kind": kind,
        "rows": facts(found),
        "columns": [{"words": words} for words in MESSAGES],
        "sent": [message(delivery, may_change(request) and found.is_on) for delivery in page[:PAGE]],
        "needless": any(delivery.state == DeliveryState.NEEDLESS for delivery in page[:PAGE]),
        "older": f"?after={page[PAGE - 1].pk}" if len(page) > PAGE else "",
        "newer": reverse("webhook", args=[pk]) if after else "",
        "may_change": may_change(request),
        "trail": webhook_trail.of(found),
    }
    return render(request, "webhook/webhook.html", context)


def facts(found: Endpoint) -> list[dict[str, str]]:
    told = {
        "Address": found.url,
        "Who answers for it": found.owner,
        "What for": found.why,
        "For": AUDIENCES[found.audience],
        "Told of": ", ".join(EACH[kind] for kind in found.kinds),
        "Confirms with": f"Key {found.key.name}" if found.key else "Nothing: somebody takes it down by telephone",
        "Last answered": moment(found.answered_at) or "Never",
        "Rests until": moment(found.resting_until) if found.failures else "",
        "Switched off": f"{moment(found.off_at)}. {found.off_why}" if found.off_at else "",
        "Added": f"{moment(found.made_at)} by {found.made_by.name}",
    }
    return [{"key": name, "value": value} for name, value in told.items() if value]


def message(delivery: Delivery, may_send: bool) -> list[Any]:
    words, kind = STATES[delivery.state]
    trouble = f": {delivery.trouble}" if delivery.trouble and delivery.state != DeliveryState.ARRIVED else ""
    again = may_send and delivery.state != DeliveryState.WAITING
    return [
        what_of(delivery),
        delivery.message,
        moment(delivery.at),
        str(delivery.tries),
        {"words": f"{words}{trouble}", "kind": kind},
        {"words": "Send again", "href": reverse("webhook.again", args=[delivery.pk])} if again else "",
    ]


def what_of(delivery: Delivery) -> str:
    """What it is about, and never whom: names are for those who work on the case."""
    change = delivery.change
    return f"{news(change.control_kind, change.kind)}, {change.case}" if change else "A trial"


@for_roles(WATCHING)
def dead(request: HttpRequest) -> HttpResponse:
    """What was tried for three days and never arrived, the latest first."""
    rows = Delivery.objects.filter(state=DeliveryState.DEAD).select_related("change", "endpoint").order_by("-id")
    after = request.GET.get("after", "")
    if after.isdecimal():
        rows = rows.filter(pk__lt=int(after))
    page = list(rows[: PAGE + 1])
    context = {
        "title": "What never arrived",
        "columns": [{"words": words} for words in DEAD],
        "rows": [dead_row(delivery, may_change(request)) for delivery in page[:PAGE]],
        "older": way.with_query("webhooks.dead", after=str(page[PAGE - 1].pk)) if len(page) > PAGE else "",
        "newer": reverse("webhooks.dead") if after else "",
    }
    return render(request, "webhook/dead.html", context)


def dead_row(delivery: Delivery, may_send: bool) -> list[Any]:
    again = may_send and delivery.endpoint.is_on
    return [
        what_of(delivery),
        {"words": delivery.endpoint.name, "href": reverse("webhook", args=[delivery.endpoint_id])},
        delivery.message,
        moment(delivery.at),
        delivery.trouble or "It did not answer.",
        {"words": "Send again", "href": reverse("webhook.again", args=[delivery.pk])} if again else "",
    ]


AT = "administration/webhooks/"
urlpatterns = [
    path(AT, webhooks, name="webhooks"),
    path(f"{AT}never-arrived", dead, name="webhooks.dead"),
    path(f"{AT}<int:pk>/", one, name="webhook"),
]

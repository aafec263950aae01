"""The last heads of the record, and whether it still agrees with them: for the policy's owner and administrators."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from evenhand.cases import head_check
from evenhand.cases.head_check import Shown
from evenhand.doors.permission import POLICY_OWNERS, for_roles, may_open
from evenhand.web.templatetags.words import day, moment

MOST = 30
GROUP = 16
"""How many digits of a head stand together, so that it breaks where the page is narrow."""
COLUMNS = [{"words": words} for words in ("Day", "The record", "Made", "Sent to", "Head")]


@for_roles(POLICY_OWNERS)
def heads(request: HttpRequest) -> HttpResponse:
    """The last month's. It says whether the record agrees, and not where it does not: that is for `evenhand verify`."""
    found = head_check.latest(MOST)
    administration = reverse("administration")
    context = {
        "title": "The record and its daily heads",
        "up": administration if may_open(request.user.actor, administration) else "",  # type: ignore[union-attr]
        "columns": COLUMNS,
        "rows": [row(each) for each in found],
        "wrong": any(not each.agrees for each in found),
        "unsent": [each for each in found if not each.sent_to],
    }
    return render(request, "administration/heads.html", context)


def row(head: Shown) -> list[Any]:
    made = moment(head.made_at)
    return [
        head.note or day(head.day),
        {"words": "Agrees", "kind": "good"} if head.agrees else {"words": "Does not agree", "kind": "danger"},
        f"{made}, late" if head.late else made,
        head.sent_to or "Nobody yet",
        " ".join(head.head[each : each + GROUP] for each in range(0, len(head.head), GROUP)),
    ]


urlpatterns = [path("administration/heads", heads, name="heads")]

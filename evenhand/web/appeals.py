"""D2, M3: appeals that wait for someone senior who took no part, the soonest due first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from evenhand.cases import reading
from evenhand.doors.clock import now
from evenhand.doors.permission import CASEWORKERS, for_roles
from evenhand.people.models import User
from evenhand.web import way
from evenhand.web.due import row


@for_roles(CASEWORKERS)
def appeals(request: HttpRequest) -> HttpResponse:
    viewer = request.user
    assert isinstance(viewer, User)
    on, after = now().day, request.GET.get("after", "")
    page = reading.appeals(viewer, on, after=after)
    context = {
        "title": "Appeals",
        "tasks": [row(task, on, viewer) for task in page.rows],
        "older": way.with_query("appeals", after=page.after) if page.after else "",
        "newer": way.with_query("appeals") if after else "",
    }
    return render(request, "appeals/appeals.html", context)


urlpatterns = [path("appeals/", appeals, name="appeals")]

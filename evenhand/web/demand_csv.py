"""C2: what each chart of how often a customer contacted us draws, as CSV."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from evenhand.contacts import history
from evenhand.doors.permission import CASEWORKERS, for_roles
from evenhand.web import demand_chart, demand_list
from evenhand.web.demand_list import safe
from evenhand.web.how_often import Measured, measured, opened
from evenhand.web.templatetags.demand_figure import COLUMNS

Rows = Iterable[Sequence[object]]


def _matters(made: Measured) -> Rows:
    log = history.of(made.person, made.span)
    drawn = demand_chart.timeline(log, demand_list.left_out(log, made.terms))
    return [COLUMNS, *((line.name, *line.told) for line in drawn["lines"])]


def _reasons(made: Measured) -> Rows:
    listed = demand_list.rows(history.of(made.person, made.span), made.terms)
    return [("Reason", "Contacts"), *demand_list.reasons(listed)]


def _beside(made: Measured) -> Rows:
    _, others, own = made.beside
    return [("Minutes that count", "Customers"), *demand_chart.distribution(others, own)]


CHARTS = {"matters": _matters, "reasons": _reasons, "beside": _beside}


@for_roles(CASEWORKERS)
def chart(request: HttpRequest, signed: str, which: str) -> HttpResponse:
    """One chart's table. 404 for a chart that there is not."""
    if which not in CHARTS:
        raise Http404
    _, person = opened(request, signed)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([safe(str(cell)) for cell in row] for row in CHARTS[which](measured(person)))
    return HttpResponse(
        text.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="how-often-{which}-{person.ref}.csv"'},
    )


urlpatterns = [path("people/<str:signed>/how-often/<slug:which>.csv", chart, name="demand.chart")]

"""C2: what is worth a manager's look: first what is ours to put right, then customers, each with the fair reading.

Nothing is opened by itself, and nothing of this is ever on an answer card.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from evenhand.cases import sight
from evenhand.contacts import suggesting
from evenhand.contacts.models import Suggested
from evenhand.contacts.terms import demand_terms
from evenhand.doors.clock import now
from evenhand.doors.looked import looked_at_many
from evenhand.doors.permission import for_roles
from evenhand.people.models import User
from evenhand.policy.demand import sentence
from evenhand.policy.demand.strength import Strength
from evenhand.policy.staff import DECIDERS
from evenhand.web import objections, own_failure, way
from evenhand.web.how_often import LOOKED_FOR, to_how_often
from evenhand.web.said import listed
from evenhand.web.templatetags.words import day

PAGE = 25
WORST = 10
KINDS = {Strength.STRONG: "due", Strength.FAIR: "accent", Strength.WEAK: ""}


@for_roles(DECIDERS)
def worth_a_look(request: HttpRequest) -> HttpResponse:
    """Suggestions nobody has answered, strongest first; above them, the matters of ours that caused most contact."""
    viewer = request.user
    assert isinstance(viewer, User)
    suggesting.measure_changed(now().at, demand_terms(), most=PAGE)
    close = sight.people_close_to(viewer, now().day)
    page = _page(request.GET.get("after", ""), close)
    rows = page[:PAGE]
    looked_at_many(viewer, [row.person for row in rows], LOOKED_FOR)
    measured = Suggested.objects.order_by("-measured_at").values_list("measured_at", flat=True).first()
    context = {
        "title": "Worth a look",
        "rows": [_row(row) for row in rows],
        "objections": objections.waiting(viewer, now()) if not request.GET.get("after") else [],
        "failures": own_failure.worst(close, WORST) if not request.GET.get("after") else [],
        "columns": own_failure.COLUMNS,
        "measured": day(measured),
        "older": way.with_query("demand", after=_key(rows[-1])) if len(page) > PAGE else "",
        "newer": way.with_query("demand") if request.GET.get("after") else "",
    }
    return render(request, "demand/worth_a_look.html", context)


def _page(after: str, close: frozenset[int]) -> list[Suggested]:
    found = (
        Suggested.objects.filter(answered=False)
        .exclude(person__in=close)
        .select_related("person")
        .order_by("-strength", "id")
    )
    strength, _, key = after.partition("/")
    try:
        at, last = float(strength), int(key)
    except ValueError:
        return list(found[: PAGE + 1])
    from_there = found.filter(strength__lte=at).exclude(strength=at, id__lte=last)
    return list(from_there[: PAGE + 1])


def _key(row: Suggested) -> str:
    return f"{row.strength!r}/{row.pk}"


def _row(row: Suggested) -> dict[str, Any]:
    """One suggestion: who, which kinds, and the fair reading of the strongest beside it."""
    strongest = row.figures["figures"][0]
    left_out = strongest["left_out"]
    ours = left_out.get("overdue", 0) + left_out.get("not done", 0)
    fair = sentence.fair_of(ours, strongest["counted"], strongest["contacts"])
    time = sentence.duration(strongest["minutes"])
    some_left_out = strongest["counted"] < strongest["contacts"]
    fair += f" The other {strongest['counted']} took {time}." if some_left_out else f" Together they took {time}."
    return {
        "name": row.person.name,
        "href": to_how_often(row.person),
        "kinds": listed(row.kinds).capitalize(),
        "fair": fair,
        "needs": f"Needs on record: {', '.join(strongest['needs_recorded'])}." * bool(strongest["needs_recorded"]),
        "word": row.figures["in_a_word"],
        "kind": KINDS[Strength(row.figures["in_a_word"])],
    }


urlpatterns = [path("worth-a-look/", worth_a_look, name="demand")]

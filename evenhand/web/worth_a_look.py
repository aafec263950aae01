"""C2: what is worth a manager's look: first what is ours to put right, then customers, each with the fair reading.

Nothing is opened by itself, and nothing of this is ever on an answer card.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from evenhand.cases import sight
from evenhand.contacts import fields_kept, lacking, suggesting
from evenhand.contacts.models import Suggested
from evenhand.contacts.terms import demand_terms
from evenhand.doors.clock import now
from evenhand.doors.looked import looked_at_many
from evenhand.doors.permission import for_roles
from evenhand.people import household, reading
from evenhand.people.models import Person, User
from evenhand.policy.conduct import Conduct
from evenhand.policy.demand import sentence
from evenhand.policy.demand.comparison import Basis
from evenhand.policy.demand.exclusion import Reason
from evenhand.policy.demand.sentence import counted
from evenhand.policy.demand.strength import Strength
from evenhand.policy.demand.untold import Mark
from evenhand.policy.staff import DECIDERS
from evenhand.web import objections, own_failure, way
from evenhand.web.how_often import LOOKED_FOR, to_how_often
from evenhand.web.templatetags.words import day, days_in_words, local_day, moment

PAGE = 15
WORST = 5
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
    failures = own_failure.worst(close, WORST) if not request.GET.get("after") else []
    objected = objections.waiting(viewer, now()) if not request.GET.get("after") else []
    seen = [*(one["person"] for one in (*failures, *objected)), *(row.person for row in rows)]
    looked_at_many(viewer, dict.fromkeys(seen), LOOKED_FOR)
    measured = Suggested.objects.order_by("-measured_at").values_list("measured_at", flat=True).first()
    lives = _addresses([row.person for row in rows], now().day)
    context = {
        "title": "Worth a look",
        "rows": [_row(row, lives.get(row.person_id, "")) for row in rows],
        "objections": objected,
        "failures": failures,
        "measured": day(measured),
        "unknown": lacking.cannot_be_measured(Mark.MINUTES) if Mark.MINUTES in fields_kept.untold() else "",
        "older": way.with_query("demand", after=_key(rows[-1])) if len(page) > PAGE else "",
        "newer": way.with_query("demand") if request.GET.get("after") else "",
    }
    return render(request, "demand/worth_a_look.html", context)


def _addresses(people: list[Person], on: date) -> dict[int, str]:
    """Where each lives, whichever of their records says so. Four queries, however many they are."""
    joined = Person.objects.filter(pk__in=reading.everyone_joined(one.pk for one in people)).exclude(merged_into=None)
    records = list(joined.select_related("merged_into"))
    lives = household.addresses([*people, *records], on)
    return {reading.kept_record(one).pk: lives[one.pk] for one in [*records, *people] if one.pk in lives}


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


def _row(row: Suggested, address: str) -> dict[str, Any]:
    """One suggestion as a card: who and where, which kinds, since when, and the fair reading of the strongest."""
    strongest = row.figures["figures"][0]
    needs = strongest["needs_recorded"]
    return {
        "name": row.person.name,
        "href": to_how_often(row.person),
        "who": ", ".join(filter(None, ("" if row.person.is_local else row.person.ref, address))),
        "kinds": _kinds(row.kinds),
        "since": _since(row, now().day),
        "fair": _fair(strongest),
        "needs": f"Needs on record: {', '.join(needs)}. This may be why." if needs else "",
        "word": row.figures["in_a_word"],
        "kind": KINDS[Strength(row.figures["in_a_word"])],
        "shown": [_shown(one) for one in row.figures["figures"]],
        "left_out": sentence.left_out_of({Reason(why): count for why, count in strongest["left_out"].items()}),
        "usually": sentence.usually_of(
            Basis(strongest["compared_with"]), strongest["customers_compared"], strongest["median_minutes"]
        ),
        "unknown": [
            *_after_ours(strongest),
            *(f"Our records do not show {words}." for words in strongest["log_does_not_show"]),
        ],
        "measured": moment(row.measured_at),
    }


def _after_ours(kept: dict[str, Any]) -> Iterator[str]:
    """What came soon after our answer; measured before that was counted, it is not said."""
    if after := kept.get("after_ours"):
        told = sentence.after_ours_of(after, kept["counted"], kept["reply_days"], "them")
        yield f"{told}: see whether we had asked something."


def _kinds(kinds: list[str]) -> str:
    """The strongest, and how many more: all of them are told where they are counted."""
    more = f", and {counted(len(kinds) - 1, 'other kind')}" if len(kinds) > 1 else ""
    return f"{kinds[0].capitalize()}{more}"


def _since(row: Suggested, on: date) -> str:
    """How old it is: since when it waits for a manager, and how long ago the days are in which it shows."""
    waits = (on - local_day(row.since)).days
    told = f"On this list since {day(row.since)}{f' ({days_in_words(waits)})' if waits else ''}."
    return f"{told} Shows in the days to {day(row.until)}." if row.until < on else told


def _fair(strongest: dict[str, Any]) -> dict[str, str]:
    """What of it was ours, then what the rest took of our time."""
    ours = strongest["left_out"].get("overdue", 0) + strongest["left_out"].get("not done", 0)
    count, time = strongest["counted"], sentence.duration(strongest["minutes"])
    some_left_out = count < strongest["contacts"]
    return {
        "first": sentence.fair_of(ours, count, strongest["contacts"]),
        "then": f"The other {count} took {time}." if some_left_out else f"Together they took {time}.",
    }


def _shown(one: dict[str, Any]) -> str:
    """What one kind counts, and in which days."""
    days = f"{day(date.fromisoformat(one['from']))} to {day(date.fromisoformat(one['to']))}"
    return f"{sentence.what_of(Conduct(one['kind']), one['figure'], 'they')}, from {days}."


urlpatterns = [path("worth-a-look/", worth_a_look, name="demand")]

"""Colleagues who looked up many people outside their work, for whoever watches over looking.

It is shown, never judged: a busy day at the telephone looks like this too, and a person asks why.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from typing import Any

from django.db.models import CharField, Count, F, Q, QuerySet
from django.db.models.functions import Cast, Coalesce, Greatest, TruncDate

from evenhand.cases import sight
from evenhand.contacts.models import Contact
from evenhand.people.models import Look, User
from evenhand.people.models.look import LookKind
from evenhand.sharing.models import Booking

LOOKED_UP = (LookKind.CHECK, LookKind.PERSON)
NEAR = timedelta(days=1)
"""A contact or a visit on the day before or after is a reason to have looked."""
MOST = 100


@dataclass(frozen=True, slots=True)
class Many:
    """One colleague on one day: how many different people and homes they looked up, and how many outside their work.

    `searches` counts what they typed; `usual` is the median over colleagues who looked anyone up that day.
    """

    day: date
    by: User
    looked_up: int
    outside: int
    searches: int
    usual: int


def many(since: date, until: date, most_a_day: int) -> list[Many]:
    """Whoever looked up more than `most_a_day` people and homes outside their work on a day, or searched more often
    than that, since every search lists people too; the most first.

    Outside their work are those of whom they have no case (as its holder, named in it, its reporter, or affected), to
    whom they were not booked, and with whom there was no contact on the day or the day next to it. A fixed number of
    queries for each colleague and day that is past the number at all.
    """
    counted = _counted(since, until)
    usual = _usual(counted)
    past = [row for row in counted if max(row["things"], row["searches"]) > most_a_day][:MOST]
    users = User.objects.in_bulk({row["by"] for row in past if row["by"]})
    found = []
    for row in past:
        user, day = users.get(row["by"] or 0), row["day"]
        if user is None:
            continue
        outside = row["things"] - len(_within_their_work(user, day))
        if max(outside, row["searches"]) > most_a_day:
            found.append(Many(day, user, row["things"], outside, row["searches"], usual.get(day, 0)))
    return sorted(found, key=lambda each: (-max(each.outside, each.searches), each.day, each.by.pk))


def _looks(since: date, until: date, **among: Any) -> "QuerySet[Any]":
    rows = Look.objects.filter(_on(since, until), by__isnull=False, **among)
    # A home has no person: it is told apart by what the look says of it; a search by its words.
    return rows.annotate(day=TruncDate("at"), thing=Coalesce(Cast(F("person_id"), CharField()), F("reference")))


def _counted(since: date, until: date) -> list[dict[str, Any]]:
    rows = _looks(since, until, kind__in=(*LOOKED_UP, LookKind.SEARCH)).values("day", "by")
    searched = Q(kind=LookKind.SEARCH)
    counted = rows.annotate(
        things=Count("thing", distinct=True, filter=~searched), searches=Count("thing", distinct=True, filter=searched)
    )
    return list(counted.order_by(Greatest("things", "searches").desc(), "day", "by"))


def _usual(counted: Iterable[Mapping[str, Any]]) -> dict[date, int]:
    by_day: dict[date, list[int]] = defaultdict(list)
    for row in counted:
        if not row["things"]:
            continue
        by_day[row["day"]].append(row["things"])
    return {day: round(median(numbers)) for day, numbers in by_day.items()}


def _within_their_work(user: User, day: date) -> frozenset[int]:
    """Of the people looked up by a colleague on a day, those whom their work was about. Four queries."""
    rows = _looks(day, day, by=user, kind__in=LOOKED_UP, person__isnull=False)
    people = frozenset(rows.values_list("person_id", flat=True).distinct())
    near = (day - NEAR, day + NEAR)
    worked = sight.people_worked_with(user.actor_id, people)
    booked = Booking.objects.filter(at__date__range=near, colleague=user)
    visited = booked.filter(person__in=people).values_list("person_id", flat=True)
    called = Contact.objects.filter(person__in=people, at__date__range=near).values_list("person_id", flat=True)
    return people & {*worked, *visited, *called}


def _on(since: date, until: date) -> Q:
    """On these local days. The moments about them are what the index knows."""
    about = (datetime.combine(since - NEAR, time.min, UTC), datetime.combine(until + 2 * NEAR, time.min, UTC))
    return Q(at__range=about, at__date__range=(since, until))

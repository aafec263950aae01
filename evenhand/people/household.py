"""Where a person lives or visits, and who else lives there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from evenhand.people.models import HomeVisit, Person, TenancyPerson
from evenhand.people.reading import identities, links, live_on


@dataclass(frozen=True, slots=True)
class Place:
    """A home, what the person is there, and the others who live there on the day."""

    home: int
    address: str
    role: str
    others: tuple[Person, ...] = ()


def of(person: Person, day: date) -> list[Place]:
    """Every home they live in or visit on the day. Three queries, however many there are."""
    ids = identities(person)
    theirs = list(links(ids, day))
    living = TenancyPerson.objects.filter(live_on(day), tenancy__in=[link.tenancy_id for link in theirs])
    others = list(living.exclude(person__in=ids).select_related("person").order_by("person__surname", "id"))
    lived_in = [
        Place(
            link.tenancy.home_id,
            link.tenancy.home.address,
            link.role,
            tuple(dict.fromkeys(other.person for other in others if other.tenancy_id == link.tenancy_id)),
        )
        for link in theirs
    ]
    visits = HomeVisit.objects.filter(Q(ended_on=None) | Q(ended_on__gte=day), person__in=ids).select_related("home")
    return [*lived_in, *(Place(visit.home_id, visit.home.address, "visitor") for visit in visits.order_by("id"))]


def addresses(people: Iterable[Person], day: date) -> dict[int, str]:
    """Where each lives, or visits, on the day: what tells two of one name apart. Two queries for all of them."""
    keys = [person.pk for person in people]
    visits = HomeVisit.objects.filter(Q(ended_on=None) | Q(ended_on__gte=day), person__in=keys).select_related("home")
    told = {visit.person_id: visit.home.address for visit in visits.order_by("-id")}
    return told | {link.person_id: link.tenancy.home.address for link in links(keys, day)}

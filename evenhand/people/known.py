"""The person's part of what a verb is told: their needs, age, tenancies, and the colleagues too close to act."""

from datetime import date

from evenhand.people import reading
from evenhand.people.models import Person, Representative, TenancyPerson, User
from evenhand.people.models.person import RepresentativeKind
from evenhand.policy.need import Channel, Need
from evenhand.policy.occasion import Known

MUST_BE_TOLD_TOO = (RepresentativeKind.PARENT, RepresentativeKind.GUARDIAN, RepresentativeKind.ATTORNEY)


def lock(person: Person) -> frozenset[int]:
    """Locks every record of a person until the transaction ends, in one order. Out: their ids.

    Joining two records waits for this lock too, so what is read under it stays whole.
    """
    ids: frozenset[int] = frozenset()
    while not (found := reading.identities(person)) <= ids:
        ids = found
        list(Person.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
    return ids


def picture(person: Person, day: date, ids: frozenset[int] | None = None) -> Known:
    """What is known of a person on a day, over all their records (`ids`, if the caller has found them already).

    The caller holds the lock where it matters. Limits, markers and complaints are empty here: the floors above add
    them with `dataclasses.replace`. Tenancies and joint tenants are given by their ids as text, never by name.
    """
    ids = ids or reading.identities(person)
    records = list(Person.objects.filter(pk__in=ids))
    links = list(reading.links(ids, day))
    held = {link.tenancy_id for link in links if link.holds}
    joint = TenancyPerson.objects.filter(reading.live_on(day), tenancy__in=held).exclude(person__in=ids)
    ages = [age for record in records if (age := reading.age_on(day, record.date_of_birth)) is not None]
    return Known(
        person=str(person.pk),
        # Where two records disagree, the younger: a child treated as an adult is the worse mistake.
        age=min(ages, default=None),
        died_on=min((record.died_on for record in records if record.died_on), default=None),
        needs=frozenset(Need(need.kind) for need in reading.needs_of(ids, day)),
        unsafe=frozenset(Channel(channel) for record in records for channel in record.unsafe_channels),
        tenancies=frozenset(map(str, held)),
        joint_tenants=frozenset(str(link.person_id) for link in joint if link.holds),
        safe_representative=_safe_representatives(ids, day),
        colleagues_too=colleagues_too(ids, [link.tenancy.home_id for link in links], day),
    )


def colleagues_too(ids: frozenset[int], home_ids: list[int], day: date) -> frozenset[str]:
    """The actor ids of colleagues who are the person or live in one of these homes on the day (rule 21)."""
    living = TenancyPerson.objects.filter(
        reading.live_on(day), reading.live_on(day, "tenancy__"), tenancy__home__in=home_ids
    )
    close = reading.everyone_joined({*ids, *living.values_list("person_id", flat=True)})
    return frozenset(User.objects.filter(person__in=list(close)).values_list("actor_id", flat=True))


def colleagues_close_to(person: Person, day: date) -> frozenset[str]:
    """The actor ids of colleagues who are this person or live with them on the day (rule 21)."""
    ids = reading.identities(person)
    return colleagues_too(ids, [link.tenancy.home_id for link in reading.links(ids, day)], day)


def _safe_representatives(ids: frozenset[int], day: date) -> bool:
    spoken_for: list[Representative] = list(reading.representatives_of(ids, day))
    return any(one.safe and one.kind in MUST_BE_TOLD_TOO for one in spoken_for)

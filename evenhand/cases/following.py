"""Rules 10 and 21: what the register and the list of colleagues tell, carried into the cases it touches.

Each is found from what is so today, so that doing it again does nothing, and a day missed is made up for.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, Min, OuterRef, Q

from evenhand.cases import models, one_by_one
from evenhand.cases.circumstances import LIMITS, Moment
from evenhand.cases.one_by_one import Act, act
from evenhand.people import reading
from evenhand.people.known import picture
from evenhand.people.models import Person, TenancyPerson, User
from evenhand.policy import expectation, handling, marker, single_contact
from evenhand.policy.events.handling import Matter
from evenhand.policy.staff import Role

LEFT = "The colleague who had the case no longer works here."
GONE = "Everyone named in this matter no longer works here."
PLACED = ("MarkerPlaced", "ProvisionalMarkerPlaced")
LOOKED_BACK = timedelta(days=90)
"""How long after a tenancy's end its news may still come: a register brought in late is still followed."""


def follow_all(moment: Moment) -> None:
    """Everything below, each whether or not the others succeed."""

    follows = (
        tenancies_ended, people_died, colleagues_left, sealed_matters_left, single_contacts_left, limits_unsuited
    )  # fmt: skip
    one_by_one.each(follows, lambda follow: ", ".join(follow(moment)))


def tenancies_ended(moment: Moment) -> list[str]:
    """A person whose tenancy ended: their markers are looked at again soon (rule 10). Out: the cases touched."""
    return one_by_one.do(list(_of_tenancies(moment.day)), moment)


def people_died(moment: Moment, only: Person | None = None) -> list[str]:
    """A death ends every control and stops every letter at once, in each case (rule 10). Out: the cases touched.

    With `only`, in the cases of that person alone, as soon as their death is recorded.
    """
    return one_by_one.do(list(_of_deaths(only)), moment)


def colleagues_left(moment: Moment) -> list[str]:
    """The open cases of every colleague who left go to whoever covers for them. Out: the cases given to another."""
    gone = User.objects.filter(left_on__isnull=False, actor_id__in=models.Case.objects.values("holder"))
    return [reference for user in gone.select_related("cover", "manager") for reference in reassign(user, moment)]


def sealed_matters_left(moment: Moment) -> list[str]:
    """A sealed matter whose named colleagues all left is not orphaned (rules 21 and 22): the cover of the last to leave
    is let in, else their manager, else a director. Nobody else hears of it. Out: the matters touched.
    """
    sealed = models.Case.objects.exclude(matter=Matter.CONDUCT).filter(closed=False).order_by("pk")
    return [row.reference for row in sealed if _step_in(row, moment)]


def _step_in(row: models.Case, moment: Moment) -> bool:
    """The first who may: for each whom the policy refuses, the next is asked."""
    named = User.objects.filter(actor_id__in=row.named).select_related("cover", "manager")
    if any(user.is_active for user in named):
        return False
    heirs = [heir for user in named.order_by("-left_on", "pk") for heir in (user.cover, user.manager)]
    directors = User.objects.filter(is_active=True, roles__contains=[Role.DIRECTOR.value]).order_by("pk")
    for heir in dict.fromkeys((*heirs, *directors)):
        if heir is None or not heir.is_active:
            continue
        if one_by_one.do([act(row.reference, handling.step_in, colleague=heir.actor_id, reason=GONE)], moment):
            return True
    return False


def single_contacts_left(moment: Moment) -> list[str]:
    """Where a single contact no longer works here, a manager is asked to name another. Out: the cases touched."""
    return one_by_one.do(
        [act(c.case.reference, single_contact.cover, c.control) for c in single_contacts_to_change()], moment
    )


def limits_unsuited(moment: Moment) -> list[str]:
    """Where a need we learned of since leaves no way open, a manager is asked to change it (rule 2). Out: the cases."""
    live = models.LiveControl.objects.filter(kind__in=LIMITS, person__isnull=False, ends_on__gte=moment.day)
    limits = live.select_related("case", "person").order_by("pk")
    unsuited = [
        act(each.case.reference, expectation.question, each.control)
        for each in limits
        if each.person and set(each.details.get("channels", ())) <= picture(each.person, moment.day).unsuitable
    ]
    return one_by_one.do(unsuited, moment)


def reassign(user: User, moment: Moment) -> list[str]:
    """Gives a colleague's open cases to their cover, or where that colleague may not have one, to their manager.

    Out: the cases given to another. What is left is in `unassigned`, for a manager to give to someone.
    """
    heirs = [one for one in (user.cover, user.manager) if one is not None and one.is_active]
    given = []
    for heir in heirs:
        waiting = list(cases_of(user))
        given += one_by_one.do(
            [act(c.reference, handling.assign, to=heir.actor_id, reason=LEFT) for c in waiting], moment
        )
    return given


def cases_of(user: User) -> Iterator[models.Case]:
    """The open cases a colleague holds. Sealed matters are left to those named in them."""
    held = models.Case.objects.filter(holder=user.actor_id, closed=False, matter="conduct")
    return held.order_by("opened_at", "pk").iterator()


def single_contacts_to_change() -> list[models.LiveControl]:
    """Single contacts whose colleague no longer works here: a manager appoints another, and the customer is told."""
    gone = User.objects.filter(is_active=False).values_list("actor_id", flat=True)
    contacts = models.LiveControl.objects.filter(kind="single_contact", details__colleague__in=list(gone))
    return list(contacts.select_related("case", "person").order_by("pk"))


def _of_tenancies(day: date) -> Iterator[Act]:
    lately = (day - LOOKED_BACK, day - timedelta(days=1))
    over = TenancyPerson.objects.filter(Q(ended_on__range=lately) | Q(tenancy__ended_on__range=lately))
    moved = reading.everyone_joined(over.values_list("person_id", flat=True).distinct())
    markers = models.LiveControl.objects.filter(kind="marker", provisional=False, person__in=moved)
    for control in markers.select_related("case", "person").order_by("pk"):
        assert control.person
        since = models.Event.objects.filter(case=control.case, kind__in=PLACED).aggregate(on=Min("on"))["on"]
        last = _last_end(control.person, day)
        told = models.Event.objects.filter(case=control.case, kind="TenancyEnded", on__gt=last)
        if last >= since and not told.exists():
            yield act(control.case.reference, marker.end_tenancy, control.control)


def _last_end(person: Person, day: date) -> date:
    """The last day of whichever of their tenancies, or their part in it, ended last before this day."""
    ids = reading.identities(person)
    links = TenancyPerson.objects.filter(person__in=ids).values_list("ended_on", "tenancy__ended_on")
    return max((end for ends in links for end in ends if end and end < day), default=date.min)


def _of_deaths(only: Person | None = None) -> Iterator[Act]:
    dead = Person.objects.filter(died_on__isnull=False)
    if only is not None:
        dead = dead.filter(pk=only.pk)
    for pk, died_on in dict(dead.values_list("pk", "died_on")).items():
        ids = reading.everyone_joined([pk])
        recorded = models.Event.objects.filter(case=OuterRef("pk"), kind="PersonDied")
        for case in models.Case.objects.filter(~Exists(recorded), person__in=ids).order_by("pk"):
            yield act(case.reference, handling.record_death, died_on=died_on)

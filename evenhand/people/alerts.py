"""Rules 3, 10 and 11: what older systems warned of. Each waits for a person; meanwhile it is told, for a few days.

Nothing here becomes a marker: a marker needs an incident with a date, which somebody reports. Each decision leaves a
line in the trail of changes, that never says what the code stood for.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from evenhand.people import at_once, changes, hazards, recording, terms_now
from evenhand.people.hazards import Act
from evenhand.people.models import Home, HomeHazard, InheritedAlert, Person, Tenancy
from evenhand.people.models.alert import Settled
from evenhand.people.models.change import ChangeKind
from evenhand.people.reading import kept_record
from evenhand.people.refusal import NotDone
from evenhand.people.text import tidy
from evenhand.policy.hazard import Hazard
from evenhand.policy.held import HeldAlert
from evenhand.policy.need import Need
from evenhand.policy.terms import months_after

CHILD = 10 * 12
"""Months of age below which nobody is warned of (rule 10)."""
PAGE = 25
WHOSE = ("person", "person__merged_into", "home")

TOLD = f"""
    alert.warns AND alert.until >= %(day)s::date AND alert.received_on <= %(day)s::date
    AND alert.settled IN ('', '{Settled.REPORTED}') AND NOT EXISTS (
        SELECT FROM people_person child WHERE child.id = alert.person_id
            AND child.date_of_birth > (%(day)s::date - interval '{CHILD} months')::date
    )
"""
"""Whether an `alert` is told on a day, as `inherited` tells it, but for those of homes that have changed hands."""


@dataclass(frozen=True, slots=True)
class Inherited:
    """Unchecked warnings that are told, by the record and by the home they are about."""

    of_people: Mapping[int, list[HeldAlert]]
    of_homes: Mapping[int, list[HeldAlert]]


def inherited(people: Collection[int], homes: Collection[int], day: date) -> Inherited:
    """What is told on the day of these records and homes. One query.

    Nobody is warned of a young child, or of a home whose tenants came after the warning (rule 10). A warning whose
    incident was reported is told until the report can have been sorted.
    """
    of_people: dict[int, list[HeldAlert]] = defaultdict(list)
    of_homes: dict[int, list[HeldAlert]] = defaultdict(list)
    about = Q(person__in=at_once.among(people)) | Q(person=None, home__in=at_once.among(homes)) & ~_changed_hands(day)
    for alert in _told(day).filter(about).order_by("pk").only("person_id", "home_id", "until", "settled"):
        held = HeldAlert(id=alert.pk, until=alert.until, reported=bool(alert.settled))
        if alert.person_id is not None:
            of_people[alert.person_id].append(held)
        elif alert.home_id is not None:
            of_homes[alert.home_id].append(held)
    return Inherited(of_people, of_homes)


def told_of(day: date) -> tuple[frozenset[int], frozenset[int]]:
    """Every record, and every home, of which a warning may be told on the day."""
    rows = list(_told(day).values_list("person_id", "home_id"))
    return frozenset(person for person, _ in rows if person), frozenset(home for _, home in rows if home)


def _told(day: date) -> "QuerySet[InheritedAlert]":
    standing = Q(settled="") | Q(settled=Settled.REPORTED)
    child = Q(person__date_of_birth__gt=months_after(day, -CHILD))
    return InheritedAlert.objects.filter(standing, warns=True, received_on__lte=day, until__gte=day).exclude(child)


def _changed_hands(day: date) -> Exists:
    since = Coalesce(OuterRef("since"), OuterRef("received_on"))
    return Exists(Tenancy.objects.filter(home=OuterRef("home"), started_on__gt=since, started_on__lte=day))


def waiting(close: Collection[int]) -> "QuerySet[InheritedAlert]":
    """Those that nobody has decided about. In: the records of whoever asks and lives with them, who are left out."""
    found = InheritedAlert.objects.filter(settled="").select_related(*WHOSE)
    return found.exclude(person__in=list(close)) if close else found


def page(close: Collection[int], after: str = "") -> tuple[list[InheritedAlert], str]:
    """One page of them, those told longest first, and where the next begins: "day/id", or nothing."""
    found = waiting(close)
    on, _, pk = after.partition("/")
    if pk.isdecimal():
        try:
            begin = date.fromisoformat(on)
        except ValueError:
            return [], ""
        found = found.filter(Q(until__gt=begin) | Q(until=begin, pk__gt=int(pk)))
    rows = list(found.order_by("until", "pk")[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return rows[:PAGE], f"{last.until.isoformat()}/{last.pk}" if last else ""


def of_person(records: Iterable[int]) -> list[InheritedAlert]:
    """Those about one person that nobody has decided about."""
    return list(InheritedAlert.objects.filter(person__in=list(records), settled="").order_by("pk"))


@transaction.atomic
def reported(alert: InheritedAlert, case: str, act: Act) -> InheritedAlert:
    """Somebody reported the incident behind it. It is told while the report waits to be sorted, and no longer."""
    found, now = _standing(alert), terms_now.on(act.day)
    found.until = min(found.until, now.working_days_after(act.day, now.triage_days))
    return _settle(found, Settled.REPORTED, act, f"Reported the incident behind an older system’s alert: {case}.", case)


@transaction.atomic
def as_need(alert: InheritedAlert, person: Person, kind: Need, detail: str, act: Act) -> InheritedAlert:
    """Rule 11: it is about what somebody needs of us, and is recorded as that."""
    found = _standing(alert)
    recording.need(kept_record(person), kind, by=act.by, day=act.day, detail=detail)
    return _settle(found, Settled.NEED, act, "Recorded a need from an older system’s alert.")


@transaction.atomic
def as_hazard(alert: InheritedAlert, home: Home, kind: Hazard, detail: str, act: Act) -> InheritedAlert:
    """It is about the home, whoever lives there. One that is recorded already is not recorded twice."""
    found = _standing(alert)
    same = HomeHazard.objects.filter(home=home, kind=kind.value, detail__iexact=tidy(detail), ended_on=None)
    if not same.exists():
        hazards.record(home, kind, detail, act)
    return _settle(found, Settled.HAZARD, act, "Recorded a hazard from an older system’s alert.")


@transaction.atomic
def let_go(alert: InheritedAlert, why: str, act: Act) -> InheritedAlert:
    """Nothing is kept of it but that it was, and why it was let go. Raises `NotDone` without a reason."""
    found = _standing(alert)
    if not why.strip():
        raise NotDone("Say why it is let go: who looked, and what they found.")
    found.why = why.strip()
    return _settle(found, Settled.LET_GO, act, "Let an older system’s alert go.")


def _standing(alert: InheritedAlert) -> InheritedAlert:
    found = InheritedAlert.objects.select_for_update(of=("self",)).select_related(*WHOSE).get(pk=alert.pk)
    if found.settled:
        raise NotDone("Somebody has decided about this already. Nothing was changed.")
    return found


def _settle(found: InheritedAlert, how: Settled, act: Act, words: str, case: str = "") -> InheritedAlert:
    found.settled, found.settled_on, found.settled_by = how.value, act.day, act.by
    found.note, found.case = "", case
    found.save(update_fields=["settled", "settled_on", "settled_by", "note", "case", "why", "until"])
    if found.person is not None:
        whom = found.person
        changes.note(act.by, act.at, ChangeKind.PERSON, f"{whom.source}:{whom.ref}", words, person=whom)
    else:
        assert found.home is not None
        changes.note(act.by, act.at, ChangeKind.HOME, found.home.address, words)
    return found


def homes_of(alert: InheritedAlert, day: date) -> list[Home]:
    """Where its hazard may be: the home it names, or else those its person lives at or visits."""
    if alert.home is not None:
        return [alert.home]
    assert alert.person_id is not None
    around = at_once.around([alert.person_id], [], day)
    return list(Home.objects.filter(pk__in=around.homes.get(alert.person_id, frozenset())).order_by("pk"))

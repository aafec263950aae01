"""I1: a person's incidents over all the cases that a colleague works on, for someone to weigh."""

from collections import defaultdict
from datetime import date

from evenhand.cases import log, models, sight
from evenhand.cases.log import Entry
from evenhand.people import reading as people_reading
from evenhand.people.models import Person, User
from evenhand.policy.events.handling import Matter
from evenhand.policy.standing.incident import Incidents

MOST = 40
TELLING = ("IncidentReported", "IncidentTriaged", "IncidentCorrected")
"""The kinds of event that say what happened, when, and what became of the report."""


def incidents_elsewhere(person: Person, viewer: User, day: date, *, but: str) -> list[tuple[str, Incidents]]:
    """Each other case's reference and its incidents, newest case first, at most `MOST` cases; `but` is left out.

    However many there are, it asks the database equally often.
    """
    seen = sight.seen_whole_by(viewer, day).filter(person__in=people_reading.identities(person), matter=Matter.CONDUCT)
    rows = list(seen.exclude(reference=but).order_by("-opened_at")[:MOST])
    told = models.Event.objects.filter(case__in=rows, kind__in=TELLING, facts__isnull=False)
    entries: dict[int, list[Entry]] = defaultdict(list)
    for event in told.select_related("facts").order_by("case_id", "number"):
        entries[event.case_id].append(Entry(event.number, log.read(event)))
    return [(row.reference, log.case_of(entries[row.pk]).incident) for row in rows]

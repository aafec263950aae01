"""Rules 7 and 20, P1: what cannot wait until the morning, for the colleague on duty, in a case that is not theirs."""

from datetime import date

from django.db.models import Exists, OuterRef

from evenhand.cases import log, models, sight
from evenhand.cases.reading import CaseFile, CaseRow, NotFound
from evenhand.people import reading as people_reading
from evenhand.people.models import Person, User
from evenhand.policy.events.handling import Matter
from evenhand.policy.staff import Role
from evenhand.policy.visibility import may_at_once, part_of, part_of_verb


def case_file(reference: str, viewer: User, day: date, verb: str) -> CaseFile:
    """The case for this one act: what it stands on is there for the form, and nothing more of it may be shown.

    Raises `NotFound` where the viewer may not do this in a case that they do not work on.
    """
    row = models.Case.objects.select_related("person", "home").filter(reference=reference).first()
    if row is None or not may_at_once(viewer.actor, verb, sight.subject_of(row, day)):
        raise NotFound(reference)
    parts = sight.parts_seen(viewer, row, day)
    entries = log.entries_of(row)
    return CaseFile(row, log.case_of(entries), tuple(e for e in entries if part_of(e.event) in parts), parts, day)


def offered(verb: str, viewer: User, person: Person, day: date) -> list[CaseRow]:
    """The person's open cases of violence, a threat or a weapon in which a colleague on duty may do this at once, and
    which they do not work on; each says whether it has a marker already (`marked`). Nothing is asked for anybody else.
    """
    if not viewer.actor.has(Role.DUTY):
        return []
    found = models.Case.objects.filter(
        person__in=people_reading.identities(person), matter=Matter.CONDUCT, serious=True, closed=False
    )
    markers = models.LiveControl.objects.filter(case=OuterRef("pk"), kind="marker")
    found = found.annotate(marked=Exists(markers)).select_related("person")
    return [
        row
        for row in found.order_by("-happened_on", "pk")
        if may_at_once(viewer.actor, verb, sight.subject_of(row, day))
        and part_of_verb(verb) not in sight.parts_seen(viewer, row, day)
    ]

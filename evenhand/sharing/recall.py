"""Rule 14: news of a control is brought to everyone who was told of it, one piece each, and waits for their word."""

from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Max, Min

from evenhand.cases import reading
from evenhand.people.models import Look, User
from evenhand.people.models.look import LookKind
from evenhand.policy.visibility import Part
from evenhand.sharing import ledger
from evenhand.sharing.ledger import NEVER_MIND, Told
from evenhand.sharing.models import Change, Followed
from evenhand.sharing.models.change import ChangeKind, ControlKind
from evenhand.sharing.models.disclosure import ConfirmedHow, How

# Only those who knew an older version need to hear of a change; of an end, everybody.
_RECALL = """
    INSERT INTO sharing_recall (disclosure_id, what, version, at, told_how, confirmed_by, confirmed_how, note)
    SELECT id, %(what)s, %(version)s, %(at)s, '', '', '', '' FROM sharing_disclosure
    WHERE "case" = %(case)s AND control = %(control)s AND (%(over)s OR version < %(version)s)
    ORDER BY id
    ON CONFLICT (disclosure_id, what, version) DO NOTHING
"""
# Whoever has newer news to confirm is not asked about older news as well.
_OVERTAKEN = """
    UPDATE sharing_recall recall
    SET confirmed_at = %(at)s, confirmed_by = %(evenhand)s, confirmed_how = %(overtaken)s
    FROM sharing_disclosure told
    WHERE told.id = recall.disclosure_id AND told."case" = %(case)s AND told.control = %(control)s
        AND recall.confirmed_at IS NULL AND recall.what = %(changed)s AND (%(over)s OR recall.version < %(version)s)
"""
_UNHEARD = """
    SELECT DISTINCT ON (told."case", told.control) told."case", told.control, told.kind, told.person_id, told.home_id
    FROM sharing_disclosure told
    WHERE NOT EXISTS (SELECT FROM sharing_recall recall WHERE recall.disclosure_id = told.id AND recall.what <> %s)
    ORDER BY told."case", told.control
"""


LATE = timedelta(hours=1)
"""How much later than it happened a change may be followed at the most, for who read of it meanwhile."""
NEW = timedelta(days=1)


def recall(change: Change) -> None:
    """Brings a change to everyone on the ledger of its control. Doing it again does nothing."""
    kind = ChangeKind(change.kind)
    if kind.is_over:
        for reader, looked_at in _readers(change):
            told = Told(change.case, change.control, ControlKind(change.control_kind), change.person_id, change.home_id)
            ledger.disclose(ledger.colleague(reader), [told], How.RECORD, looked_at)
    if kind.is_over or (kind is ChangeKind.CHANGED and change.asks):
        _bring(change.case, change.control, kind, change.version, change.at)


def _readers(change: Change) -> list[tuple[User, datetime]]:
    """Colleagues who read it in its case while it held, by the log of looks, and have not opened the case since it was
    over: each with their last look. Whoever is shown none of the case's limits and markers read none."""
    began = Change.objects.filter(case=change.case, control=change.control).aggregate(at=Min("at"))["at"] or change.at
    looks = Look.objects.filter(kind=LookKind.CASE, reference=change.case, by__isnull=False, at__gte=began - LATE)
    last = dict(looks.values_list("by").annotate(last=Max("at")).filter(last__lt=change.at))
    readers = User.objects.filter(pk__in=last, is_active=True).order_by("pk")
    return [(reader, last[reader.pk]) for reader in readers if _missed(reader, last[reader.pk], change)]


def _missed(reader: User, looked_at: datetime, change: Change) -> bool:
    """Whether a reader is shown limits and markers, and something happened after their last look: an act of just now,
    or the day on which a limit ran out."""
    try:
        file = reading.case_file(change.case, reader, change.at.date())
    except reading.NotFound:
        return False
    latest = file.entries[-1].event.at if file.entries else change.at
    return file.sees(Part.CONTROLS) and (looked_at < latest or latest < change.at - NEW)


def _bring(case: str, control: str, kind: ChangeKind, version: int, at: datetime) -> None:
    values = {
        "case": case,
        "control": control,
        "what": kind.value,
        "over": kind.is_over,
        "version": version,
        "at": at,
        "changed": ChangeKind.CHANGED.value,
        "evenhand": NEVER_MIND,
        "overtaken": ConfirmedHow.OVERTAKEN.value,
    }
    with connection.cursor() as cursor:
        cursor.execute(_OVERTAKEN, values)
        cursor.execute(_RECALL, values)


def told_and_over(live: set[tuple[str, str]]) -> list[Followed]:
    """The controls somebody was told of that are not `live` and whose end nobody they told has heard of.

    Someone may be told in the very moment in which a control ends, after its end was followed: this finds them. A
    control that came and went before it was ever followed is followed now. Rows are new or as they were.
    """
    with connection.cursor() as cursor:
        cursor.execute(_UNHEARD, [ChangeKind.CHANGED.value])
        found = [each for each in cursor.fetchall() if each[:2] not in live]
    rows = {(r.case, r.control): r for r in Followed.objects.filter(case__in={each[0] for each in found})}
    fresh = [
        Followed(case=case, control=control, kind=kind, person_id=person, home_id=home, over=True)
        for case, control, kind, person, home in found
        if (case, control) not in rows
    ]
    return [*(rows[each[:2]] for each in found if each[:2] in rows), *Followed.objects.bulk_create(fresh)]

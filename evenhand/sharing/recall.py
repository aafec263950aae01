"""Rule 14: news of a control is brought to everyone who was told of it, one piece each, and waits for their word."""

from datetime import datetime

from django.db import connection

from evenhand.sharing.ledger import NEVER_MIND
from evenhand.sharing.models import Change, Followed
from evenhand.sharing.models.change import ChangeKind
from evenhand.sharing.models.disclosure import ConfirmedHow

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


def recall(change: Change) -> None:
    """Brings a change to everyone on the ledger of its control. Doing it again does nothing."""
    kind = ChangeKind(change.kind)
    if kind.is_over or (kind is ChangeKind.CHANGED and change.asks):
        _bring(change.case, change.control, kind, change.version, change.at)


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

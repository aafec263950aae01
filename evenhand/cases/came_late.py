"""E1: contacts that came late, by a weekly or monthly import, are held against the limits of their own moment too.

Only of people with a limit, now or in the past: of everybody else there is nothing to judge, however much was brought.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from django.utils.timezone import make_aware

from evenhand.cases import models
from evenhand.cases.circumstances import LIMITS
from evenhand.cases.limited_then import CHANGES
from evenhand.contacts import to_judge
from evenhand.people import at_once, reading

EVER = datetime(1970, 1, 1, tzinfo=UTC)


def note(day: date) -> None:
    """Notes the contacts of people with a limit that came late, and all after them, to be judged: one that came before
    others may have used up what they were counted for. Few queries, and one where none came late."""
    late = to_judge.late()
    if not late:
        return
    begun = dict(_begun())
    theirs = late.keys() & reading.everyone_joined(begun)
    since: dict[int, datetime] = {}
    for record, whole in at_once.around(theirs, (), day).records.items():
        first = max(late[record], min(begun[each] for each in whole if each in begun))
        for each in whole:
            since[each] = min(first, since.get(each, first))
    to_judge.spread(late, since)


def _begun() -> Iterable[tuple[int, datetime]]:
    """Each record that has or had a limit, and a moment before which it had none."""
    live = models.LiveControl.objects.filter(kind__in=LIMITS, person__isnull=False).order_by("-starts_on")
    for person, starts_on in live.values_list("person", "starts_on"):
        if person is not None:
            yield person, make_aware(datetime.combine(starts_on, time.min)) if starts_on else EVER
    changed = models.Event.objects.filter(kind__in=[kind.__name__ for kind in CHANGES], case__person__isnull=False)
    for person in changed.values_list("case__person", flat=True).distinct():
        if person is not None:
            yield person, EVER

"""What became of limits and markers, for whoever passes it on: the log of all cases, read on from where one left off.

A reader keeps one number, the last row of the log it has followed. Rows get their numbers when they are written and
are seen when their transaction ends, which may be in another order: a reader that went up to the highest number it saw
would never see a row that was slower. `settled` says how far nothing can be missing any more.
"""

import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from time import sleep
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, QuerySet
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from evenhand.cases import kept_with, models, sight
from evenhand.cases import log as the_log
from evenhand.cases.log import Entry
from evenhand.cases.summary import EXPECTED, details_on
from evenhand.people.models import User
from evenhand.policy.events import expectation, marker, single_contact
from evenhand.policy.events.disposal import CaseDisposed
from evenhand.policy.events.ending import Ending
from evenhand.policy.events.handling import Matter
from evenhand.policy.events.incident import HomeInstructionPlaced
from evenhand.policy.staff import Role

FOLLOW = "follow_the_log"
"""The job, of a floor above, that reads on. It also runs every minute, so one that could not be called is made up."""
OF_CONTROLS = {module.__name__ for module in (expectation, marker, single_contact)}
ENDED = {"MarkerRemoved": "marker", "ExpectationEnded": "limit", "SingleContactEnded": "limit"}
PATIENCE, PAUSE = 20, 0.05
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Control:
    """One limit, single contact, marker or safety instruction that nobody ended, as it is on a day."""

    case: str
    control: str
    kind: str
    person: int | None
    home: int | None
    starts_on: date | None
    ends_on: date | None
    review_on: date | None
    provisional: bool
    under_appeal: bool
    withheld: bool
    high: bool
    audience: str
    details: dict[str, Any]

    def holds_on(self, day: date) -> bool:
        """A marker stands until it is removed; the others from their first day to their last."""
        if self.kind == "marker":
            return True
        return self.starts_on is not None and self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def is_overdue_on(self, day: date) -> bool:
        return self.review_on is not None and self.review_on < day


def announce(entries: Iterable[Entry]) -> None:
    """Once this transaction is done, calls whoever follows the log, if what was written is about a control."""
    if any(_is_about_a_control(entry) for entry in entries):
        transaction.on_commit(_call, robust=True)


def _is_about_a_control(entry: Entry) -> bool:
    return isinstance(entry.event, HomeInstructionPlaced) or type(entry.event).__module__ in OF_CONTROLS


def _call() -> None:
    try:
        with transaction.atomic():
            app.configure_task(FOLLOW, queueing_lock=FOLLOW).defer(timestamp=0)
    except AlreadyEnqueued:
        # One that waits to begin will read what was written here.
        log.debug("%s waits already", FOLLOW)


def settled(after: int) -> int:
    """The highest number of the log up to which no row can appear any more; `after` if that is not known just now.

    Whoever adds to the log holds a lock on its table from before they draw a number until their rows are seen or
    gone. So once everyone who held one when the highest number was read has let go, nothing below it is missing. Nobody
    is kept waiting by this: the lock is only looked at. Long transactions elsewhere do not hold it up either, as they
    would if the oldest running one were taken as the mark.
    """
    highest: int = models.Event.objects.aggregate(highest=Max("pk"))["highest"] or 0
    writing = _writers()
    for _ in range(PATIENCE):
        if not writing:
            return max(highest, after)
        sleep(PAUSE)
        writing &= _writers()
    return after


def _writers() -> set[str]:
    """The transactions of others that are adding to the log at this moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT virtualtransaction FROM pg_locks WHERE relation = %s::regclass AND mode = 'RowExclusiveLock' "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
            "AND pid IS DISTINCT FROM pg_backend_pid()",
            [models.Event._meta.db_table],
        )
        return {row[0] for row in cursor.fetchall()}


def news(after: int, upto: int, most: int) -> tuple[int, tuple[str, ...]]:
    """The cases in which something happened, of at most so many rows of the log after a number and up to another.

    Out: the number of the last row read, and the references in the order in which they first had news. Sealed matters
    are passed over: nothing of them is ever told.
    """
    rows = models.Event.objects.filter(pk__gt=after, pk__lte=upto).order_by("pk")
    read = list(rows.values_list("pk", "case__reference", "case__matter")[:most])
    told = dict.fromkeys(reference for _, reference, matter in read if matter == Matter.CONDUCT)
    return (read[-1][0] if len(read) == most else upto), tuple(told)


def live(day: date, cases: Collection[str] | None = None) -> list[Control]:
    """Every control that nobody ended, or those of some cases, as they are on a day; also those that are yet to begin
    and those whose end has come and is yet to be recorded. In one query.

    What is expected of somebody without a limit is passed over: it asks nothing of whoever attends or answers.
    """
    found = models.LiveControl.objects.exclude(kind=EXPECTED).select_related("case").order_by("pk")
    if cases is not None:
        found = found.filter(case__reference__in=cases)
    return [_control(row, day) for row in found]


def _control(row: models.LiveControl, day: date) -> Control:
    details = details_on(row, day)
    return Control(
        case=row.case.reference,
        control=row.control,
        kind=row.kind,
        person=row.person_id,
        home=row.home_id,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        review_on=row.review_on,
        provisional=row.provisional,
        under_appeal=row.under_appeal,
        withheld=row.withheld,
        high=row.high,
        audience=row.audience,
        details={name: value for name, value in details.items() if name not in ("then", "from")},
    )


def ending_of(case: str, control: str) -> Ending | None:
    """Why a control ended, as the log says; None where it does not: by its date alone, or what was said is disposed of.

    An instruction on a home ends by its date, or when it is known who it was.
    """
    rows = models.Event.objects.filter(case__reference=case, kind__in=ENDED, facts__isnull=False)
    for row in rows.select_related("facts").order_by("-number"):
        event: Any = the_log.read(row)
        if getattr(event, ENDED[row.kind]) == control:
            return Ending(event.cause)
    return None


def disposed(cases: Collection[str]) -> frozenset[str]:
    """Those of these cases, by reference, that were disposed of: their tombstones say so (rule 19). One query."""
    gone = models.Event.objects.filter(case__reference__in=list(cases), kind=CaseDisposed.__name__)
    return frozenset(gone.values_list("case__reference", flat=True))


def held() -> frozenset[str]:
    """The references of all cases that a legal hold keeps, reports that joined one of them too (rule 19)."""
    return kept_with.held()


def watched_by(viewer: User, day: date) -> QuerySet[models.Case, str]:
    """The references of the cases whose sharing a colleague watches over: those they work on, and for the data
    protection officer all but those of people close to them. Sealed matters are in nobody's but of those named."""
    whole = sight.seen_by if viewer.actor.has(Role.DATA_PROTECTION) else sight.seen_whole_by
    return whole(viewer, day).order_by().values_list("reference", flat=True)

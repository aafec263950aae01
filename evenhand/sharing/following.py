"""Follows the log of all cases as the outbox it is: what became of each control, found once, and passed on.

News in the log, and the passing of days, only say where to look. What became of a control is found by comparing it, as
it is now, with what was last told of it: so nothing depends on every row being read, on a job having run at midnight,
or on being read once. One follower works at a time, and all it writes for a piece of the log is one transaction.
"""

import logging
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from evenhand.cases import feed
from evenhand.cases.circumstances import Moment
from evenhand.cases.feed import Control
from evenhand.policy.events.ending import Ending
from evenhand.sharing import booking, outbox
from evenhand.sharing.fingerprint import Fingerprint, fingerprint
from evenhand.sharing.identity import records_of
from evenhand.sharing.models import Change, Followed, Follower
from evenhand.sharing.models.change import ChangeKind, ControlKind
from evenhand.sharing.recall import told_and_over

ROWS = 500
"""How much of the log is followed in one transaction."""
SWEEP = timedelta(minutes=10)
"""How often every control is compared, whether or not the log has news of it: for joined records, and for the days."""
WRONG = frozenset({Ending.APPEAL, Ending.UNDECIDED})
"""Causes that say that the control should not have been."""
ORDER = (ChangeKind.STARTED, ChangeKind.CHANGED, ChangeKind.OVERDUE, ChangeKind.WITHDRAWN, ChangeKind.ENDED)
"""What starts is told before what it replaces ends, so that there is never a moment without either."""
FOLLOWER = 1
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Step:
    """What to do about one control: the change to tell, if any, and how it was last told of from now on."""

    row: Followed
    kind: ChangeKind | None = None
    asks: bool = False
    cause: Ending | None = None


def follow(moment: Moment) -> list[Change]:
    """Reads on until the log has no more news, and looks at everything when that is due. Out: what became of what.

    Another follower at work is left to it. Safe at any time and as often as one likes.
    """
    changes: list[Change] = []
    more = True
    while more:
        with transaction.atomic():
            follower = _held()
            if follower is None:
                break
            found, more = _read_on(follower, moment)
        _tell_booked(found, moment)
        changes += found
    return changes


def _tell_booked(changes: Collection[Change], moment: Moment) -> None:
    """Apart from the following itself, which nothing that goes wrong here may stop: each visit to come is looked at
    again every hour, too."""
    if not changes:
        return
    try:
        with transaction.atomic():
            booking.tell(changes, moment)
    except Exception:
        log.exception("Those booked were not told of what changed; every visit to come is looked at within the hour.")


def _held() -> Follower | None:
    """The follower's row, locked, or None while somebody else holds it."""
    Follower.objects.get_or_create(pk=FOLLOWER)
    return Follower.objects.select_for_update(skip_locked=True).filter(pk=FOLLOWER).first()


def _read_on(follower: Follower, moment: Moment) -> tuple[list[Change], bool]:
    """One piece of the log and, at its end, everything if that is due. Out: the changes, and whether there is more."""
    upto = feed.settled(follower.position)
    follower.position, cases = feed.news(follower.position, upto, ROWS)
    more = follower.position < upto
    changes = _compare(moment, cases) if cases else []
    if not more and _is_sweep_due(follower, moment):
        changes += _compare(moment, None)
        changes += _overlooked(moment)
        follower.swept_at, follower.swept_on = moment.at, moment.day
    follower.save()
    return changes, more


def _is_sweep_due(follower: Follower, moment: Moment) -> bool:
    if follower.swept_at is None or follower.swept_on != moment.day:
        return True
    return moment.at - follower.swept_at >= SWEEP


def _compare(moment: Moment, cases: Collection[str] | None) -> list[Change]:
    """What became of the controls of some cases, or of all, since they were last told of."""
    now = {(control.case, control.control): control for control in feed.live(moment.day, cases)}
    rows = Followed.objects.all() if cases is None else Followed.objects.filter(case__in=cases)
    known = {(row.case, row.control): row for row in rows}
    records = records_of(control.person for control in now.values() if control.person is not None)
    steps = [*_of_what_is(now.values(), known, records, moment), *_of_what_is_not(now, known)]
    _keep(steps)
    made = [_change(step, moment) for step in steps if step.kind is not None]
    return _pass_on(sorted(made, key=lambda change: ORDER.index(ChangeKind(change.kind))))


def _of_what_is(
    now: Iterable[Control],
    known: dict[tuple[str, str], Followed],
    records: dict[int, list[int]],
    moment: Moment,
) -> Iterator[Step]:
    for control in now:
        row = known.get((control.case, control.control))
        if not control.holds_on(moment.day):
            if row is not None and not row.over:
                yield _over(row, _ending(control, moment))
            continue
        refs = records.get(control.person, []) if control.person is not None else []
        yield from _of_one(control, row, fingerprint(control, refs), refs, control.is_overdue_on(moment.day))


def _of_one(
    control: Control, row: Followed | None, prints: Fingerprint, refs: list[int], overdue: bool
) -> Iterator[Step]:
    """What became of a control that holds."""
    before = (row.asks, row.says, row.overdue, row.over) if row else ("", "", False, True)
    if before == (prints.asks, prints.says, overdue, False):
        return
    started, asks = before[3], before[0] != prints.asks
    if row is None:
        row = Followed(case=control.case, control=control.control, version=0)
    row.kind, row.person_id, row.home_id = control.kind, control.person, control.home
    row.asks, row.says, row.refs, row.over, row.overdue = prints.asks, prints.says, refs, False, overdue
    if started or asks:
        row.version += 1
    if started:
        yield Step(row, ChangeKind.STARTED, asks=True)
    elif (asks, prints.says) != (False, before[1]):
        yield Step(row, ChangeKind.CHANGED, asks=asks)
    if overdue and not before[2]:
        yield Step(row, ChangeKind.OVERDUE)


def _of_what_is_not(now: dict[tuple[str, str], Control], known: dict[tuple[str, str], Followed]) -> Iterator[Step]:
    for key, row in known.items():
        if key not in now and not row.over:
            yield _over(row, feed.ending_of(row.case, row.control))


def _over(row: Followed, cause: Ending | None) -> Step:
    row.over, row.overdue, row.asks, row.says = True, False, "", ""
    return Step(row, kind_of_end(cause), asks=True, cause=cause)


def kind_of_end(cause: Ending | None) -> ChangeKind:
    """Withdrawn where it should not have been, ended where it had its time."""
    return ChangeKind.WITHDRAWN if cause in WRONG else ChangeKind.ENDED


def _ending(control: Control, moment: Moment) -> Ending | None:
    """Of a control that is still in the list: past its last day, or its beginning was moved on."""
    return Ending.LAPSED if control.ends_on is not None and control.ends_on < moment.day else None


def _overlooked(moment: Moment) -> list[Change]:
    """Ends that somebody who was told in that very moment has not heard of."""
    live = feed.live(moment.day)
    begun = {(c.case, c.control) for c in live if c.ends_on is None or c.ends_on >= moment.day}
    found = [(row, feed.ending_of(row.case, row.control)) for row in told_and_over(begun)]
    steps = [Step(row, kind_of_end(cause), asks=True, cause=cause) for row, cause in found]
    return _pass_on([_change(step, moment) for step in steps])


def _pass_on(made: list[Change]) -> list[Change]:
    """Keeps the changes in their order and brings them to all whom they concern, in this same transaction."""
    changes = Change.objects.bulk_create(made)
    outbox.put(changes)
    return changes


def _keep(steps: Sequence[Step]) -> None:
    rows = {id(step.row): step.row for step in steps}.values()
    Followed.objects.bulk_create([row for row in rows if row.pk is None])
    columns = ["kind", "person", "home", "version", "asks", "says", "overdue", "over", "refs"]
    Followed.objects.bulk_update([row for row in rows if row.pk is not None], columns, batch_size=500)


def _change(step: Step, moment: Moment) -> Change:
    assert step.kind is not None
    return Change(
        kind=step.kind,
        control_kind=ControlKind(step.row.kind),
        case=step.row.case,
        control=step.row.control,
        person_id=step.row.person_id,
        home_id=step.row.home_id,
        version=step.row.version,
        asks=step.asks,
        cause=step.cause or "",
        at=moment.at,
        on=moment.day,
    )

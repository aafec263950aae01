"""Visits that are booked: kept once for each reference, and whoever is booked is told when what to do changes.

Whoever keeps bookings and whoever tells of changes never overlap: a marker that starts while a list is checked is
either seen by the check, or its telling waits until the list is kept and then finds the booking.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from evenhand.cases.circumstances import Moment
from evenhand.people import reading
from evenhand.people.models import HomeVisit, TenancyPerson, User
from evenhand.policy.answer import AnswerCode, Asker
from evenhand.sharing import visit_notice, visits
from evenhand.sharing.ledger import Recipient, colleague, contractor, disclose_each, visitor
from evenhand.sharing.matching import Match, Where
from evenhand.sharing.models.booking import Booking
from evenhand.sharing.models.change import Change
from evenhand.sharing.models.disclosure import How
from evenhand.sharing.visit_answer import differs, in_columns
from evenhand.sharing.visit_time import When
from evenhand.sharing.visit_words import local
from evenhand.sharing.visits import Checked, Visit

LOCK = 7_310_244
BLOCK = 2_000
"""Bookings looked at again in one transaction: keeping waits no longer than that takes."""
KEPT = ("home", "person", "at", "until", "attending", "contractor", "colleague", "answer", "controls", "trouble")
SEVERAL = AnswerCode.SEVERAL_MATCHES.value


@dataclass(frozen=True, slots=True)
class Asked:
    """One visit of a list, as it is to be kept. `user` is the colleague who attends, if that is certain."""

    reference: str
    where: Where
    when: When
    attending: str = ""
    contractor: str = ""
    user: User | None = None

    @property
    def asker(self) -> Asker:
        """Whoever is not certainly a colleague gets the contractor's answer."""
        return Asker.COLLEAGUE if self.user and not self.contractor else Asker.CONTRACTOR


@dataclass(frozen=True, slots=True)
class Kept:
    """What keeping a list came to."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


def check(asked: Sequence[Asked], moment: Moment) -> list[Checked]:
    """The answer to each visit, without keeping any."""
    return visits.check_many([Visit(one.where, one.when.at, one.asker, ahead=True) for one in asked], moment)


def check_and_keep(
    source: str, asked: Sequence[Asked], moment: Moment, by: User | None = None, holder: Recipient | None = None
) -> tuple[list[Checked], Kept]:
    """Checks visits and keeps those that have a reference; the same again changes nothing, a corrected one replaces.

    In: references are unique among them; `by` is whoever reads the answers beside those who attend, `holder` who keeps
    them where that is no colleague who signed in. Whoever was told of a visit before, and must now do something else,
    is told.
    """
    with transaction.atomic(), _nobody_tells():
        checked = check(asked, moment)
        named = [(one, found) for one, found in zip(asked, checked, strict=True) if one.reference]
        kept = _keep(source, named, moment.at)
        told = [(to_whom(one, source), each) for one, found in zip(asked, checked, strict=True) for each in found.told]
        for reader in filter(None, (colleague(by) if by else None, holder)):
            told += [(reader, each) for found in checked for each in found.told]
        disclose_each(told, How.VISITS, moment.at)
    return checked, kept


def to_whom(one: Asked | Booking, source: str) -> Recipient:
    """Whom the ledger names as told: the colleague, or the firm, or whoever attends by the name that was given."""
    user = one.colleague if isinstance(one, Booking) else one.user
    if one.contractor:
        return contractor(one.contractor)
    return colleague(user) if user else visitor(one.attending or source)


def _keep(source: str, named: list[tuple[Asked, Checked]], at: datetime) -> Kept:
    before = Booking.objects.filter(source=source, reference__in=[one.reference for one, _ in named])
    known = {kept.reference: kept for kept in before.select_for_update().order_by("pk")}
    added, changed, told = [], [], []
    for one, found in named:
        row = _booking(source, one, found, at)
        old = known.get(row.reference)
        if old is None:
            added.append(row)
        elif any(getattr(old, _column(name)) != getattr(row, _column(name)) for name in KEPT):
            row.pk, row.version, row.told_at = old.pk, old.version, old.told_at
            if _same_people(old, row) and differs(old.answer, row.answer):
                row.version += 1
                told.append(row)
            changed.append(row)
    _add(added)
    Booking.objects.bulk_update(changed, [*KEPT, "version"], batch_size=500)
    visit_notice.write(told, at)
    return Kept(len(added), len(changed), len(named) - len(added) - len(changed))


# As one array a column: a list has thousands of rows. Another who keeps the same list at this moment has kept the same.
_ADD = """
    INSERT INTO sharing_booking (source, reference, home_id, person_id, at, until, attending, contractor, colleague_id,
        answer, controls, trouble, version, told_at)
    SELECT source, reference, home, person, at, until, attending, contractor, colleague,
        answer::jsonb, controls::text[], trouble, 1, told_at
    FROM unnest(%s::text[], %s::text[], %s::bigint[], %s::bigint[], %s::timestamptz[], %s::timestamptz[], %s::text[],
        %s::text[], %s::bigint[], %s::text[], %s::text[], %s::text[], %s::timestamptz[])
        AS row(source, reference, home, person, at, until, attending, contractor, colleague, answer, controls, trouble,
            told_at)
    ON CONFLICT (source, reference) DO NOTHING
"""


def _add(rows: Sequence[Booking]) -> None:
    if not rows:
        return
    lines = [
        (row.source, row.reference, row.home_id, row.person_id, row.at, row.until, row.attending, row.contractor,
         row.colleague_id, json.dumps(row.answer), "{" + ",".join(row.controls) + "}", row.trouble, row.told_at)
        for row in rows
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [list(column) for column in zip(*lines, strict=True)])


def _column(name: str) -> str:
    return f"{name}_id" if name in ("home", "person", "colleague") else name


def _same_people(old: Booking, new: Booking) -> bool:
    return (old.attending, old.contractor, old.colleague_id) == (new.attending, new.contractor, new.colleague_id)


def _booking(source: str, one: Asked, found: Checked, at: datetime) -> Booking:
    return Booking(
        source=source,
        reference=one.reference,
        home_id=found.match.home,
        person_id=found.match.person,
        at=one.when.at,
        until=one.when.until,
        attending=one.attending,
        contractor=one.contractor,
        colleague=one.user,
        answer=in_columns(found.answer, found.match.trouble),
        controls=sorted(f"{told.case}/{told.control}" for told in found.told),
        trouble=found.match.trouble,
        told_at=at,
    )


def tell(changes: Iterable[Change], moment: Moment) -> int:
    """Tells everyone booked, from now on, where one of these changes alters what they must do. Out: how many.

    Each is told once of each instruction, however often this is called and by however many at once.
    """
    known = list(changes)
    people = reading.everyone_joined({change.person_id for change in known if change.person_id})
    homes = {change.home_id for change in known if change.home_id} | _homes_of(people, moment.day)
    everyone = reading.everyone_joined(people | _living_at(homes, moment.day))
    return _look_again(_to_come(moment).filter(Q(home__in=homes) | Q(person__in=everyone)), moment)


def review(moment: Moment) -> int:
    """The same for every visit to come: what no change of a control tells, such as a hazard, or someone moving in."""
    return _look_again(_to_come(moment), moment)


def _to_come(moment: Moment) -> QuerySet[Booking]:
    return Booking.objects.filter(Q(home__isnull=False) | Q(person__isnull=False), until__gte=moment.at)


def _homes_of(people: Iterable[int], day: date) -> set[int]:
    """The homes at which any of them lives or visits."""
    lived_in = {link.tenancy.home_id for link in reading.links(people, day)}
    visited = _visiting(day).filter(person__in=list(people))
    return lived_in | set(visited.values_list("home_id", flat=True))


def _living_at(homes: Iterable[int], day: date) -> set[int]:
    """Everyone who lives at or visits one of these homes."""
    living = TenancyPerson.objects.filter(
        reading.live_on(day), reading.live_on(day, "tenancy__"), tenancy__home__in=list(homes)
    )
    visiting = _visiting(day).filter(home__in=list(homes))
    return set(living.values_list("person_id", flat=True)) | set(visiting.values_list("person_id", flat=True))


def _visiting(day: date) -> QuerySet[HomeVisit]:
    return HomeVisit.objects.filter(Q(ended_on=None) | Q(ended_on__gte=day))


def _look_again(rows: QuerySet[Booking], moment: Moment) -> int:
    """Answers for these bookings anew, a block at a time. Out: how many were told."""
    told = last = 0
    while True:
        with transaction.atomic(), _nobody_keeps():
            # Asked for once nobody keeps: a list that was being kept is there now.
            ids = list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BLOCK])
            told += _tell_block(ids, moment)
        if len(ids) < BLOCK:
            return told
        last = ids[-1]


def _tell_block(ids: list[int], moment: Moment) -> int:
    rows = list(
        Booking.objects.select_for_update(of=("self",)).filter(pk__in=ids).select_related("colleague").order_by("pk")
    )
    changed, told, disclosed = [], [], []
    for row, now in zip(rows, as_now(rows, moment), strict=True):
        answer, controls = in_columns(now.answer, row.trouble), sorted(f"{t.case}/{t.control}" for t in now.told)
        if row.answer == answer and row.controls == controls:
            continue
        if differs(row.answer, answer):
            row.version += 1
            told.append(row)
            disclosed += [(to_whom(row, row.source), one) for one in now.told]
        row.answer, row.controls = answer, controls
        changed.append(row)
    Booking.objects.bulk_update(changed, ["answer", "controls", "version"], batch_size=500)
    disclose_each(disclosed, How.NOTICE, moment.at)
    visit_notice.write(told, moment.at)
    return len(told)


def as_now(rows: Sequence[Booking], moment: Moment) -> list[Checked]:
    """What holds at this moment for the day of each visit, whatever was told before."""
    asked = [Visit(Where(), local(row.at), _asker(row), ahead=True) for row in rows]
    found = [Match(row.home_id, row.person_id, row.trouble, row.answer["code"] == SEVERAL) for row in rows]
    return visits.check_matched(asked, found, moment)


def _asker(row: Booking) -> Asker:
    return Asker.COLLEAGUE if row.colleague_id and not row.contractor else Asker.CONTRACTOR


@contextmanager
def _nobody_tells() -> Iterator[None]:
    """Many may keep at once; whoever tells waits for them all."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [LOCK])
    yield


@contextmanager
def _nobody_keeps() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    yield

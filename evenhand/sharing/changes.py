"""What became of limits and markers, page after page, for a system that keeps a copy of its own.

What is over is told only to those who were told of it before: a system that begins to listen today does not learn of
somebody's marker of last year by hearing that it ended.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from evenhand.cases import holding
from evenhand.cases.circumstances import Moment
from evenhand.people.models import Home, Person
from evenhand.policy.held import HeldControl, HeldInstruction
from evenhand.sharing import ledger
from evenhand.sharing.identity import records_of
from evenhand.sharing.ledger import Recipient, Told
from evenhand.sharing.models import Change, Disclosure
from evenhand.sharing.models.change import ChangeKind, ControlKind
from evenhand.sharing.models.disclosure import How

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class News:
    """One change as it may be told. `now` is the control as it is today, None where it is over.

    `people` are (source, reference) of every record of whom it is about, the home is of a safety instruction.
    """

    change: Change
    people: tuple[tuple[str, str], ...]
    home: Home | None
    now: HeldControl | HeldInstruction | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some changes, in the order in which they became known; `position` is where the next page begins."""

    news: tuple[News, ...]
    position: int
    more: bool


def since(position: int, most: int, to: Recipient, moment: Moment) -> Page:
    """The changes after a position, at most so many rows of them read. What is told is put on the ledger.

    Positions are written by one follower at a time, so none appears below one that was already given.
    """
    rows = list(Change.objects.filter(pk__gt=position).select_related("home").order_by("pk")[: most + 1])
    page, more = rows[:most], len(rows) > most
    held = _held(page, moment)
    known = _known_to(to, page)
    kept = [row for row in page if _may_be_told(row, held, known)]
    records = _references(row.person_id for row in kept if row.person_id is not None)
    news = tuple(
        News(row, records.get(row.person_id or 0, ()), row.home, held.get((row.case, row.control))) for row in kept
    )
    told = [
        Told(each.change.case, each.change.control, ControlKind(each.change.control_kind), each.change.person_id,
             each.change.home_id)
        for each in news if each.now is not None
    ]  # fmt: skip
    ledger.disclose(to, told, How.FEED, moment.at)
    return Page(news, page[-1].pk if page else position, more)


def _may_be_told(row: Change, held: Mapping[Key, object], known: Collection[Key]) -> bool:
    key = row.case, row.control
    return key in held or (ChangeKind(row.kind).is_over and key in known)


def _held(page: Sequence[Change], moment: Moment) -> dict[Key, HeldControl | HeldInstruction]:
    """What is held today of everyone and every home that the page is about, by case and control."""
    people = {row.person_id for row in page if row.person_id is not None}
    homes = {row.home_id for row in page if row.home_id is not None}
    found: dict[Key, HeldControl | HeldInstruction] = {}
    for held in (holding.held_of(people, moment.day) if people else {}).values():
        found |= {(each.case, each.id): each for each in (*held.markers, *held.limits, *held.contacts)}
    for held in (holding.held_at(homes, moment.day) if homes else {}).values():
        found |= {(each.case, each.id): each for each in held.instructions}
    return found


def _known_to(to: Recipient, page: Sequence[Change]) -> frozenset[Key]:
    """The controls of the page that the recipient was told of before."""
    rows = Disclosure.objects.filter(to_kind=to.kind, to_id=to.id, case__in={row.case for row in page})
    return frozenset(rows.values_list("case", "control"))


def _references(people: Iterable[int]) -> dict[int, tuple[tuple[str, str], ...]]:
    """Every record of each person, as registers know them."""
    records = records_of(people)
    every = {record for ids in records.values() for record in ids}
    refs = {
        pk: (source, ref) for pk, source, ref in Person.objects.filter(pk__in=every).values_list("pk", "source", "ref")
    }
    return {person: tuple(refs[record] for record in ids if record in refs) for person, ids in records.items()}

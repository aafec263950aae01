"""Rules 14 and 19: how long it is kept who was told of a limit or a marker, and what became of it.

Who was told is kept as long as the case it is from, and goes when that is disposed of. What became of a control, and
each message that told so, goes some months after its end. A legal hold keeps both. And neither goes before its time:
whoever has yet to hear of an end, or to confirm it, is kept until they have, whatever became of the case.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import TypeVar

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import make_aware

from evenhand.cases import feed
from evenhand.cases.circumstances import Moment
from evenhand.people import terms_now
from evenhand.policy.terms import months_after
from evenhand.sharing.models import Change, Delivery, Disclosure, Followed, Follower, Recall
from evenhand.sharing.models.change import ChangeKind
from evenhand.sharing.models.webhook import DeliveryState

ENDS = (ChangeKind.ENDED, ChangeKind.WITHDRAWN)
BLOCK = 200
"""How many controls or cases are let go of in one transaction: whoever follows the log waits no longer than that."""
T = TypeVar("T")
# The table of news takes no deletion from whoever serves or works: this function lets go of what is over, and no more.
_FORGET = """
    SELECT coalesce(sum(sharing_forget_news(of_case, of_control)), 0)
    FROM unnest(%s::text[], %s::text[]) AS over(of_case, of_control)
"""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much was let go of: pieces of news, and entries of who was told."""

    news: int = 0
    told: int = 0


def forget(moment: Moment) -> Forgotten:
    """Lets go of everything whose time is over. Broken off, it goes on where it was; again, it finds nothing."""
    months = terms_now.on(moment.day).keep_news_months
    before = make_aware(datetime.combine(months_after(moment.day, -months), time.min))
    trials = Delivery.objects.filter(change=None, at__lt=before)
    trials.exclude(state=DeliveryState.WAITING).delete()
    held = feed.held()
    news = _in_blocks([row for row in _over_since(before) if row.case not in held], _forget_news)
    return Forgotten(news, _in_blocks(sorted(_disposed()), _forget_cases))


def still_to_be_told() -> QuerySet[Disclosure]:
    """Everyone who was told of something and has not confirmed all that became of it since, its end above all."""
    ended = Recall.objects.filter(disclosure=OuterRef("pk"), what__in=ENDS, confirmed_at__isnull=False)
    waiting = Recall.objects.filter(disclosure=OuterRef("pk"), confirmed_at=None)
    return Disclosure.objects.filter(Exists(waiting) | ~Exists(ended))


def _over_since(before: datetime) -> QuerySet[Followed]:
    """The controls that were over by a moment and of which there is news, where nobody is still to be told."""
    deaf = still_to_be_told().filter(case=OuterRef("case"), control=OuterRef("control"))
    news = Change.objects.filter(case=OuterRef("case"), control=OuterRef("control"))
    under_way = Delivery.objects.filter(
        change__case=OuterRef("case"), change__control=OuterRef("control"), state=DeliveryState.WAITING
    )
    newer = news.filter(at__gte=before)
    return Followed.objects.filter(Exists(news), ~Exists(newer), ~Exists(deaf), ~Exists(under_way), over=True)


def _forget_news(controls: Sequence[Followed]) -> int:
    """Drops the news of these controls, and the messages of it. Out: how many pieces."""
    with connection.cursor() as cursor:
        said = [[row.case for row in controls], [row.control for row in controls]]
        cursor.execute(_FORGET, said)
        return int(cursor.fetchone()[0])


def _disposed() -> frozenset[str]:
    """The cases of which something is kept here, and which were disposed of."""
    kept = Followed.objects.values_list("case").union(Disclosure.objects.values_list("case"))
    return feed.disposed([case for (case,) in kept])


def _forget_cases(cases: Sequence[str]) -> int:
    """Drops all that is kept of these cases, but for whoever is still to be told. Out: how many entries."""
    there = Disclosure.objects.filter(case__in=cases)
    waiting = set(still_to_be_told().filter(case__in=cases).values_list("case", "control"))
    done = list(there.exclude(pk__in=still_to_be_told().values("pk")).values_list("pk", flat=True))
    Recall.objects.filter(disclosure__in=done).delete()
    Disclosure.objects.filter(pk__in=done).delete()
    over = [row for row in Followed.objects.filter(case__in=cases, over=True) if (row.case, row.control) not in waiting]
    _forget_news(over)
    Followed.objects.filter(pk__in=[row.pk for row in over]).delete()
    return len(done)


def _in_blocks(found: Sequence[T], drop: Callable[[Sequence[T]], int]) -> int:
    """Lets go of these, a block at a time, while nobody follows the log. Out: how much that was."""
    count = 0
    for first in range(0, len(found), BLOCK):
        with transaction.atomic():
            list(Follower.objects.select_for_update())
            count += drop(found[first : first + BLOCK])
    return count

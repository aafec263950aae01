"""The letters of a soak of kills: what the log calls for, what the mail server took, and what a person is shown."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from evenhand.cases import models, post_room
from evenhand.cases.log import Entry
from evenhand.people.models import User
from evenhand.policy.events.appeal import AppealDecided
from evenhand.policy.events.correspondence import Delivery
from evenhand.policy.events.decision import FindingMade
from evenhand.policy.events.marker import MarkerPlaced
from evenhand.policy.standing.correspondence import Post

OF_THE_CUSTOMER = (FindingMade, MarkerPlaced, AppealDecided)
"""Decisions that the customer is told of by letter (D1, M3, D2): from the mission, not from the code's table."""


def missing(cases: list[tuple[models.Case, list[Entry]]]) -> Iterator[str]:
    """Decisions for which no letter was drafted by the same act."""
    drafted = set(models.Letter.objects.values_list("case_id", "event"))
    for row, entries in cases:
        for entry in entries:
            if isinstance(entry.event, OF_THE_CUSTOMER) and (row.pk, entry.number) not in drafted:
                yield f"{row.reference}, event {entry.number}: {type(entry.event).__name__}"


def sent_twice(taken: dict[str, int]) -> Iterator[str]:
    """Messages that the mail server took more than once, or that are no letter of ours."""
    known = set(models.Letter.objects.exclude(message_id="").values_list("message_id", flat=True))
    for message, times in taken.items():
        if times > 1 or message not in known:
            yield f"{message}: {times} times{'' if message in known else ', and no letter of ours'}"


def lost(taken: dict[str, int]) -> Iterator[str]:
    """Letters approved, of which neither the mail server has the message nor a person is shown that it may be lost."""
    shown = set(_shown_to_a_person())
    for letter in models.Letter.objects.filter(delivery=Delivery.EMAIL).select_related("case").order_by("pk"):
        took = taken.get(letter.message_id, 0)
        if letter.post == Post.SENT and took:
            continue
        if letter.post == Post.UNCERTAIN and letter.pk in shown:
            continue
        if letter.post == Post.SET_ASIDE and not took:
            continue  # what it told was cancelled on appeal before it went; the log says so
        where = f"{letter.case.reference} {letter.letter}"
        yield f"{where}: {letter.post}, taken {took} times, claimed {letter.claimed_at}, {letter.trouble}"


def _shown_to_a_person() -> Iterator[int]:
    """The letters in the queue of those that a person has to look into, as a manager's page lists them."""
    viewer, day, after = User.objects.get(username__startswith="helen"), timezone.localdate(), ""
    while True:
        page = post_room.queue(viewer, day, "person", after=after)
        yield from (row.pk for row in page.rows)
        if not page.after:
            return
        after = page.after


def counts(taken: dict[str, int]) -> dict[str, Any]:
    """How many letters there are, and what became of those approved."""
    by_email = models.Letter.objects.filter(delivery=Delivery.EMAIL)
    return {
        "letters": by_email.count(),
        "taken": sum(taken.values()),
        "aside": by_email.filter(post=Post.SET_ASIDE).count(),
        "shown": by_email.filter(post=Post.UNCERTAIN).count(),
        "shown_and_taken": sum(row.message_id in taken for row in by_email.filter(post=Post.UNCERTAIN)),
    }

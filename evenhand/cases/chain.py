"""Whether the record still is what was written: every link, every digest, and every summary against its log.

Facts may be missing only where an event of the case's own log says that it was disposed of, up to that number.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from evenhand.cases import log, models, summary

COLUMNS = (
    "matter",
    "about",
    "last_number",
    "last_by_person",
    "last_at",
    "holder",
    "untriaged",
    "closed",
    "decided",
    "serious",
    "appeal_open",
    "has_referral",
    "happened_on",
    "conducts",
    "reporters",
    "targets",
    "named",
    "clocks",
    "settled_on",
    "held",
    "hold_reviews",
    "joined",
    "disposed_on",
)
CONTROL = ("reference", "kind", "control", "starts_on", "ends_on", "review_on", "notify_on", "provisional", "high")
TASK = ("reference", "on", "what", "promise", "verb", "subject", "role", "holder")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a case that is not as it was written, in words for whoever runs the service."""

    reference: str
    words: str


def cases() -> Iterator[models.Case]:
    """Every case, sealed ones too, without holding them all in memory."""
    return models.Case.objects.select_related("person", "home").order_by("pk").iterator(chunk_size=500)


def faults_in(row: models.Case) -> Iterator[Fault]:
    """Gaps in the numbers, links that do not follow, and facts that are not what was digested."""
    before, number, gone, kept, disposed_upto = log.START, 0, [], [], 0
    for event in models.Event.objects.filter(case=row).select_related("facts").order_by("number"):
        number += 1
        if event.number != number:
            yield Fault(row.reference, f"event {number} is missing")
            return
        if log.link_of(before, row.reference, event) != bytes(event.link):
            yield Fault(row.reference, f"event {number} was changed, or one before it was")
            return
        before = bytes(event.link)
        if (facts := getattr(event, "facts", None)) is None:
            gone.append(number)
        elif log.digest_of(facts.said, bytes(facts.key)) != bytes(event.digest):
            yield Fault(row.reference, f"the facts of event {number} are not what was written")
        else:
            kept.append(number)
            disposed_upto = max(disposed_upto, log.disposed_upto(event))
    if number != row.last_number:
        yield Fault(row.reference, f"the log has {number} events and should have {row.last_number}")
    yield from (
        Fault(row.reference, f"the facts of event {number} are gone, and nothing says that they were disposed of")
        for number in gone
        if number > disposed_upto
    )
    yield from (
        Fault(row.reference, f"the facts of event {number} were disposed of, and are still there")
        for number in kept
        if number <= disposed_upto
    )


@transaction.atomic
def stale_in(row: models.Case) -> list[Fault]:
    """Where the summary differs from the log. Nothing is changed."""
    row = models.Case.objects.select_for_update().get(pk=row.pk)
    kept = {column: getattr(row, column) for column in COLUMNS}
    controls = _rows(row.controls.all(), CONTROL)
    tasks = _rows(row.tasks.all(), TASK)
    with transaction.atomic():
        again(row)
        row.refresh_from_db()
        made = {column: getattr(row, column) for column in COLUMNS}
        made_controls, made_tasks = _rows(row.controls.all(), CONTROL), _rows(row.tasks.all(), TASK)
        transaction.set_rollback(True)
    wrong = [column for column in COLUMNS if kept[column] != made[column]]
    wrong += ["controls"] * (controls != made_controls) + ["tasks"] * (tasks != made_tasks)
    return [Fault(row.reference, f"the summary’s {name.replace('_', ' ')} differs from the log") for name in wrong]


@transaction.atomic
def again(row: models.Case) -> None:
    """Make the summary of one case again from its log."""
    row = models.Case.objects.select_for_update().get(pk=row.pk)
    entries = log.entries_of(row)
    summary.refresh(row, log.case_of(entries), entries)


def _rows(found: object, columns: tuple[str, ...]) -> list[tuple[object, ...]]:
    return sorted(found.values_list(*columns), key=repr)  # type: ignore[attr-defined]

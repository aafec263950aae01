"""R1: the register of the policy's versions: which is in force, what it replaced, and when it is looked at again."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from evenhand.people.models import PolicyVersion
from evenhand.people.refusal import NotDone

NEAR = timedelta(days=90)
"""How long before its day a review of the policy is announced: a consultation with customers takes that long."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """That the policy in force has to be reviewed, by a day."""

    version: PolicyVersion
    on: date

    def is_overdue(self, day: date) -> bool:
        return self.on < day


def in_force() -> PolicyVersion | None:
    """The version that decisions are made under now; none before a landlord has recorded its policy."""
    return PolicyVersion.objects.filter(superseded_on=None).first()


def earlier() -> list[PolicyVersion]:
    """The versions that were replaced, the last first: cases decided under them still name them."""
    return list(PolicyVersion.objects.exclude(superseded_on=None).order_by("-superseded_on", "-id"))


def review_due(day: date) -> Reminder | None:
    """What to remind the policy's owner of on a day: that its next review is near, or late. None when it is far off."""
    version = in_force()
    if version is None or version.next_review_on is None or version.next_review_on - day > NEAR:
        return None
    return Reminder(version, version.next_review_on)


@transaction.atomic
def adopt(day: date, *, version: str, **facts: Any) -> PolicyVersion:
    """A new version, in force from today; the one before is kept as superseded.

    In: the landlord's own day, the version's name, and any other column of `PolicyVersion`. Raises `NotDone` for a
    name that an earlier version has: cases pin the version they were decided under by its name.
    """
    if PolicyVersion.objects.filter(version=version).exists():
        raise NotDone(f"There is already a version {version}. Give the new one a name of its own, such as {version}.1.")
    PolicyVersion.objects.select_for_update().filter(superseded_on=None).update(superseded_on=day)
    return PolicyVersion.objects.create(version=version, **facts)


def amend(record: PolicyVersion, **facts: Any) -> list[str]:
    """Changes what is recorded of the programme of a version's review. Out: the names of the columns that changed."""
    changed = [name for name, value in facts.items() if getattr(record, name) != value]
    for name in changed:
        setattr(record, name, facts[name])
    if changed:
        record.save(update_fields=changed)
    return changed

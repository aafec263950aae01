"""Who read a high marker's card and said so: kept for whoever asks later what a visitor knew."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from evenhand.cases import models
from evenhand.people.models import User
from evenhand.policy.held import Held, HeldMarker
from evenhand.policy.staff import Actor

MOST = 20
HOLDS_FOR = timedelta(hours=12)
"""How long one's word is not asked for again: a working day, not the next."""


@dataclass(frozen=True, slots=True)
class Said:
    """One word given: when, and by whom (None for a machine, or somebody no longer known here)."""

    at: datetime
    by: User | None
    actor: str


def to_acknowledge(held: Held) -> list[HeldMarker]:
    """The high markers that an answer tells of, those of others at the home among them."""
    return [marker for marker in (*held.markers, *held.others) if marker.high]


def acknowledge(held: Held, said: str, by: Actor, at: datetime, user: User | None = None) -> int:
    """Keeps somebody's word that they read what the high markers ask. Out: how many markers that is.

    In: what is held as their card told it, and the sentence it led with.
    """
    markers = to_acknowledge(held)
    keys = dict(models.Case.objects.filter(reference__in=[m.case for m in markers]).values_list("reference", "pk"))
    models.Acknowledgement.objects.bulk_create(
        models.Acknowledgement(at=at, by=user, actor=by.id, case_id=keys[marker.case], control=marker.id, said=said)
        for marker in markers
    )
    return len(markers)


def acknowledged_at(held: Held, by: Actor, at: datetime) -> datetime | None:
    """When, within `HOLDS_FOR`, an actor last gave their word for every one of these markers; None if for any not."""
    markers = {(marker.case, marker.id) for marker in to_acknowledge(held)}
    rows = models.Acknowledgement.objects.filter(actor=by.id, at__gt=at - HOLDS_FOR, at__lte=at)
    said = dict[tuple[str, str], datetime]()
    for case, control, when in rows.order_by("at").values_list("case__reference", "control", "at"):
        said[case, control] = when
    return min(said[marker] for marker in markers) if markers and markers <= said.keys() else None


def latest(markers: Iterable[HeldMarker]) -> list[Said]:
    """The latest words given for these markers, for those who work on their cases; at most `MOST`."""
    known = {(marker.case, marker.id) for marker in markers}
    rows = models.Acknowledgement.objects.filter(
        case__reference__in={case for case, _ in known}, control__in={control for _, control in known}
    )
    found = rows.select_related("by", "case").order_by("-at", "-id")[: MOST * 2]
    return [Said(row.at, row.by, row.actor) for row in found if (row.case.reference, row.control) in known][:MOST]

"""Rule 19: a report that joined a case is held with it, for the case rests on it; and so is what joined that report."""

from collections.abc import Iterator

from evenhand.cases import log, models
from evenhand.policy.events.incident import IncidentTriaged


def held() -> frozenset[str]:
    """Every case that a legal hold keeps, its own or that of the case it joined. As many queries as reports are joined
    one to another in a row, and one more."""
    found: set[str] = set()
    more = set(models.Case.objects.filter(held=True).values_list("reference", flat=True))
    while more:
        found |= more
        more = set(models.Case.objects.filter(joined__in=more).values_list("reference", flat=True)) - found
    return frozenset(found)


def joined_by(reference: str) -> list[str]:
    """The case that a report joined, and the one that this joined, as their logs say: not the columns, which an upgrade
    may have yet to make."""
    found = [reference]
    while (into := _joins(found[-1])) and into not in found:
        found.append(into)
    return found[1:]


def holder_of(reference: str) -> str:
    """The case that this one joined and that a hold keeps, and so keeps this one; empty where there is none."""
    chain = joined_by(reference)
    there = models.Case.objects.filter(reference__in=chain, held=True).values_list("reference", flat=True)
    return next((each for each in chain if each in set(there)), "")


def _joins(reference: str) -> str:
    return next(reversed([each for each in _triaged(reference) if each]), "")


def _triaged(reference: str) -> Iterator[str]:
    rows = models.Event.objects.filter(
        case__reference=reference, kind=IncidentTriaged.__name__, facts__isnull=False
    ).select_related("facts")
    for row in rows.order_by("number"):
        event = log.read(row)
        assert isinstance(event, IncidentTriaged)
        yield event.joins or ""

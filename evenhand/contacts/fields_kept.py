"""C2: those with whom customers are compared, window by window, as they are kept until everybody is measured again."""

from collections.abc import Iterable, Mapping
from typing import Any

from evenhand.contacts.models import Compared
from evenhand.policy.demand.comparison import Field, Peer
from evenhand.policy.demand.measure import Fields
from evenhand.policy.demand.untold import Mark
from evenhand.policy.demand.window import Window


def replace(fields: Mapping[Window, Field], untold: Iterable[Mark]) -> None:
    """Keeps these instead of what was kept, with what the log did not show. Within a transaction."""
    Compared.objects.all().delete()
    marks = {"untold": list(untold)}
    rows = (
        Compared(first=window.first, last=window.last, field=written(field) | marks) for window, field in fields.items()
    )
    Compared.objects.bulk_create(rows, batch_size=10)


def remembered() -> Fields:
    """What is kept, each window read when it is first asked for; a window that is not kept has nobody in it."""
    found: dict[Window, Field] = {}

    def field_of(window: Window) -> Field:
        if window not in found:
            row = Compared.objects.filter(first=window.first, last=window.last).first()
            found[window] = read(row.field) if row else Field({}, 0)
        return found[window]

    return field_of


def untold() -> list[Mark]:
    """What the log did not show when everybody was last measured. One small query."""
    kept = Compared.objects.values_list("field__untold", flat=True).first()
    return [Mark(mark) for mark in kept or ()]


def written(field: Field) -> dict[str, Any]:
    """A field as JSON: groups of customers by what they had open, without a name."""
    groups = [[key, [[one.customer, one.minutes, one.hits] for one in group]] for key, group in field.groups.items()]
    return {"minutes": field.minutes, "groups": groups}


def read(kept: dict[str, Any]) -> Field:
    """The field that `written` wrote."""
    groups = {}
    for pairs, people in kept["groups"]:
        key = tuple((kind, number) for kind, number in pairs)
        groups[key] = tuple(Peer(customer, minutes, tuple(hits), key) for customer, minutes, hits in people)
    return Field(groups, kept["minutes"])

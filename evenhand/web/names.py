"""Who stands behind the opaque ids that the record keeps: names for pages, in one query."""

from collections.abc import Iterable

from evenhand.people.models import User
from evenhand.policy.staff import SYSTEM

OTHERS = {
    SYSTEM.id: "Evenhand",
    "customer": "the customer",
    "advocate": "an advocate for the customer",
    "contractor": "a contractor",
}


class Names(dict[str, str]):
    """Names by actor id; one that nobody here has is said in words, never as the bare id."""

    def __missing__(self, id: str) -> str:
        kind = id.partition(":")[0]
        return OTHERS.get(kind, "someone no longer known here")


def names_of(ids: Iterable[str]) -> Names:
    """The names of these actors. One query, whoever they are."""
    asked = {id for id in ids if id}
    found = User.objects.filter(actor_id__in=asked).only("actor_id", "first_name", "last_name", "username")
    return Names({**OTHERS, **{user.actor_id: user.name for user in found}})

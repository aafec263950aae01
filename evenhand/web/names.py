"""Who stands behind the opaque ids that the record keeps: names for pages, in one query, or two with systems."""

from collections.abc import Iterable

from django.conf.locale import LANG_INFO

from evenhand.people.models import User
from evenhand.policy.staff import SYSTEM
from evenhand.sharing.models import Key

OTHERS = {
    SYSTEM.id: "Evenhand",
    "customer": "the customer",
    "advocate": "an advocate for the customer",
    "contractor": "a contractor",
    "command": "somebody at the command line",
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
    return Names({**OTHERS, **{user.actor_id: user.name for user in found}, **_systems(asked)})


def _systems(ids: Iterable[str]) -> dict[str, str]:
    """The names of keys, by which other systems ask."""
    keys = [int(key) for kind, _, key in (id.partition(":") for id in ids) if kind == "key" and key.isdecimal()]
    return {key.actor_id: key.name for key in Key.objects.filter(pk__in=keys)} if keys else {}


def language(code: str) -> str:
    """A register's code of a language as its name, "cy" as "Welsh"; what is no code stays as it was given."""
    return str(LANG_INFO.get(code.strip().lower(), {}).get("name", code))

"""The trail of changes outside the cases: to colleagues' roles, the landlord's terms, the policy, a person's record."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import QuerySet

from evenhand.people.models import Change, Person, User
from evenhand.people.models.change import ChangeKind
from evenhand.people.reading import identities


def note(
    by: User | None, at: datetime, kind: ChangeKind, about: str, words: str, *, person: Person | None = None
) -> Change:
    """Adds one line, in the transaction of the change itself. `about` is what was changed, `words` how."""
    return Change.objects.create(by=by, at=at, kind=kind, about=about[:240], words=words, person=person)


def differences(labels: Mapping[str, str], before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    """What is different, one sentence for each labelled value: "Telephone: was 0113, now 0114"."""
    return [
        f"{label}: was {shown(before.get(name))}, now {shown(after.get(name))}"
        for name, label in labels.items()
        if before.get(name) != after.get(name)
    ]


def shown(value: object) -> str:
    if value is None or value == "":
        return "empty"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple | set | frozenset) else str(value)


def of_setting_up(kinds: Iterable[ChangeKind] = ()) -> QuerySet[Change]:
    """What administrators see, newest first: how Evenhand is set up, never what is recorded of people and homes."""
    found = Change.objects.exclude(kind__in=[ChangeKind.PERSON, ChangeKind.HOME]).select_related("by")
    chosen = [kind.value for kind in kinds]
    return found.filter(kind__in=chosen) if chosen else found


def after(found: QuerySet[Change], last: str) -> QuerySet[Change]:
    """What follows one change in a list of them, newest first, where a page gives its number; else all of the list."""
    seen = found.filter(pk=int(last)).first() if last.isdecimal() and len(last) < 19 else None
    if seen is None:
        return found
    return found.filter(at__lt=seen.at) | found.filter(at=seen.at, pk__lt=seen.pk)


def of_person(person: Person, most: int = 20) -> list[Change]:
    """The latest changes to what is recorded of a person, over all their records."""
    return list(Change.objects.filter(person__in=identities(person)).select_related("by")[:most])

"""Rule 21: whom no letter may name: the colleagues who were harmed, whoever reported, and whoever was complained of."""

from collections.abc import Iterable

from evenhand.people.models import User
from evenhand.policy.events.counter_allegation import AllegationRecorded
from evenhand.policy.events.event import Event
from evenhand.policy.events.incident import ColleagueAffected, IncidentReported


def actors(history: Iterable[Event]) -> frozenset[str]:
    """The actor ids of those whom no letter of this history may name, or be signed by."""
    found: set[str] = set()
    for event in history:
        match event:
            case ColleagueAffected(colleague=str() as colleague) | AllegationRecorded(colleague=str() as colleague):
                found.add(colleague)
            case IncidentReported(by=by):
                found.add(by)
    return frozenset(found)


def names(history: Iterable[Event]) -> tuple[str, ...]:
    """Their full names, longest first. One word alone is no full name: it may be a word like any other."""
    history = tuple(history)
    written = {e.name for e in history if isinstance(e, ColleagueAffected | AllegationRecorded)}
    written |= {e.on_behalf_of for e in history if isinstance(e, IncidentReported)}
    known = {user.get_full_name() for user in User.objects.filter(actor_id__in=actors(history))}
    full = {" ".join(name.split()) for name in written | known if is_full(name)}
    return tuple(sorted(full, key=lambda name: (-len(name), name)))


def is_full(name: str) -> bool:
    """Whether this reads as a person's full name: two words or more, each with a capital."""
    words = name.split()
    return len(words) > 1 and all(word[0].isupper() for word in words)


def named_in(text: str, names: Iterable[str]) -> list[str]:
    """Which of these names a text gives, in whatever case and spacing."""
    plain = " ".join(text.split()).casefold()
    return [name for name in names if name.casefold() in plain]

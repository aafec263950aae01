"""What was held of whom, from when until when, as the one process that changes it noted.

Between an act's beginning and its end nobody outside can say whether it has happened: an answer given then is right if
it is right of what was held just before, or just after.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from evenhand.policy.held import Held

Subject = tuple[str, int]
"""("person", key) or ("home", key)."""


@dataclass(frozen=True)
class State:
    """What is held of a subject, and the source and reference of the record that stands for it."""

    held: Held
    source: str = ""
    ref: str = ""


@dataclass(frozen=True)
class Act:
    """Something that was done, when (seconds since 1970), and what is held since then of those it changed.

    `trouble` is why it could not be done.
    """

    words: str
    begun: float
    ended: float
    changed: Mapping[Subject, State] = field(default_factory=dict)
    trouble: str = ""


@dataclass
class Journal:
    """What was held of everyone at the beginning, each act in its order, and what was held at the end."""

    first: Mapping[Subject, State]
    acts: list[Act] = field(default_factory=list)
    last: Mapping[Subject, State] = field(default_factory=dict)


class History:
    """A journal, turned round: what may have been held of a subject during some time."""

    def __init__(self, journal: Journal) -> None:
        self.first = journal.first
        self.changes: dict[Subject, list[tuple[Act, State]]] = defaultdict(list)
        for act in journal.acts:
            for subject, state in act.changed.items():
                self.changes[subject].append((act, state))

    def during(self, subject: Subject, begun: float, ended: float) -> list[State]:
        """Every state that may have held at some moment from one to the other, the oldest first."""
        found, state, since = [], self.first[subject], 0.0
        for act, after in self.changes.get(subject, ()):
            if since <= ended and begun <= act.ended:
                found.append(state)
            state, since = after, act.begun
        return [*found, state] if since <= ended else found

    def now(self, subject: Subject) -> State:
        """The state after everything."""
        changes = self.changes.get(subject)
        return changes[-1][1] if changes else self.first[subject]

    def everything_told(self) -> set[tuple[str, str]]:
        """Every control that was ever held of anybody, by its case and its id."""
        states: Iterable[State] = [
            *self.first.values(), *(state for changes in self.changes.values() for _, state in changes)
        ]  # fmt: skip
        return {(control.case, control.id) for state in states for control in state.held.told}

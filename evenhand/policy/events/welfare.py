"""C4: notes of a colleague's welfare, sealed from the case and from anything a customer is given."""

from dataclasses import dataclass

from evenhand.policy.events.event import Event


@dataclass(frozen=True, kw_only=True)
class WelfareNoted(Event):
    colleague: str
    note: str

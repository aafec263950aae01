"""C3, D1: what was found, and why."""

from dataclasses import dataclass

from evenhand.policy.conduct import Conduct, Finding
from evenhand.policy.events.event import Event


@dataclass(frozen=True, kw_only=True)
class FindingMade(Event):
    finding: str
    found: tuple[tuple[Conduct, Finding], ...]
    reasons: str
    beyond_forceful: str
    relied_on: str
    policy_version: str
    with_account: bool
    evidence: tuple[tuple[str, str, str], ...] = ()
    """The files of the case that it relies on: each one's reference, its name, and the SHA-256 of its bytes."""

    @property
    def is_adverse(self) -> bool:
        return any(found.is_adverse for _, found in self.found)


@dataclass(frozen=True, kw_only=True)
class FindingVaried(Event):
    finding: str
    found: tuple[tuple[Conduct, Finding], ...]
    reasons: str
    appeal: str


@dataclass(frozen=True, kw_only=True)
class FindingQuashed(Event):
    finding: str
    appeal: str

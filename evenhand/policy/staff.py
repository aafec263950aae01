"""Who acts, and in what role."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a colleague may be asked to do. One colleague may hold several."""

    COLLEAGUE = "colleague"
    DUTY = "duty colleague"
    INVESTIGATOR = "investigator"
    MANAGER = "manager"
    SENIOR_MANAGER = "senior manager"
    CUSTOMER_PARTNER = "customer partner"
    DIRECTOR = "director"
    PLANNER = "planner of visits"
    DATA_PROTECTION = "data protection officer"
    ADMINISTRATOR = "administrator"
    INDEPENDENT = "independent person"


DECIDERS = frozenset({Role.MANAGER, Role.SENIOR_MANAGER, Role.DIRECTOR})
SENIORS = frozenset({Role.SENIOR_MANAGER, Role.DIRECTOR})
PREPARERS = frozenset({Role.DATA_PROTECTION, Role.DIRECTOR})
"""Who draws up a list of what is to go, and who approves another's: the data protection officer, the policy's owner."""


class Kind(StrEnum):
    """What kind of actor stands behind an act."""

    COLLEAGUE = "colleague"
    CUSTOMER = "customer"
    ADVOCATE = "advocate"
    CONTRACTOR = "contractor"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone who acts: an opaque id that names nobody, and what they may do.

    `id` is unique over all kinds ("colleague:7f3a…", "customer", "system"), and is all the record keeps of them.
    """

    id: str
    roles: frozenset[Role] = frozenset({Role.COLLEAGUE})
    kind: Kind = Kind.COLLEAGUE

    def has(self, *roles: Role) -> bool:
        """Whether the actor holds any of these roles."""
        return not self.roles.isdisjoint(roles)

    @property
    def decides(self) -> bool:
        """Whether the actor is of the managers who may decide a case."""
        return not self.roles.isdisjoint(DECIDERS)

    @property
    def is_senior(self) -> bool:
        """Whether the actor may approve what the policy leaves to someone senior."""
        return not self.roles.isdisjoint(SENIORS)


SYSTEM = Actor("system", frozenset(), Kind.SYSTEM)

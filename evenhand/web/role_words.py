"""Each role in plain words: what it is called on pages, and what someone who holds it may do."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from evenhand.policy.staff import Role

DOES: Mapping[Role, str] = MappingProxyType(
    {
        Role.COLLEAGUE: "Reports incidents, checks what to know before a visit or call, and sees their own reports.",
        Role.DUTY: "Reads new reports, and places a provisional marker at once after violence, a threat or a weapon.",
        Role.INVESTIGATOR: "Looks into cases, hears the customer’s account and asks about support. Decides nothing.",
        Role.MANAGER: "Decides cases, limits contact, appoints a single contact, places and reviews markers.",
        Role.SENIOR_MANAGER: "All that a manager does. Hears appeals, and agrees to go without a warning or a notice.",
        Role.CUSTOMER_PARTNER: "Takes referrals, with the customer’s agreement, and sees only what those need.",
        Role.DIRECTOR: "All that a senior manager does. Alone keeps a marker whose review is long overdue.",
        Role.PLANNER: "Checks a list of visits at once, and tells whoever is booked. Does not see cases.",
        Role.DATA_PROTECTION: "Sees who looked at what. Does not work on cases.",
        Role.ADMINISTRATOR: "Sets up colleagues, teams, the register and the terms. Does not see cases.",
        Role.INDEPENDENT: "From outside: let in to a case by name, to hear an appeal that nobody else is free to hear.",
    }
)
ORDER = tuple(DOES)


def title(role: Role) -> str:
    """ "Duty colleague"."""
    return role.value[0].upper() + role.value[1:]


def titles(roles: Iterable[str | Role]) -> str:
    """Several roles in one line, always in the same order; a plain colleague's only where there is no other."""
    held = {Role(role) for role in roles}
    shown = [role for role in ORDER if role in held and (role is not Role.COLLEAGUE or held == {Role.COLLEAGUE})]
    return ", ".join(title(role) if not place else role.value for place, role in enumerate(shown)) or "No role"

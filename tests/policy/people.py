"""Who acts in the tests of the policy. Each is known by what they are to the case, and holds no role by accident."""

from evenhand.policy.staff import SYSTEM, Actor, Kind, Role

TARGET = Actor("target", frozenset(Role))
"""Was shouted at or hurt. Holds every role, so that only that stands in the way."""
INVESTIGATOR = Actor("investigator", frozenset({Role.COLLEAGUE, Role.INVESTIGATOR, Role.SENIOR_MANAGER}))
"""Looks into the case, and is senior, so that only having taken part stands in the way of hearing an appeal."""
MANAGER = Actor("manager", frozenset({Role.COLLEAGUE, Role.MANAGER}))
SENIOR = Actor("senior", frozenset({Role.COLLEAGUE, Role.SENIOR_MANAGER}))
DIRECTOR = Actor("director", frozenset({Role.COLLEAGUE, Role.DIRECTOR}))
ANOTHER_MANAGER = Actor("another manager", frozenset({Role.COLLEAGUE, Role.MANAGER}))
DUTY = Actor("duty", frozenset({Role.COLLEAGUE, Role.DUTY}))
COLLEAGUE = Actor("colleague", frozenset({Role.COLLEAGUE}))
PARTNER = Actor("partner", frozenset({Role.COLLEAGUE, Role.CUSTOMER_PARTNER}))
INDEPENDENT = Actor("independent", frozenset({Role.INDEPENDENT}))
RELATIVE = Actor("relative", frozenset(Role))
"""A colleague who lives with the customer, and holds every role."""
CUSTOMER = Actor("customer", frozenset(), Kind.CUSTOMER)
ADVOCATE = Actor("advocate", frozenset(), Kind.ADVOCATE)

__all__ = [
    "ADVOCATE",
    "ANOTHER_MANAGER",
    "COLLEAGUE",
    "CUSTOMER",
    "DIRECTOR",
    "DUTY",
    "INDEPENDENT",
    "INVESTIGATOR",
    "MANAGER",
    "PARTNER",
    "RELATIVE",
    "SENIOR",
    "SYSTEM",
    "TARGET",
]

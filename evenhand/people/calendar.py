"""The bank holidays of each nation: which days are working days is the policy's question, answered from these."""

from datetime import date
from functools import cache

import holidays

from evenhand.policy.terms import Nation

SUBDIVISIONS = {
    Nation.ENGLAND: "ENG",
    Nation.WALES: "WLS",
    Nation.SCOTLAND: "SCT",
    Nation.NORTHERN_IRELAND: "NIR",
}


@cache
def bank_holidays(nation: Nation, first_year: int, last_year: int) -> frozenset[date]:
    """Every bank holiday of a nation from the first year to the last, both included. Known without a network."""
    years = range(first_year, last_year + 1)
    return frozenset(holidays.country_holidays("GB", subdiv=SUBDIVISIONS[nation], years=years))


def around(nation: Nation, day: date) -> frozenset[date]:
    """Every bank holiday that a deadline counted from or to this day can meet: three years back, three ahead."""
    return bank_holidays(nation, day.year - 3, day.year + 3)

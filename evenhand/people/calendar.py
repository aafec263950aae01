"""The bank holidays of each nation: which days are working days is the policy's question, answered from these."""

from datetime import date
from functools import cache

import holidays
from govuk_bank_holidays.bank_holidays import BankHolidays

from evenhand.policy.terms import Nation

SUBDIVISIONS = {
    Nation.ENGLAND: "ENG",
    Nation.WALES: "WLS",
    Nation.SCOTLAND: "SCT",
    Nation.NORTHERN_IRELAND: "NIR",
}
DIVISIONS = {
    Nation.ENGLAND: BankHolidays.ENGLAND_AND_WALES,
    Nation.WALES: BankHolidays.ENGLAND_AND_WALES,
    Nation.SCOTLAND: BankHolidays.SCOTLAND,
    Nation.NORTHERN_IRELAND: BankHolidays.NORTHERN_IRELAND,
}


@cache
def bank_holidays(nation: Nation, first_year: int, last_year: int) -> frozenset[date]:
    """Every weekday that is a bank holiday of a nation, from the first year to the last, both included.

    The government's own list as packaged, which ends after two years, with the days worked out for every year: each
    has been first to know of a day proclaimed once. A day too many moves a deadline later, never past a customer.
    """
    years = range(first_year, last_year + 1)
    worked_out = holidays.country_holidays("GB", subdiv=SUBDIVISIONS[nation], years=years)
    return frozenset(day for day in {*worked_out, *_listed(nation)} if day.year in years and day.weekday() < 5)


def around(nation: Nation, day: date) -> frozenset[date]:
    """Every bank holiday that a deadline counted from or to this day can meet: three years back, three ahead."""
    return bank_holidays(nation, day.year - 3, day.year + 3)


def _listed(nation: Nation) -> list[date]:
    """The government's list as packaged: no network is asked."""
    return [event["date"] for event in BankHolidays(use_cached_holidays=True).data[DIVISIONS[nation]]]

"""Working days leave out the bank holidays of the landlord's nation, the same as the government lists."""

from datetime import date

import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays

from evenhand.people.calendar import DIVISIONS, around, bank_holidays
from evenhand.policy.terms import Nation, Terms

# Proclaimed for one nation after the list we carry was packaged.
SINCE_PROCLAIMED = {Nation.SCOTLAND: {date(2026, 6, 15)}}


@pytest.mark.parametrize("nation", Nation)
def test_bank_holidays_are_those_the_government_lists(nation: Nation) -> None:
    listed = {event["date"] for event in BankHolidays(use_cached_holidays=True).data[DIVISIONS[nation]]}
    first, last = min(listed).year, max(listed).year
    assert last - first >= 10
    assert bank_holidays(nation, first, last) == listed | SINCE_PROCLAIMED.get(nation, set())


@pytest.mark.parametrize("nation", Nation)
def test_bank_holidays_are_known_long_before_they_are_listed(nation: Nation) -> None:
    assert {date(2036, 12, 25), date(2036, 12, 26)} <= bank_holidays(nation, 2036, 2036)


def test_each_nation_has_days_of_its_own() -> None:
    assert date(2026, 11, 30) in bank_holidays(Nation.SCOTLAND, 2026, 2026)
    assert date(2026, 7, 13) in bank_holidays(Nation.NORTHERN_IRELAND, 2026, 2026)
    assert date(2026, 4, 6) in bank_holidays(Nation.WALES, 2026, 2026)
    assert date(2026, 4, 6) not in bank_holidays(Nation.SCOTLAND, 2026, 2026)


def test_a_deadline_over_christmas_waits_for_the_holidays() -> None:
    terms = Terms(holidays=around(Nation.ENGLAND, date(2026, 12, 23)))
    assert terms.working_days_after(date(2026, 12, 23), 3) == date(2026, 12, 30)

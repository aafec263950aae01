"""C2: the stretches of time over which demand is measured, and the numbers it is measured by."""

from datetime import date

import pytest

from evenhand.policy.demand.terms import DemandTerms
from evenhand.policy.demand.window import Window, months, weeks

SPAN = Window(date(2026, 1, 1), date(2026, 12, 31))


class TestWindows:
    def test_whole_weeks_cover_every_day_of_a_span(self) -> None:
        found = weeks(SPAN, 4)
        assert found[0].holds(SPAN.first)
        assert found[-1].holds(SPAN.last)
        assert all(one.first.weekday() == 0 and (one.last - one.first).days == 27 for one in found)

    def test_a_year_is_one_window_of_twelve_months(self) -> None:
        assert months(SPAN, 12) == [SPAN]

    def test_two_years_are_measured_from_every_month_to_the_last_day(self) -> None:
        found = months(Window(date(2025, 1, 15), date(2026, 12, 20)), 12)
        assert found[0] == Window(date(2025, 1, 15), date(2026, 1, 14))
        assert found[1].first == date(2025, 2, 1)
        assert found[-1].last == date(2026, 12, 20)

    def test_a_span_that_ends_with_a_week_has_no_window_after_it(self) -> None:
        assert weeks(Window(date(2026, 1, 5), date(2026, 2, 1)), 4) == [Window(date(2026, 1, 5), date(2026, 2, 1))]

    def test_each_month_begins_a_window_and_the_last_goes_to_the_last_day(self) -> None:
        assert months(Window(date(2025, 1, 15), date(2026, 3, 1)), 12) == [
            Window(date(2025, 1, 15), date(2026, 1, 14)),
            Window(date(2025, 2, 1), date(2026, 1, 31)),
            Window(date(2025, 3, 1), date(2026, 2, 28)),
            Window(date(2025, 4, 1), date(2026, 3, 1)),
        ]


@pytest.mark.parametrize("name", DemandTerms.__dataclass_fields__)
def test_a_number_outside_its_bounds_is_refused(name: str) -> None:
    least = DemandTerms.__dataclass_fields__[name].metadata["least"]
    assert getattr(DemandTerms(**{name: least}), name) == least
    with pytest.raises(ValueError, match="must be from"):
        DemandTerms(**{name: least - 1})

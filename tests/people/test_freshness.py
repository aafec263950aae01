"""A register that is too old says so; one never brought in cannot be."""

from datetime import UTC, date, datetime

import pytest

from evenhand.people.models import RegisterImport
from evenhand.people.register.freshness import stale_since
from evenhand.policy.terms import Terms

pytestmark = pytest.mark.django_db
BROUGHT_IN = date(2026, 11, 20)
"""A Friday."""


def brought_in(day: date = BROUGHT_IN, **details: object) -> None:
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    told = {"source": "housing", "folder": "x", "started_at": at, "ended_at": at, "state": "done", **details}
    RegisterImport.objects.create(**told)


def test_the_working_days_since_the_last_import_decide() -> None:
    brought_in()
    terms = Terms(register_days=3)
    assert stale_since(date(2026, 11, 25), terms) is None
    assert stale_since(date(2026, 11, 26), terms) == BROUGHT_IN


@pytest.mark.parametrize(
    "details", [{"state": "refused"}, {"dry_run": True}, {"brings": "contacts"}], ids=lambda d: next(iter(d))
)
def test_what_loaded_no_register_makes_it_no_newer(details: dict[str, object]) -> None:
    brought_in()
    brought_in(date(2026, 12, 1), **details)
    assert stale_since(date(2026, 12, 1), Terms(register_days=3)) == BROUGHT_IN


def test_a_landlord_who_never_brought_one_in_has_none_that_is_old() -> None:
    assert stale_since(date(2026, 12, 1), Terms()) is None

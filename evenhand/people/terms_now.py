"""The landlord's own numbers as a day's work needs them: for what people and homes are told, outside any case."""

from datetime import date

from evenhand.people import calendar, landlord
from evenhand.policy.terms import Terms


def on(day: date) -> Terms:
    """What the landlord has set, with its nation's bank holidays around the day; not the version of the policy."""
    said = landlord.setting()
    return Terms(**said.terms, nation=said.nation, holidays=calendar.around(said.nation, day))

"""The questions about limits on contact that several forms share, and the plan that their answers make."""

from datetime import time
from typing import Any

from django import forms

from evenhand.policy.events.expectation import Period, Plan, Weekday
from evenhand.policy.need import Channel
from evenhand.web.fields import OneOf, SeveralOf

OPEN_CHANNELS = (Channel.PHONE, Channel.EMAIL, Channel.LETTER, Channel.WEBFORM, Channel.OFFICE)
FIELDS = ("channels", "times", "period", "weekdays", "from_time", "to_time")
PERIOD_WORDS = {Period.DAY: "in a day", Period.WEEK: "in a week", Period.MONTH: "in a month"}


class PlanFields(forms.Form):
    """How, how often and when a customer may contact us. Emergencies always get through, whatever is chosen."""

    channels = SeveralOf(
        "How can they contact us?",
        OPEN_CHANNELS,
        "Choose every way that stays open. At least one must suit what the person needs.",
        required=False,
    )
    times = forms.IntegerField(
        label="How many times at most?",
        min_value=1,
        max_value=50,
        required=False,
        help_text="Empty means no limit.",
    )
    period = OneOf("In what period?", Period, required=False)
    weekdays = SeveralOf("On which days?", Weekday, "Leave empty for any working day.", required=False)
    from_time = forms.TimeField(label="From what time?", required=False, help_text="For example, 9:00. Leave empty.")
    to_time = forms.TimeField(label="Until what time?", required=False, help_text="For example, 12:00.")


def plan_of(cleaned: dict[str, Any]) -> Plan:
    """The plan that the answers make."""
    given: dict[str, time | None] = {name: cleaned.get(name) for name in ("from_time", "to_time")}
    return Plan(
        channels=frozenset(cleaned.get("channels") or ()),
        times=cleaned.get("times"),
        period=cleaned.get("period"),
        weekdays=frozenset(cleaned.get("weekdays") or ()),
        **given,
    )

"""The questions about limits on contact that several forms share, and the plan that their answers make."""

from datetime import datetime, time
from typing import Any

from django import forms

from evenhand.policy.events.expectation import Period, Plan, Weekday
from evenhand.policy.need import Channel
from evenhand.web.fields import Clock, Count, OneOf, SeveralOf
from evenhand.web.templatetags.words import clock

OPEN_CHANNELS = (Channel.PHONE, Channel.EMAIL, Channel.LETTER, Channel.WEBFORM, Channel.OFFICE)
FIELDS = ("channels", "times", "period", "weekdays", "from_time", "to_time")
ALWAYS_THROUGH = "Emergencies, courts, the Ombudsman, MPs and advocates always get through, whatever you choose."
MIDDAY, MIDNIGHT = time(12), time(0)


class Hour(Clock):
    """A time of day, as anyone writes it; the answer is the time itself, or None."""

    def clean(self, value: Any) -> Any:
        said = super().clean(value)
        if not said:
            return None
        if said in ("midday", "midnight"):
            return MIDDAY if said == "midday" else MIDNIGHT
        return datetime.strptime(said, "%I:%M%p" if ":" in said else "%I%p").time()  # noqa: DTZ007


class PlanFields(forms.Form):
    """How, how often and when a customer may contact us. Emergencies always get through, whatever is chosen."""

    channels = SeveralOf(
        "How can they contact us?",
        OPEN_CHANNELS,
        "Choose every way that stays open. At least one must suit what the person needs.",
        required=False,
    )
    times = Count("How many times at most?", "Leave empty for no limit.", least=1, most=50, required=False)
    period = OneOf("In each", Period, required=False)
    weekdays = SeveralOf("On which days?", Weekday, "Leave empty for any day, weekends too.", required=False)
    from_time = Hour("From what time?", "For example, 9am. Leave empty for any time of the day.")
    to_time = Hour("Until what time?", "For example, 12:30pm.")


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


def answers_of(plan: Plan) -> dict[str, Any]:
    """The answers that make a plan: what a form begins with that changes one."""
    return {
        "channels": [each.value for each in OPEN_CHANNELS if each in plan.channels],
        "times": plan.times,
        "period": plan.period.value if plan.period else None,
        "weekdays": [each.value for each in Weekday if each in plan.weekdays],
        "from_time": clock(plan.from_time),
        "to_time": clock(plan.to_time),
    }

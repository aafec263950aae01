"""D2: what an appeal leaves a customer allows every contact that was allowed before it, whatever the plans."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from evenhand.policy.events.expectation import Period, Plan, Weekday
from evenhand.policy.need import Channel
from evenhand.policy.plan import objections_to_allowing_less

HOURS = st.sampled_from([None, (time(9), time(12)), (time(8), time(13)), (time(10), time(11))])
OFTEN = st.sampled_from([None, *((times, period) for times in (1, 2, 7, 31) for period in Period)])
DAYS = st.frozensets(st.sampled_from(list(Weekday)), max_size=3)
CHANNELS = st.frozensets(st.sampled_from([Channel.EMAIL, Channel.LETTER]), min_size=1)
SPAN = tuple(datetime.combine(day, time()) for day in (date(2026, 3, 2), date(2026, 4, 12)))
MOMENTS = st.lists(st.datetimes(*SPAN).map(lambda at: at.replace(minute=0, second=0)), max_size=9)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    often, hours = draw(OFTEN), draw(HOURS)
    times, period = often or (None, None)
    begins, ends = hours or (None, None)
    return Plan(
        channels=draw(CHANNELS), times=times, period=period, weekdays=draw(DAYS), from_time=begins, to_time=ends
    )


def period_of(day: date, period: Period | None) -> date:
    return {Period.DAY: day, Period.WEEK: day - timedelta(days=day.weekday()), Period.MONTH: day.replace(day=1)}[
        period or Period.DAY
    ]


def allows(plan: Plan, channel: Channel, moments: Iterable[datetime]) -> bool:
    moments = list(moments)
    names = {day.value for day in plan.weekdays}
    if channel not in plan.channels or any(names and f"{at:%A}" not in names for at in moments):
        return False
    if plan.from_time and plan.to_time and any(not plan.from_time <= at.time() <= plan.to_time for at in moments):
        return False
    counts = Counter(period_of(at.date(), plan.period) for at in moments)
    return plan.times is None or all(count <= plan.times for count in counts.values())


@given(plans(), plans(), st.sampled_from([Channel.EMAIL, Channel.LETTER]), MOMENTS)
def test_nothing_is_outside_the_limits_after_an_appeal_that_was_within_them_before(
    before: Plan, now: Plan, channel: Channel, moments: list[datetime]
) -> None:
    assume(not list(objections_to_allowing_less(before, now)))
    assert allows(now, channel, moments) or not allows(before, channel, moments)


@given(plans())
def test_a_plan_left_as_it_is_takes_nothing_away(plan: Plan) -> None:
    assert not list(objections_to_allowing_less(plan, plan))

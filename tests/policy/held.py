"""What may be held of a person, for examples and for properties: everything any registers and cases can amount to."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from evenhand.policy.events.expectation import Period, Plan, Weekday
from evenhand.policy.events.marker import Audience, Control, Risk
from evenhand.policy.hazard import Hazard
from evenhand.policy.held import (
    Because,
    Held,
    HeldAlert,
    HeldContact,
    HeldHazard,
    HeldInstruction,
    HeldLimit,
    HeldMarker,
)
from evenhand.policy.need import Channel, Need
from evenhand.policy.terms import Terms

LONDON = ZoneInfo("Europe/London")
BEGAN, ENDS = date(2026, 1, 5), date(2027, 6, 30)
TERMS = Terms(
    holidays=frozenset(
        {
            date(2026, 4, 3),
            date(2026, 4, 6),
            date(2026, 5, 4),
            date(2026, 8, 31),
            date(2026, 12, 25),
            date(2026, 12, 28),
            date(2027, 1, 1),
        }
    )
)
SECRET = "a neighbour saw Mr Jones at 4 Mill Lane in March"
"""What nobody outside the landlord may read, wherever free text can be."""
OPEN_WAYS = (Channel.PHONE, Channel.EMAIL, Channel.LETTER, Channel.WEBFORM, Channel.OFFICE)


def on(year: int, month: int, day: int, hour: int = 10, minute: int = 0, fold: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, fold=fold, tzinfo=LONDON)


def plan(*channels: Channel, **more: Any) -> Plan:
    return Plan(channels=frozenset(channels or {Channel.EMAIL}), **more)


def weekly(*weekdays: Weekday, **more: Any) -> Plan:
    """By email, once a week, on these days."""
    return plan(times=1, period=Period.WEEK, weekdays=frozenset(weekdays), **more)


def limit(held_plan: Plan, **more: Any) -> HeldLimit:
    known: dict[str, Any] = {"case": "EH-2222-2222", "id": "L1", "starts_on": BEGAN, "ends_on": ENDS}
    return HeldLimit(**{**known, "plan": held_plan, **more})


def marker(*controls: Control, **more: Any) -> HeldMarker:
    known: dict[str, Any] = {
        "case": "EH-2222-2222",
        "id": "M1",
        "risk": Risk.THREATS,
        "controls": controls or (Control.PAIRS, Control.RING_FIRST),
        "audience": Audience.ALL,
        "review_on": date(2027, 5, 1),
        "ask": "Tom Hughes, 0113 496 0000",
    }
    return HeldMarker(**{**known, **more})


def contact(**more: Any) -> HeldContact:
    known: dict[str, Any] = {
        "case": "EH-3333-3333",
        "id": "S1",
        "name": "Priya Nair",
        "telephone": "0113 496 0002",
        "email": "tenancies@example.org",
        "cover": "Tom Hughes",
        "channels": frozenset({Channel.PHONE, Channel.EMAIL}),
        "starts_on": BEGAN,
        "ends_on": ENDS,
    }
    return HeldContact(**{**known, **more})


def some(kinds: Any, least: int = 0, most: int | None = None) -> "st.SearchStrategy[frozenset[Any]]":
    return st.frozensets(st.sampled_from(list(kinds)), min_size=least, max_size=most)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    counted = draw(st.booleans())
    hours = draw(st.none() | st.tuples(st.integers(0, 22), st.integers(1, 23)).filter(lambda span: span[0] < span[1]))
    return Plan(
        channels=draw(some(OPEN_WAYS, 1)),
        times=draw(st.integers(1, 3)) if counted else None,
        period=draw(st.sampled_from(list(Period))) if counted else None,
        weekdays=draw(some(Weekday)),
        from_time=time(hours[0], draw(st.sampled_from((0, 30)))) if hours else None,
        to_time=time(hours[1], 45) if hours else None,
    )


# Around changes of the clock and bank holidays as often as anywhere else.
DAYS = st.dates(date(2026, 2, 1), date(2027, 5, 1)) | st.sampled_from(
    [date(2026, 3, 29), date(2026, 10, 25), *sorted(TERMS.holidays), *(d + timedelta(1) for d in TERMS.holidays)]
)
MOMENTS = st.builds(
    lambda day, seconds: (datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(seconds=seconds)).astimezone(
        LONDON
    ),
    DAYS,
    st.integers(0, 86_399),
)
REVIEWS = st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31))
COMMON: dict[str, Any] = {
    "review_on": REVIEWS,
    "under_appeal": st.booleans(),
    "because": st.none() | st.just(Because(("threats of violence or harm",), date(2026, 1, 2))),
    "ask": st.sampled_from(("", f"Jo {SECRET}")),
}
LIMITS = st.builds(
    HeldLimit,
    case=st.sampled_from(("EH-2222-2222", "EH-4444-4444")),
    id=st.just("L1"),
    plan=plans(),
    starts_on=st.just(BEGAN),
    ends_on=st.dates(date(2027, 5, 1), ENDS),
    **COMMON,
)
CONTACTS = st.builds(
    HeldContact,
    case=st.just("EH-3333-3333"),
    id=st.just("S1"),
    name=st.just(f"Priya {SECRET}"),
    telephone=st.just("0113 496 0002"),
    email=st.just("tenancies@example.org"),
    cover=st.just(f"Tom {SECRET}"),
    channels=some((Channel.PHONE, Channel.EMAIL), 1),
    starts_on=st.just(BEGAN),
    ends_on=st.just(ENDS),
    covered=st.booleans(),
    **COMMON,
)
MARKERS = st.builds(
    HeldMarker,
    case=st.just("EH-5555-5555"),
    id=st.sampled_from(("M1", "M2")),
    risk=st.sampled_from(list(Risk)),
    controls=some(Control, 1).map(lambda each: tuple(sorted(each))),
    audience=st.sampled_from(list(Audience)),
    high=st.booleans(),
    safe_attendance=st.sampled_from(("", SECRET)),
    provisional=st.booleans(),
    withheld=st.booleans(),
    **COMMON,
)
HAZARDS = st.builds(
    HeldHazard,
    id=st.just(1),
    kind=st.sampled_from(list(Hazard)),
    detail=st.sampled_from(("", SECRET)),
    review_on=REVIEWS,
)
INSTRUCTIONS = st.builds(
    HeldInstruction, case=st.just("EH-6666-6666"), id=st.just("H1"), words=st.just(SECRET), until=st.just(ENDS)
)
ALERTS = st.builds(HeldAlert, id=st.just(1), until=st.dates(date(2027, 5, 1), ENDS), reported=st.booleans())


def up_to(kinds: "st.SearchStrategy[Any]", most: int = 2) -> "st.SearchStrategy[tuple[Any, ...]]":
    return st.lists(kinds, max_size=most).map(tuple)


@st.composite
def held_at(draw: st.DrawFn, **fixed: Any) -> tuple[Held, datetime]:
    """Anything that can be held of a person, and a moment. Contacts that were counted lie before it."""
    at = draw(MOMENTS)
    earlier = draw(st.lists(st.integers(1, 60 * 24 * 40), max_size=4))
    held = Held(
        limits=draw(up_to(LIMITS)),
        contacts=draw(up_to(CONTACTS)),
        markers=draw(up_to(MARKERS)),
        others=draw(up_to(MARKERS, 1)),
        hazards=draw(up_to(HAZARDS)),
        instructions=draw(up_to(INSTRUCTIONS, 1)),
        inherited=draw(up_to(ALERTS, 1)),
        needs=draw(some(Need, most=4)),
        unsafe=draw(some(Channel, most=5)),
        telephone=draw(st.sampled_from(("", "0113 496 0001"))),
        counted=tuple((at.astimezone(UTC) - timedelta(minutes=minutes)).astimezone(LONDON) for minutes in earlier),
    )
    return replace(held, **fixed), at

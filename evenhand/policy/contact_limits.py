"""E1, E2: all of a person's limits together: when contact is within them, and how they read in one sentence."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from evenhand.policy.contact_hours import Hours, agree, names_a_day_off
from evenhand.policy.contact_ways import Ways, in_order
from evenhand.policy.day_words import clock, day, day_of, listed, when
from evenhand.policy.events.expectation import Plan, Weekday
from evenhand.policy.held import Held, HeldContact
from evenhand.policy.need import Channel
from evenhand.policy.terms import Terms

USUAL = frozenset({Channel.PHONE, Channel.EMAIL, Channel.LETTER, Channel.WEBFORM, Channel.OFFICE})
SHORT = {
    Channel.PHONE: "telephone",
    Channel.EMAIL: "email",
    Channel.LETTER: "letter",
    Channel.WEBFORM: "website form",
    Channel.OFFICE: "at the office",
    Channel.VISIT: "at a visit",
    Channel.SOCIAL: "social media",
}
OFTEN = {1: "once", 2: "twice"}
ALWAYS = "unless it is an emergency: then help now"


@dataclass(frozen=True, slots=True)
class Now:
    """How the moment stands to the limits. `within` is None without any; `next` is None when it is now. `ahead`: what
    is said of the moment is read some time before it."""

    at: datetime
    within: bool | None
    next: datetime | None
    ahead: bool = False

    @property
    def again(self) -> str:
        """From when contact is within the limits, in words; empty when it is now."""
        return when(self.next, None if self.ahead else self.at) if self.next else ""


def hours_of(held: Held, terms: Terms) -> Hours:
    """When contact is within all the plans that are held."""
    return Hours(tuple((limit.plan, limit.ends_on) for limit in held.limits), held.counted, terms)


def now(held: Held, at: datetime, terms: Terms, *, ahead: bool) -> Now:
    """Whether contact is within the days, hours and times of the limits, and if not, from when it is."""
    if not held.limits and not held.contacts:
        return Now(at, None, None)
    hours = hours_of(held, terms)
    within = not held.limits or hours.is_open(at)
    return Now(at, within, None if within else hours.next_open(at), ahead)


def in_short(held: Held, left: Ways, stand: Now) -> str:
    """ "Email only, once a week, Wednesdays; today is outside it — unless it is an emergency: then help now." """
    to = f" to {single(held)}" if held.contacts else ""
    parts = [f"{_by(left.theirs)}{to}", *_when([limit.plan for limit in held.limits])]
    told = ", ".join(parts)
    return f"{told[0].upper()}{told[1:]}{_how_now_stands(stand, timed=len(parts) > 1)} — {ALWAYS}."


def bank_holidays(held: Held, at: datetime, terms: Terms) -> list[str]:
    """Each day of theirs in the next seven that is a bank holiday: they never lose their contact to it (E1)."""
    days = [day_of(at) + timedelta(days=ahead) for ahead in range(7)]
    lost = [on for on in days if any(names_a_day_off(limit.plan, on, terms) for limit in held.limits)]
    return [f"{on:%A} {day(on)} is a bank holiday: the next working day is theirs as well." for on in lost]


def single(held: Held) -> str:
    """The single contact's name, or whoever covers when they have left; two where two records were joined."""
    return listed((name_of(contact) for contact in held.contacts), "or")


def name_of(contact: HeldContact) -> str:
    return contact.cover if contact.covered and contact.cover else contact.name


def reach(contact: HeldContact) -> str:
    """ "Priya Shah on 0113 496 0002 or neighbourhoods@example.org (cover: Tom Bell)" """
    how = listed((way for way in (contact.telephone, contact.email) if way), "or")
    cover = f" (cover: {contact.cover})" if contact.cover and not contact.covered else ""
    return f"{name_of(contact)}{f' on {how}' if how else ''}{cover}"


def _by(theirs: frozenset[Channel]) -> str:
    if theirs >= USUAL:
        return "contact"
    return f"{listed((SHORT[channel] for channel in in_order(theirs)), 'or')} only"


def _when(plans: list[Plan]) -> list[str]:
    """How often, on which days, in which hours: together where the plans agree, otherwise any of them."""
    often = [f"{OFTEN.get(p.times, f'{p.times} times')} a {p.period.value}" for p in plans if p.times and p.period]
    named = [plan.weekdays for plan in plans if plan.weekdays]
    joined = frozenset.intersection if agree(plans) else frozenset.union
    days = joined(*named) if named else frozenset[Weekday]()
    on = [listed((f"{each.value}s" for each in Weekday if each in days), "or")] if days else []
    return [*dict.fromkeys(often), *on, *_between(plans)]


def _between(plans: list[Plan]) -> list[str]:
    hours = [(plan.from_time, plan.to_time) for plan in plans if plan.from_time and plan.to_time]
    if not hours:
        return []
    if agree(plans):
        hours = [(max(begin for begin, _ in hours), min(end for _, end in hours))]
    return [listed((_span(begin, end) for begin, end in dict.fromkeys(hours)), "or")]


def _span(begin: time, end: time) -> str:
    return f"{clock(begin)} to {clock(end)}"


def _how_now_stands(stand: Now, *, timed: bool) -> str:
    if not timed or stand.ahead:
        return ""
    if stand.next is None:
        return "; now is within it"
    if day_of(stand.next) == day_of(stand.at):
        return f"; not before {clock(stand.next.time())} today"
    return "; today is outside it"

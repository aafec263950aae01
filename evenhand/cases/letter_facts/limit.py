"""E1, E2: the letters that limit how a customer contacts us, name one person to contact, go on with it, or end it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import time, timedelta

from evenhand.cases.correspondence import Ended, LetterData, Limits, Review, SingleContact
from evenhand.cases.letter_facts import conduct, sides
from evenhand.cases.letter_facts.telling import Telling, continued
from evenhand.policy.case import Case
from evenhand.policy.events.correspondence import LetterIssued, LetterKind
from evenhand.policy.events.ending import Ending
from evenhand.policy.events.expectation import (
    ExpectationEnded,
    ExpectationExtended,
    ExpectationSet,
    ExpectationVaried,
    LimitReviewAnswered,
    LimitReviewNotified,
    Plan,
    Weekday,
)
from evenhand.policy.events.single_contact import (
    SingleContactAppointed,
    SingleContactChanged,
    SingleContactEnded,
    SingleContactExtended,
)
from evenhand.policy.need import Channel
from evenhand.policy.occasion import Occasion

THE_LIMITS = "the limits on how you can contact us"
THE_BEHAVIOUR = "what we asked of you when you contact us"
THE_ONE_PERSON = "having one named person for you to contact"
CLOSED = {
    Channel.PHONE: "telephone calls",
    Channel.EMAIL: "emails",
    Channel.LETTER: "letters",
    Channel.WEBFORM: "the form on our website",
    Channel.OFFICE: "visits to our office",
    Channel.SOCIAL: "social media",
}
"""What a customer may be asked not to use. Visits to a home are ours to make, so they are never closed to them."""
TIMES = {1: "once", 2: "twice"}


def limits(telling: Telling, event: ExpectationSet | ExpectationVaried) -> LetterData:
    """How, how often and when they can contact us, or only what is expected of them when they do."""
    counts = telling.case.warning.counting(telling.now.day)
    warned = telling.last(LetterIssued, kind=LetterKind.WARNING, about=counts.id) if counts else None
    return telling.data(
        conduct=found(telling), reasons=event.reasons, limits=what_is_limited(telling, event.limit),
        earlier_warning_on=warned.on if warned else None,
    )  # fmt: skip


def single_contact(telling: Telling, event: SingleContactAppointed | SingleContactChanged) -> LetterData:
    """Who they contact from now on; on a change, also who it was."""
    told = [e for e in _contacts(telling, event.limit) if e is not event]
    named = replace(
        person_to_contact(telling, event.limit),
        starts=event.starts_on if isinstance(event, SingleContactAppointed) else event.on,
        replaces=told[-1].name if told and told[-1].name != event.name else "",
    )
    return telling.data(conduct=found(telling), reasons=event.reasons, single_contact=named)


def review_notice(telling: Telling, event: LimitReviewNotified) -> LetterData:
    """That it is looked at again soon and ends unless decided afresh; told after its day, with an apology."""
    late = event.on > event.review_on
    review = Review(
        of=what(telling, event.limit), on=event.ends_on if late else event.review_on, respond_by=event.respond_by,
        was_due_on=event.review_on if late else None,
    )  # fmt: skip
    return telling.data(review=review, **in_full(telling, event.limit))


def review_outcome(
    telling: Telling, event: ExpectationExtended | SingleContactExtended | LimitReviewAnswered
) -> LetterData:
    """That it goes on, until when and why; or why it stays when they asked us to end it."""
    limit = telling.case.expectation.get(event.limit) or telling.case.single_contact.get(event.limit)
    assert limit
    told = Review(of=what(telling, event.limit), on=event.on, result="kept", next_on=limit.review_on)
    if isinstance(event, LimitReviewAnswered):
        review = replace(told, asked_by_customer=True)
    else:
        now_ends = f"It now ends on {event.ends_on:%-d %B %Y}."
        review = replace(told, changes=now_ends, next_on=event.review_on)
    return telling.data(reasons=event.reasons, review=review, **in_full(telling, event.limit))


def ended(telling: Telling, event: ExpectationEnded | SingleContactEnded) -> LetterData:
    """That it is over, and from which day."""
    on = event.on
    if event.cause is Ending.LAPSED:
        limit = telling.case.expectation.get(event.limit) or telling.case.single_contact.get(event.limit)
        on = limit.ends_on + timedelta(days=1) if limit else on
    return telling.data(ended=Ended(what=what(telling, event.limit), on=on))


def what(telling: Telling, limit: str) -> str:
    """A limit or a single contact in words that a letter can take anywhere."""
    if telling.case.single_contact.get(limit):
        return THE_ONE_PERSON
    set_out = telling.case.expectation.get(limit)
    return THE_LIMITS if set_out and set_out.plan else THE_BEHAVIOUR


def in_full(telling: Telling, limit: str) -> dict[str, Limits | SingleContact]:
    """The part of a letter that says all that a limit or a single contact asks, as it stands now."""
    if telling.case.single_contact.get(limit):
        return {"single_contact": person_to_contact(telling, limit)}
    return {"limits": what_is_limited(telling, limit)}


def person_to_contact(telling: Telling, limit: str) -> SingleContact:
    """Who it is now, from and until when."""
    *_, event = _contacts(telling, limit)
    contact = telling.case.single_contact.get(limit)
    assert contact
    full = SingleContact(
        name=event.name, telephone=event.telephone, email=event.email, cover=event.cover,
        starts=contact.starts_on or contact.planned_start, ends=contact.change.ends_on or contact.ends_on,
        review_on=contact.change.review_on or contact.review_on,
    )  # fmt: skip
    return left_open(full, telling.case, telling.now, telling.reference)


def left_open(told: SingleContact, case: Case, now: Occasion, reference: str) -> SingleContact:
    """The same with only the ways that no limit of theirs closes and that suit them, so that no two letters
    contradict each other. Never none of them: the policy refuses a single contact beside a limit that leaves none."""
    by_limits = sides.by_limits(case, now, reference)
    given = {Channel.PHONE: told.telephone, Channel.EMAIL: told.email}
    here = frozenset(channel for channel, details in given.items() if details)
    kept = (here & by_limits - now.known.unsuitable) or (here & by_limits) or here
    return replace(
        told,
        telephone=told.telephone if Channel.PHONE in kept else "",
        email=told.email if Channel.EMAIL in kept else "",
    )


def found(telling: Telling) -> tuple[conduct.ConductItem, ...]:
    """The conduct that the findings which stand rest on."""
    return conduct.items(telling.conducting, only=telling.case.decision.adverse)


def what_is_limited(telling: Telling, limit: str) -> Limits:
    """What is expected, and the plan if there is one, from and until when."""
    set_out = telling.last(ExpectationSet, limit=limit)
    stands = telling.case.expectation.get(limit)
    assert set_out and stands
    varied = telling.last(ExpectationVaried, limit=limit) if stands.change.plan else None
    told = Limits(
        channels=(), starts=varied.on if varied else stands.starts_on or stands.planned_start,
        ends=stands.change.ends_on or stands.ends_on, review_on=stands.change.review_on or stands.review_on,
        expectation=continued(set_out.behaviour).removeprefix("please "),
    )  # fmt: skip
    plan = stands.change.plan or stands.plan
    return _with_plan(told, plan, telling) if plan else told


def _with_plan(told: Limits, plan: Plan, telling: Telling) -> Limits:
    return replace(
        told,
        channels=tuple(_open(channel, telling) for channel in Channel if channel in plan.channels),
        closed=tuple(words for channel, words in CLOSED.items() if channel not in plan.channels),
        often=f"{TIMES.get(plan.times, f'{plan.times} times')} a {plan.period}" if plan.times and plan.period else "",
        weekdays=tuple(day.value for day in Weekday if day in plan.weekdays),
        hours=f"{clock(plan.from_time)} to {clock(plan.to_time)}" if plan.from_time and plan.to_time else "",
    )


def _open(channel: Channel, telling: Telling) -> str:
    return {
        Channel.PHONE: f"telephone calls to {telling.sender.telephone}",
        Channel.EMAIL: f"email to {telling.sender.email}",
        Channel.LETTER: "letters",
        Channel.WEBFORM: "the form on our website",
        Channel.VISIT: "talking to us when we visit you",
        Channel.OFFICE: "visits to our office",
        Channel.SOCIAL: "social media",
    }[channel]


def clock(at: time) -> str:
    """ "9am", "2:30pm", "12 noon"."""
    if (at.hour, at.minute) == (12, 0):
        return "12 noon"
    minutes = f":{at:%M}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"


def _contacts(telling: Telling, limit: str) -> Iterable[SingleContactAppointed | SingleContactChanged]:
    return (
        e for e in telling.history if isinstance(e, SingleContactAppointed | SingleContactChanged) and e.limit == limit
    )

"""E1, rule 1: whether one contact is within the limits. One that is not is first read for a hazard, by a person."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from evenhand.policy.answer import Verdict, Within
from evenhand.policy.contact_hours import Hours
from evenhand.policy.contact_limits import hours_of, name_of, reach
from evenhand.policy.contact_ways import by, ways
from evenhand.policy.day_words import capital, listed, when
from evenhand.policy.exempt import Exempt
from evenhand.policy.held import Held
from evenhand.policy.need import Channel
from evenhand.policy.terms import Terms

READ = "Read it for a hazard or a danger first. If there is one, act on it now."
READ_WITHIN = timedelta(hours=24)
"""How long after it came a contact outside the limits may wait to be read: an emergency hazard is dealt with within 24
hours of when it was told of (Hazards in Social Housing Regulations 2025)."""


def within(
    held: Held,
    channel: Channel | None,
    at: datetime,
    terms: Terms,
    *,
    exempt: Exempt | None = None,
    to_single_contact: bool | None = None,
    asked_for: bool = False,
) -> Within:
    """Whether a contact from the person, at this local moment, is within the limits that hold on its day.

    `exempt` says why nothing binds it, `to_single_contact` whether it reached the one colleague it should, `asked_for`
    that it answers what we asked. Where nobody knows the channel, or whom it reached, it is None, and is never held
    against it.
    """
    if not held.limits and not held.contacts:
        return Within(verdict=Verdict.NO_LIMIT, words="Nothing limits how this person contacts us.")
    if exempt is not None:
        words = f"Not bound by any limit: {exempt.words}. {'Help now.' if exempt.is_emergency else 'Answer it.'}"
        return Within(verdict=Verdict.EXEMPT, words=words)
    if asked_for:
        return Within(verdict=Verdict.WITHIN, words="It answers what we asked, so no limit counts it. Answer it.")
    crossed = list(_crossed(held, channel, at, terms, to_single_contact))
    if not crossed:
        counts = tuple((limit.case, limit.id) for limit in held.limits if limit.plan.times)
        return Within(verdict=Verdict.WITHIN, words="Within the limits. Answer it.", counts=counts)
    reasons = tuple(dict.fromkeys(reason for reason, _ in crossed))
    hours = hours_of(held, terms)
    return Within(
        verdict=Verdict.OUTSIDE,
        words=f"{READ} If there is none: {listed(reasons)}. {then(held, at, at, terms)}",
        reasons=tuple(f"{capital(reason)}." for reason in reasons),
        read_first=True,
        outside=tuple(dict.fromkeys(where for _, where in crossed)),
        next_within=None if hours.is_open(at) else hours.next_open(at),
    )


def _crossed(
    held: Held, channel: Channel | None, at: datetime, terms: Terms, to_single_contact: bool | None
) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each limit that the contact is outside, and how."""
    open_ways = ways(held).theirs
    if channel is not None and channel not in open_ways:
        for each in (*((x, x.plan.channels) for x in held.limits), *((x, x.channels) for x in held.contacts)):
            control, channels = each
            if channel not in channels:
                yield f"contact {channel.words} is not one of the ways left open", (control.case, control.id)
    if not hours_of(held, terms).is_open(at):
        for limit in held.limits:
            if not Hours(((limit.plan, limit.ends_on),), held.counted, terms).is_open(at):
                yield "it came outside the days, hours or times agreed", (limit.case, limit.id)
    if to_single_contact is False:
        for contact in held.contacts:
            yield f"it did not go to {name_of(contact)}", (contact.case, contact.id)


def then(held: Held, at: datetime, seen: datetime, terms: Terms) -> str:
    """What becomes of a contact outside the limits once it has been read. In: what held when it came, when that was,
    and when it is read; both local."""
    hours = hours_of(held, terms)
    said = []
    if held.contacts:
        said.append(f"Pass it to {listed((reach(contact) for contact in held.contacts), 'or')}.")
    elif hours.is_open(at):
        said.append(f"Keep it, and remind them that they reach us {by(ways(held).theirs)}.")
    elif (again := hours.next_open(at)) > seen:
        said.append(f"Keep it: their next contact within the limits is {when(again, seen)}.")
    else:
        said.append("Keep it: by now, they can contact us within the limits again.")
    return " ".join([*said, "A complaint is never refused: take it."])

"""Rule 2: by which ways contact goes on, over every limit at once. No combination leaves a person without one."""

from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.policy.day_words import listed
from evenhand.policy.held import Held
from evenhand.policy.need import Channel, unsuitable

ORDER = (Channel.PHONE, Channel.EMAIL, Channel.LETTER, Channel.WEBFORM, Channel.OFFICE, Channel.VISIT, Channel.SOCIAL)
OURS = frozenset({Channel.PHONE, Channel.EMAIL, Channel.LETTER, Channel.OFFICE, Channel.VISIT})
"""The ways by which a landlord reaches somebody."""
ALL = frozenset(Channel)


@dataclass(frozen=True, slots=True)
class Ways:
    """`theirs`: by which the person may contact us. `ours`: by which we contact them, of those that suit and are safe.

    `suited` are all of our ways that suit and are safe, whatever the limits: what safety needs is not bound by them.
    `widened` says that the limits left no way that suits, so that more are open until a manager changes them.
    """

    theirs: frozenset[Channel]
    ours: frozenset[Channel]
    suited: frozenset[Channel]
    widened: bool = False


def ways(held: Held) -> Ways:
    """The ways left by all limits together. `theirs` is never empty, and has one that suits where any way does.

    `ours` is empty only where every way of reaching the person puts them in danger.
    """
    limits = [*(limit.plan.channels for limit in held.limits), *(contact.channels for contact in held.contacts)]
    no = unsuitable(held.needs, held.unsafe)
    suited = (OURS - no) or (OURS - held.unsafe)
    if not limits:
        return Ways(ALL, suited, suited)
    left = frozenset.intersection(*limits)
    if left - no:
        return Ways(left, (left & suited) or suited, suited)
    wider = (frozenset.union(*limits) - no) or (ALL - no) or (ALL - held.unsafe) or ALL
    return Ways(left | wider, (wider & suited) or suited, suited, widened=True)


def in_order(channels: frozenset[Channel]) -> Sequence[Channel]:
    """The channels as a sentence lists them."""
    return [channel for channel in ORDER if channel in channels]


def by(channels: frozenset[Channel]) -> str:
    """ "by email or by letter" """
    return listed((channel.words for channel in in_order(channels)), "or")

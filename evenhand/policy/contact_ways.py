"""Rule 2: by which ways contact goes on, over every limit at once. No combination leaves a person without one."""

from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.policy.held import Held
from evenhand.policy.need import Channel, unsuitable

ORDER = (Channel.PHONE, Channel.EMAIL, Channel.LETTER, Channel.WEBFORM, Channel.OFFICE, Channel.VISIT, Channel.SOCIAL)
WRITTEN = (Channel.EMAIL, Channel.LETTER, Channel.WEBFORM)
OURS = frozenset({Channel.PHONE, Channel.EMAIL, Channel.LETTER, Channel.OFFICE, Channel.VISIT})
"""The ways by which a landlord reaches somebody."""
ALL = frozenset(Channel)


@dataclass(frozen=True, slots=True)
class Ways:
    """`theirs`: by which the person may contact us. `ours`: by which we contact them, those that suit and are safe.

    `widened` says that the limits left no way that suits, so that more are open until a manager changes them.
    """

    theirs: frozenset[Channel]
    ours: frozenset[Channel]
    widened: bool = False


def ways(held: Held) -> Ways:
    """The ways left by all limits together. `theirs` is never empty and has a way that suits, if any way does."""
    limits = [*(limit.plan.channels for limit in held.limits), *(contact.channels for contact in held.contacts)]
    no = unsuitable(held.needs, held.unsafe)
    if not limits:
        return Ways(ALL, (OURS - no) or (OURS - held.unsafe))
    left = frozenset.intersection(*limits)
    if left - no:
        return Ways(left, _to_them(left, no, held.unsafe))
    wider = (frozenset.union(*limits) - no) or (ALL - no) or (ALL - held.unsafe) or ALL
    return Ways(left | wider, _to_them(wider, no, held.unsafe), widened=True)


def _to_them(left: frozenset[Channel], no: frozenset[Channel], unsafe: frozenset[Channel]) -> frozenset[Channel]:
    """Ways we have of our own, of those left; or else any that suit, and at the least any that are safe."""
    return (left & OURS - no) or (OURS - no) or (OURS - unsafe)


def in_order(channels: frozenset[Channel]) -> Sequence[Channel]:
    """The channels as a sentence lists them."""
    return [channel for channel in ORDER if channel in channels]

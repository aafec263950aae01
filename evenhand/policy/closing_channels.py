"""Rules 2 and 16: no limit, and no two limits together, leave a person without a way to reach us that suits them.

Nor do they close the way of a complaint.
"""

from collections.abc import Iterator

from evenhand.policy.need import Channel
from evenhand.policy.occasion import Known
from evenhand.policy.promises import Promise
from evenhand.policy.refusal import Objection


def ruled_out(known: Known, channels: frozenset[Channel] = frozenset(Channel)) -> list[str]:
    """Which of these channels may not be relied on, and what each is ruled out by: a need by its name, or a danger."""
    told = [
        f"{_either(need.unsuitable & channels)} ({need.value})"
        for need in sorted(known.needs)
        if need.unsuitable & channels
    ]
    unsafe = known.unsafe & channels
    return [*told, f"{_either(unsafe)} (not safe for them)"] if unsafe else told


def _either(channels: frozenset[Channel]) -> str:
    words = [channel.words for channel in Channel if channel in channels]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def objections_to_closing(known: Known, channels: frozenset[Channel], *, single_contact: bool) -> Iterator[Objection]:
    """`channels` are what the new limit leaves open.

    A plan gives way to the next plan, a single contact to the next, so only the other kind is weighed beside it.
    """
    left = channels - known.unsuitable
    if not channels:
        yield Objection("A limit leaves at least one way to contact us.", Promise.E1, field="channels")
    elif not left:
        yield Objection(
            "Every way left open conflicts with what the person needs or is unsafe for them: "
            f"{'; '.join(ruled_out(known, channels))}. Leave one that suits.",
            Promise.E1,
            field="channels",
        )
    for other in known.limits:
        if other.single_contact is single_contact:
            continue
        if left and not left & other.channels:
            yield Objection(
                f"Together with the limit in case {other.case} this would leave the person no way to reach us.",
                Promise.E1,
                field="channels",
            )


def objections_to_forgetting_a_complaint(
    is_open: bool, considered: str, promise: Promise = Promise.E1
) -> Iterator[Objection]:
    """`considered` says how the person still pursues a complaint that is open, or was lately (rule 16)."""
    if is_open and not considered.strip():
        yield Objection(
            "The person has a complaint with us, or had one lately. Say how they can still pursue it.",
            promise,
            field="complaint_considered",
        )

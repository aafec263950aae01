"""C2: the contacts that one matter of ours caused, one by one: those that `contacts_ownfailure` counts."""

from collections.abc import Iterable
from datetime import date

from evenhand.policy.demand.exclusion import not_done, overdue
from evenhand.policy.demand.log import Contact, History


def caused_by(matter: str, history: History) -> list[Contact]:
    """The contacts of a customer that came because a matter was late, or closed and not done, in order.

    A contact about nothing in particular came because of the one of theirs that was late for longest on that day: it
    counts once, and where it weighs most.
    """
    return [one for one in _inward(history) if _cause(one, history) == matter]


def _inward(history: History) -> Iterable[Contact]:
    return (one for one in history.contacts if one.inward)


def _cause(one: Contact, history: History) -> str:
    """The matter of ours that a contact came because of, or nothing."""
    about = history.matters.get(one.matter)
    if about is None:
        return _late_for_longest(one.day, history)
    return about.ref if overdue(about, one.day) or not_done(about, one.day) else ""


def _late_for_longest(day: date, history: History) -> str:
    late = [
        (matter.respond_by, int(matter.ref))
        for matter in history.matters.values()
        if matter.respond_by is not None and matter.theirs and overdue(matter, day)
    ]
    return str(min(late)[1]) if late else ""

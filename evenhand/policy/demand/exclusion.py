"""C2: what is taken out before anything is counted, and why. Each contact is taken out once, for the first reason."""

from datetime import date, timedelta
from enum import StrEnum
from typing import TypeGuard

from evenhand.policy.demand.log import Caller, Contact, History, Matter
from evenhand.policy.demand.terms import DemandTerms
from evenhand.policy.need import Need


class Reason(StrEnum):
    """Why a contact is not counted, in the order in which the reasons are tried."""

    OUTWARD = "outward"
    OVERDUE = "overdue"
    NOT_DONE = "not done"
    SPOKEN_FOR = "spoken for"
    EXEMPT = "exempt"
    NEED = "need"
    REPEATED_FOR_NEED = "repeated for need"
    NEWS = "news"
    REPLY = "reply"

    @property
    def words(self) -> str:
        """Finishes "12 contacts …"."""
        return _WORDS[self]

    @property
    def is_ours(self) -> bool:
        """Whether the landlord itself caused the contact: failure demand."""
        return self in (Reason.OVERDUE, Reason.NOT_DONE)


_WORDS = {
    Reason.OUTWARD: "were from us",
    Reason.OVERDUE: "came while we were late",
    Reason.NOT_DONE: "were about work that we had closed but not done",
    Reason.SPOKEN_FOR: "were made by or through an advocate or an interpreter",
    Reason.EXEMPT: "were about an emergency, or of another kind that always gets through",
    Reason.NEED: "came because of a need",
    Reason.REPEATED_FOR_NEED: "came within a day of the one before, from someone who needs help to communicate",
    Reason.NEWS: "told us something new, or may have",
    Reason.REPLY: "answered a contact of ours",
}

COMMUNICATION = frozenset(
    {
        Need.INTERPRETER,
        Need.LARGE_PRINT,
        Need.EASY_READ,
        Need.BRAILLE,
        Need.AUDIO,
        Need.FINDS_WRITING_HARD,
        Need.FINDS_TELEPHONE_HARD,
        Need.DEAF,
        Need.BSL,
        Need.SIGHT_LOSS,
        Need.LEARNING_DIFFICULTY,
        Need.NEURODIVERGENT,
        Need.MEMORY,
        Need.ADVOCATE,
    }
)
"""Needs that make it hard to say everything, or to take an answer in, the first time."""

SPEAKING_FOR = frozenset({Caller.ADVOCATE, Caller.INTERPRETER})

REPEATED_WITHIN = timedelta(hours=24)


def overdue(matter: Matter, day: date) -> bool:
    """Whether a matter is overdue on a day: past the date promised, and not done before that day.

    An answer in time does not make a matter done. Once it is closed, though, what was answered in time and is still
    not done is `not_done`, a reason of its own.
    """
    if matter.respond_by is None or day <= matter.respond_by:
        return False
    done = matter.finished
    if done is not None and done < day:
        return False
    in_time = matter.responded is not None and matter.responded <= matter.respond_by
    return not (in_time and matter.closed is not None and matter.closed <= day)


def not_done(matter: Matter, day: date) -> bool:
    """Whether on a day a matter was closed and not done, or had to be opened again and is not closed since."""
    if matter.reopened is not None and matter.reopened <= day:
        if matter.closed is None or matter.closed <= matter.reopened:
            return True
    if matter.closed is None or day < matter.closed:
        return False
    done = matter.finished
    return done is None or (matter.closed < done and day <= done)


def ours(matter: Matter, since: date, day: date) -> bool:
    """Whether a matter was overdue, or closed and not done, on any of these days: then it is ours to put right.

    Either begins on one of the days asked about, or had begun before and goes on.
    """
    begins = (
        since,
        day,
        matter.respond_by + timedelta(1) if matter.respond_by else None,
        matter.closed,
        matter.reopened,
    )
    days = [one for one in begins if one is not None and since <= one <= day]
    return any(overdue(matter, one) or not_done(matter, one) for one in days)


def exclusions(history: History, terms: DemandTerms, without: frozenset[Reason] = frozenset()) -> dict[str, Reason]:
    """Each contact that is not counted, by reference, and the first reason why.

    `without` leaves reasons out, to show what each is worth.
    """
    needs_help = bool(history.needs & COMMUNICATION)
    found: dict[str, Reason] = {}
    last: dict[str, Contact] = {}
    last_inward: dict[str, Contact] = {}
    for one in history.contacts:
        matter = history.matters.get(one.matter)
        thread = one.matter if matter else ""
        before, heard = last.get(thread), last_inward.get(thread)
        repeats = needs_help and matter is not None and heard is not None and one.at - heard.at <= REPEATED_WITHIN
        replies = _asked_for_a_reply(before, heard) and one.day - before.day <= timedelta(terms.demand_reply_days)
        reasons = (
            reason
            for reason, holds in (
                (Reason.OUTWARD, not one.inward),
                (Reason.OVERDUE, _while_overdue(one, matter, history)),
                (Reason.NOT_DONE, matter is not None and not_done(matter, one.day)),
                (Reason.SPOKEN_FOR, one.caller in SPEAKING_FOR or one.exempt in SPEAKING_FOR),
                (Reason.EXEMPT, bool(one.exempt) and one.exempt not in SPEAKING_FOR),
                (Reason.NEED, one.because_of_need is True),
                (Reason.REPEATED_FOR_NEED, repeats),
                (Reason.NEWS, _tells_news(one, matter)),
                (Reason.REPLY, replies),
            )
            if holds and reason not in without
        )
        if reason := next(reasons, None):
            found[one.ref] = reason
        last[thread] = one
        if one.inward:
            last_inward[thread] = one
    return found


def _asked_for_a_reply(before: Contact | None, heard: Contact | None) -> TypeGuard[Contact]:
    """Whether the contact before was one we began.

    Ours on a day on which they had contacted us about the same is taken as our answer: a landlord that answers
    everybody at once must not find that everything it is sent next is a reply. That we may have asked something all
    the same is said beside the figure (`answered`).
    """
    return before is not None and not before.inward and (heard is None or heard.day < before.day)


def _tells_news(one: Contact, matter: Matter | None) -> bool:
    """Where the log does not say, a contact about a matter that grows with each incident tells of one."""
    return one.new_information is True or (one.new_information is None and matter is not None and matter.grows)


def _while_overdue(one: Contact, matter: Matter | None, history: History) -> bool:
    """A contact about a matter is judged by that matter; one about none, by every matter of theirs."""
    if matter is not None:
        return overdue(matter, one.day)
    return any(m.theirs and overdue(m, one.day) for m in history.matters.values())

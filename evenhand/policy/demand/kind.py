"""C2: which of the contacts that count show which of the policy's seven demands."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from evenhand.policy.conduct import Conduct
from evenhand.policy.demand.log import Column, Contact, History, Matter
from evenhand.policy.demand.terms import DemandTerms
from evenhand.policy.need import WRITTEN

SHORT = frozenset({Conduct.REPEATED_CONTACT, Conduct.EXCESSIVE_EMAILS, Conduct.IMMEDIATE_RESPONSES})
"""The kinds measured over weeks; the others are measured over months."""


def shown(history: History, fair: list[Contact], terms: DemandTerms) -> dict[Conduct, list[Contact]]:
    """The contacts that show each kind, in order. In: the contacts that count, in order. One may show several."""
    found: dict[Conduct, list[Contact]] = {kind: [] for kind in _ONE_BY_ONE}
    for one in fair:
        for kind, test in _ONE_BY_ONE.items():
            if test(one):
                found[kind].append(one)
    threads = defaultdict(list)
    for one in fair:
        if one.matter in history.matters:
            threads[one.matter].append(one)
    for kind, pick in _BY_MATTER.items():
        picked = [one for ref, thread in threads.items() for one in pick(history.matters[ref], thread, history, terms)]
        found[kind] = sorted(picked, key=lambda one: (one.at, one.ref))
    return found


def least_on_one_matter(kind: Conduct, terms: DemandTerms) -> int:
    """The fewest contacts on one matter that count towards a kind: asking once about each of many repeats nothing."""
    least = {
        Conduct.REPEATED_CONTACT: terms.demand_repeated_each,
        Conduct.SETTLED_ISSUES: terms.demand_settled_each,
    }
    return least.get(kind, 1)


def in_time(matter: Matter, day: date) -> bool:
    """Whether on a day the customer had been told a date, it was not past, and the matter was neither closed nor done.

    The date holds whether or not we have answered: what was agreed is when it will be put right.
    """
    if matter.date_given is None or matter.respond_by is None:
        return False
    ended = min((d for d in (matter.closed, matter.finished) if d), default=date.max)
    return matter.date_given <= day <= min(matter.respond_by, ended)


def _repeated(matter: Matter, thread: list[Contact], history: History, terms: DemandTerms) -> Iterator[Contact]:
    """Contacts while a matter is in time, each soon after the one before: beyond the first, bringing nothing new."""
    within = [one for one in thread if in_time(matter, one.day)]
    for before, one in zip(within, within[1:], strict=False):
        if one.day - before.day < timedelta(terms.demand_repeated_days):
            yield one


def _bursts(matter: Matter, thread: list[Contact], history: History, terms: DemandTerms) -> Iterator[Contact]:
    """Contacts that are one of several within hours, on a matter in time."""
    within = [one for one in thread if in_time(matter, one.day)]
    span, size = timedelta(hours=terms.demand_burst_hours), terms.demand_burst
    burst: set[int] = set()
    for first, last in zip(within, within[size - 1 :], strict=False):
        if last.at - first.at <= span:
            at = within.index(first)
            burst.update(range(at, at + size))
    return (within[at] for at in sorted(burst))


def _settled(matter: Matter, thread: list[Contact], history: History, terms: DemandTerms) -> Iterator[Contact]:
    """Contacts after a matter was closed and done, beyond the first, that are not about its coming back."""
    settled = matter.settled
    if settled is None or not _let_rest(matter, settled, history, terms):
        return iter(())
    again = [m for m in history.matters.values() if m.theirs and m.kind == matter.kind and m.opened >= settled]
    again = [m for m in again if m.ref != matter.ref]
    until = matter.exhausted or date.max
    after = [one for one in thread if settled < one.day <= until and not any(_open(m, one.day, terms) for m in again)]
    return iter(after[1:])


def _let_rest(matter: Matter, settled: date, history: History, terms: DemandTerms) -> bool:
    """Whether a matter was left alone for a while after it was closed, if the log does not show when it was done.

    Whoever rings soon after a repair was closed says, as likely as not, that it was not done.
    """
    if Column.DONE not in matter.unknown:
        return True
    until = settled + timedelta(terms.demand_quiet_days)
    return not any(one.inward and one.matter == matter.ref and settled < one.day < until for one in history.contacts)


def _open(matter: Matter, day: date, terms: DemandTerms) -> bool:
    done = matter.finished
    return matter.opened <= day + timedelta(terms.demand_recurring_days) and (done is None or day <= done)


def _exhausted(matter: Matter, thread: list[Contact], history: History, terms: DemandTerms) -> Iterator[Contact]:
    """Contacts on a complaint that has been through the whole procedure, beyond the first."""
    return iter([one for one in thread if matter.exhausted is not None and one.day > matter.exhausted][1:])


_ONE_BY_ONE: dict[Conduct, Callable[[Contact], bool]] = {
    Conduct.EXCESSIVE_EMAILS: lambda one: one.channel in WRITTEN,
    Conduct.SENIOR_ONLY: lambda one: one.asked_for_senior is True and one.offered_colleague is not False,
    Conduct.NOT_SPECIFIC: lambda one: one.specific is False,
}

_BY_MATTER: dict[Conduct, Callable[[Matter, list[Contact], History, DemandTerms], Iterator[Contact]]] = {
    Conduct.REPEATED_CONTACT: _repeated,
    Conduct.IMMEDIATE_RESPONSES: _bursts,
    Conduct.SETTLED_ISSUES: _settled,
    Conduct.EXHAUSTED_COMPLAINT: _exhausted,
}

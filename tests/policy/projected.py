"""A case seen from far enough away that there are only so many: no free text, dates as before, on or after a day.

Two cases that look alike here may do the same things next, so the walk goes on from one of them only.
"""

from collections.abc import Callable, Hashable
from datetime import date
from typing import Any

from evenhand.policy.case import Case
from evenhand.policy.disposal import clock
from evenhand.policy.marker import DIRECTOR_MONTHS
from evenhand.policy.standing.appeal import Appeals
from evenhand.policy.standing.assessment import Assessment
from evenhand.policy.standing.correspondence import Correspondence, Post
from evenhand.policy.standing.counter_allegation import CounterAllegation
from evenhand.policy.standing.decision import Decision
from evenhand.policy.standing.disposal import Disposal
from evenhand.policy.standing.expectation import Expectation
from evenhand.policy.standing.handling import Handling
from evenhand.policy.standing.incident import Incidents
from evenhand.policy.standing.investigation import Investigation
from evenhand.policy.standing.involvement import Involvement
from evenhand.policy.standing.legal_action import LegalAction
from evenhand.policy.standing.marker import Marker, Markers
from evenhand.policy.standing.police import Police
from evenhand.policy.standing.single_contact import SingleContact
from evenhand.policy.standing.support import Support
from evenhand.policy.standing.told import Told
from evenhand.policy.standing.warning import Warned
from evenhand.policy.terms import Terms, months_after
from tests.policy.remembered import Memory

HEARERS = frozenset({"senior", "director", "investigator", "independent"})
"""Only of those who might hear an appeal does it matter whether they took part."""


def when(due: date | None, day: date) -> int | None:
    """-1 while the day is to come, 0 on it, 1 once it has passed."""
    return None if due is None else (day > due) - (day < due)


def incident(t: Incidents, day: date) -> Hashable:
    return (t.person, t.home, t.home_instruction_until is None, tuple((i.triage, i.conducts) for i in t.all))


def involvement(t: Involvement, day: date) -> Hashable:
    return (t.targets, t.took_part & HEARERS, t.conflicted, t.named)


def investigation(t: Investigation, day: date) -> Hashable:
    settled = t.heard or t.declined
    days = 2 if settled else min(t.days_tried(), 2)
    asked = min(len({a.on for a in t.attempts if a.asked_support}), 2)
    today = not settled and days < 2 and any(a.on == day for a in t.attempts)
    asked_today = asked < 2 and any(a.on == day and a.asked_support for a in t.attempts)
    return (t.investigator, t.paused, days, asked, today, asked_today, t.how_often, t.allegation_unsettled, t.invited)


def support(t: Support, day: date) -> Hashable:
    return (t.settled, tuple((r.with_consent, r.ended, r.withdrawn) for r in t.referrals))


def assessment(t: Assessment, day: date) -> Hashable:
    return frozenset((w.step, w.needs, day <= w.until, w.rested) for w in t.made)


def warning(t: Warned, day: date) -> Hashable:
    each = tuple((w.warned_on is None, w.counts(day), day <= w.until) for w in t.warnings)
    return (min(t.given, 2), each, t.skip_proposed_by, t.skipped(day))


def told(t: Told, day: date) -> Hashable:
    return (
        t.deemed_on is None or t.deemed_on > day,
        t.deemed_on is None,
        when(t.appeal_by, day) == 1,
        t.appeal_by is None,
    )


def decision(t: Decision, day: date) -> Hashable:
    return (t.undecided, tuple((f.adverse, told(f.told, day)) if f.stands else None for f in t.findings))


def expectation(t: Expectation, day: date) -> Hashable:
    return tuple(
        (
            x.finding,
            x.plan,
            when(x.starts_on, day) in (0, 1),
            when(x.ends_on, day),
            told(x.told, day),
            x.answer_by is None,
            x.change.waits,
            (when(x.notify_review_on, day) == -1, x.review_notified),
            x.plan_on(day),
        )
        if not x.ended
        else None
        for x in t.limits
    )


def single_contact(t: SingleContact, day: date) -> Hashable:
    return tuple(
        (
            x.finding,
            x.channels,
            when(x.starts_on, day) in (0, 1),
            when(x.ends_on, day),
            told(x.told, day),
            x.answer_by is None,
            x.change_by is None,
            x.change.waits,
            (when(x.notify_review_on, day) == -1, x.review_notified),
        )
        if not x.ended
        else None
        for x in t.contacts
    )


def marker(t: Markers, day: date) -> Hashable:
    return tuple(_one_marker(m, day) if m.stands else (m.incident,) for m in t.all)


def _one_marker(m: Marker, day: date) -> Hashable:
    last = months_after(m.review_on, DIRECTOR_MONTHS) if m.review_on else None
    return (
        (m.incident, m.provisional, m.finding, m.by, told(m.told, day), m.confirm_by is None, m.renewals),
        (when(m.decide_by, day) == 1, when(m.review_on, day) == 1, when(last, day) == 1),
        (when(m.notify_review_on, day) == -1, m.review_notified, m.apologised),
        (m.withheld_until is None, m.answer_by is None),
    )


def appeal(t: Appeals, day: date) -> Hashable:
    """One that is spent or was withdrawn stands in the way of nothing."""
    return tuple(
        (a.against, a.open, a.outcome is not None, a.spent) if a.open or (a.outcome and not a.spent) else None
        for a in t.all
    )


def police(t: Police, day: date) -> Hashable:
    return (len(t.reports), t.declined)


def legal_action(t: LegalAction, day: date) -> Hashable:
    return tuple((s.stage, s.against, s.considered_by, s.breached, bool(s.served)) for s in t.steps)


def counter_allegation(t: CounterAllegation, day: date) -> Hashable:
    return (t.recorded, t.investigator, t.resolved)


def handling(t: Handling, day: date) -> Hashable:
    return (t.matter, t.about, t.closed, t.person_died, t.reconcile_by is None, len(t.linked))


def correspondence(t: Correspondence, day: date) -> Hashable:
    """A letter that was set aside does nothing more."""
    return frozenset((x.kind, x.about, x.post, x.awaits_format) for x in t.letters if x.post is not Post.SET_ASIDE)


def unapproved(t: Correspondence, day: date) -> Hashable:
    """For a walk that takes a letter for sent once it is approved."""
    return frozenset((x.kind, x.about) for x in t.letters if x.post is Post.DRAFT)


def memory(m: Memory, day: date) -> Hashable:
    """What the code's own standing might not remember; where it does, this adds no state."""
    weighed = frozenset((step, m.has_weighed(step, day)) for step, _ in m.weighed)
    tried = (2 if m.heard else min(len(m.tried), 2), 2 if m.support else min(len(m.asked), 2))
    took_part = m.took_part & HEARERS
    agreed = m.skip_approved is not None and day <= months_after(m.skip_approved, 3)
    controls = frozenset((c.id, c.rests_on, c.behaviour, c.provisional, c.renewed) for c in m.controls)
    live = {c.id for c in m.controls}
    noticed = frozenset(c.id for c in m.controls if (c.id, c.due) in m.noticed)
    readable = frozenset(id for id, on in m.deemed if on <= day and id in live)
    mine = (m.person, m.alleged, m.is_case, m.targets, took_part, m.named, m.investigated, m.how_often)
    rest = (
        m.support,
        m.complaint_of_colleague,
        weighed,
        m.rested,
        m.warned(day),
        agreed,
        m.withheld,
        m.appeals,
        m.answered & live,
        m.died,
    )
    return (mine, tried, rest, controls, readable, noticed, m.closed)


def disposal(t: Disposal, day: date) -> Hashable:
    """What is held, and whether the longest clock has run out; which clock it is changes nothing that may be done."""
    found = clock(Case(disposal=t), Terms())
    return (tuple(hold.id for hold in t.holds), t.disposed_on is not None, found is not None and found.until < day)


PROJECTIONS: dict[str, Callable[[Any, date], Hashable]] = {
    "incident": incident,
    "involvement": involvement,
    "investigation": investigation,
    "support": support,
    "assessment": assessment,
    "warning": warning,
    "decision": decision,
    "expectation": expectation,
    "single_contact": single_contact,
    "marker": marker,
    "appeal": appeal,
    "police": police,
    "legal_action": legal_action,
    "counter_allegation": counter_allegation,
    "handling": handling,
    "correspondence": correspondence,
    "disposal": disposal,
}


class Projector:
    """Each thread's look as a small number, worked out once for each thread and day."""

    def __init__(self, *, letters_come_back: bool) -> None:
        self.projections = PROJECTIONS if letters_come_back else {**PROJECTIONS, "correspondence": unapproved}
        self.numbers: dict[Hashable, int] = {}
        self.seen: dict[tuple[int, date], tuple[object, int]] = {}

    def number(self, look: Hashable) -> int:
        return self.numbers.setdefault(look, len(self.numbers))

    def thread(self, name: str, thread: Any, day: date) -> int:
        key = (id(thread), day)
        found = self.seen.get(key)
        if found is None:
            # The thread is kept beside its number, so that no other can take its place in memory.
            found = self.seen[key] = (thread, self.number((name, self.projections[name](thread, day))))
        return found[1]

    def case(self, case: Case, day: date) -> tuple[int, ...]:
        return tuple(self.thread(name, getattr(case, name), day) for name in PROJECTIONS)

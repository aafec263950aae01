"""I1, rule 19: how long a case is kept, what holds it back, and the tombstone that stays when it is disposed of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from evenhand.policy.case import Case
from evenhand.policy.events.disposal import CaseDisposed, Category, HoldKept, HoldLifted, HoldPlaced
from evenhand.policy.events.event import Event, stamp
from evenhand.policy.independence import objections_to_acting, objections_to_the_unnamed
from evenhand.policy.occasion import Occasion
from evenhand.policy.promises import Promise
from evenhand.policy.refusal import Objection, unless, unsaid
from evenhand.policy.staff import Kind, Role
from evenhand.policy.terms import Terms, months_after

READS = "disposal handling involvement"
SETTLED = (
    READS + " incident investigation decision expectation single_contact marker appeal legal_action counter_allegation"
    " correspondence"
)
HOLDERS = frozenset({Role.DATA_PROTECTION, Role.SENIOR_MANAGER, Role.DIRECTOR})


@dataclass(frozen=True, slots=True)
class Clock:
    """Until which day a case is kept, and the rule that keeps it longest. It may go on the day after `until`."""

    category: Category
    since: date
    until: date


def period(category: Category, terms: Terms) -> int:
    """How many months a case of this kind is kept."""
    return {
        Category.NOT_ADVERSE: terms.keep_not_adverse_months,
        Category.LIMIT: terms.keep_limit_months,
        Category.MARKER: terms.keep_marker_months,
        Category.MARKER_OF_VIOLENCE: terms.keep_violence_months,
        Category.LEGAL: terms.keep_legal_months,
        Category.SEALED: terms.keep_sealed_months,
    }[category]


def clock(case: Case, terms: Terms) -> Clock | None:
    """The clock that runs longest; None while nothing in the case has come to an end."""
    return longest(case.disposal.clocks, terms)


def longest(clocks: Mapping[Category, date], terms: Terms) -> Clock | None:
    """The same of the days from which each rule's period runs, as they are kept for lists."""
    found = (Clock(c, since, months_after(since, period(c, terms))) for c, since in clocks.items())
    return max(found, key=lambda each: (each.until, each.since, each.category), default=None)


def unsettled(case: Case, day: date) -> Iterator[str]:
    """What is still open in the case, in words: nothing is disposed of before it is settled."""
    return (words for words, last in _open(case) if last is None or day <= last)


def settled_from(case: Case) -> date | None:
    """The first day on which nothing is open in the case, if nothing more happens in it; None while only an act can
    settle what is."""
    days = [last for _, last in _open(case)]
    return None if None in days else max((day + timedelta(days=1) for day in days if day), default=date.min)


def _open(case: Case) -> Iterator[tuple[str, date | None]]:
    """What is open, and the last day on which it is by itself; None where only an act settles it."""
    if case.incident.untriaged:
        yield "A report waits for triage.", None
    if case.incident.is_case and case.decision.undecided and not (case.handling.closed or case.handling.person_died):
        yield "The case has not been decided.", None
    if case.appeal.open:
        yield "An appeal is open.", None
    if appeals := [f.told.appeal_by for f in case.decision.findings if f.stands and f.told.appeal_by]:
        yield "There is still time to appeal.", max(appeals)
    if ends := [x.ends_on for x in (*case.expectation.limits, *case.single_contact.contacts) if not x.ended]:
        yield "A limit on contact or a single contact is in force.", max(ends)
    if case.marker.standing:
        yield "A marker is in force.", None
    if case.legal_action.open:
        yield "A legal step has not ended.", None
    if case.counter_allegation.recorded and not case.counter_allegation.resolved:
        yield "The counter-allegation is not resolved.", None
    if case.correspondence.waiting and not case.handling.person_died:
        yield "A letter has not been sent.", None


def objections_to_holding(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    yield from objections_to_the_unnamed(case, now)
    yield from objections_to_acting(case, now)
    if not now.by.has(*HOLDERS):
        yield Objection(
            "The data protection officer or someone senior places and lifts a hold.", Promise.I1, for_good=True
        )


def objections_to_hold(
    case: Case, now: Occasion, _: str | None = None, *, reason: str, review_on: date
) -> Iterator[Objection]:
    yield from unsaid(Promise.I1, reason=reason)
    latest = months_after(now.day, now.terms.hold_review_months)
    if not now.day < review_on <= latest:
        words = f"Choose a day from tomorrow to {latest.day} {latest:%B %Y}: a hold is looked at again, or let go."
        yield Objection(words, Promise.I1, field="review_on")


@unless(objections_to_holding, objections_to_hold, reads=READS)
def hold(case: Case, now: Occasion, _: str | None = None, *, reason: str, review_on: date) -> list[Event]:
    """Nothing of the case goes until somebody lets go of it, whatever the clocks say; overdue, it still holds."""
    id = f"K{case.disposal.placed + 1}"
    return [HoldPlaced(**stamp(now), hold=id, reason=reason, review_on=review_on)]


def objections_to_a_hold(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    yield from objections_to_holding(case, now)
    if case.disposal.get(subject) is None:
        yield Objection("That hold is not in force.", Promise.I1)


@unless(objections_to_a_hold, objections_to_hold, reads=READS)
def keep(case: Case, now: Occasion, subject: str | None = None, *, reason: str, review_on: date) -> list[Event]:
    """Somebody looked at the hold again, and it is still needed."""
    return [HoldKept(**stamp(now), hold=str(subject), reason=reason, review_on=review_on)]


def objections_to_reason(case: Case, now: Occasion, subject: str | None = None, *, reason: str) -> Iterator[Objection]:
    yield from unsaid(Promise.I1, reason=reason)


@unless(objections_to_a_hold, objections_to_reason, reads=READS)
def lift(case: Case, now: Occasion, subject: str | None = None, *, reason: str) -> list[Event]:
    """The hold is not needed any more: the clocks count again, as if it had never been."""
    return [HoldLifted(**stamp(now), hold=str(subject), reason=reason)]


def objections_to_disposing(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    if now.by.kind is not Kind.SYSTEM:
        yield Objection("What was agreed to is carried out by “evenhand dispose”, never by hand.", Promise.I1)
    if case.disposal.disposed_on is not None:
        yield Objection("The case was disposed of already.", Promise.I1)
    if case.disposal.holds:
        yield Objection("A legal hold is in force.", Promise.I1)
    yield from (Objection(words, Promise.I1) for words in unsettled(case, now.day))
    found = clock(case, now.terms)
    if found is None or found.until >= now.day:
        yield Objection("The time for which the case is kept is not over.", Promise.I1)


def objections_to_whoever_agreed(
    case: Case, now: Occasion, _: str | None = None, *, upto: int, prepared_by: str, approved_by: str
) -> Iterator[Objection]:
    yield from unsaid(Promise.I1, prepared_by=prepared_by, approved_by=approved_by)
    if prepared_by == approved_by:
        yield Objection("A second person agrees to what is disposed of.", Promise.I1)


@unless(objections_to_disposing, objections_to_whoever_agreed, reads=SETTLED)
def dispose(
    case: Case, now: Occasion, _: str | None = None, *, upto: int, prepared_by: str, approved_by: str
) -> list[Event]:
    """The tombstone. `upto` is the number of the last event whose facts go; the record lets go of them with it."""
    found = clock(case, now.terms)
    assert found is not None
    who = {"prepared_by": prepared_by, "approved_by": approved_by}
    return [CaseDisposed(**stamp(now), upto=upto, category=found.category, **who, matter=case.handling.matter)]


def dispose_again(now: Occasion, told: CaseDisposed, upto: int) -> list[Event]:
    """For `restore`: a backup brought back what had been disposed of since it was taken, and it goes as it had gone."""
    who = {"prepared_by": told.prepared_by, "approved_by": told.approved_by}
    return [CaseDisposed(**stamp(now), upto=upto, category=told.category, **who, matter=told.matter)]

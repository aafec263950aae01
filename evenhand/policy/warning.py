"""E1 and rule 6: warn before limiting contact, or have someone senior approve why not, for safety."""

from collections.abc import Iterator

from evenhand.policy.case import Case
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.event import Event, stamp
from evenhand.policy.events.warning import WarningGiven, WarningSkipApproved, WarningSkipProposed, WarningSkipRefused
from evenhand.policy.fairness import objections_without_assessment
from evenhand.policy.independence import objections_to_a_closed_case, objections_to_a_death, objections_to_deciding
from evenhand.policy.occasion import Occasion
from evenhand.policy.promises import Promise
from evenhand.policy.refusal import Objection, unless, unsaid
from evenhand.policy.staff import Role
from evenhand.policy.terms import months_after

ANSWER_DAYS = 2
READS = "incident involvement investigation handling warning"


def objections_to_warning(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    yield from objections_to_deciding(case, now, Promise.E1, Role.MANAGER, Role.SENIOR_MANAGER)
    yield from objections_to_a_closed_case(case)
    yield from objections_to_a_death(case, now)
    if not case.incident.is_case:
        yield Objection("No report has been made a case here yet.", Promise.I1, "incident.triage")
    if not case.incident.person:
        yield Objection("Nobody knows yet who the person is.", Promise.I1, "incident.identify")


def objections_to_giving(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    yield from objections_to_warning(case, now)
    if case.investigation.paused:
        yield Objection("The investigation is paused.", Promise.I2, "investigation.resume")
    if not case.investigation.account_settled(now.terms.attempts, now.known.unsuitable):
        yield Objection(
            "The customer’s account has not been heard, declined or sought often enough.",
            Promise.I2,
            "investigation.hear",
        )
    yield from objections_without_assessment(case, now, Step.DECISION, "warning")


def objections_to_words(
    case: Case, now: Occasion, _: str | None = None, *, expected: str, if_it_goes_on: str
) -> Iterator[Objection]:
    yield from unsaid(Promise.E1, expected=expected, if_it_goes_on=if_it_goes_on)


@unless(objections_to_giving, objections_to_words, reads=READS + " assessment")
def give(case: Case, now: Occasion, _: str | None = None, *, expected: str, if_it_goes_on: str) -> list[Event]:
    """What is expected from now on, what may follow otherwise, and until when it counts as a warning."""
    return [
        WarningGiven(
            **stamp(now),
            warning=f"W{case.warning.given + 1}",
            expected=expected,
            if_it_goes_on=if_it_goes_on,
            counts_until=months_after(now.day, now.terms.warning_months),
        )
    ]


def objections_to_proposing(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    yield from objections_to_warning(case, now)
    if case.warning.skipped(now.day) or case.warning.skip_proposed_by:
        yield Objection("Going without a warning is already proposed or approved.", Promise.E1)


def objections_to_reason(case: Case, now: Occasion, _: str | None = None, *, reason: str) -> Iterator[Objection]:
    yield from unsaid(Promise.E1, reason=reason)


@unless(objections_to_proposing, objections_to_reason, reads=READS)
def propose_skipping(case: Case, now: Occasion, _: str | None = None, *, reason: str) -> list[Event]:
    """The safety reason why a warning would not do."""
    answer_by = now.terms.working_days_after(now.day, ANSWER_DAYS)
    return [WarningSkipProposed(**stamp(now), reason=reason, answer_by=answer_by)]


def objections_to_approving(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    yield from objections_to_deciding(case, now, Promise.E1, Role.SENIOR_MANAGER, Role.DIRECTOR)
    proposed_by = case.warning.skip_proposed_by
    if proposed_by is None:
        yield Objection("Nobody has proposed to go without a warning.", Promise.E1, "warning.propose_skipping")
    elif proposed_by == now.by.id:
        yield Objection("You proposed it, so someone else approves it.", Promise.E1)


@unless(objections_to_approving, objections_to_reason, reads=READS)
def approve_skipping(case: Case, now: Occasion, _: str | None = None, *, reason: str) -> list[Event]:
    """Someone senior agrees that there need be no warning, for limits set before the approval is out of date."""
    until = months_after(now.day, now.terms.no_warning_months)
    return [WarningSkipApproved(**stamp(now), reason=reason, counts_until=until)]


@unless(objections_to_approving, objections_to_reason, reads=READS)
def refuse_skipping(case: Case, now: Occasion, _: str | None = None, *, reason: str) -> list[Event]:
    """Someone senior does not agree: a warning comes first."""
    return [WarningSkipRefused(**stamp(now), reason=reason)]

"""Rule 5: who was the target, who took part, who stood aside, and who was let in by name."""

from dataclasses import dataclass, replace

from evenhand.policy.events import (
    appeal,
    assessment,
    counter_allegation,
    decision,
    expectation,
    handling,
    incident,
    investigation,
    legal_action,
    marker,
    single_contact,
    warning,
)
from evenhand.policy.events.event import Event

TOOK_PART = (
    incident.IncidentReported,
    incident.IncidentTriaged,
    investigation.CustomerInvited,
    investigation.HowOftenViewed,
    investigation.InvestigationPaused,
    investigation.InvestigationResumed,
    investigation.AccountHeard,
    investigation.AccountDeclined,
    investigation.ContactAttempted,
    counter_allegation.AllegationSettled,
    warning.WarningGiven,
    warning.WarningSkipProposed,
    warning.WarningSkipApproved,
    decision.FindingMade,
    expectation.ExpectationSet,
    expectation.ExpectationVaried,
    expectation.ExpectationExtended,
    expectation.LimitReviewAnswered,
    single_contact.SingleContactAppointed,
    single_contact.SingleContactChanged,
    single_contact.SingleContactExtended,
    marker.ProvisionalMarkerPlaced,
    marker.ProvisionalMarkerConfirmed,
    marker.ProvisionalMarkerRenewed,
    marker.MarkerPlaced,
    marker.MarkerKept,
    marker.NoticeWithheld,
    appeal.AppealDecided,
    legal_action.StepApproved,
)


@dataclass(frozen=True, slots=True)
class Involvement:
    targets: frozenset[str] = frozenset()
    took_part: frozenset[str] = frozenset()
    conflicted: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()


def moved(thread: Involvement, event: Event) -> Involvement:
    match event:
        case incident.ColleagueAffected(colleague=str() as colleague):
            return replace(thread, targets=thread.targets | {colleague})
        case incident.IncidentReported(joined_by=str() as triager, by=by) if triager:
            return replace(thread, took_part=thread.took_part | {by, triager})
        case investigation.ConflictDeclared(colleague=colleague):
            return replace(thread, conflicted=thread.conflicted | {colleague})
        case investigation.InvestigationOpened(investigator=investigator):
            return replace(thread, took_part=thread.took_part | {investigator})
        case handling.MatterOpened(named=named):
            return replace(thread, named=thread.named | set(named))
        case handling.MatterNamed(colleague=colleague) | counter_allegation.AllegationAssigned(investigator=colleague):
            return replace(thread, named=thread.named | {colleague})
        case assessment.AssessmentMade(step=assessment.Step.APPEAL):
            return thread  # whoever hears an appeal assesses it; that is not taking part in what it is against
        case assessment.AssessmentMade(by=by):
            return replace(thread, took_part=thread.took_part | {by})
    if isinstance(event, TOOK_PART):
        return replace(thread, took_part=thread.took_part | {event.by})
    return thread

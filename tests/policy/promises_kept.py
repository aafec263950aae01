"""Each promise of the mission, asked of one step of a case. Nothing here looks at the code's own tables."""

from datetime import date

from evenhand.policy import letter
from evenhand.policy.conduct import BEHAVIOURS, Finding
from evenhand.policy.events import (
    appeal,
    assessment,
    correspondence,
    decision,
    disposal,
    expectation,
    handling,
    incident,
    investigation,
    legal_action,
    marker,
    police,
    single_contact,
    support,
    warning,
)
from evenhand.policy.events.ending import Ending
from evenhand.policy.events.event import Event
from evenhand.policy.staff import Role
from evenhand.policy.statement import must_say
from evenhand.policy.terms import months_after
from tests.policy.remembered import Memory
from tests.policy.walk import TERMS, Step

DECISIONS = (
    incident.IncidentTriaged,
    investigation.InvestigationOpened,
    investigation.HowOftenViewed,
    assessment.AssessmentMade,
    warning.WarningGiven,
    warning.WarningSkipProposed,
    warning.WarningSkipApproved,
    warning.WarningSkipRefused,
    decision.FindingMade,
    decision.FindingVaried,
    decision.FindingQuashed,
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
    marker.MarkerVaried,
    marker.NoticeWithheld,
    marker.NoticeGiven,
    appeal.AppealDecided,
    police.ReportDeclined,
    support.ReferredWithoutConsent,
    legal_action.StepConsidered,
    legal_action.StepApproved,
    legal_action.StepStarted,
    handling.CaseClosed,
    correspondence.LetterIssued,
)
Step_ = assessment.Step


def check(step: Step) -> None:
    """Every promise that this step could break."""
    m = step.before.memory
    for event in step.events:
        people(step, m, event)
        findings(step, m, event)
        fairness(step, m, event)
        limits(step, m, event)
        markers(step, m, event)
        letters(step, m, event)
        set_aside(step, event)
        the_rest(step, m, event)


def people(step: Step, m: Memory, event: Event) -> None:
    """Rules 5 and 12: the target decides nothing, no machine decides, whoever took part hears no appeal."""
    if isinstance(event, DECISIONS):
        assert event.by not in m.targets, "the target decided"
        assert event.by not in ("system", "customer"), "no person decided"
    match event:
        case investigation.InvestigationOpened(investigator=who):
            assert who not in m.targets
        case handling.CaseAssigned(to=who) | single_contact.SingleContactAppointed(colleague=who):
            assert who not in m.targets
        case appeal.AppealDecided():
            assert event.by not in m.took_part, "someone who took part heard the appeal"
            senior = step.now.by.has(Role.SENIOR_MANAGER, Role.DIRECTOR)
            assert senior or event.by in m.named, "an appeal is heard by someone senior"


def findings(step: Step, m: Memory, event: Event) -> None:
    """C1, C3, I1, I2, S1: what comes before a finding."""
    if not isinstance(event, decision.FindingMade):
        return
    assert m.is_case and m.investigated and m.how_often and event.reasons.strip(), "I1"
    assert m.person is not None, "an unknown person gets no finding"
    assert not m.complaint_of_colleague, "rule 15"
    alleged = frozenset(c for _, conducts in m.alleged for c in conducts)
    assert {c for c, _ in event.found} == alleged, "C1: each thing alleged, and nothing else, is answered"
    if any(found is not Finding.NEITHER for _, found in event.found):
        assert m.heard or len(m.tried) >= TERMS.attempts, "I2"
        assert m.support or len(m.asked) >= TERMS.attempts, "S1"
        assert event.beyond_forceful.strip(), "C3"
        assert m.has_weighed(Step_.DECISION, step.now.day, "FindingMade"), "rule 8"


WEIGHED_AS = {
    warning.WarningGiven: Step_.DECISION,
    expectation.ExpectationSet: Step_.DECISION,
    single_contact.SingleContactAppointed: Step_.DECISION,
    marker.MarkerPlaced: Step_.DECISION,
    expectation.ExpectationExtended: Step_.REVIEW,
    expectation.LimitReviewAnswered: Step_.REVIEW,
    single_contact.SingleContactExtended: Step_.REVIEW,
    marker.MarkerKept: Step_.REVIEW,
    legal_action.StepStarted: Step_.LEGAL,
}


def fairness(step: Step, m: Memory, event: Event) -> None:
    """Rule 8: nothing adverse but a provisional marker without a fresh assessment; again at appeal, review and law."""
    if needed := WEIGHED_AS.get(type(event)):
        assert m.has_weighed(needed, step.now.day, type(event).__name__), f"rule 8: {type(event).__name__}"
    match event:
        case expectation.ExpectationVaried(by_appeal=False):
            assert m.has_weighed(Step_.REVIEW, step.now.day)
        case appeal.AppealDecided(outcome=outcome) if outcome is not appeal.Outcome.UPHELD:
            assert m.has_weighed(Step_.APPEAL, step.now.day)


def limits(step: Step, m: Memory, event: Event) -> None:
    """E1, E2, rules 6 and 7: on a finding, after a warning, for at most twelve months."""
    match event:
        case expectation.ExpectationSet(finding=finding) | single_contact.SingleContactAppointed(finding=finding):
            control = m.control(finding)
            assert control and control.kind == "finding", "a limit rests on a finding that stands"
            assert event.starts_on >= step.now.day and event.review_on <= event.ends_on
            assert event.starts_on < event.ends_on <= months_after(event.starts_on, 12)
            if not isinstance(event, expectation.ExpectationSet) or event.plan:
                agreed = m.skip_approved and step.now.day <= months_after(m.skip_approved, 3)
                assert m.warned(step.now.day) or agreed, "rule 6: warned, and not too long ago"
        case expectation.ExpectationVaried(by_appeal=True, limit=id, plan=plan):
            before = step.before.case.expectation.get(id)
            assert before and before.plan and before.plan.channels <= plan.channels, "an appeal never makes it worse"
        case warning.WarningSkipApproved():
            assert step.now.by.is_senior and event.reason.strip() and event.by != m.skip_proposed_by
        case expectation.ExpectationExtended(ends_on=end) | single_contact.SingleContactExtended(ends_on=end):
            assert step.now.day < end <= months_after(step.now.day, 12)
            control = m.control(event.limit)
            assert control and control.due and step.now.day <= control.due, "what has lapsed is decided afresh"
        case expectation.LimitReviewNotified(limit=id, review_on=review_on):
            control, notice = m.control(id), TERMS.review_notice_days
            assert control and control.due == review_on and (id, review_on) not in m.noticed, "told once of each review"
            assert step.now.day >= TERMS.working_days_after(review_on, -notice), "told in good time, and not before"


def markers(step: Step, m: Memory, event: Event) -> None:
    """M1, M2, rules 3, 4 and 7."""
    day = step.now.day
    match event:
        case marker.MarkerPlaced(incident=about, finding=finding):
            control = m.control(finding)
            alleged = dict(m.alleged).get(about, frozenset())
            assert control and control.behaviour & alleged & BEHAVIOURS, "M1: behaviour found in that very incident"
            assert event.reasons.strip() and event.controls and event.risk and event.audience
            assert day < event.review_on <= months_after(day, 6), "M2"
        case marker.MarkerKept(marker=id):
            assert day < event.review_on <= months_after(day, 6), "M2"
            control = m.control(id)
            assert control and control.due and not control.provisional, "a provisional marker is decided, not reviewed"
            late = day > months_after(control.due, 3)
            assert not late or step.now.by.has(Role.DIRECTOR), "rule 7: only a director keeps it now"
        case marker.ProvisionalMarkerPlaced(incident=about):
            alleged = dict(m.alleged).get(about, frozenset())
            assert any("violence" in conduct.value for conduct in alleged), "rule 7: violence or a threat of it"
            assert m.person is not None and event.reasons.strip()
            assert event.confirm_by == TERMS.working_days_after(day, 1)
            assert event.assess_by == TERMS.working_days_after(day, 3)
            assert event.decide_by == TERMS.working_days_after(day, 20)
        case marker.ProvisionalMarkerRenewed(marker=id):
            control = m.control(id)
            assert control and control.provisional and control.renewed < 2, "rule 7: renewed at most twice"
            assert step.now.by.is_senior and event.reasons.strip()
        case marker.NoticeWithheld():
            assert step.now.by.is_senior and event.reasons.strip() and event.look_again_on > day, "rule 4"
        case incident.HomeInstructionPlaced(until=until):
            assert m.person is None and day < until <= TERMS.working_days_after(day, 10), "rule 20"


TOLD = (
    decision.FindingMade,
    warning.WarningGiven,
    expectation.ExpectationSet,
    expectation.ExpectationExtended,
    expectation.LimitReviewAnswered,
    expectation.LimitReviewNotified,
    single_contact.SingleContactAppointed,
    single_contact.SingleContactChanged,
    single_contact.SingleContactExtended,
    marker.MarkerPlaced,
    marker.ProvisionalMarkerPlaced,
    marker.ProvisionalMarkerRenewed,
    marker.MarkerKept,
    marker.ReviewNotified,
    appeal.AppealDecided,
    legal_action.StepServed,
)


APPEALABLE = (
    decision.FindingMade,
    expectation.ExpectationSet,
    expectation.ExpectationExtended,
    single_contact.SingleContactAppointed,
    single_contact.SingleContactExtended,
    marker.MarkerPlaced,
    marker.ProvisionalMarkerPlaced,
    marker.ProvisionalMarkerRenewed,
    marker.MarkerKept,
)


def letters(step: Step, m: Memory, event: Event) -> None:
    """D1, D2, M3, L2: what the customer is told, and the last day that it fixes."""
    called = letter.called_for(event)
    if isinstance(event, APPEALABLE) and not (isinstance(event, decision.FindingMade) and not event.is_adverse):
        assert called and called.adverse and called.appealable, f"D2: {type(event).__name__} cannot be appealed"
    assert called is not None or not isinstance(event, TOLD), f"D1: nothing is said of {type(event).__name__}"
    if called and called.appealable:
        says = must_say(called.kind, appealable=True, limits_contact=False)
        assert {"appeal.route", "appeal.last_day"} <= says, "D2"
    match event:
        case correspondence.LetterIssued(appealable=True, awaits_format=False, deemed_on=deemed):
            assert event.appeal_by == _no_earlier(m, event.about, TERMS.working_days_after(deemed, 20)), "D2"
            assert deemed > step.now.day, "a letter posted today is not delivered today"
        case correspondence.LetterIssued(awaits_format=True):
            assert event.appeal_by is None, "the clock waits for a format they can read"
        case correspondence.FormatDelivered(appeal_by=last) if last:
            assert last == _no_earlier(m, event.about, TERMS.working_days_after(event.delivered_on, 20))
        case legal_action.StepServed():
            assert "advice" in must_say(called.kind, appealable=False, limits_contact=False), "L2"  # type: ignore[union-attr]
    if isinstance(event, marker.MarkerRemoved) and event.cause in (Ending.UNDECIDED, Ending.LIFTED, Ending.REVIEW):
        assert called or event.marker not in dict(m.deemed), "whoever was told of a marker is told of its end"
    if isinstance(event, correspondence.LetterIssued | correspondence.LetterSent):
        assert not m.died, "rule 10: death stops letters"
    if isinstance(event, correspondence.LetterIssued):
        assert event.about not in m.withheld, "rule 4: the notice is withheld"


def _no_earlier(m: Memory, about: str, counted: date) -> date:
    """D2: the day that the customer was given before only moves later, in what is recorded too."""
    return max(counted, m.last_day(about) or counted)


def set_aside(step: Step, event: Event) -> None:
    """D1: nothing that still holds loses its letter, and the outcome of an appeal never does."""
    m = step.after.memory
    aside = step.before.case.correspondence.get(getattr(event, "letter", None))
    if m.died or not isinstance(event, correspondence.LetterSetAside) or aside is None or not aside.weighty:
        return
    control = m.control(aside.about)
    over = control is None or bool(control.due and control.due < step.now.day and control.kind in ("limit", "contact"))
    assert over and aside.kind is not correspondence.LetterKind.APPEAL_OUTCOME, "D1: nobody tells the customer"


def the_rest(step: Step, m: Memory, event: Event) -> None:
    """C4, S2, L1, and what a closed case leaves behind."""
    match event:
        case incident.ColleagueAffected(aftercare_by=by):
            assert by == step.now.day, "C4: the same day"
        case support.ReferralMade(consent=consent):
            assert consent.strip(), "S2"
        case support.ReferredWithoutConsent(reason=reason):
            assert reason.strip() and step.now.by.decides, "S2"
        case legal_action.StepApproved():
            assert step.now.by.is_senior, "L1"
        case handling.CaseClosed():
            live = [c for c in m.controls if c.kind != "finding" and not _over(c.kind, c.due, step)]
            assert not live and not m.appeals, "nothing live is left behind"
        case disposal.CaseDisposed():
            assert event.by == "system" and event.prepared_by != event.approved_by, "rule 19: a second person"
            live = [c for c in m.controls if c.kind != "finding" and not _over(c.kind, c.due, step)]
            assert not live and not m.appeals, "rule 19: nothing live is disposed of"
    hidden = isinstance(event, legal_action.StepConsidered | legal_action.StepApproved | legal_action.StepStarted)
    assert not hidden or letter.called_for(event) is None, "L1: nothing is said before it is served"


def _over(kind: str, due: object, step: Step) -> bool:
    return kind != "marker" and due is not None and due < step.now.day  # type: ignore[operator]

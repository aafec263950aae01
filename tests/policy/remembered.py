"""What somebody who only read the mission would remember of a case: kept apart from the code's own standing.

The walk carries this beside the case. Where the two disagree about what may happen, a promise is broken.
"""

from datetime import date

from evenhand.policy.conduct import Finding
from evenhand.policy.events import (
    appeal,
    assessment,
    correspondence,
    counter_allegation,
    decision,
    expectation,
    handling,
    incident,
    investigation,
    legal_action,
    marker,
    single_contact,
    support,
    warning,
)
from evenhand.policy.events.event import Event
from evenhand.policy.need import Channel
from tests.policy.memory import Control, Memory


def remember(m: Memory, event: Event) -> Memory:
    """One more thing happened."""
    for part in (_of_the_report, _of_the_account, _of_fairness, _of_controls, _of_letters, _of_the_rest):
        m = part(m, event)
    if fresh := _decided_afresh(event):
        m = m._replace(answered=m.answered - {fresh})
    return m._replace(took_part=m.took_part | _involves(event)) if _involves(event) - m.took_part else m


def _decided_afresh(event: Event) -> str | None:
    match event:
        case marker.MarkerPlaced(marker=id) | marker.MarkerKept(marker=id) | marker.ProvisionalMarkerRenewed(marker=id):
            return id
        case expectation.ExpectationVaried(by_appeal=True):
            return None
        case expectation.ExpectationExtended() | expectation.LimitReviewAnswered() | expectation.ExpectationVaried():
            return event.limit
        case single_contact.SingleContactChanged() | single_contact.SingleContactExtended():
            return event.limit
    return None


PART = (
    incident.IncidentReported,
    incident.IncidentTriaged,
    investigation.AccountHeard,
    investigation.AccountDeclined,
    investigation.ContactAttempted,
    investigation.HowOftenViewed,
    warning.WarningGiven,
    warning.WarningSkipApproved,
    decision.FindingMade,
    expectation.ExpectationSet,
    expectation.ExpectationVaried,
    expectation.ExpectationExtended,
    expectation.LimitReviewAnswered,
    single_contact.SingleContactAppointed,
    single_contact.SingleContactExtended,
    marker.ProvisionalMarkerPlaced,
    marker.ProvisionalMarkerConfirmed,
    marker.ProvisionalMarkerRenewed,
    marker.MarkerPlaced,
    marker.MarkerKept,
    marker.NoticeWithheld,
    appeal.AppealDecided,
)
"""Rule 5: deciding, investigating, approving that a warning is skipped or a notice withheld."""


def _involves(event: Event) -> frozenset[str]:
    match event:
        case investigation.InvestigationOpened(investigator=who):
            return frozenset({who})
        case expectation.ExpectationVaried(by_appeal=True):
            return frozenset({event.by})
    return frozenset({event.by}) if isinstance(event, PART) else frozenset()


def _of_the_report(m: Memory, event: Event) -> Memory:
    match event:
        case incident.IncidentReported(incident=id, conducts=conducts, joined_from=joined):
            m = m._replace(alleged=(*m.alleged, (id, frozenset(conducts))))
            return _fresh_allegation(m) if joined else m
        case incident.IncidentCorrected(incident=id, conducts=conducts):
            before = frozenset(c for _, cs in m.alleged for c in cs)
            m = m._replace(alleged=tuple((i, frozenset(conducts) if i == id else cs) for i, cs in m.alleged))
            return m if frozenset(conducts) <= before else _fresh_allegation(m)
        case incident.IncidentTriaged(outcome=incident.Triage.NEW_CASE):
            return m._replace(is_case=True)
        case incident.IncidentTriaged(outcome=incident.Triage.NOT_CONDUCT, incident=id):
            return m._replace(turned_away=m.turned_away | {id})
        case incident.ColleagueAffected(colleague=str() as who):
            return m._replace(targets=m.targets | {who})
        case incident.PersonIdentified(person=person) if person != m.person:
            nobody = {"heard": False, "tried": frozenset(), "asked": frozenset(), "support": False}
            return m._replace(person=person, weighed=frozenset(), warnings=frozenset(), **nobody)
    return m


def _fresh_allegation(m: Memory) -> Memory:
    """Nobody has put it to the customer, counted it or weighed it."""
    m = _unweighed(m, assessment.Step.DECISION)
    return m._replace(heard=False, tried=frozenset(), asked=frozenset(), how_often=False)


def _unweighed(m: Memory, step: assessment.Step) -> Memory:
    return m._replace(weighed=frozenset(made for made in m.weighed if made[0] is not step))


def _of_the_account(m: Memory, event: Event) -> Memory:
    match event:
        case investigation.InvestigationOpened():
            return m._replace(investigated=True)
        case investigation.HowOftenViewed():
            return m._replace(how_often=True)
        case investigation.AccountHeard(about_a_colleague=complains):
            return m._replace(heard=True, complaint_of_colleague=m.complaint_of_colleague or complains)
        case investigation.AccountDeclined():
            return m._replace(heard=True)
        case investigation.ContactAttempted(channel=channel, asked_support=asked) if channel is not Channel.PHONE:
            return _tried(m, event.tried_on or event.on, asked)  # whoever the walk is about finds the telephone hard
        case correspondence.LetterIssued(kind=kind, suitable=True, awaits_format=False) if kind in INVITES:
            return _tried(m, event.on, True)
        case support.SupportAnswered():
            return _unweighed(m, assessment.Step.DECISION)._replace(support=True)
        case support.SupportDeclined():
            return m._replace(support=True)
        case counter_allegation.AllegationSettled():
            return m._replace(complaint_of_colleague=False)
    return m


INVITES = (correspondence.LetterKind.INVITATION, correspondence.LetterKind.REMINDER)


def _tried(m: Memory, on: date, asked: bool) -> Memory:
    return m._replace(tried=m.tried | {on}, asked=m.asked | {on} if asked else m.asked)


def _of_fairness(m: Memory, event: Event) -> Memory:
    match event:
        case assessment.AssessmentMade(step=step, on=on):
            rested = frozenset() if step is assessment.Step.DECISION else m.rested
            return m._replace(weighed=_unweighed(m, step).weighed | {(step, on)}, rested=rested)
        case appeal.AppealDecided():
            return _unweighed(m, assessment.Step.APPEAL)
        case marker.MarkerKept() | expectation.ExpectationExtended() | single_contact.SingleContactExtended():
            return _unweighed(m, assessment.Step.REVIEW)
        case expectation.LimitReviewAnswered() | expectation.ExpectationVaried(by_appeal=False):
            return _unweighed(m, assessment.Step.REVIEW)
        case legal_action.StepStarted():
            return _unweighed(m, assessment.Step.LEGAL)
        case expectation.ExpectationSet() | single_contact.SingleContactAppointed() | marker.MarkerPlaced():
            return _rests(m, event)
        case decision.FindingMade(is_adverse=True):
            return _rests(m, event)
    return _of_warnings(m, event)


def _of_warnings(m: Memory, event: Event) -> Memory:
    match event:
        case warning.WarningGiven(warning=id, on=on):
            return _rests(m, event)._replace(warnings=m.warnings | {(id, on, None)})
        case warning.WarningSkipProposed():
            return m._replace(skip_proposed_by=event.by)
        case warning.WarningSkipApproved():
            return m._replace(skip_approved=event.on)
    return m


def _rests(m: Memory, event: Event) -> Memory:
    """On the assessment for a decision: the next of its kind is weighed afresh."""
    return m._replace(rested=m.rested | {type(event).__name__})


def _of_controls(m: Memory, event: Event) -> Memory:
    match event:
        case decision.FindingMade(found=found) if all(f is Finding.NEITHER for _, f in found):
            return m
        case decision.FindingMade(finding=id, found=found) | decision.FindingVaried(finding=id, found=found):
            return _holds(m, Control(id, "finding", None, frozenset(c for c, f in found if f is not Finding.NEITHER)))
        case decision.FindingQuashed(finding=id):
            return _ends(m, id)
        case expectation.ExpectationSet(limit=id, finding=finding, ends_on=end):
            return _holds(m, Control(id, "limit", finding, due=end))
        case single_contact.SingleContactAppointed(limit=id, finding=finding, ends_on=end):
            return _holds(m, Control(id, "contact", finding, due=end))
        case expectation.ExpectationExtended() | single_contact.SingleContactExtended():
            found = m.control(event.limit)
            return _holds(m, found._replace(once_told=(event.ends_on, ""))) if found else m
        case expectation.LimitReviewNotified(limit=id, review_on=review_on):
            return m._replace(noticed=m.noticed | {(id, review_on)})
        case expectation.ExpectationEnded(limit=id) | single_contact.SingleContactEnded(limit=id):
            return _ends(m, id)
    return _of_markers(m, event)


def _of_markers(m: Memory, event: Event) -> Memory:
    match event:
        case marker.ProvisionalMarkerPlaced(marker=id, decide_by=due):
            return _holds(m, Control(id, "marker", None, provisional=True, due=due))
        case marker.ProvisionalMarkerRenewed(marker=id, decide_by=due):
            found = m.control(id)
            return _holds(m, found._replace(due=due, renewed=found.renewed + 1)) if found else m
        case marker.MarkerPlaced(marker=id, finding=finding, review_on=due):
            return _holds(m, Control(id, "marker", finding, due=due))
        case marker.MarkerKept(marker=id, review_on=due):
            return _holds(m, found._replace(due=due)) if (found := m.control(id)) else m
        case marker.TenancyEnded(marker=id, review_on=due):
            found = m.control(id)
            return m if found is None or found.provisional else _holds(m, found._replace(due=due))
        case marker.MarkerRemoved(marker=id):
            return _ends(m, id)._replace(withheld=m.withheld - {id})
        case marker.NoticeWithheld(marker=id) | marker.NoticeGiven(marker=id):
            withheld = isinstance(event, marker.NoticeWithheld)
            return m._replace(withheld=m.withheld | {id} if withheld else m.withheld - {id})
    return m


def _holds(m: Memory, control: Control) -> Memory:
    return m._replace(controls=frozenset(c for c in m.controls if c.id != control.id) | {control})


def _ends(m: Memory, id: str) -> Memory:
    return m._replace(controls=frozenset(c for c in m.controls if c.id != id))


def _of_letters(m: Memory, event: Event) -> Memory:
    match event:
        case correspondence.LetterDrafted(about=id, letter=letter) if (found := m.control(id)) and found.once_told:
            return _holds(m, found._replace(once_told=(found.once_told[0], found.once_told[1] or letter)))
        case correspondence.LetterIssued(about=id, deemed_on=day, appeal_by=last, awaits_format=False):
            m = _told_of_an_extension(m._replace(deemed=m.deemed | {(id, day)}), id, event.letter)
            m = _had_a_warning(m, id, day)
            return m._replace(last_days=m.last_days | {(id, last)}) if last else m
        case correspondence.FormatDelivered(about=id, delivered_on=day, appeal_by=last):
            m = _had_a_warning(m, id, day)
            m = _told_of_an_extension(m._replace(deemed=m.deemed | {(id, day)}), id, event.letter)
            return m._replace(last_days=m.last_days | {(id, last)}) if last else m
        case correspondence.ReceiptProved(about=id, appeal_by=date() as last):
            return m._replace(last_days=m.last_days | {(id, last)})
    return m


def _had_a_warning(m: Memory, id: str, day: date) -> Memory:
    mine = {w for w in m.warnings if w[0] == id and w[2] is None}
    return m._replace(warnings=m.warnings - mine | {(id, on, day) for _, on, _ in mine})


def _told_of_an_extension(m: Memory, id: str, letter: str) -> Memory:
    found = m.control(id)
    if found is None or found.once_told is None or found.once_told[1] != letter:
        return m
    return _holds(m, found._replace(due=found.once_told[0], once_told=None))


def _of_the_rest(m: Memory, event: Event) -> Memory:
    match event:
        case appeal.AppealLodged(appeal=id, against=against):
            return m._replace(appeals=m.appeals | {(id, against)}, closed=False)
        case appeal.AppealWithdrawn(appeal=id) | appeal.AppealDecided(appeal=id):
            answered = {event.against} if isinstance(event, appeal.AppealDecided) else frozenset()
            return m._replace(appeals=frozenset(a for a in m.appeals if a[0] != id), answered=m.answered | answered)
        case handling.MatterNamed(colleague=who):
            return m._replace(named=m.named | {who})
        case handling.PersonDied():
            return m._replace(died=True)
        case handling.CaseClosed() | handling.CaseReopened():
            return m._replace(closed=isinstance(event, handling.CaseClosed))
    return m

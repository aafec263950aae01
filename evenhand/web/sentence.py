"""Every kind of event as a sentence that a caseworker can read aloud: what happened, and the words that were given."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from evenhand.policy.conduct import in_order
from evenhand.policy.events import (
    appeal,
    assessment,
    correspondence,
    counter_allegation,
    decision,
    disposal,
    handling,
    incident,
    investigation,
    legal_action,
    police,
    support,
    warning,
    welfare,
)
from evenhand.policy.events.event import Event
from evenhand.web.control_sentence import CONTROLS
from evenhand.web.said import Said, Sentence, Teller, begun, full, inside, letter, listed
from evenhand.web.templatetags.words import day


def found(pairs: Any) -> str:
    """What was found of each thing alleged."""
    return ". ".join(f"{conduct.value.capitalize()}: {finding.value}" for conduct, finding in pairs) + "."


def reported(e: incident.IncidentReported, who: Teller) -> Said:
    at = f" at {e.happened_at}" if e.happened_at else ""
    where = f". Where: {e.where.rstrip('.')}" if e.where else ""
    text = f"On {day(e.happened_on)}{at}{where}. Alleged: {listed(c.value for c in in_order(e.conducts))}."
    if e.joined_from:
        return Said("Another incident joined this case", text, e.account, True)
    return Said("An incident was reported", text, e.account, True)


def triaged(e: incident.IncidentTriaged, who: Teller) -> Said:
    titles = {
        incident.Triage.NEW_CASE: "The report was made a case",
        incident.Triage.JOINS: "The report joined another case",
        incident.Triage.NOT_CONDUCT: "The report was found not to be about conduct",
        incident.Triage.NEEDS_MORE: "More was asked for about the report",
    }
    clocks = f"First contact by {day(e.first_contact_by)}, a decision by {day(e.decide_by)}." if e.decide_by else ""
    return Said(titles[e.outcome], clocks, e.reason, True)


def earlier(e: Event, on: date | None) -> str:
    """The day of what was written down on a later one; the entry itself shows its own."""
    return f", on {day(on)}" if on and on != e.on else ""


def heard(e: investigation.AccountHeard, who: Teller) -> Said:
    by = f"By {e.speaker.value}" + (f", {e.advocate}" if e.advocate else "")
    how = f"{by}, {e.channel.words}{earlier(e, e.heard_on)}."
    return Said("The customer’s account was heard", how, e.words, True)


def counts_until(e: Any) -> str:
    return f" It counts until {day(e.counts_until)}." if e.counts_until else ""


def invited(e: investigation.CustomerInvited, who: Teller) -> Said:
    again = "reminded" if e.reminder else "invited"
    return Said(f"The customer was {again} to give their account", f"Reply by {day(e.reply_by)}.", e.how)


def tried(e: investigation.ContactAttempted, who: Teller) -> Said:
    asked = " Support was asked about." if e.asked_support else ""
    counts = "" if e.suitable else " It does not count: this way does not suit them."
    how = f"{e.channel.words}{earlier(e, e.tried_on)}"
    return Said(f"We tried to reach the customer {how}", f"{asked}{counts}".strip(), e.outcome)


def issued(e: correspondence.LetterIssued, who: Teller) -> Said:
    until = f" The last day to appeal is {day(e.appeal_by)}." if e.appeal_by else ""
    waits = f" It waits for {e.format.value} to be delivered." if e.awaits_format else ""
    text = f"To go by {e.delivery.value}; it counts as delivered on {day(e.deemed_on)}.{until}{waits}"
    return Said(f"The letter “{letter(e.kind)}” was approved", text)


def proved(e: Any) -> str:
    return f"The last day to appeal is now {day(e.appeal_by)}." if e.appeal_by else ""


REPORTS: Mapping[type[Event], Sentence] = {
    incident.IncidentReported: reported,
    incident.ColleagueAffected: lambda e, who: Said(
        f"{e.name or who[e.colleague or '']} was affected", f"{e.injury.value.capitalize()}."
    ),
    incident.AftercareMoved: lambda e, who: Said(
        "The last day to report an injury moved with the day of the incident", f"Now {day(e.report_injury_by)}."
    ),
    incident.AftercareGiven: lambda e, who: Said(
        f"A colleague who was affected was looked after: {e.care.value}", "", e.note
    ),
    incident.PersonIdentified: lambda e, who: Said("It was recorded who the person is", e.how),
    incident.IncidentTriaged: triaged,
    incident.IncidentCorrected: lambda e, who: Said(
        "The report was corrected", f"Alleged now: {listed(c.value for c in in_order(e.conducts))}.", e.correction
    ),
    incident.HomeInstructionPlaced: lambda e, who: Said(
        "A safety instruction was put on the home", f"Until {day(e.until)}.", e.instruction, True
    ),
    investigation.InvestigationOpened: lambda e, who: Said(f"{who[e.investigator]} was asked to look into the case"),
    investigation.ConflictDeclared: lambda e, who: Said(f"{who[e.colleague]} stood aside", "", e.reason),
    investigation.CustomerInvited: invited,
    investigation.ContactAttempted: tried,
    investigation.AccountHeard: heard,
    investigation.AccountDeclined: lambda e, who: Said("The customer would rather not give an account", "", e.words),
    investigation.InvestigationPaused: lambda e, who: Said(
        "The investigation was paused",
        f"{e.why.value.capitalize()}. Looked at again on {day(e.look_again_on)}.",
        e.reason,
        True,
    ),
    investigation.InvestigationResumed: lambda e, who: Said(
        "The investigation goes on", f"A decision is due by {day(e.decide_by)}." if e.decide_by else "", e.reason
    ),
    investigation.HowOftenViewed: lambda e, who: Said(
        "How often it happened was looked at",
        f"Earlier incidents: {e.earlier}" + (f" since {day(e.since)}." if e.since else "."),
        e.view,
    ),
    support.SupportAsked: lambda e, who: Said("We asked whether something makes things harder", e.how),
    support.SupportAnswered: lambda e, who: Said("The customer said what makes things harder", "", e.words),
    support.SupportDeclined: lambda e, who: Said("The customer would rather not say what makes things harder", e.words),
    support.ReferralMade: lambda e, who: Said(
        f"With the customer’s agreement, {e.name} was asked to help",
        f"{begun(e.agency.value)}. To help them: {full(e.purpose)} We ask how it went on {day(e.follow_up_on)}.",
        e.consent,
    ),
    support.ConsentWithdrawn: lambda e, who: Said("The customer no longer agrees to the referral", "", e.words),
    support.ReferralEnded: lambda e, who: Said("The referral ended", e.outcome),
    support.ReferredWithoutConsent: lambda e, who: Said(
        f"{e.name} was told without agreement, for safeguarding", "", e.reason, True
    ),
}

DECISIONS: Mapping[type[Event], Sentence] = {
    assessment.AssessmentMade: lambda e, who: Said(
        f"Equality and proportionality were assessed, for {e.step.value}", f"The aim: {full(e.aim)}"
    ),
    warning.WarningGiven: lambda e, who: Said(
        "A warning was given", f"If it goes on: {full(e.if_it_goes_on)}{counts_until(e)}", e.expected
    ),
    warning.WarningSkipProposed: lambda e, who: Said(
        "It was proposed to go without a warning", f"Someone senior answers by {day(e.answer_by)}.", e.reason
    ),
    warning.WarningSkipApproved: lambda e, who: Said(
        "Going without a warning was agreed", counts_until(e).strip(), e.reason
    ),
    warning.WarningSkipRefused: lambda e, who: Said("Going without a warning was refused", "", e.reason),
    decision.FindingMade: lambda e, who: Said("The case was decided", found(e.found), e.reasons, True),
    decision.FindingVaried: lambda e, who: Said(
        "The finding was changed after an appeal", found(e.found), e.reasons, True
    ),
    decision.FindingQuashed: lambda e, who: Said("The finding was cancelled after an appeal", weighty=True),
    appeal.AppealLodged: lambda e, who: Said(
        "The customer asked us to look again",
        f"By {e.lodger.value}{f', {inside(e.how)}' if e.how else ''}. To be decided by {day(e.decide_by)}."
        + (f" Late, and accepted: {e.late_reason}" if e.late_reason else ""),
        e.grounds,
        True,
    ),
    appeal.AppealWithdrawn: lambda e, who: Said("The appeal was withdrawn", "", e.words),
    appeal.AppealDecided: lambda e, who: Said(f"The appeal was {e.outcome.value}", e.change, e.reasons, True),
}

APART: Mapping[type[Event], Sentence] = {
    police.BeliefReported: lambda e, who: Said(
        "A belief that a crime was committed was reported to the police", e.belief, e.reasons, True
    ),
    police.ReportUpdated: lambda e, who: Said(
        "The police told us more",
        " ".join(
            part
            for part in (f"Reference {e.reference}." if e.reference else "", f"{e.officer}." if e.officer else "")
            if part
        ),
        e.update,
    ),
    police.ReportDeclined: lambda e, who: Said("It was decided not to report to the police", "", e.reasons),
    legal_action.StepConsidered: lambda e, who: Said(
        f"A legal step was considered: {e.remedy.value}, against {e.against.value}", f"Advice: {e.advice}", e.reasons
    ),
    legal_action.StepApproved: lambda e, who: Said("The legal step was approved", "", e.reasons),
    legal_action.StepStarted: lambda e, who: Said(
        "The legal step started", f"{e.court}{f', reference {e.reference}' if e.reference else ''}."
    ),
    legal_action.StepServed: lambda e, who: Said(
        "The papers were served", f"On {day(e.served_on)}: {full(e.how)} {e.what_next}", weighty=True
    ),
    legal_action.StepMadeKnown: lambda e, who: Said(
        f"A legal step begun without notice was served: {e.remedy.value}, against {e.against.value}",
        f"On {day(e.served_on)}. It was sealed until then.",
        weighty=True,
    ),
    legal_action.StepOrdered: lambda e, who: Said(
        "The court made an order", f"Until {day(e.until)}." if e.until else "", e.terms, True
    ),
    legal_action.StepBreached: lambda e, who: Said("The order was broken", f"On {day(e.happened_on)}.", e.what),
    legal_action.StepEnded: lambda e, who: Said("The legal step ended", e.outcome),
    counter_allegation.AllegationRecorded: lambda e, who: Said(
        f"What the customer says of {e.name} was recorded", f"To be resolved by {day(e.resolve_by)}.", e.words
    ),
    counter_allegation.AllegationAssigned: lambda e, who: Said(
        f"{who[e.investigator]} was asked to look into it", e.independent_because
    ),
    counter_allegation.AllegationResolved: lambda e, who: Said(
        f"What the customer said was {e.result.value}", f"The customer is told: {e.told}", e.reasons, True
    ),
    counter_allegation.AllegationSettled: lambda e, who: Said(
        "What the customer said of a colleague was " + ("set apart" if e.set_apart else "dealt with"), "", e.reason
    ),
    welfare.WelfareNoted: lambda e, who: Said(f"A note on how {who[e.colleague]} is", "", e.note),
    handling.MatterOpened: lambda e, who: Said("This matter was opened", f"About case {e.about}."),
    handling.MatterNamed: lambda e, who: Said(f"{who[e.colleague]} was let in", "", e.reason),
    handling.CaseLinked: lambda e, who: Said("Another case was linked", "", e.reason),
    handling.CaseAssigned: lambda e, who: Said(f"The case was given to {who[e.to]}", "", e.reason),
    handling.CaseClosed: lambda e, who: Said(
        f"The case was closed: {e.outcome.value.replace(': ', ', ')}", "", e.reasons, True
    ),
    handling.CaseReopened: lambda e, who: Said("The case was opened again", "", e.reasons, True),
    disposal.HoldPlaced: lambda e, who: Said(
        "A legal hold was placed", f"It is looked at again by {day(e.review_on)}.", e.reason, True
    ),
    disposal.HoldKept: lambda e, who: Said(
        "The legal hold was kept", f"It is looked at again by {day(e.review_on)}.", e.reason
    ),
    disposal.HoldLifted: lambda e, who: Said("The legal hold was let go of", "", e.reason, True),
    disposal.CaseDisposed: lambda e, who: Said(
        "What the case said was disposed of",
        f"{e.category.value}. {who[e.prepared_by]} put it forward and {who[e.approved_by]} agreed.",
        "",
        True,
    ),
    handling.PersonDied: lambda e, who: Said(
        "The person’s death was recorded", f"They died on {day(e.died_on)}.", "", True
    ),
    handling.RecordsJoined: lambda e, who: Said(
        "Two records of the person were joined", f"To be reconciled by {day(e.reconcile_by)}."
    ),
    handling.RecordsReconciled: lambda e, who: Said("The person’s two records were reconciled", "", e.reasons),
}

LETTERS: Mapping[type[Event], Sentence] = {
    correspondence.LetterDrafted: lambda e, who: Said(
        f"The letter “{letter(e.kind)}” was drafted", f"To be sent by {day(e.send_by)}."
    ),
    correspondence.LetterIssued: issued,
    correspondence.LetterSent: lambda e, who: Said(f"The letter “{who.letter(e.letter)}” was sent by {e.how.value}"),
    correspondence.LetterUncertain: lambda e, who: Said(
        f"The letter “{who.letter(e.letter)}” may not have been sent", "Someone has to find out."
    ),
    correspondence.LetterReturned: lambda e, who: Said(f"The letter “{who.letter(e.letter)}” came back", e.reason),
    correspondence.FormatDelivered: lambda e, who: Said(
        f"The format ordered of the letter “{who.letter(e.letter)}” was delivered",
        f"On {day(e.delivered_on)}. {proved(e)}".strip(),
    ),
    correspondence.ReceiptProved: lambda e, who: Said(
        f"The letter “{who.letter(e.letter)}” was received on {day(e.received_on)}", proved(e)
    ),
    correspondence.LetterSetAside: lambda e, who: Said(
        f"The letter “{who.letter(e.letter)}” was set aside", "", e.reason
    ),
}

SENTENCES: Mapping[type[Event], Sentence] = MappingProxyType(
    {
        **REPORTS,
        **DECISIONS,
        **CONTROLS,
        **APART,
        **LETTERS,
    }
)
"""How each kind of event is said. A test holds it to the catalogue."""


def said(event: Event, who: Teller) -> Said:
    """The sentence of one event. Raises KeyError for a kind without one."""
    told = SENTENCES[type(event)](event, who)
    return replace(told, title=begun(told.title), text=begun(told.text))

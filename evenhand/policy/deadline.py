"""What is due in a case, by when, from whom and why. Every day here was fixed by an event; none is computed again."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from evenhand.policy import overtaken
from evenhand.policy.case import Case
from evenhand.policy.events.incident import Aftercare, Triage
from evenhand.policy.events.support import Agency
from evenhand.policy.promises import Promise
from evenhand.policy.staff import Role
from evenhand.policy.standing.correspondence import Letter, Post
from evenhand.policy.standing.expectation import Limit
from evenhand.policy.standing.incident import Affected
from evenhand.policy.standing.marker import Marker
from evenhand.policy.standing.single_contact import Contact


@dataclass(frozen=True, slots=True)
class Due:
    """One thing due. `verb` names the act that answers it, `subject` what it is done to."""

    on: date
    what: str
    promise: Promise
    verb: str
    who: Role
    subject: str | None = None


def due(case: Case) -> tuple[Due, ...]:
    """Everything due in the case, soonest first. A person who died is owed nothing more; a hold stands all the same."""
    if case.handling.person_died:
        return tuple(_holds(case))
    found = [
        *_reports(case),
        *_investigation(case),
        *_asked_of_others(case),
        *_letters(case),
        *_limits(case),
        *_markers(case),
        *_appeals(case),
        *_apart(case),
        *_holds(case),
    ]
    return tuple(sorted(found, key=lambda d: (d.on, d.what)))


def _holds(case: Case) -> Iterator[Due]:
    for hold in sorted(case.disposal.holds, key=lambda each: each.review_on):
        what = "Look at the legal hold again, or let go of it"
        yield Due(hold.review_on, what, Promise.I1, "disposal.keep", Role.SENIOR_MANAGER, hold.id)


def _reports(case: Case) -> Iterator[Due]:
    for incident in case.incident.untriaged:
        yield Due(
            incident.triage_by, "Triage the report", Promise.I1, "incident.triage", Role.INVESTIGATOR, incident.id
        )
    moved = {incident.id for incident in case.incident.all if incident.triage is Triage.JOINS}
    # Whoever else was affected is looked after in the case that the report joined.
    for affected in (each for each in case.incident.affected if each.incident not in moved):
        yield from _aftercare(affected, decided=bool(case.decision.findings))
    if case.incident.home_instruction_until and not case.incident.person:
        until = case.incident.home_instruction_until
        what = "Find out who it was: the home’s instruction ends"
        yield Due(until, what, Promise.M1, "incident.identify", Role.MANAGER)


def _aftercare(affected: Affected, *, decided: bool) -> Iterator[Due]:
    owed = [Aftercare.CALL, Aftercare.DEBRIEF, Aftercare.POLICE, *([Aftercare.OUTCOME] if decided else [])]
    if affected.report_injury_by is None:
        owed.append(Aftercare.REPORTABLE)
    for care in owed:
        if care not in affected.given:
            what = f"A colleague who was affected is owed {_owed(care)}"
            yield Due(affected.by, what, Promise.C4, "incident.look_after", Role.MANAGER, affected.id)
    if affected.report_injury_by and Aftercare.REPORTABLE not in affected.given:
        what = "Report the injury under RIDDOR, or say why not"
        yield Due(affected.report_injury_by, what, Promise.C4, "incident.look_after", Role.MANAGER, affected.id)


def _owed(care: Aftercare) -> str:
    words = {
        Aftercare.REPORTABLE: "the question whether an injury must be reported under RIDDOR",
        Aftercare.POLICE: "the question whether they want the police told",
        Aftercare.OUTCOME: "word of the outcome",
    }
    return words.get(care, care.value)


def _investigation(case: Case) -> Iterator[Due]:
    inquiry = case.investigation
    if not case.incident.is_case or not case.decision.undecided or case.handling.closed:
        return
    first = case.incident.first_contact_by
    if inquiry.paused_until:
        what = "Look again at why the investigation is paused"
        yield Due(inquiry.paused_until, what, Promise.I2, "investigation.resume", Role.INVESTIGATOR)
    elif not inquiry.open and first:
        yield Due(first, "Give the case an investigator", Promise.I1, "investigation.open", Role.MANAGER)
    elif first and not inquiry.invited and not (inquiry.attempts or inquiry.heard or inquiry.declined):
        what = "Contact the customer for their account"
        yield Due(first, what, Promise.I2, "investigation.invite", Role.INVESTIGATOR)
    decide_by = inquiry.decide_by or case.incident.decide_by
    if decide_by and not inquiry.paused:
        yield Due(decide_by, "Decide the case", Promise.D1, "decision.decide", Role.MANAGER)


def _asked_of_others(case: Case) -> Iterator[Due]:
    """What somebody else was asked for, before the finding or after it."""
    if case.handling.closed:
        return
    if case.warning.skip_proposed_by and case.warning.answer_skip_by:
        what = "Approve or refuse going without a warning"
        yield Due(case.warning.answer_skip_by, what, Promise.E1, "warning.approve_skipping", Role.SENIOR_MANAGER)
    for referral in case.support.referrals:
        if not referral.ended and referral.follow_up_on:
            what = "Ask how the referral went"
            partner = referral.agency is Agency.CUSTOMER_PARTNER
            who = Role.CUSTOMER_PARTNER if partner else Role.INVESTIGATOR  # nobody else's affairs are a partner's
            yield Due(referral.follow_up_on, what, Promise.S2, "support.end", who, referral.id)


TO_DO_WITH = {
    Post.DRAFT: "Approve the letter",
    Post.UNCERTAIN: "Find out whether the letter was sent",
    Post.RETURNED: "Send the letter that came back another way",
}


def _letters(case: Case) -> Iterator[Due]:
    for letter in case.correspondence.letters:
        marker = case.marker.get(letter.about)
        if marker and marker.withheld_until:
            continue  # the date of the withheld notice is due instead
        if letter.post in overtaken.UNSENT and overtaken.why(case, letter):
            over = "Set aside the letter, which is out of date"
            yield _of_letter(letter, over, "correspondence.set_aside", Role.MANAGER)
            continue
        role = Role.MANAGER if letter.weighty else Role.INVESTIGATOR
        if what := TO_DO_WITH.get(letter.post):
            yield _of_letter(letter, what, "correspondence.approve", role)
            continue
        if letter.post is Post.ISSUED:
            yield _of_letter(letter, "Post the letter, or hand it over", "correspondence.send", role)
        if letter.awaits_format:
            what = "Deliver the letter in the format ordered"
            yield _of_letter(letter, what, "correspondence.deliver_format", Role.INVESTIGATOR)


def _of_letter(letter: Letter, what: str, verb: str, who: Role) -> Due:
    return Due(letter.send_by, f"{what}: “{letter.kind.words}”", Promise.D1, verb, who, letter.id)


def _limits(case: Case) -> Iterator[Due]:
    for limit in case.expectation.limits:
        if not limit.ended:
            words = "the limit on contact" if limit.plan else "what we expect of them"
            yield from _limit(limit, words, Promise.E1, "expectation")
            if limit.change_by:
                what = "Change the limit, or lift it: no way it leaves open suits what the person needs"
                yield Due(limit.change_by, what, Promise.E1, "expectation.vary", Role.MANAGER, limit.id)
    for contact in case.single_contact.contacts:
        if not contact.ended:
            yield from _limit(contact, "the single contact", Promise.E2, "single_contact")
            if contact.change_by:
                what = "Name another single contact: the colleague left, or it does not suit what the person needs"
                yield Due(contact.change_by, what, Promise.E2, "single_contact.change", Role.MANAGER, contact.id)


def _limit(limit: Limit | Contact, words: str, promise: Promise, concept: str) -> Iterator[Due]:
    yield Due(limit.review_on, f"Review {words} before it ends", promise, f"{concept}.extend", Role.MANAGER, limit.id)
    if limit.answer_by:
        what = f"Answer the customer, who asks for {words} to end"
        yield Due(limit.answer_by, what, promise, "expectation.keep", Role.MANAGER, limit.id)


def _markers(case: Case) -> Iterator[Due]:
    moved = {incident.id for incident in case.incident.all if incident.triage is Triage.JOINS}
    for marker in case.marker.standing:
        if marker.provisional and marker.decide_by and marker.incident in moved:
            what = "Renew the provisional marker, or remove it: the case that its report joined is not decided"
            verb = "provisional_marker.renew"
            yield Due(marker.decide_by, what, Promise.M1, verb, Role.SENIOR_MANAGER, marker.id)
            marker = replace(marker, decide_by=None)
        yield from _marker(marker)


def _marker(marker: Marker) -> Iterator[Due]:
    dates = (
        (marker.confirm_by, "Confirm the provisional marker", "provisional_marker.confirm", Role.MANAGER),
        (marker.assess_by, "Assess the provisional marker", "assessment.make", Role.MANAGER),
        (marker.decide_by, "Decide on the provisional marker, or renew it", "marker.place", Role.MANAGER),
        (marker.review_on, "Review the marker", "marker.keep", Role.MANAGER),
        (marker.answer_by, "Answer the customer, who asks for the marker to go", "marker.keep", Role.MANAGER),
        (marker.withheld_until, "Look again at withholding notice", "marker.give_notice", Role.SENIOR_MANAGER),
    )
    for on, what, verb, who in dates:
        if on:
            yield Due(on, what, Promise.M2 if verb == "marker.keep" else Promise.M1, verb, who, marker.id)


def _appeals(case: Case) -> Iterator[Due]:
    for appeal in case.appeal.open:
        yield Due(appeal.decide_by, "Decide the appeal", Promise.D2, "appeal.decide", Role.SENIOR_MANAGER, appeal.id)


def _apart(case: Case) -> Iterator[Due]:
    if case.handling.reconcile_by:
        what = "Reconcile the person’s joined records"
        yield Due(case.handling.reconcile_by, what, Promise.I1, "handling.reconcile", Role.MANAGER)
    allegation = case.counter_allegation
    if allegation.resolve_by and not allegation.resolved:
        what = "Resolve what the customer says of a colleague"
        yield Due(allegation.resolve_by, what, Promise.I2, "counter_allegation.resolve", Role.MANAGER)
    for step in case.legal_action.open:
        if step.until:
            yield Due(step.until, "The court’s order runs out", Promise.L1, "legal_action.end", Role.MANAGER, step.id)

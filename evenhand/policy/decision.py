"""C1, C3, I1, I2, S1, D1: a finding for each conduct alleged, and why it is more than forceful or determined."""

from collections.abc import Iterator

from evenhand.policy import unconfirmed
from evenhand.policy.case import Case
from evenhand.policy.conduct import Conduct, Finding, in_order
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.decision import FindingMade
from evenhand.policy.events.ending import Ending
from evenhand.policy.events.event import Event, stamp
from evenhand.policy.fairness import objections_without_assessment
from evenhand.policy.independence import objections_to_a_closed_case, objections_to_a_death, objections_to_deciding
from evenhand.policy.occasion import Occasion
from evenhand.policy.promises import Promise
from evenhand.policy.refusal import Objection, unless, unsaid
from evenhand.policy.staff import Role

CLEARED = "We looked into what happened, and found nothing in it that a note should stay for."
Found = tuple[tuple[Conduct, Finding], ...]


def objections_to_deciding_the_case(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    yield from objections_to_deciding(case, now, Promise.D1, Role.MANAGER, Role.SENIOR_MANAGER)
    yield from objections_to_a_closed_case(case)
    yield from objections_to_a_death(case, now)
    if not case.incident.is_case:
        yield Objection("No report has been made a case here yet.", Promise.I1, "incident.triage")
    if not case.incident.person:
        yield Objection("Nobody knows yet who the person is.", Promise.I1, "incident.identify")
    if not case.investigation.open:
        yield Objection("Nobody investigates the case yet.", Promise.I1, "investigation.open")
    if case.investigation.paused:
        yield Objection("The investigation is paused.", Promise.I2, "investigation.resume")
    if not case.investigation.how_often:
        yield Objection("How often it happened has not been looked at.", Promise.I1, "investigation.view_how_often")
    if case.investigation.allegation_unsettled:
        yield Objection(
            "The customer complained of a colleague: that is dealt with, or set apart with a reason, first.",
            Promise.I2,
            "counter_allegation.settle",
        )
    if not case.decision.undecided and not case.decision.quashed:
        yield Objection("Everything alleged in the case is already decided.", Promise.D1)


def objections_to_an_adverse_finding(case: Case, now: Occasion) -> Iterator[Objection]:
    """What only an adverse finding needs; a screen shows these beside the others before anyone types."""
    attempts = now.terms.attempts
    unsuitable = now.known.unsuitable
    if not case.investigation.account_settled(attempts, unsuitable):
        tried = case.investigation.days_tried(unsuitable)
        yield Objection(
            f"The customer’s account has not been heard or declined, and we have tried on {tried} of {attempts} days.",
            Promise.I2,
            "investigation.hear",
        )
    if not case.support.settled and not case.investigation.asked_each_time(attempts, unsuitable):
        yield Objection(
            "The customer has not been asked, often enough, whether something makes things harder for them.",
            Promise.S1,
            "support.answer",
        )
    yield from objections_without_assessment(case, now, Step.DECISION, "finding")


def objections_to_finding(
    case: Case,
    now: Occasion,
    _: str | None = None,
    *,
    found: Found,
    reasons: str,
    relied_on: str,
    beyond_forceful: str = "",
    evidence: tuple[tuple[str, str, str], ...] = (),
) -> Iterator[Objection]:
    yield from unsaid(Promise.D1, reasons=reasons, relied_on=relied_on)
    answered = {conduct for conduct, _ in found}
    if missing := case.incident.conducts - answered:
        words = ", ".join(conduct.value for conduct in in_order(missing))
        yield Objection(f"Say what you find of each thing alleged: {words}.", Promise.D1, field="found")
    if extra := answered - case.incident.conducts:
        words = ", ".join(conduct.value for conduct in in_order(extra))
        yield Objection(f"This was not alleged, so nothing can be found of it: {words}.", Promise.D1, field="found")
    for conduct, finding in found:
        if not finding.fits(conduct):
            kind = "Behaviour is unacceptable" if conduct.is_behaviour else "A demand is unreasonable"
            yield Objection(f"{kind} or neither: {conduct.value}.", Promise.D1, field="found")
    if any(finding.is_adverse for _, finding in found):
        if not beyond_forceful.strip():
            yield Objection(
                "Say why this is more than a forceful or determined approach.", Promise.C3, field="beyond_forceful"
            )
        yield from objections_to_an_adverse_finding(case, now)


READS = "involvement investigation support assessment decision handling " + unconfirmed.READS


@unless(objections_to_deciding_the_case, objections_to_finding, reads=READS)
def decide(
    case: Case,
    now: Occasion,
    _: str | None = None,
    *,
    found: Found,
    reasons: str,
    relied_on: str,
    beyond_forceful: str = "",
    evidence: tuple[tuple[str, str, str], ...] = (),
) -> list[Event]:
    """One finding of the whole case. A finding of neither on everything needs no account (I2).

    A provisional marker about an incident in which no behaviour is found goes in the same act (rule 7).
    """
    against = case.decision.adverse | {conduct for conduct, finding in found if finding.is_adverse}
    return [
        FindingMade(
            **stamp(now),
            finding=f"F{len(case.decision.findings) + 1}",
            found=found,
            reasons=reasons,
            beyond_forceful=beyond_forceful,
            relied_on=relied_on,
            policy_version=now.terms.policy_version,
            with_account=case.investigation.heard,
            evidence=evidence,
        ),
        *unconfirmed.removed(case, now, against, Ending.UNDECIDED, CLEARED),
    ]

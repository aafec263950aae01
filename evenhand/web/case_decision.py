"""What the tabs of a case say of the decision, its appeals and assessments, and of the police and courts."""

from evenhand.cases.reading import CaseFile
from evenhand.policy.events.appeal import AppealDecided, AppealLodged, AppealWithdrawn
from evenhand.policy.events.assessment import AssessmentMade
from evenhand.policy.events.decision import FindingMade, FindingVaried
from evenhand.policy.events.legal_action import StepConsidered, StepMadeKnown
from evenhand.policy.events.police import BeliefReported, ReportDeclined, ReportUpdated
from evenhand.policy.events.warning import WarningGiven
from evenhand.policy.standing.decision import Made
from evenhand.policy.standing.legal_action import Legal, Stage
from evenhand.policy.visibility import Part
from evenhand.web import case_parts
from evenhand.web.case_step import name_of
from evenhand.web.said import Teller, inside, listed
from evenhand.web.section import Section, links, of_kind
from evenhand.web.templatetags.words import day


def decision(file: CaseFile, tell: Teller) -> list[Section]:
    """What was found of each thing alleged and why, the appeals against it, the assessments, the warnings."""
    made = [of_finding(file, tell, event) for event in of_kind(file, FindingMade)]
    none = Section("Decision", empty="Nothing has been decided yet.", links=links(file, "decision.decide"))
    return [
        *(made or [none]),
        *(_appeal(file, tell, event) for event in of_kind(file, AppealLodged)),
        *(_assessment(tell, event) for event in of_kind(file, AssessmentMade)),
        *(
            Section(
                f"Warning of {day(e.on)}", quotes=(("What we expect", e.expected), ("If it goes on", e.if_it_goes_on))
            )
            for e in of_kind(file, WarningGiven)
        ),
    ]


def of_finding(file: CaseFile, tell: Teller, event: FindingMade) -> Section:
    standing = file.case.decision.get(event.finding)
    varied = [e for e in of_kind(file, FindingVaried) if e.finding == event.finding]
    found = (varied[-1] if varied else event).found
    return Section(
        f"Finding {event.finding} of {day(event.on)}",
        badges=_state(standing, changed=bool(varied)),
        facts=(
            *((conduct.value[0].upper() + conduct.value[1:], finding.value) for conduct, finding in found),
            ("Decided by", tell[event.by]),
            ("Under the policy’s version", event.policy_version),
            ("Last day to appeal", day(standing.told.appeal_by) if standing else ""),
        ),
        quotes=(
            ("Reasons", event.reasons),
            ("Why this is more than forceful or determined", event.beyond_forceful),
            ("Evidence relied on", event.relied_on),
        ),
        links=(
            *((f"Relied on: {name}", case_parts.to_file(file, reference)) for reference, name, _ in event.evidence),
            *(links(file, "appeal.lodge", subject=event.finding) if standing and standing.stands else ()),
        ),
    )


def _state(standing: Made | None, *, changed: bool) -> tuple[tuple[str, str], ...]:
    if standing is None or standing.quashed:
        return (("Cancelled after an appeal", ""),)
    return (("Changed after an appeal", "due"),) if changed else ()


def _appeal(file: CaseFile, tell: Teller, event: AppealLodged) -> Section:
    outcome = next((e for e in of_kind(file, AppealDecided) if e.appeal == event.appeal), None)
    withdrawn = next((e for e in of_kind(file, AppealWithdrawn) if e.appeal == event.appeal), None)
    standing = file.case.appeal.get(event.appeal)
    open_ = standing is not None and standing.open
    return Section(
        f"Appeal {event.appeal} of {day(event.on)}",
        badges=(("Open", "due") if open_ else ("Decided", "good") if outcome else ("Withdrawn", ""),),
        facts=(
            ("Against", name_of(file.case, event.against)),
            ("Asked", f"by {event.lodger.value}{f', {inside(event.how)}' if event.how else ''}"),
            ("Decide by", day(event.decide_by) if open_ else ""),
            ("Withdrawn", f"{day(withdrawn.on)}, recorded by {tell[withdrawn.by]}" if withdrawn else ""),
            ("Outcome", outcome.outcome.value if outcome else ""),
        ),
        quotes=(
            ("In their words", event.grounds),
            ("What they said when they withdrew it", withdrawn.words if withdrawn else ""),
            ("Reasons", outcome.reasons if outcome else ""),
        ),
        links=links(file, "appeal.decide", "appeal.withdraw", subject=event.appeal) if open_ else (),
    )


def _assessment(tell: Teller, event: AssessmentMade) -> Section:
    return Section(
        f"Equality and proportionality, for {event.step.value}",
        facts=(
            ("Assessed", f"{day(event.on)}, by {tell[event.by]}"),
            ("Needs known then", listed(need.value for need in event.needs) if event.needs else "none recorded"),
        ),
        quotes=(
            ("What was known", event.known),
            ("Adjustments offered", event.adjustments),
            ("The aim", event.aim),
            ("Gentler ways, and why not", event.alternatives),
            ("Due regard", event.due_regard),
        ),
    )


def police(file: CaseFile, tell: Teller) -> list[Section]:
    """What was reported to the police, always as suspicion, and legal steps with notice."""
    found = [_police_report(file, event) for event in of_kind(file, BeliefReported)] if file.sees(Part.POLICE) else []
    if file.sees(Part.POLICE):
        found += [_police_declined(event, tell) for event in of_kind(file, ReportDeclined)]
    if file.sees(Part.LEGAL):
        found += [_made_known(event) for event in of_kind(file, StepMadeKnown)]
        found += [_legal_step(file, step) for step in file.case.legal_action.steps]
    none = Section(
        "Police and courts",
        empty="Nothing was reported to the police, and no legal step was considered here.",
        links=links(file, "police.report", "police.decline", "legal_action.consider"),
    )
    return found or [none]


def _police_report(file: CaseFile, event: BeliefReported) -> Section:
    updates = [e for e in of_kind(file, ReportUpdated) if e.report == event.report]
    known = file.case.police.get(event.report)
    return Section(
        f"Report to the police of {day(event.on)}",
        badges=(("Suspicion only: not a finding", ""),),
        facts=(
            ("What is believed", event.belief),
            ("Their reference", known[2] if known else ""),
            ("Officer", next((e.officer for e in reversed(updates) if e.officer), "")),
            ("What the colleague wants", event.colleague_asked),
        ),
        quotes=(("Reasons", event.reasons), *((f"On {day(e.on)}", e.update) for e in updates)),
        links=links(file, "police.update", subject=event.report),
    )


def _police_declined(event: ReportDeclined, tell: Teller) -> Section:
    facts = (("Incident", event.incident), ("Decided", f"{day(event.on)}, by {tell[event.by]}"))
    return Section("Not reported to the police", facts=facts, quotes=(("Reasons", event.reasons),))


def _made_known(event: StepMadeKnown) -> Section:
    """A step that was sealed until the papers were served: its reasons stay in its own matter."""
    facts = (("Against", event.against.value), ("Served", day(event.served_on)))
    return Section(f"Legal step begun without notice: {event.remedy.value}", facts=facts)


LEGAL_VERBS = ("legal_action.approve", "legal_action.start", "legal_action.serve", "legal_action.order") + (
    "legal_action.breach",
    "legal_action.end",
)


def _legal_step(file: CaseFile, step: Legal) -> Section:
    event = next((e for e in of_kind(file, StepConsidered) if e.step == step.id), None)
    return Section(
        f"Legal step {step.id}" + (f": {event.remedy.value}" if event else ""),
        badges=((step.stage.name.capitalize(), "" if step.stage is Stage.ENDED else "accent"),),
        facts=(
            ("Against", step.against.value),
            ("Order runs until", day(step.until)),
            ("Advice taken", event.advice if event else ""),
        ),
        quotes=(("Reasons", event.reasons if event else ""),),
        links=() if step.stage is Stage.ENDED else links(file, *LEGAL_VERBS, subject=step.id),
    )

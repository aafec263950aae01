"""What may sensibly come next in a case: which verbs a screen shows first, with what stands in their way.

A choice of what to show and never a rule: every verb still asks its own objections, and others may be done meanwhile.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from evenhand.policy import overtaken
from evenhand.policy.case import Case
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.handling import Matter
from evenhand.policy.standing.correspondence import Post
from evenhand.policy.standing.legal_action import Stage

SOON = timedelta(days=28)
"""How long before its day a review begins to be shown as a next step."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """A verb by its name in the registry, and what in the case it is done to."""

    verb: str
    subject: str | None = None


def next_steps(case: Case, day: date) -> tuple[NextStep, ...]:
    """The verbs that make sense now, in the order of the policy. `day` is the landlord's own."""
    if case.handling.closed:
        return ()
    found = list(dict.fromkeys(_sealed(case) if case.handling.matter.is_sealed else _conduct(case, day)))
    if not found and not case.handling.matter.is_sealed:
        found = [NextStep("handling.close")]
    return tuple(found)


def _conduct(case: Case, day: date) -> Iterator[NextStep]:
    if case.handling.person_died:
        return
    yield from _safety(case)
    yield from _reports(case)
    yield from _police(case)
    if case.incident.is_case and case.decision.undecided:
        yield from _inquiry(case)
    yield from _decided(case, day)
    yield from _reviews(case, day)
    yield from (NextStep("appeal.decide", appeal.id) for appeal in case.appeal.open)
    yield from _legal(case)
    yield from _letters(case)
    if case.handling.reconcile_by:
        yield NextStep("handling.reconcile")


def _safety(case: Case) -> Iterator[NextStep]:
    """Rule 7: after violence, a threat or a weapon, a marker at once."""
    serious = any(incident.is_serious and not incident.marked for incident in case.incident.believed)
    if serious and case.incident.person and case.decision.undecided and not case.marker.all:
        yield NextStep("provisional_marker.place")
    if serious and not case.incident.person and case.incident.home and not case.incident.home_instruction_until:
        yield NextStep("incident.instruct")
    for marker in case.marker.provisional:
        if marker.confirm_by:
            yield NextStep("provisional_marker.confirm", marker.id)
        if marker.assess_by:
            yield NextStep("assessment.make")
        if case.decision.clears(case.incident.conducts_in(marker.incident)):
            yield NextStep("marker.remove", marker.id)


def _reports(case: Case) -> Iterator[NextStep]:
    yield from (NextStep("incident.triage", incident.id) for incident in case.incident.untriaged)
    if case.incident.believed and not case.incident.person:
        yield NextStep("incident.identify")


def _police(case: Case) -> Iterator[NextStep]:
    for incident in case.incident.believed:
        if incident.is_serious and not case.police.answered(incident.id):
            yield NextStep("police.report")


def _inquiry(case: Case) -> Iterator[NextStep]:
    inquiry = case.investigation
    if not inquiry.open:
        yield NextStep("investigation.open")
        return
    if inquiry.paused:
        yield NextStep("investigation.resume")
        return
    if not (inquiry.heard or inquiry.declined):
        yield NextStep("investigation.attempt" if inquiry.invited else "investigation.invite")
        yield NextStep("investigation.hear")
    if inquiry.allegation_unsettled:
        yield NextStep("counter_allegation.settle")
    if not case.support.settled:
        yield NextStep("support.answer")
    if not inquiry.how_often:
        yield NextStep("investigation.view_how_often")
    if case.assessment.at(Step.DECISION) is None:
        yield NextStep("assessment.make")
    yield NextStep("decision.decide")


def _decided(case: Case, day: date) -> Iterator[NextStep]:
    """What may follow a finding that stands."""
    if case.warning.skip_proposed_by:
        yield NextStep("warning.approve_skipping")
    if case.decision.standing is None or case.decision.undecided:
        return
    live = bool(case.expectation.live(day) or case.single_contact.live(day))
    warned = case.warning.under_way(day) or case.warning.skipped(day)
    if not (live or warned or case.warning.skip_proposed_by):
        yield NextStep("warning.give")
    if not live and not case.expectation.limits:
        yield NextStep("expectation.set")
    for marker in case.marker.provisional:
        yield NextStep("marker.place", marker.id)
    if not case.marker.all and any(conduct.is_behaviour for conduct in case.decision.adverse):
        yield NextStep("marker.place")


def _reviews(case: Case, day: date) -> Iterator[NextStep]:
    for marker in case.marker.standing:
        if marker.withheld_until:
            yield NextStep("marker.give_notice", marker.id)
        if marker.answer_by or (marker.review_on and marker.review_on - SOON <= day and not marker.provisional):
            yield NextStep("marker.keep", marker.id)
            yield NextStep("marker.remove", marker.id)
    yield from _limits(case, day)


def _limits(case: Case, day: date) -> Iterator[NextStep]:
    for limit in case.expectation.live(day):
        if limit.change_by:
            yield NextStep("expectation.vary", limit.id)
        if limit.answer_by:
            yield NextStep("expectation.keep", limit.id)
        if limit.answer_by or limit.review_on - SOON <= day:
            yield NextStep("expectation.extend", limit.id)
            yield NextStep("expectation.lift", limit.id)
    for contact in case.single_contact.live(day):
        if contact.change_by:
            yield NextStep("single_contact.change", contact.id)
        if contact.answer_by:
            yield NextStep("expectation.keep", contact.id)
        if contact.answer_by or contact.review_on - SOON <= day:
            yield NextStep("single_contact.extend", contact.id)
            yield NextStep("single_contact.end", contact.id)


AFTER = {
    Stage.CONSIDERED: "legal_action.approve",
    Stage.APPROVED: "legal_action.start",
    Stage.STARTED: "legal_action.serve",
    Stage.SERVED: "legal_action.order",
    Stage.ORDERED: "legal_action.end",
}


def _legal(case: Case) -> Iterator[NextStep]:
    for step in case.legal_action.open:
        if step.stage is Stage.APPROVED and case.assessment.at(Step.LEGAL) is None:
            yield NextStep("assessment.make")
        yield NextStep(AFTER[step.stage], step.id)


def _letters(case: Case) -> Iterator[NextStep]:
    for letter in case.correspondence.letters:
        if letter.post in overtaken.UNSENT and overtaken.why(case, letter):
            yield NextStep("correspondence.set_aside", letter.id)
        elif letter.post in (Post.DRAFT, Post.RETURNED, Post.UNCERTAIN):
            yield NextStep("correspondence.approve", letter.id)
        elif letter.awaits_format:
            yield NextStep("correspondence.deliver_format", letter.id)


def _sealed(case: Case) -> Iterator[NextStep]:
    match case.handling.matter:
        case Matter.LEGAL:
            yield from _legal(case)
        case Matter.COUNTER_ALLEGATION if not case.counter_allegation.resolved:
            looked_into = case.counter_allegation.investigator is not None
            yield NextStep("counter_allegation.resolve" if looked_into else "counter_allegation.assign")
        case Matter.WELFARE:
            yield NextStep("welfare.note")
    yield from _letters(case)

"""D2, M3: someone senior, who took no part, looks again; what they decide flows to what was appealed."""

from collections.abc import Iterator

from evenhand.policy.appeal_effect import Variation, objections_to_variation, varied, withdrawn
from evenhand.policy.case import Case
from evenhand.policy.events.appeal import AppealDecided, AppealLodged, AppealWithdrawn, Lodger, Outcome
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.event import Event, stamp
from evenhand.policy.fairness import objections_without_assessment
from evenhand.policy.independence import objections_to_a_target, objections_to_acting, was_affected
from evenhand.policy.occasion import Occasion
from evenhand.policy.promises import Promise
from evenhand.policy.refusal import Objection, unless, unsaid
from evenhand.policy.staff import Kind, Role
from evenhand.policy.standing.told import Told

WHO_HEARS = (Role.SENIOR_MANAGER, Role.DIRECTOR, Role.INDEPENDENT)
LODGING = "decision expectation single_contact marker appeal"


def appealable(case: Case, now: Occasion, id: str | None) -> Told | None:
    """How far the customer was told of the decision `id`, if it stands and may be appealed at all."""
    if (finding := case.decision.get(id)) is not None:
        return finding.told if finding.stands else None
    if (limit := case.expectation.get(id)) is not None:
        return limit.told if limit.is_live(now.day) else None
    if (contact := case.single_contact.get(id)) is not None:
        return contact.told if contact.is_live(now.day) else None
    marker = case.marker.get(id)
    return marker.told if marker and marker.stands else None


def _promised(case: Case, against: str | None) -> Promise:
    """To look again at a marker, or at any other decision."""
    return Promise.M3 if case.marker.get(against) else Promise.D2


def objections_to_lodging(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    promise = _promised(case, subject)
    if now.by.kind is Kind.SYSTEM:
        yield Objection("Only the customer, an advocate, or a colleague for them, asks for an appeal.", promise)
    if appealable(case, now, subject) is None:
        yield Objection("There is no decision in force here to appeal against.", promise)
    against = case.appeal.against(subject)
    if any(a.open for a in against):
        yield Objection("An appeal against this is already open.", promise)
    elif any(a.outcome is not None for a in against):
        yield Objection("An appeal against this was already decided. The customer can go to the ombudsman.", promise)


def objections_to_appeal(
    case: Case,
    now: Occasion,
    subject: str | None = None,
    *,
    grounds: str,
    late_reason: str = "",
    **rest: object,
) -> Iterator[Objection]:
    promise = _promised(case, subject)
    yield from unsaid(promise, grounds=grounds)
    told = appealable(case, now, subject)
    if told and not told.may_appeal_on(now.day) and not late_reason.strip():
        yield Objection(
            f"The last day to appeal was {told.appeal_by:%-d %B %Y}. Accept it late by saying why.",
            promise,
            field="late_reason",
        )


@unless(objections_to_lodging, objections_to_appeal, reads=LODGING)
def lodge(
    case: Case,
    now: Occasion,
    subject: str | None = None,
    *,
    grounds: str,
    how: str = "",
    lodger: Lodger = Lodger.CUSTOMER,
    late_reason: str = "",
) -> list[Event]:
    """Against a finding, a limit, a single contact or a marker: `subject` is its id. Spoken is as good as written."""
    return [
        AppealLodged(
            **stamp(now),
            appeal=f"A{len(case.appeal.all) + 1}",
            against=str(subject),
            lodger=lodger,
            how=how,
            grounds=grounds,
            late_reason=late_reason,
            decide_by=now.terms.working_days_after(now.day, now.terms.appeal_decide_days),
        )
    ]


def objections_to_an_open_appeal(case: Case, subject: str | None) -> Iterator[Objection]:
    found = case.appeal.get(subject)
    if found is None or not found.open:
        yield Objection("There is no such open appeal in this case.", Promise.D2)


def objections_to_withdrawing(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    """Whoever records that the customer gave it up must not be someone who would rather it were not heard."""
    if now.by.kind is Kind.SYSTEM:
        yield Objection("Only the customer, or a colleague for them, withdraws an appeal.", Promise.D2)
    yield from objections_to_acting(case, now)
    yield from objections_to_a_target(case, now)
    yield from objections_to_an_open_appeal(case, subject)


@unless(objections_to_withdrawing, reads="involvement appeal")
def withdraw(case: Case, now: Occasion, subject: str | None = None, *, words: str) -> list[Event]:
    """The customer no longer wants it heard. They may lodge again while there is time."""
    return [AppealWithdrawn(**stamp(now), appeal=str(subject), words=words)]


def objections_to_hearing(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    """Who hears an appeal is senior or named for it, was no target, and took no part (rule 5)."""
    yield from objections_to_acting(case, now)
    yield from objections_to_an_open_appeal(case, subject)
    part, appeal = case.involvement, case.appeal.get(subject)
    promise = _promised(case, appeal.against if appeal else None)
    if not now.by.has(*WHO_HEARS):
        yield Objection(
            "An appeal is heard by a senior manager, a director or a named independent person.", promise, for_good=True
        )
    elif not now.by.is_senior and now.by.id not in part.named:
        yield Objection("You have not been named to hear this appeal.", promise, "handling.name")
    if now.by.id in was_affected(case, now):
        yield Objection("You were affected by what happened, so you cannot hear the appeal.", promise, for_good=True)
    if now.by.id in part.took_part:
        yield Objection(
            "You took part in what is appealed. Someone who did not must hear it; if nobody is left, name an "
            "independent person.",
            promise,
            "handling.name",
            for_good=True,
        )


def objections_to_outcome(
    case: Case,
    now: Occasion,
    subject: str | None = None,
    *,
    outcome: Outcome,
    reasons: str,
    change: str = "",
    variation: Variation | None = None,
) -> Iterator[Objection]:
    yield from unsaid(Promise.D2, reasons=reasons)
    if outcome is not Outcome.UPHELD:
        yield from objections_without_assessment(case, now, Step.APPEAL)
    if outcome is Outcome.VARIED:
        yield from unsaid(Promise.D2, change=change)
        appeal = case.appeal.get(subject)
        if appeal:
            yield from objections_to_variation(case, now, appeal.against, variation or Variation())


@unless(
    objections_to_hearing,
    objections_to_outcome,
    reads="incident involvement appeal assessment decision expectation single_contact marker correspondence",
)
def decide(
    case: Case,
    now: Occasion,
    subject: str | None = None,
    *,
    outcome: Outcome,
    reasons: str,
    change: str = "",
    variation: Variation | None = None,
) -> list[Event]:
    """Upheld cancels the decision and all that rests on it; varied changes it as `variation` says."""
    appeal = case.appeal.get(subject)
    assert appeal
    decided = AppealDecided(
        **stamp(now), appeal=appeal.id, against=appeal.against, outcome=outcome, reasons=reasons, change=change
    )
    match outcome:
        case Outcome.UPHELD:
            return [decided, *withdrawn(case, now, appeal.id, appeal.against)]
        case Outcome.VARIED:
            return [decided, *varied(case, now, appeal.id, appeal.against, variation or Variation(), reasons)]
        case _:
            return [decided]

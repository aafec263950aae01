"""D2, M3: the letters that take an appeal in and tell what came of it."""

from evenhand.cases.correspondence import Appeal, LetterData
from evenhand.cases.letter_facts import limit, marker
from evenhand.cases.letter_facts.telling import Telling, sentence
from evenhand.policy.day_words import listed
from evenhand.policy.events.appeal import AppealDecided, AppealLodged, Outcome
from evenhand.policy.events.decision import FindingMade

RESULTS = {Outcome.UPHELD: "upheld", Outcome.VARIED: "varied", Outcome.DISMISSED: "dismissed"}


def received(telling: Telling, event: AppealLodged) -> LetterData:
    """That they asked, who looks again, and by when they hear."""
    return telling.data(
        appeal=Appeal(
            how=telling.ways, against=_against(telling, event.against), received_on=event.on,
            decide_by=event.decide_by, late=bool(event.late_reason.strip()),
        )
    )  # fmt: skip


def outcome(telling: Telling, event: AppealDecided) -> LetterData:
    """What was decided on looking again, why, and what is different now."""
    lodged = telling.last(AppealLodged, appeal=event.appeal)
    assert lodged
    stands = telling.case.marker.get(event.against)
    control = telling.case.expectation.get(event.against) or telling.case.single_contact.get(event.against)
    return telling.data(
        reasons=event.reasons,
        marker=marker.note(telling, event.against) if stands and stands.stands else None,
        **(limit.in_full(telling, event.against) if control and not control.ended else {}),
        appeal=Appeal(
            how=telling.ways, against=_against(telling, event.against), received_on=lodged.on,
            result=RESULTS[event.outcome], changes=sentence(event.change),
            still_stands=_still_stands(telling) if event.outcome is Outcome.UPHELD else "",
        ),
    )  # fmt: skip


def _still_stands(telling: Telling) -> str:
    """The limits and the single contact of this case that the customer was or is told of and that still hold."""
    case, day = telling.case, telling.now.day
    live = [*(each.id for each in case.expectation.live(day)), *(each.id for each in case.single_contact.live(day))]
    return listed(dict.fromkeys(limit.what(telling, each) for each in live))


def _against(telling: Telling, against: str) -> str:
    if made := telling.last(FindingMade, finding=against):
        return f"our decision of {made.on:%-d %B %Y}"
    return marker.THE_NOTE if telling.case.marker.get(against) else limit.what(telling, against)

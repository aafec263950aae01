"""S2, L1, L2, rule 15: the letters of a referral, a legal step once served, and what a customer said of a colleague."""

from evenhand.cases.correspondence import Allegation, Legal, LetterData, Referral
from evenhand.cases.letter_facts import conduct
from evenhand.cases.letter_facts.telling import Telling, continued, sentence
from evenhand.policy.events.counter_allegation import AllegationRecorded, AllegationResolved, Result
from evenhand.policy.events.legal_action import Remedy, StepConsidered, StepOrdered, StepServed, StepStarted
from evenhand.policy.events.support import ReferralMade

SHARED = ("your name and how to reach you", "what you told us you would like help with")
ASKED_OF_THE_COURT = {
    Remedy.INJUNCTION: "for an order that says what you must not do (an injunction)",
    Remedy.POSSESSION: "for an order that gives your home back to us (possession)",
    Remedy.UNDERTAKING: "to take a formal promise from you (an undertaking)",
    Remedy.OTHER: "for an order",
}
FOUND = {
    Result.UPHELD: "We agree with what you told us. We are sorry.",
    Result.PARTLY: "We agree with part of what you told us. We are sorry about that part.",
    Result.NOT_UPHELD: "We looked into it with care and do not agree that this is what happened.",
}


def referral(telling: Telling, event: ReferralMade) -> LetterData:
    """Who was asked to help, with what, what they were told, and how to change one's mind."""
    return telling.data(
        referral=Referral(
            to=event.name, purpose=helped(event.purpose), agreed_on=event.on, shares=SHARED,
            withdraw=" or ".join(telling.ways[:2]), contact_by=event.follow_up_on,
        )
    )  # fmt: skip


def helped(purpose: str) -> str:
    """The purpose as the end of "to help you …", however it was begun: "talk to …", "help you with …"."""
    return continued(purpose).removeprefix("to ").removeprefix("help you ").removeprefix("to ")


def allegation_resolved(telling: Telling, event: AllegationResolved) -> LetterData:
    """What came of what they told us about a colleague: what may be told of it, and nobody's name."""
    recorded = telling.last(AllegationRecorded)
    assert recorded
    return telling.data(
        reasons=sentence(event.told),
        allegation=Allegation(
            received_on=recorded.on, about="about something one of our colleagues did", outcome=FOUND[event.result]
        ),
    )


def legal(telling: Telling, event: StepServed) -> LetterData:
    """What was asked of which court, what the papers need of them, and where to get advice. The reasons that we and
    our lawyers gave each other stay with us: the court's papers give the reasons."""
    considered = telling.last(StepConsidered, step=event.step)
    started = telling.last(StepStarted, step=event.step)
    assert considered and started
    ordered = telling.last(StepOrdered, step=event.step)
    return telling.data(
        conduct=conduct.items(telling.conducting),
        reasons="We want this to stop, so that everyone is safe. The court papers give our reasons in full.",
        legal=Legal(
            what=ASKED_OF_THE_COURT[considered.remedy], court=started.court, claim_number=started.reference,
            served_on=event.served_on, what_next=sentence(event.what_next),
            in_force=sentence(ordered.terms) if ordered else "",
        ),
    )  # fmt: skip

"""S2: others are asked to help only where the customer agrees, and they can change their mind."""

import pytest

from evenhand.policy.staff import Actor
from tests.policy import answers
from tests.policy.people import COLLEAGUE, INVESTIGATOR, MANAGER, PARTNER, TARGET
from tests.policy.stories import an_investigation

OVERRIDE = {"name": "Salford safeguarding", "reason": "A child may be in danger."}


@pytest.mark.parametrize("consent", ["", "  \n"])
def test_nobody_is_referred_who_has_not_agreed(consent: str) -> None:
    case = an_investigation()
    refused = case.objections("support.refer", INVESTIGATOR, **{**answers.REFERRAL, "consent": consent})
    assert [each.words for each in refused] == [
        "Say how and when the customer agreed. Without their agreement there is no referral."
    ]
    assert refused[0].remedy == "support.override" and refused[0].field == "consent"


def test_a_customer_who_changes_their_mind_is_referred_no_more_from_that_moment() -> None:
    case = an_investigation().does("support.refer", INVESTIGATOR, **answers.REFERRAL)
    case.does("support.withdraw", PARTNER, "R1", words="I would rather not.")
    (referral,) = case.case.support.referrals
    assert referral.with_consent and referral.withdrawn and referral.ended
    assert case.refusal("support.end", PARTNER, "R1", outcome="They met.") == "That referral has already ended."


def test_only_a_manager_decides_that_safety_comes_before_agreement_and_says_why() -> None:
    case = an_investigation()
    assert "A manager decides" in case.refusal("support.override", COLLEAGUE, **OVERRIDE)
    assert "A manager decides" in case.refusal("support.override", PARTNER, **OVERRIDE)
    assert case.objections("support.override", MANAGER, **{**OVERRIDE, "reason": " "})[0].field == "reason"
    (referral,) = case.does("support.override", MANAGER, **OVERRIDE).case.support.referrals
    assert not referral.with_consent


@pytest.mark.parametrize("by", [COLLEAGUE, TARGET])
def test_nobody_refers_who_does_not_look_into_the_case_or_was_hurt_in_it(by: Actor) -> None:
    assert an_investigation().refusal("support.refer", by, **answers.REFERRAL)

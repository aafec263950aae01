"""M1, rules 2 and 9: what somebody about to visit is told to do, word by word."""

from dataclasses import replace

import pytest

from evenhand.policy.answer import Allowed, Asker
from evenhand.policy.attendance import Desk, visit
from evenhand.policy.events.marker import Control
from evenhand.policy.held import Held
from evenhand.policy.need import Channel
from tests.policy.held import marker

OURS = Desk(Asker.COLLEAGUE, "Tom Hughes", "0113 496 0000")
CONTRACTOR = Desk(Asker.CONTRACTOR, "", "0113 496 0000")
NO_NUMBER = replace(CONTRACTOR, telephone="")
NO_WAY: frozenset[Channel] = frozenset()


def told(held: Held, desk: Desk = OURS, suited: frozenset[Channel] = NO_WAY) -> str:
    return visit(held, suited, desk)[0].words


def of(*controls: Control) -> Held:
    return Held(markers=(marker(*controls),))


def test_a_contractor_without_a_number_is_sent_to_the_landlord() -> None:
    away = of(Control.ASK_FIRST)
    assert told(away, NO_NUMBER) == "Do not visit before you have spoken to the landlord."
    assert told(away, CONTRACTOR) == "Do not visit before you have spoken to us on 0113 496 0000."
    assert (NO_NUMBER.landlord, CONTRACTOR.landlord) == ("the landlord", "the landlord on 0113 496 0000")


def test_no_warning_is_said_of_the_home_or_of_the_person_that_was_asked_about() -> None:
    assert told(Held()).startswith("We hold no warning about visiting this person. ")
    assert told(Held(of_home=True)).startswith("We hold no warning about this home. ")


def test_a_contractor_is_told_whom_to_ring_for_a_senior_colleague_and_a_colleague_knows() -> None:
    assert told(of(Control.SENIOR_ATTENDS), CONTRACTOR) == (
        "A senior colleague attends. Ring us on 0113 496 0000 to arrange it."
    )
    assert told(of(Control.SENIOR_ATTENDS)) == "A senior colleague attends."


@pytest.mark.parametrize(
    ("suited", "words"),
    [
        ({Channel.PHONE, Channel.EMAIL}, "Ring first."),
        ({Channel.LETTER, Channel.OFFICE}, "Write first to say you are coming."),
        ({Channel.OFFICE}, "Arrange it first with Tom Hughes."),
        (NO_WAY, "Arrange it first with Tom Hughes."),
    ],
)
def test_whoever_cannot_be_rung_is_told_of_a_visit_by_a_way_that_suits(suited: frozenset[Channel], words: str) -> None:
    assert told(of(Control.RING_FIRST), suited=frozenset(suited)) == words


AT_THE_OFFICE = "Do not visit: meet at the office, not at home."
ELSEWHERE = "Do not visit: agree a safe way to meet with Tom Hughes first."


@pytest.mark.parametrize(
    ("controls", "unsafe", "words"),
    [
        ([Control.OFFICE_ONLY], NO_WAY, AT_THE_OFFICE),
        ([Control.OFFICE_ONLY, Control.ASK_FIRST], NO_WAY, f"{AT_THE_OFFICE} Speak to Tom Hughes first."),
        ([Control.OFFICE_ONLY], {Channel.VISIT}, f"{AT_THE_OFFICE} Speak to Tom Hughes first."),
        ([Control.OFFICE_ONLY], {Channel.OFFICE}, ELSEWHERE),
        ([Control.PAIRS], {Channel.VISIT}, ELSEWHERE),
    ],
)
def test_nobody_is_sent_to_a_door_or_an_office_that_is_not_safe(
    controls: list[Control], unsafe: frozenset[Channel], words: str
) -> None:
    held = replace(of(*controls), unsafe=frozenset(unsafe))
    assert told(held) == words and visit(held, NO_WAY, OURS)[0].allowed is Allowed.NO

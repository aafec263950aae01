"""Rule 3: a warning that nobody has checked asks for care, says nothing of why, and is never taken for a finding."""

from dataclasses import replace
from datetime import date

import pytest

from evenhand.policy.answer import Allowed, Answer, AnswerCode, Asker
from evenhand.policy.contact_plan import answer
from evenhand.policy.held import Held, HeldAlert
from tests.policy.held import TERMS, on

WARNED = Held(inherited=(HeldAlert(id=1, until=date(2026, 12, 4)),), telephone="0113 496 0001")


def today(held: Held, asker: Asker = Asker.COLLEAGUE) -> Answer:
    return answer(held, on(2026, 11, 20), asker, TERMS)


@pytest.mark.parametrize("asker", [Asker.COLLEAGUE, Asker.CASEWORKER])
def test_a_colleague_is_told_to_take_care_and_whom_to_ask(asker: Asker) -> None:
    found = today(WARNED, asker)

    assert found.code is AnswerCode.INSTRUCTION
    assert found.visit.allowed is Allowed.WITH_CARE
    assert found.lead == (
        "An older system held a warning about this person, or somebody they live with, and nobody has checked it. "
        "Take care, and ask a manager or the duty colleague before you go."
    )
    assert found.cautions == (
        "The older system’s warning is not a finding. It is told until 4 December 2026 at the latest.",
    )


def test_a_contractor_is_told_to_speak_to_us_and_nothing_more() -> None:
    found = today(WARNED, Asker.CONTRACTOR)

    assert found.lead == found.visit.words == "Speak to us on 0113 496 0001 before you attend."
    assert (found.why, found.cautions, found.overdue) == ((), (), ())
    assert "warning" not in str(found)


@pytest.mark.parametrize("asker", list(Asker))
def test_it_is_no_marker_and_limits_nobody(asker: Asker) -> None:
    found = today(WARNED, asker)

    assert (found.controls, found.why, found.acknowledge, found.within_now) == ((), (), False, None)
    assert {found.call_in.allowed, found.call_out.allowed, found.message.allowed} == {Allowed.YES}
    assert found.visit.emergency.startswith("A hazard, or someone in danger, is always attended. Go with a colleague")
    assert "ask" not in found.visit.emergency, "an emergency does not wait for an answer"


def test_of_a_home_it_is_said_about_somebody_there() -> None:
    assert "about somebody at this home" in today(replace(WARNED, of_home=True)).lead


def test_what_is_told_is_never_nothing_held() -> None:
    assert not WARNED.is_empty and not WARNED.says_nothing
    assert "hold no warning" not in str(today(WARNED))

"""What is answered where nothing can be told of anybody: never that nothing is held."""

import pytest

from evenhand.policy.answer import Allowed, AnswerCode
from evenhand.policy.contact_plan import unanswered
from tests.policy.held import on

TUESDAY = on(2026, 11, 24)
OURS = "0113 496 0001"


@pytest.mark.parametrize("code", [c for c in AnswerCode if c not in ("instruction", "nothing_held", "died")])
def test_what_is_no_answer_is_never_dressed_as_nothing_held(code: AnswerCode) -> None:
    found = unanswered(code, TUESDAY, OURS)

    assert found.code is code
    assert "We hold no warning" not in found.lead
    assert "lone-working procedure" in found.lead
    assert {each.allowed for each in (found.visit, found.call_in, found.call_out)} == {Allowed.WITH_CARE}
    assert found.exemptions


def test_every_kind_of_no_answer_has_words_of_its_own() -> None:
    codes = [code for code in AnswerCode if code not in ("instruction", "nothing_held", "died")]

    assert len({unanswered(code, TUESDAY).lead for code in codes}) == len(codes) == 5

"""Rules 21 and 22: who sees which parts of a case, whatever roles they hold."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.policy.staff import Actor, Role
from evenhand.policy.visibility import AT_ONCE, REPORTERS, WHOLE, Part, Subject, may_at_once, parts
from tests.policy.people import COLLEAGUE, DIRECTOR, DUTY, INVESTIGATOR, MANAGER, RELATIVE, SENIOR, TARGET

NOBODY: frozenset[str] = frozenset()
OPEN = Subject(
    sealed=False,
    untriaged=False,
    holder=INVESTIGATOR.id,
    named=NOBODY,
    reporters=frozenset({COLLEAGUE.id}),
    targets=frozenset({TARGET.id}),
    colleagues_too=frozenset({RELATIVE.id}),
    has_referral=False,
)
SEALED = replace(OPEN, sealed=True, named=frozenset({MANAGER.id, RELATIVE.id}))
roles = st.frozensets(st.sampled_from(Role)).map(lambda held: Actor("somebody", held))
flags = st.sampled_from(list(product((False, True), repeat=2)))


@given(roles, flags)
def test_a_sealed_matter_does_not_exist_for_anyone_who_is_not_named(somebody: Actor, flag: tuple[bool, bool]) -> None:
    """Not for who holds the case, reported it, was its target, or holds any role."""
    them = frozenset({somebody.id})
    matter = replace(SEALED, untriaged=flag[0], has_referral=flag[1])
    for known in (
        matter,
        replace(matter, holder=somebody.id),
        replace(matter, reporters=them),
        replace(matter, targets=them),
    ):
        assert parts(somebody, known) == NOBODY
        assert parts(somebody, replace(known, named=them)) == WHOLE


@given(roles, st.booleans())
def test_whoever_lives_with_the_customer_sees_nothing_whatever_else_they_are(somebody: Actor, sealed: bool) -> None:
    them = frozenset({somebody.id})
    everything = replace(
        OPEN, sealed=sealed, holder=somebody.id, named=them, reporters=them, targets=them, colleagues_too=them
    )
    assert parts(somebody, everything) == NOBODY
    assert not any(may_at_once(somebody, verb, everything) for verb in AT_ONCE)


def test_a_target_reads_the_report_and_who_reported_reads_no_more() -> None:
    assert parts(TARGET, OPEN) == REPORTERS | {Part.HANDLING, Part.LOOKS}, "They answer for data, too."
    assert parts(replace(TARGET, roles=frozenset({Role.MANAGER})), OPEN) == REPORTERS
    assert parts(COLLEAGUE, OPEN) == REPORTERS
    assert parts(replace(COLLEAGUE, id="another"), OPEN) == NOBODY


@pytest.mark.parametrize("senior", [SENIOR, DIRECTOR])
def test_only_someone_senior_or_who_answers_for_data_sees_who_looked(senior: Actor) -> None:
    assert parts(senior, OPEN) == WHOLE | {Part.LOOKS}
    assert parts(MANAGER, OPEN) == WHOLE
    assert Part.LOOKS in parts(Actor("officer", frozenset({Role.DATA_PROTECTION})), OPEN)
    assert Part.LOOKS not in parts(MANAGER, SEALED) and parts(senior, SEALED) == NOBODY


def test_a_colleague_on_duty_keeps_people_safe_in_a_case_they_do_not_work_on_and_in_no_sealed_one() -> None:
    assert all(may_at_once(DUTY, verb, OPEN) for verb in AT_ONCE)
    assert not may_at_once(DUTY, "decision.decide", OPEN)
    for verb, kept in product(AT_ONCE, (SEALED, replace(OPEN, targets=frozenset({DUTY.id})))):
        assert not may_at_once(DUTY, verb, kept)
        assert not may_at_once(COLLEAGUE, verb, OPEN)

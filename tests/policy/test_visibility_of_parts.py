"""Rules 13, 21 and 22: each role in each situation, and which part of a case each thing that happens belongs to."""

from dataclasses import replace

import pytest

from evenhand.policy.events.catalogue import KINDS
from evenhand.policy.staff import Actor, Role
from evenhand.policy.verbs import VERBS
from evenhand.policy.visibility import AUDIT, HELPERS, REPORTERS, WHOLE, Part, Subject, part_of, part_of_verb, parts
from tests.policy.golden import APART, sample
from tests.policy.people import DUTY, INVESTIGATOR, MANAGER, PARTNER, TARGET
from tests.policy.test_visibility import NOBODY, OPEN

OFFICER = Actor("officer", frozenset({Role.DATA_PROTECTION}))
UNHELD = replace(OPEN, holder=None)
UNTRIAGED = replace(OPEN, untriaged=True)
ANOTHER = replace(INVESTIGATOR, id="another", roles=frozenset({Role.INVESTIGATOR}))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(
    ("case", "whole"),
    [
        (OPEN, {Role.MANAGER, Role.SENIOR_MANAGER, Role.DIRECTOR}),
        (UNHELD, {Role.MANAGER, Role.SENIOR_MANAGER, Role.DIRECTOR, Role.INVESTIGATOR}),
        (UNTRIAGED, {Role.MANAGER, Role.SENIOR_MANAGER, Role.DIRECTOR, Role.INVESTIGATOR, Role.DUTY}),
        (
            replace(UNTRIAGED, holder=None),
            {Role.MANAGER, Role.SENIOR_MANAGER, Role.DIRECTOR, Role.INVESTIGATOR, Role.DUTY},
        ),
    ],
)
def test_a_case_is_open_to_those_who_decide_and_to_investigators_until_one_of_them_has_it(
    role: Role, case: Subject, whole: set[Role]
) -> None:
    assert (parts(Actor("somebody", frozenset({role})), case) >= WHOLE) == (role in whole)


def test_who_holds_a_case_or_is_named_in_it_sees_it_whatever_their_role() -> None:
    somebody = Actor("somebody", frozenset({Role.COLLEAGUE}))
    assert parts(somebody, replace(OPEN, holder="somebody")) == WHOLE
    assert parts(somebody, replace(OPEN, named=frozenset({"somebody"}))) == WHOLE
    assert parts(somebody, OPEN) == NOBODY


def test_a_customer_partner_sees_what_support_was_asked_for_and_only_where_some_was() -> None:
    assert parts(PARTNER, replace(OPEN, has_referral=True)) == HELPERS
    assert parts(PARTNER, OPEN) == NOBODY
    assert parts(DUTY, replace(OPEN, has_referral=True)) == NOBODY


def test_who_is_several_things_sees_what_each_of_them_sees() -> None:
    both = replace(PARTNER, roles=PARTNER.roles | {Role.DATA_PROTECTION})
    case = replace(OPEN, has_referral=True, reporters=frozenset({PARTNER.id, MANAGER.id}))
    assert parts(both, case) == REPORTERS | AUDIT | HELPERS
    assert parts(PARTNER, case) == REPORTERS | HELPERS
    assert parts(OFFICER, case) == AUDIT
    manager = replace(MANAGER, roles=MANAGER.roles | {Role.DATA_PROTECTION})
    assert parts(manager, case) == WHOLE | AUDIT


def test_who_was_affected_and_no_longer_works_here_reads_nothing() -> None:
    assert parts(replace(TARGET, roles=frozenset()), OPEN) == NOBODY


def test_an_investigator_does_not_see_what_another_holds() -> None:
    assert parts(ANOTHER, OPEN) == NOBODY
    assert parts(ANOTHER, UNHELD) == WHOLE


PARTS = {
    "appeal": Part.APPEAL,
    "assessment": Part.DECISION,
    "correspondence": Part.LETTERS,
    "counter_allegation": Part.ALLEGATION,
    "decision": Part.DECISION,
    "disposal": Part.HANDLING,
    "expectation": Part.CONTROLS,
    "handling": Part.HANDLING,
    "incident": Part.REPORT,
    "investigation": Part.ACCOUNT,
    "legal_action": Part.LEGAL,
    "marker": Part.CONTROLS,
    "police": Part.POLICE,
    "single_contact": Part.CONTROLS,
    "support": Part.SUPPORT,
    "warning": Part.DECISION,
    "welfare": Part.WELFARE,
}
APART_FROM_THE_REST = {
    "ColleagueAffected": Part.AFFECTED,
    "AftercareGiven": Part.AFFECTED,
    "AftercareMoved": Part.AFFECTED,
    "AllegationSettled": Part.ACCOUNT,
}


@pytest.mark.parametrize("name", KINDS)
def test_what_happened_is_shown_with_the_part_of_the_case_it_belongs_to(name: str) -> None:
    kind = KINDS[name]
    concept = kind.__module__.rpartition(".")[2]
    expected = APART_FROM_THE_REST.get(kind.__name__) or PARTS[concept]
    assert part_of(sample(kind, whole=True, apart=APART)) is expected


@pytest.mark.parametrize("verb", VERBS)
def test_what_is_to_be_done_is_shown_with_the_part_of_the_case_it_acts_on(verb: str) -> None:
    of_verbs = PARTS | {"limit_review": Part.CONTROLS, "provisional_marker": Part.CONTROLS}
    apart = {
        "aftercare.add": Part.AFFECTED,
        "incident.look_after": Part.AFFECTED,
        "counter_allegation.settle": Part.ACCOUNT,
    }
    assert part_of_verb(verb) is (apart.get(verb) or of_verbs[verb.partition(".")[0]])

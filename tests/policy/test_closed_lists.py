"""What is fixed of letters, risks, injuries, exempt contact and conduct, asked of each word in its list."""

from datetime import timedelta
from typing import Any

import pytest

from evenhand.policy import exempt
from evenhand.policy.closing_channels import ruled_out
from evenhand.policy.conduct import Conduct, Finding
from evenhand.policy.events import plain
from evenhand.policy.events.correspondence import LetterKind
from evenhand.policy.events.incident import Injury
from evenhand.policy.events.marker import Control, Risk
from evenhand.policy.exempt import EMERGENCIES, Exempt
from evenhand.policy.harm import affected
from evenhand.policy.need import Channel
from evenhand.policy.occasion import Known
from evenhand.policy.safe_attendance import objections_to_controls
from evenhand.policy.statement import ALWAYS, APPEAL, EMERGENCY, OF, must_say
from tests.policy.people import MANAGER
from tests.policy.stories import MONDAY, given


@pytest.mark.parametrize("kind", list(LetterKind))
def test_no_letter_leaves_out_what_every_letter_says_nor_the_route_of_an_appeal_or_an_emergency(
    kind: LetterKind,
) -> None:
    plainly = must_say(kind, appealable=False, limits_contact=False)
    assert plainly == {*ALWAYS, *OF[kind]}
    assert must_say(kind, appealable=True, limits_contact=False) == {*plainly, *APPEAL}
    assert must_say(kind, appealable=False, limits_contact=True) == {*plainly, *EMERGENCY}


def test_physical_aggression_and_weapons_are_the_high_risks() -> None:
    assert [risk for risk in Risk if risk.is_high] == [Risk.PHYSICAL, Risk.WEAPON]


@pytest.mark.parametrize(
    ("injury", "days"), [(Injury.OVER_SEVEN_DAYS, 15), (Injury.SPECIFIED, 10), (Injury.MINOR, None)]
)
def test_an_injury_that_is_reportable_has_its_last_day_counted_from_when_it_happened(
    injury: Injury, days: int | None
) -> None:
    story = given()
    happened_on = MONDAY - timedelta(days=3)
    found = affected(story.now(MANAGER), "I1", happened_on, None, "Ann", injury)
    assert found.report_injury_by == (happened_on + timedelta(days=days) if days else None)
    assert (found.aftercare_by, found.injury, found.name, found.incident) == (MONDAY, injury, "Ann", "I1")


def test_what_always_gets_through_is_known_by_other_words_too() -> None:
    assert [exempt.read(each.value) for each in Exempt] == list(Exempt)
    assert [
        exempt.read(word) for word in ("MP", "Emergency-repair", " gas or  fire ", "Data Protection", "", "else")
    ] == [
        Exempt.COUNCILLOR,
        Exempt.EMERGENCY_REPAIR,
        Exempt.GAS_OR_FIRE,
        Exempt.DATA_RIGHTS,
        None,
        None,
    ]
    assert {each for each in Exempt if each.is_emergency} == EMERGENCIES


def test_behaviour_may_be_unacceptable_and_a_demand_unreasonable_and_either_neither() -> None:
    for conduct in Conduct:
        fits = [finding for finding in Finding if finding.fits(conduct)]
        assert fits == [Finding.UNACCEPTABLE if conduct.is_behaviour else Finding.UNREASONABLE, Finding.NEITHER]


def objected(*controls: Control, safely: str = "") -> list[tuple[str | None, str, str]]:
    return [(each.field, each.promise.name, each.words[:12]) for each in objections_to_controls(controls, safely)]


def test_a_marker_says_what_to_do_and_one_that_keeps_away_how_an_emergency_is_attended() -> None:
    assert objected() == [("controls", "M1", "Say what col")]
    assert objected(Control.OFFICE_ONLY, safely=" ") == [("safe_attendance", "M1", "An emergency")]
    assert objected(Control.OFFICE_ONLY, safely="Two go.") == objected(Control.PAIRS) == []


def test_ways_that_are_not_safe_are_named_one_by_one() -> None:
    unsafe = frozenset({Channel.PHONE, Channel.EMAIL, Channel.LETTER})
    assert ruled_out(Known(person="person", unsafe=unsafe)) == [
        "by telephone, by email or by letter (not safe for them)"
    ]


@pytest.mark.parametrize("wrong", [[], "x", None])
def test_facts_that_are_no_object_are_said_to_be_none(wrong: Any) -> None:
    with pytest.raises(plain.Unreadable, match="not an object"):
        plain._rich_fields(plain.KINDS["CaseLinked"], wrong, {})


def test_a_type_that_no_event_may_have_is_named() -> None:
    with pytest.raises(TypeError, match="No form for <class 'float'>"):
        plain._form(float)

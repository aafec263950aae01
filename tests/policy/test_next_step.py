"""What a case's page shows as next: what the policy asks for then, and nothing that makes no sense yet."""

from datetime import UTC, date, datetime, timedelta

import pytest

from evenhand.policy.case import Case, replay
from evenhand.policy.conduct import Conduct, Finding
from evenhand.policy.events import appeal, correspondence, decision, handling, incident, investigation, marker
from evenhand.policy.events.event import Event
from evenhand.policy.need import Channel
from evenhand.policy.next_step import AFTER, next_steps
from evenhand.policy.standing.legal_action import Stage
from evenhand.policy.verbs import VERBS
from evenhand.policy.visibility import WHOLE, Part, part_of_verb

DAY = date(2026, 3, 3)
STAMP = {"at": datetime(2026, 3, 3, 10, tzinfo=UTC), "on": DAY, "by": "colleague:a"}


def reported(*conducts: Conduct, home: str | None = None) -> Event:
    return incident.IncidentReported(
        **STAMP,
        incident="I1",
        conducts=conducts or (Conduct.SHOUTING,),
        account="Shouted.",
        happened_on=DAY,
        happened_at="",
        where="",
        channel=Channel.VISIT,
        source=incident.Source.COLLEAGUE,
        danger_now=False,
        on_behalf_of="",
        witnesses="",
        described="",
        online_account="",
        home=home,
        triage_by=DAY,
    )


KNOWN = incident.PersonIdentified(**STAMP, person="1", how="named")
A_CASE = incident.IncidentTriaged(
    **STAMP,
    incident="I1",
    outcome=incident.Triage.NEW_CASE,
    reason="",
    joins=None,
    first_contact_by=DAY,
    decide_by=DAY,
)
OPENED = investigation.InvestigationOpened(**STAMP, investigator="colleague:i")
DECIDED = decision.FindingMade(
    **STAMP,
    finding="F1",
    found=((Conduct.SHOUTING, Finding.UNACCEPTABLE),),
    reasons="r",
    beyond_forceful="b",
    relied_on="e",
    policy_version="1",
    with_account=True,
)
MARKED = marker.MarkerPlaced(
    **STAMP,
    marker="M1",
    incident="I1",
    finding="F1",
    risk=marker.Risk.THREATS,
    code="RISK2.02",
    controls=(marker.Control.PAIRS,),
    audience=marker.Audience.ALL,
    reasons="r",
    review_on=DAY + timedelta(days=183),
    notify_review_on=DAY + timedelta(days=150),
    age_checked="",
    safeguarding_check="",
)
DRAFTED = correspondence.LetterDrafted(
    **STAMP,
    letter="T1",
    kind=correspondence.LetterKind.FINDING,
    about="F1",
    adverse=True,
    appealable=True,
    send_by=DAY,
)


def verbs(*events: Event, day: date = DAY) -> list[str]:
    return [step.verb for step in next_steps(replay(events), day)]


def test_a_report_is_triaged_first() -> None:
    assert verbs(reported(), KNOWN) == ["incident.triage"]


def test_after_a_threat_safety_comes_before_triage_and_the_police_are_asked_about() -> None:
    assert verbs(reported(Conduct.THREATS), KNOWN) == ["provisional_marker.place", "incident.triage", "police.report"]


def test_a_threat_by_someone_unknown_asks_for_an_instruction_on_the_home_and_for_who_it_was() -> None:
    found = verbs(reported(Conduct.THREATS, home="9"))
    assert found[:3] == ["incident.instruct", "incident.triage", "incident.identify"]


def test_a_case_without_an_investigator_asks_for_one_and_nothing_later() -> None:
    assert verbs(reported(), KNOWN, A_CASE) == ["investigation.open"]


def test_an_inquiry_asks_for_all_that_a_finding_needs_in_the_order_of_the_policy() -> None:
    assert verbs(reported(), KNOWN, A_CASE, OPENED) == [
        "investigation.invite",
        "investigation.hear",
        "support.answer",
        "investigation.view_how_often",
        "assessment.make",
        "decision.decide",
    ]


def test_while_the_police_ask_to_wait_only_resuming_is_next() -> None:
    wait = investigation.InvestigationPaused(**STAMP, why=investigation.Pause.POLICE, reason="asked", look_again_on=DAY)
    assert verbs(reported(), KNOWN, A_CASE, OPENED, wait) == ["investigation.resume"]


def test_after_a_finding_come_the_warning_the_limit_the_marker_and_the_letter() -> None:
    found = verbs(reported(), KNOWN, A_CASE, OPENED, DECIDED, DRAFTED)
    assert found == ["warning.give", "expectation.set", "marker.place", "correspondence.approve"]


def test_a_marker_is_reviewed_when_its_day_is_near_and_not_before() -> None:
    events = (reported(), KNOWN, A_CASE, OPENED, DECIDED, MARKED)
    assert "marker.keep" not in verbs(*events)
    assert "marker.keep" in verbs(*events, day=DAY + timedelta(days=170))


def test_an_open_appeal_is_decided() -> None:
    lodged = appeal.AppealLodged(
        **STAMP,
        appeal="A1",
        against="F1",
        lodger=appeal.Lodger.CUSTOMER,
        how="",
        grounds="g",
        late_reason="",
        decide_by=DAY,
    )
    steps = next_steps(replay((reported(), KNOWN, A_CASE, OPENED, DECIDED, lodged)), DAY)
    assert ("appeal.decide", "A1") in [(step.verb, step.subject) for step in steps]


def test_when_nothing_is_left_to_do_the_case_is_closed_and_then_nothing_is_next() -> None:
    neither = ((Conduct.SHOUTING, Finding.NEITHER),)
    found = decision.FindingMade(
        **STAMP,
        finding="F1",
        found=neither,
        reasons="r",
        beyond_forceful="",
        relied_on="e",
        policy_version="1",
        with_account=False,
    )
    events = (reported(), KNOWN, A_CASE, OPENED, found)
    assert verbs(*events) == ["handling.close"]
    closed = handling.CaseClosed(**STAMP, outcome=handling.Outcome.NO_ACTION, reasons="done")
    assert verbs(*events, closed) == []


def test_after_a_death_only_closing_is_left() -> None:
    died = handling.PersonDied(**STAMP, died_on=DAY)
    assert verbs(reported(), KNOWN, A_CASE, OPENED, died) == ["handling.close"]


@pytest.mark.parametrize("matter", [matter for matter in handling.Matter if matter.is_sealed])
def test_a_sealed_matter_never_shows_the_steps_of_a_case(matter: handling.Matter) -> None:
    opened = handling.MatterOpened(**STAMP, matter=matter, about="EH-2222-2222", named=("colleague:a",))
    found = verbs(opened)
    assert not {verb.partition(".")[0] for verb in found} & {"incident", "investigation", "decision", "handling"}


def test_every_step_is_a_verb_of_the_registry() -> None:
    everything = [
        *verbs(reported(Conduct.THREATS), KNOWN),
        *verbs(reported(), KNOWN, A_CASE, OPENED),
        *verbs(reported(), KNOWN, A_CASE, OPENED, DECIDED, MARKED, DRAFTED, day=DAY + timedelta(days=200)),
        *AFTER.values(),
    ]
    assert set(everything) <= set(VERBS)
    assert set(AFTER) == set(Stage) - {Stage.ENDED}


def test_an_empty_case_offers_no_step_of_an_inquiry() -> None:
    assert [step.verb for step in next_steps(Case(), DAY)] == ["handling.close"]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_acts_on_a_part_of_the_case_that_someone_may_see(verb: str) -> None:
    assert part_of_verb(verb) in WHOLE


def test_looking_after_a_colleague_is_shown_only_to_those_who_see_who_was_affected() -> None:
    assert part_of_verb("incident.look_after") is Part.AFFECTED

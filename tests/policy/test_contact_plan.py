"""E1, E2, M1: what colleagues, contractors and machines are told, in the words they read."""

from datetime import date, datetime, time

import pytest

from evenhand.policy.answer import Allowed, Answer, AnswerCode, Asker, Verdict
from evenhand.policy.contact_plan import answer, within
from evenhand.policy.events.expectation import Weekday
from evenhand.policy.events.marker import Audience, Control, Risk
from evenhand.policy.hazard import Hazard
from evenhand.policy.held import Because, Held, HeldHazard, HeldInstruction, HeldMarker
from evenhand.policy.need import Channel, Need
from tests.policy.held import TERMS, contact, limit, marker, on, plan, weekly

TUESDAY, WEDNESDAY = on(2026, 11, 24), on(2026, 11, 25)
NOTHING = "We hold no warning about this person. That is not a promise of safety: follow the lone-working procedure."
OURS = "0113 496 0001"
BECAUSE = Because(("threats of violence or harm",), date(2026, 10, 2))


def told(held: Held, asker: Asker = Asker.COLLEAGUE, at: datetime = TUESDAY) -> Answer:
    return answer(held, at, asker, TERMS)


def test_a_visitor_reads_first_what_to_do_at_the_door() -> None:
    found = told(Held(markers=(marker(),)))
    assert found.lead == "Visit in pairs. Ring first."
    assert found.visit.allowed is Allowed.WITH_CARE
    assert found.code is AnswerCode.INSTRUCTION


def test_a_call_handler_reads_first_how_and_when_they_contact_us() -> None:
    found = told(Held(limits=(limit(weekly(Weekday.WEDNESDAY)),)))

    assert found.lead == (
        "Email only, once a week, Wednesdays; today is outside it — unless it is an emergency: then help now."
    )
    assert found.call_in.words == (
        "Ask first whether it is an emergency. If it is not, they contact us by email from tomorrow."
    )
    assert (found.within_now, found.next_within) == (False, on(2026, 11, 25, 0))


def test_nothing_held_is_no_promise_of_safety() -> None:
    found = told(Held())

    assert (found.code, found.lead) == (AnswerCode.NOTHING_HELD, NOTHING)
    assert "not a promise of safety" in found.visit.words


def test_on_their_day_contact_is_within_the_limits() -> None:
    found = told(Held(limits=(limit(weekly(Weekday.WEDNESDAY)),)), at=WEDNESDAY)

    assert "; now is within it — " in found.lead
    assert (found.within_now, found.next_within) == (True, None)


def test_hours_still_to_come_today_are_said() -> None:
    held = Held(limits=(limit(plan(Channel.PHONE, from_time=time(14), to_time=time(16, 30))),))
    found = told(held)

    assert found.lead.startswith("Telephone only, 2pm to 4:30pm; not before 2pm today")
    assert (
        found.call_in.words == "Ask first whether it is an emergency. If it is not, they may ring again from 2pm today."
    )
    assert found.valid_until == on(2026, 11, 24, 14)


def test_a_plan_a_single_contact_and_two_markers_make_one_instruction() -> None:
    held = Held(
        limits=(limit(plan(Channel.EMAIL, Channel.PHONE, weekdays=frozenset({Weekday.TUESDAY}))),),
        contacts=(contact(),),
        markers=(marker(), marker(Control.SENIOR_ATTENDS, Control.PAIRS, id="M2", high=True)),
    )
    found = told(held)

    assert found.lead == (
        "Visit in pairs. A senior colleague attends. Ring first. "
        "Telephone or email only to Priya Nair, Tuesdays; now is within it — unless it is an emergency: then help now."
    )
    assert found.controls == (Control.PAIRS, Control.RING_FIRST, Control.SENIOR_ATTENDS)
    assert "put them through to Priya Nair on 0113 496 0002" in found.call_in.words
    assert found.acknowledge


def test_a_single_contact_who_left_gives_way_to_their_cover() -> None:
    found = told(Held(contacts=(contact(covered=True),)))

    assert "Tom Hughes" in found.lead and "Priya" not in found.lead


def test_somebody_who_cannot_use_the_telephone_is_told_of_a_visit_by_another_way() -> None:
    found = told(Held(markers=(marker(),), needs=frozenset({Need.DEAF})))

    assert found.lead == "Visit in pairs. Email first to say you are coming."
    assert found.help == ("Do not ring them: it does not suit them",)
    assert found.call_out.allowed is Allowed.NO


@pytest.mark.parametrize("markers", [(), (marker(),), (marker(Control.OFFICE_ONLY),)])
def test_a_need_is_never_said_among_the_warnings(markers: tuple[HeldMarker, ...]) -> None:
    """A need is met, and is no warning: the sentence that leads says the same as of somebody without it."""
    found = told(Held(markers=markers, needs=frozenset({Need.FINDS_WRITING_HARD})))

    assert found.help == ("Finds writing hard", "Do not email or send letters to them: it does not suit them")
    if markers:
        assert found.lead == told(Held(markers=markers)).lead
    else:
        assert found.lead == f"Before you ring or write to them, look at what they need of us. {NOTHING}"
        assert found.code is AnswerCode.INSTRUCTION


def test_a_way_that_endangers_them_stays_among_the_warnings() -> None:
    found = told(Held(needs=frozenset({Need.FINDS_WRITING_HARD}), unsafe=frozenset({Channel.PHONE})))

    assert found.lead.startswith("Do not ring them.")
    assert "Do not email" not in found.lead


def test_ringing_first_for_safety_is_not_stopped_by_a_limit_on_how_they_contact_us() -> None:
    found = told(Held(markers=(marker(),), limits=(limit(plan(Channel.LETTER)),)))

    assert found.visit.words == "Visit in pairs. Ring first."
    assert found.call_out.allowed is Allowed.NO


def test_a_limit_that_suits_nobody_with_that_need_opens_what_does() -> None:
    held = Held(limits=(limit(plan(Channel.EMAIL)),), needs=frozenset({Need.FINDS_WRITING_HARD}))
    found = told(held)

    assert within(held, Channel.PHONE, TUESDAY, TERMS).verdict is Verdict.WITHIN
    assert any("The limits leave no way that suits them" in said for said in found.cautions)


@pytest.mark.parametrize("control", [Control.OFFICE_ONLY, Control.ASK_FIRST])
def test_not_to_visit_never_cancels_a_hazard(control: Control) -> None:
    held = Held(markers=(marker(control, safe_attendance="Two go, with the duty manager on the telephone."),))
    found = told(held)

    assert found.visit.allowed is Allowed.NO
    assert found.lead.startswith("Do not visit")
    assert found.visit.emergency == (
        "A hazard, or someone in danger, is always attended. Two go, with the duty manager on the telephone."
    )


def test_a_home_where_visits_are_unsafe_for_the_person_is_not_visited() -> None:
    found = told(Held(unsafe=frozenset({Channel.VISIT, Channel.PHONE}), telephone=OURS))

    assert found.lead == "Do not visit: agree a safe way to meet with a manager first. Do not ring them."
    assert "say nothing to anyone else who answers" in found.call_out.emergency


def test_a_contractor_gets_the_instruction_the_risk_and_a_number() -> None:
    held = Held(
        markers=(marker(Control.PAIRS, Control.ASK_FIRST, because=BECAUSE, safe_attendance="Ask Jo."),),
        limits=(limit(weekly(Weekday.WEDNESDAY)),),
        telephone=OURS,
    )
    found = told(held, Asker.CONTRACTOR)

    assert found.lead == (
        "Do not visit before you have spoken to us on 0113 496 0001. "
        "For anything but your own visit, they contact the landlord."
    )
    assert found.visit.emergency == "A hazard, or someone in danger, is always attended. Visit in pairs."
    assert found.why == ("Risk: threats or verbal abuse.",)
    assert found.ask == OURS


def test_a_contractor_asks_how_to_reach_somebody_and_is_not_told_why() -> None:
    for held in (
        Held(unsafe=frozenset({Channel.PHONE}), telephone=OURS),
        Held(needs=frozenset({Need.DEAF}), telephone=OURS),
    ):
        found = told(held, Asker.CONTRACTOR)
        assert found.lead.startswith("Before you ring or write to them, ask us on 0113 496 0001 how.")
        assert found.call_out.words == "Do not ring. Ask us on 0113 496 0001 how to reach them."


def test_a_marker_that_is_not_for_contractors_still_instructs_them() -> None:
    found = told(Held(markers=(marker(audience=Audience.COLLEAGUES),)), Asker.CONTRACTOR)

    assert found.lead == "Visit in pairs. Ring first."
    assert found.why == ()


def test_only_those_who_work_on_the_case_read_of_the_incident() -> None:
    held = Held(markers=(marker(because=BECAUSE),))

    assert told(held).why == ("Risk: threats or verbal abuse. Review by 1 May 2027.",)
    assert told(held, Asker.CASEWORKER).why == (
        "Risk: threats or verbal abuse, because of threats of violence or harm on 2 October 2026. "
        "Review by 1 May 2027.",
    )


def test_what_a_provisional_marker_rests_on_is_only_alleged() -> None:
    held = Held(markers=(marker(because=BECAUSE, provisional=True, review_on=date(2026, 12, 1)),))
    found = told(held, Asker.CASEWORKER)

    assert "because of alleged threats" in found.why[0]
    assert "Provisional: not yet decided." in found.cautions


@pytest.mark.parametrize(
    ("due", "provisional", "said"),
    [
        (date(2026, 11, 24), False, ()),
        (date(2026, 11, 23), False, ("Review overdue since 23 November 2026.",)),
        (date(2026, 8, 24), False, ("Review overdue since 24 August 2026.",)),
        (date(2026, 8, 23), False, ("Not reviewed: ask Tom Hughes, 0113 496 0000.",)),
        (date(2026, 11, 23), True, ("Not yet decided: the decision is overdue since 23 November 2026.",)),
    ],
)
def test_a_late_review_is_said_to_everyone_who_sees_the_marker(
    due: date, provisional: bool, said: tuple[str, ...]
) -> None:
    held = Held(markers=(marker(review_on=due, provisional=provisional),), telephone=OURS)

    assert told(held).overdue == said
    assert told(held).lead == "Visit in pairs. Ring first."
    assert bool(told(held, Asker.CONTRACTOR).overdue) == bool(said)


def test_a_contractor_is_told_of_a_late_review_without_its_day() -> None:
    late = Held(markers=(marker(review_on=date(2026, 8, 23)),), telephone=OURS)

    assert told(late, Asker.CONTRACTOR).overdue == ("Not reviewed: ask 0113 496 0001.",)


def test_under_appeal_is_said_and_the_control_holds() -> None:
    found = told(Held(markers=(marker(under_appeal=True),)))

    assert found.lead == "Visit in pairs. Ring first."
    assert any(said.startswith("Under appeal") for said in found.cautions)


def test_whoever_meets_them_says_nothing_of_a_marker_whose_notice_is_withheld() -> None:
    for asker in Asker:
        cautions = told(Held(markers=(marker(withheld=True),)), asker).cautions
        assert any("Say nothing of it to them" in said for said in cautions)


def test_a_visit_to_a_home_is_bound_by_whoever_is_there_and_tells_not_who() -> None:
    found = told(Held(of_home=True, others=(marker(risk=Risk.WEAPON, high=True),)))

    assert found.lead == "Visit in pairs. Ring first."
    assert found.why == ("Risk from someone at this address: a weapon. Review by 1 May 2027.",)
    assert found.call_in.words == "Ask who is ringing, and check that person: limits follow people, never homes."
    assert found.acknowledge


def test_another_persons_marker_binds_a_visit_and_not_a_call() -> None:
    found = told(Held(others=(marker(Control.NO_LONE_CALLS, Control.PAIRS),)))

    assert found.visit.words == "Visit in pairs."
    assert found.call_in.words == "Answer as usual."


def test_hazards_and_instructions_of_the_home_are_said_to_whoever_goes() -> None:
    dog = HeldHazard(id=1, kind=Hazard.ANIMAL, detail="a mastiff in the yard", review_on=date(2026, 9, 1))
    stands = HeldInstruction(case="EH-1", id="H1", words="Two colleagues attend", until=date(2026, 12, 1))
    held = Held(hazards=(dog,), instructions=(stands,), telephone=OURS)

    assert told(held).visit.words == (
        "Safety instruction on this home: Two colleagues attend. A dog or another animal at this home. "
        "Ask for the animal to be shut away before you go in. A mastiff in the yard."
    )
    assert told(held).overdue == ("A dog or another animal: a fresh look overdue since 1 September 2026.",)
    assert told(held, Asker.CONTRACTOR).visit.words == (
        "A safety instruction stands on this home: do not go alone, and speak to us on 0113 496 0001 first. "
        "A dog or another animal at this home. Ask for the animal to be shut away before you go in."
    )


def test_a_need_is_told_to_be_met_and_health_only_to_those_who_work_on_the_case() -> None:
    held = Held(needs=frozenset({Need.INTERPRETER, Need.MENTAL_HEALTH, Need.DOMESTIC_ABUSE}))

    assert told(held).code is AnswerCode.NOTHING_HELD
    assert told(held).help == ("Interpreter",)
    assert told(held, Asker.CASEWORKER).help == ("Interpreter", "Mental health", "Domestic abuse")
    assert told(held, Asker.CONTRACTOR).help == ()


def test_death_is_an_answer_of_its_own_and_the_homes_hazards_stay() -> None:
    dog = HeldHazard(id=1, kind=Hazard.ANIMAL)
    found = told(Held(died_on=date(2026, 11, 3), markers=(marker(),), limits=(limit(weekly()),), hazards=(dog,)))

    assert found.code is AnswerCode.DIED
    assert found.lead.startswith("We hold that this person died on 3 November 2026. Do not ring or write to them.")
    assert "animal" in found.visit.words and "pairs" not in found.visit.words
    assert found.call_out.allowed is Allowed.NO


def test_a_coming_bank_holiday_is_told_with_the_day_that_takes_its_place() -> None:
    found = told(Held(limits=(limit(weekly(Weekday.FRIDAY)),)), at=on(2026, 12, 22))
    assert "Friday 25 December 2026 is a bank holiday: the next working day is theirs as well." in found.cautions
    assert found.next_within == on(2026, 12, 29, 0)

"""C4, rule 5: a colleague who turns out to have been affected is looked after, and decides nothing."""

from evenhand.policy.deadline import due
from evenhand.policy.events.incident import Injury
from tests.policy import answers
from tests.policy.people import INVESTIGATOR, MANAGER
from tests.policy.stories import given, ready_to_decide


def test_a_manager_who_turns_out_to_have_been_affected_can_no_longer_decide() -> None:
    story = ready_to_decide()
    assert not story.refusal("decision.decide", MANAGER, **answers.finding())
    story = ready_to_decide()
    story.does("aftercare.add", INVESTIGATOR, "I1", colleague=MANAGER.id, name="Max", injury=Injury.UPSET)
    assert "affected" in story.refusal("decision.decide", MANAGER, **answers.finding())


def test_they_are_owed_care_the_same_day_and_a_serious_injury_is_reported_in_time() -> None:
    story = given().reported().triaged()
    story.does("aftercare.add", INVESTIGATOR, "I1", colleague="colleague:new", name="Nia", injury=Injury.SPECIFIED)
    owed = [d for d in due(story.case) if d.subject == story.case.incident.affected[-1].id]
    assert {d.promise.name for d in owed} == {"C4"} and any("RIDDOR" in d.what for d in owed)


def test_nobody_is_added_twice_or_to_an_incident_that_is_not_there() -> None:
    story = given().reported().triaged()
    added = {"colleague": None, "name": "Kit of Repairs Ltd", "injury": Injury.MINOR}
    story.does("aftercare.add", INVESTIGATOR, "I1", **added)
    assert "already recorded" in story.refusal("aftercare.add", INVESTIGATOR, "I1", **added)
    assert "no such incident" in story.refusal("aftercare.add", INVESTIGATOR, "I9", **added)

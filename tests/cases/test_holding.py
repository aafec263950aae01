"""What is held of people and homes on a day, read for many at once."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenhand.cases import holding, summary
from evenhand.cases.models import LiveControl
from evenhand.people import hazards, local_person, merging, recording
from evenhand.people.hazards import Act
from evenhand.people.models import Home, Landlord, Person, Tenancy, TenancyPerson
from evenhand.policy.events.marker import Control, Risk
from evenhand.policy.hazard import Hazard
from evenhand.policy.held import Because, Held
from evenhand.policy.need import Channel, Need
from evenhand.policy.terms import Terms
from tests.web.stories import START, Cast, Story, weekly

pytestmark = pytest.mark.django_db
LATER = START + timedelta(days=30)


def of(person: Person, day: date = START) -> Held:
    return holding.held_of([person.pk], day)[person.pk]


def at(home: Home, day: date = START) -> Held:
    return holding.held_at([home.pk], day)[home.pk]


def test_of_somebody_of_whom_nothing_is_held_nothing_is_said(tenant: Person, landlord: Landlord) -> None:
    held = of(tenant)

    assert held.is_empty
    assert held.telephone == landlord.telephone


def test_a_marker_binds_whoever_asks_of_the_person_or_of_their_home(story: Story, tenant: Person, home: Home) -> None:
    story.mark()

    [marker] = of(tenant).markers

    assert (marker.case, marker.id, marker.risk) == (story.reference, "M1", Risk.THREATS)
    assert marker.controls == (Control.PAIRS, Control.RING_FIRST)
    assert marker.ask == "Tom Hughes, 0113 496 0000"
    assert at(home).others == (marker,)
    assert at(home).of_home and not at(home).markers


def test_a_visit_to_somebody_is_bound_by_a_marker_of_another_at_their_home(
    story: Story, tenant: Person, home: Home
) -> None:
    story.mark()
    other = Person.objects.create(source="housing", ref="P2", forename="Al")
    lives_here(other, home)

    held = of(other)

    assert not held.markers
    assert [each.id for each in held.others] == ["M1"]


def test_a_marker_does_not_stay_with_the_home_when_the_person_moves(story: Story, tenant: Person, home: Home) -> None:
    story.mark()
    Tenancy.objects.update(ended_on=START)

    assert at(home, LATER).is_empty
    assert of(tenant, LATER).markers


def test_somebody_who_visits_a_home_is_found_by_a_check_of_it(story: Story, tenant: Person) -> None:
    story.mark()
    friends = Home.objects.create(source="housing", ref="H2", address_line="9 Quay Street")
    local_person.visits(tenant, friends, START)

    assert at(friends).others


def test_a_limit_holds_only_once_its_letter_counts_as_delivered(story: Story, tenant: Person) -> None:
    story.limit()
    assert of(tenant).is_empty

    story.approve("T1").approve("T2")
    delivered = LiveControl.objects.get(kind="limit").starts_on
    assert delivered and delivered > START

    assert not of(tenant, delivered - timedelta(days=1)).limits
    [limit] = of(tenant, delivered).limits
    assert limit.plan == weekly()
    assert not of(tenant, limit.ends_on + timedelta(days=1)).limits


def test_an_extension_told_too_late_leaves_the_days_between_open(story: Story, tenant: Person) -> None:
    story.limit().approve("T1").approve("T2")
    [limit] = of(tenant, LATER).limits
    LiveControl.objects.update(
        details={**summary.plan_as_json(limit.plan), "open": [str(LATER), str(LATER + timedelta(days=3))]}
    )

    held_on = [day for day in range(5) if of(tenant, LATER + timedelta(days=day)).limits]

    assert held_on == [0, 3, 4]


def test_what_the_control_rests_on_is_told_to_those_who_work_on_the_case_alone(
    story: Story, tenant: Person, cast: Cast
) -> None:
    story.mark()

    def told(reader: object) -> object:
        return holding.held_of([tenant.pk], START, reader)[tenant.pk].markers[0].because  # type: ignore[arg-type]

    because = told(cast.manager)
    assert because == Because(("excessive shouting or abusive language",), START)
    assert told(cast.colleague) is None
    assert told(cast.protection) is None
    assert told(None) is None


def test_both_records_of_one_person_count(story: Story, tenant: Person, cast: Cast) -> None:
    story.mark()
    other = Person.objects.create(source="old", ref="9", forename="Joanne", unsafe_channels=["letter"])
    recording.need(other, Need.DEAF, by=cast.manager, day=START)
    merging.merge(other, tenant, cast.manager, story.moment.at, day=START, terms=Terms(), reason="One person.")

    for record in (tenant, other):
        held = of(record)
        assert held.markers
        assert held.needs == {Need.DEAF}
        assert held.unsafe == {Channel.LETTER}


def test_death_ends_what_followed_the_person_before_any_job_has_run(story: Story, tenant: Person, home: Home) -> None:
    story.mark()
    tenant.died_on = START
    tenant.save()

    assert of(tenant).died_on == START
    assert not of(tenant).markers
    assert at(home).is_empty


def test_a_marker_whose_notice_is_withheld_still_instructs(story: Story, tenant: Person, cast: Cast) -> None:
    story.mark()
    story.act("marker.withhold_notice", cast.senior, "M1", reasons="They said they would hurt whoever told them.")

    [marker] = of(tenant).markers

    assert marker.withheld
    assert marker.controls


@pytest.mark.parametrize("against", ["M1", "F1"])
def test_what_is_under_appeal_or_rests_on_a_finding_that_is_says_so(story: Story, tenant: Person, against: str) -> None:
    story.mark().approve("T1").approve("T2")
    assert not of(tenant).markers[0].under_appeal

    story.appeal(against)

    assert of(tenant).markers[0].under_appeal


def test_a_single_contact_who_has_left_is_covered(story: Story, tenant: Person, cast: Cast) -> None:
    appoint(story, cast)
    story.approve("T1").approve("T2")
    assert not of(tenant, LATER).contacts[0].covered

    cast.other_manager.is_active = False
    cast.other_manager.save()

    assert of(tenant, LATER).contacts[0].covered


def test_a_safety_instruction_and_a_hazard_belong_to_the_home(cast: Cast, home: Home, landlord: Landlord) -> None:
    report = Story(cast, None, home).report()
    report.act("incident.instruct", cast.duty, instruction="Two colleagues attend.")
    hazards.record(home, Hazard.ANIMAL, "A large dog in the yard.", Act(cast.colleague, report.moment.at, START))

    held = at(home)

    assert [each.words for each in held.instructions] == ["Two colleagues attend."]
    assert [(each.kind, each.detail) for each in held.hazards] == [(Hazard.ANIMAL, "A large dog in the yard.")]


def test_what_binds_the_home_binds_a_visit_to_whoever_lives_there(cast: Cast, tenant: Person, home: Home) -> None:
    report = Story(cast, None, home).report()
    hazards.record(home, Hazard.ASBESTOS, "", Act(cast.colleague, report.moment.at, START))

    assert [each.kind for each in of(tenant).hazards] == [Hazard.ASBESTOS]


def test_the_queries_are_as_many_for_two_hundred_as_for_one(story: Story, tenant: Person, home: Home) -> None:
    story.mark()
    people = [Person(source="x", ref=str(number), forename="A") for number in range(200)]
    for person in Person.objects.bulk_create(people):
        lives_here(person, home)
    every = [tenant.pk, *(person.pk for person in people)]

    with CaptureQueriesContext(connection) as of_one:
        holding.held_of([tenant.pk], START)
    with CaptureQueriesContext(connection) as of_all:
        found = holding.held_of(every, START)

    assert len(of_all) == len(of_one) <= 8
    assert len(found) == 201
    assert all(held.markers or held.others for held in found.values())


def lives_here(person: Person, home: Home) -> None:
    tenancy = Tenancy.objects.get(home=home)
    TenancyPerson.objects.create(tenancy=tenancy, person=person, role="household_member", started_on=START)


def appoint(story: Story, cast: Cast) -> None:
    story.decide()
    story.act("warning.propose_skipping", cast.manager, reason="A warning would put a colleague in danger.")
    story.act("warning.approve_skipping", cast.senior, reason="Agreed, for that reason.")
    story.act(
        "single_contact.appoint",
        cast.manager,
        colleague=cast.other_manager.actor_id,
        name=cast.other_manager.name,
        telephone="0113 496 0000",
        email="tenancies@example.org",
        cover="the duty colleague",
        reasons="Calls to many colleagues confused everyone.",
        agreed=True,
    )

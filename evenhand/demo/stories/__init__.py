"""A dozen stories, from a report that waits to an appeal that cancelled a marker."""

from collections.abc import Callable, Iterator

from evenhand.demo import surroundings
from evenhand.demo.stage import Stage
from evenhand.demo.stories import apart, appeals, beginnings, controls, hearings
from evenhand.people.models import Person

Told = Callable[[Stage, Person], None]

OF_LATE: tuple[Told, ...] = (
    beginnings.a_report_that_waits,
    beginnings.a_threat_in_the_night,
    beginnings.nobody_knows_who,
)
STORIES: tuple[Told, ...] = (
    *OF_LATE,
    hearings.an_invitation_sent,
    hearings.a_silent_customer,
    hearings.a_police_request_to_wait,
    hearings.neither,
    controls.emails_once_a_week,
    controls.one_person_to_contact,
    controls.a_marker_due_for_review,
    controls.a_marker_overdue,
    appeals.waiting_to_be_heard,
    appeals.upheld,
    apart.a_step_without_notice,
)


def play(stage: Stage, people: Iterator[Person]) -> Iterator[str]:
    """Every story, each about somebody else; gives the name of each as it ends. What is of late comes last, after
    tomorrow's visits were booked, so that whoever is booked hears of it."""
    told = list(zip(STORIES, people, strict=False))
    for story, person in told[len(OF_LATE) :]:
        story(stage, person)
        yield _name(story)
    surroundings.visits_booked(stage)
    for story, person in told[: len(OF_LATE)]:
        story(stage, person)
        yield _name(story)
    surroundings.pass_on(stage.on(0, 23))


def _name(story: Told) -> str:
    return story.__name__.replace("_", " ")

"""What is about the stories: hazards of homes, and visits that were booked before what was to be known of them."""

from evenhand.demo import moved
from evenhand.demo.stage import Stage
from evenhand.people import hazards
from evenhand.people.hazards import Act
from evenhand.people.models import Home, Person
from evenhand.people.reading import homes
from evenhand.policy.hazard import Hazard
from evenhand.policy.terms import months_after
from evenhand.sharing import following, visit_list

SYSTEM = "repairs"
"""The system that the demonstration's visits come from."""
SEEN = (
    ("H00019", Hazard.ANIMAL, "A large dog, loose in the front garden. Ring first and it is shut in the kitchen.", 3),
    ("H00017", Hazard.UNSAFE_PREMISES, "The third stair has given way. Keep to the wall side.", 1),
    ("H00030", Hazard.ACCESS, "The gate from the lane is locked. The key safe is to the left of it.", 13),
)
"""Homes by their reference: what was seen there, and how many months ago. What was seen long ago is to be looked at."""


def hazards_seen(stage: Stage) -> None:
    for ref, kind, detail, months in SEEN:
        stage.exactly(months_after(stage.today, -months))
        home = Home.objects.get(source="housing", ref=ref)
        hazards.record(home, kind, detail, Act(stage.cast["dev.patel"], stage.clock, stage.day))


def visits_booked(stage: Stage) -> None:
    """Tomorrow's list, checked before last night: what came up then is news to whoever is booked."""
    check_list(stage.on(3, 16), "visits.csv", moved.visits(stage.today))


def one_visit(stage: Stage, person: Person, contractor: str) -> None:
    """A contractor is booked for somebody's home on the day the story has come to, and told what to do there."""
    home = homes(person, stage.day).first()
    uprn = home.uprn if home else ""
    row = f"JOB-{person.pk},{uprn},{stage.day.isoformat()},pm,{contractor}\n"
    check_list(stage, "visit.csv", f"Job,UPRN,Date,Time,Contractor\n{row}")
    pass_on(stage)


def check_list(stage: Stage, name: str, text: str) -> None:
    """A list of visits, checked by the scheduler as on the page."""
    moment = stage.moment()
    begun = visit_list.begin(name, SYSTEM, text.encode(), moment.at, stage.cast["carol.dunn"])
    visit_list.run(begun.pk, moment, lambda: moment.at)


def pass_on(stage: Stage) -> None:
    """Whoever was told or is booked hears of what changed, as the worker sees to each minute."""
    following.follow(stage.moment())

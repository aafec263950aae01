"""In the soak's world: a register, colleagues, cases that have come as far as a finding, keys, a receiver of webhooks.

`python -m tests.soak.stage FILES CASES RECEIVER SETTING` makes all this, and writes what everyone needs to know of it.
"""

import json
import sys
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

from tests.bench.inside import ready

ready()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from evenhand.demo import cast  # noqa: E402
from evenhand.demo.stage import Stage, Story  # noqa: E402
from evenhand.demo.stories.controls import found  # noqa: E402
from evenhand.demo.stories.hearings import heard  # noqa: E402
from evenhand.people.models import Home, Person, TenancyPerson, User  # noqa: E402
from evenhand.policy.conduct import Conduct  # noqa: E402
from evenhand.policy.events.marker import Risk  # noqa: E402
from evenhand.sharing import endpoint, key  # noqa: E402
from evenhand.sharing.models.change import ControlKind  # noqa: E402
from evenhand.sharing.models.key import Audience, Scope  # noqa: E402
from tests.soak import courses  # noqa: E402
from tests.soak.setting import Setting, System  # noqa: E402

GROWN_UP = date(1995, 1, 1)
"""Born before: nobody whose age would have to be asked about."""
SYSTEMS = (Audience.COLLEAGUES, Audience.COLLEAGUES, Audience.CONTRACTOR)


def main() -> None:
    files, cases, receiver, told = sys.argv[1], int(sys.argv[2]), sys.argv[3], Path(sys.argv[4])
    call_command("import_register", files)
    today, moment = timezone.localdate(), timezone.now()
    cast.landlord(today)
    colleagues = cast.colleagues()
    stage = Stage(colleagues, today)
    stories = [looked_into_and_found(stage, person) for person in tenants(cases + cases // 2)]
    for number, story in enumerate(stories[cases:]):
        standing(story, number)
    administrator = colleagues["priya.nair"]
    made, secret = endpoint.add(
        administrator,
        moment,
        name="Soak receiver",
        url=receiver,
        owner="The soak",
        why="To see that nothing is lost",
        audience=Audience.COLLEAGUES,
        kinds=list(ControlKind),
    )
    setting = Setting(
        cases=[(story.reference, story.person.pk) for story in stories[:cases] if story.person],
        people=[(p.pk, p.source, p.ref, p.phone) for p in Person.objects.order_by("pk")],
        homes=[(home.pk, home.source, home.ref, home.uprn) for home in Home.objects.order_by("pk")],
        stage=on_stage([story.person.pk for story in stories if story.person]),
        systems=[system(administrator, moment, number, each) for number, each in enumerate(SYSTEMS, 1)],
        endpoint=made.pk,
        secret=secret,
    )
    told.write_text(json.dumps(asdict(setting)))


def tenants(most: int) -> list[Person]:
    """Grown-up tenants, each of a home of their own, of whose needs nothing is known."""
    who = Person.objects.filter(
        date_of_birth__lt=GROWN_UP, needs=None, tenancy_links__role="tenant", tenancy_links__ended_on=None
    )
    return list(who.order_by("pk")[:most])


def on_stage(people: list[int]) -> list[tuple[int, int]]:
    """Everyone who lives where one of them does, each with the home."""
    homes = TenancyPerson.objects.filter(person__in=people).values("tenancy__home")
    there = TenancyPerson.objects.filter(tenancy__home__in=homes).order_by("person_id")
    return list(there.values_list("person_id", "tenancy__home_id"))


def looked_into_and_found(stage: Stage, person: Person) -> Story:
    """A threat, found unacceptable; what follows from it is for the soak."""
    story = stage.on(12).report(
        "dev.patel", person, Conduct.THREATS, account="Said I would be hit if I came back.", where="the doorstep"
    )
    stage.on(11)
    story.looked_into()
    heard(story, "tom.ashworth", "I was angry, because nobody had rung me back.")
    stage.on(5)
    found(story, Conduct.THREATS, "The threat was heard by two people.", "A threat is never only forceful.")
    return story


def standing(story: Story, number: int) -> None:
    """What is held of them from before the soak to its end: a marker, or limits."""
    story.stage.on(3)
    for _ in courses.marked(story, Risk.PHYSICAL) if number % 2 else courses.limited(story):
        pass


def system(administrator: User, moment: datetime, number: int, audience: Audience) -> System:
    made, secret = key.make(
        administrator,
        moment,
        name=f"Soak {number}",
        owner="The soak",
        audience=audience,
        scopes=[Scope.CHECK],
        calls_a_minute=key.CALLS_A_MINUTE[2],
        people_a_day=key.PEOPLE_A_DAY[2],
    )
    return System(made.pk, secret, audience is Audience.CONTRACTOR)


if __name__ == "__main__":
    main()

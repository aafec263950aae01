"""Long streams of acts for the twins' worlds: any verb of the policy, by anyone, on any of several customers' cases.

They are drawn by chance from the acts with which every history is walked; sealed matters begin and go on in between.

What is drawn for all to know of and what is drawn apart come from two streams of chance: leaving the second out moves
nothing in the first.
"""

import random
from collections.abc import Iterator
from typing import Any

from evenhand.cases import log, models, record
from evenhand.policy.case import Case
from evenhand.policy.staff import Actor
from evenhand.policy.verbs import VERBS
from tests.policy import acts, more_acts, people
from tests.security import twin_acts
from tests.security.twins import Act, World
from tests.web.stories import Story

GROUPS = (
    acts.TO_A_FINDING, acts.INVESTIGATION, acts.PAUSE, acts.SUPPORT, acts.ANOTHER_PERSON, acts.APPEAL, acts.WARNING,
    acts.SKIPPED, more_acts.EXPECTATION, more_acts.REVIEWED_LIMIT, more_acts.SINGLE_CONTACT, more_acts.REVIEWED_CONTACT,
    more_acts.MARKER, more_acts.REVIEWED_MARKER, more_acts.WITHHELD, more_acts.PROVISIONAL, more_acts.POLICE,
    more_acts.LEGAL, more_acts.COUNTER_ALLEGATION, more_acts.CLOSE, more_acts.HANDLING,
)  # fmt: skip
APART = {"joined", "incident.report", "handling.join_records"}
"""Acts that the record does in two logs at once, or that open one."""
POOL = [each for group in GROUPS for each in group if each.verb not in APART]
PART = {
    people.TARGET: "duty",
    people.INVESTIGATOR: "investigator",
    people.MANAGER: "other_manager",
    people.SENIOR: "other_senior",
    people.DIRECTOR: "director",
    people.DUTY: "duty",
    people.COLLEAGUE: "colleague",
}
"""Who of the cast stands for whom of the policy's tests."""
OTHERS = {"named colleague": "planner"}
GOING_ON = ("approved", "weighed", "started", "let in", "given", "found", "noted", "read")
"""What may happen in a sealed matter once it is there."""
DAYS = (1, 1, 5, 9, 30, 190)


def stream(seed: int, length: int, *, sealed: bool) -> Iterator[tuple[bool, Act]]:
    """So many acts that outsiders may know of; without `sealed`, those in sealed matters are left out."""
    open_chance, apart = random.Random(seed), random.Random(-seed - 1)
    for _ in range(length):
        yield False, one_of(open_chance)
        if apart.random() < 0.3:
            drawn = in_a_sealed_matter(apart)
            if sealed:
                yield True, drawn


def one_of(chance: random.Random) -> Act:
    """A customer's case goes on a step of its course, or somebody tries any verb on it; now and then days pass."""
    drawn, which = chance.random(), chance.randrange(6)
    if drawn < 0.02:
        return lambda world: world.pass_days(DAYS[which])
    if drawn < 0.03:
        return twin_acts.letter_approved
    if drawn < 0.5:
        return lambda world: goes_on(world, which)
    draw = chance.random()
    return lambda world: tried(world, which, random.Random(draw))


def goes_on(world: World, which: int) -> object:
    """The next act of a customer's case; when it is through, that customer is reported again, in a case of its own."""
    if world.reached[which] == len(twin_acts.COURSE):
        old = world.stories[which]
        world.stories[which], world.reached[which] = Story(old.cast, old.person, old.home, world.day), 0
    try:
        return twin_acts.goes_on(which)(world)
    except Exception:
        # What does not come about for now may never: this customer's case takes the next step the next time.
        world.reached[which] += bool(world.stories[which].reference)
        raise


def tried(world: World, which: int, chance: random.Random) -> object:
    """Any verb, by one of those who try it in the policy's own tests, on one of the things it may be done to."""
    story = world.stories[which]
    row = models.Case.objects.filter(reference=story.reference).first()
    if row is None:
        return twin_acts.goes_on(which)(world)
    case: Case = log.case_of(log.entries_of(row))
    act = chance.choice(POOL)
    while not (subjects := list(act.subjects(case, world.day))):
        act = chance.choice(POOL)
    subject, by = chance.choice(subjects), chance.choice(act.by)
    story.acts += 1
    answers = in_this_world(world, story, act.answers(case, world.day, subject))
    done = record.act_on(
        story.reference, record.Ask(actor(world, by), story.moment), VERBS[act.verb], subject, **answers
    )
    return done.reference, [entry.number for entry in done.entries]


def actor(world: World, by: Actor) -> Actor:
    return getattr(world.cast, PART[by]).actor if by in PART else by


def in_this_world(world: World, story: Story, told: Any) -> Any:
    """The answers of the policy's tests with the people and homes that there are here."""
    if isinstance(told, dict):
        return {key: in_this_world(world, story, value) for key, value in told.items()}
    if type(told) is tuple:
        return tuple(in_this_world(world, story, each) for each in told)
    assert story.person and story.home
    here = {by.id: getattr(world.cast, part).actor_id for by, part in PART.items()}
    here |= {name: getattr(world.cast, part).actor_id for name, part in OTHERS.items()}
    here |= {"person": str(story.person.pk), "somebody else": str(world.people[0].pk), "home": str(story.home.pk)}
    here |= {"OTHER": next((each.reference for each in world.stories if each is not story), "")}
    return here.get(told, told) if type(told) is str else told


def in_a_sealed_matter(chance: random.Random) -> Act:
    """One is begun about some customer's case, or goes on."""
    turn, begins = chance.randrange(6), chance.random() < 0.4
    name = chance.choice(twin_acts.KINDS if begins else GOING_ON)
    begun = twin_acts.SEALED[name]

    def act(world: World) -> object:
        if begins:
            # There may be many of a kind: the one before is carried on no further.
            world.turn = turn
            if name in world.sealed:
                world.sealed[f"{name} {len(world.sealed)}"] = world.sealed.pop(name)
        return begun(world)

    return act

"""Stories of someone senior looking again."""

from evenhand.demo.stage import Stage
from evenhand.demo.stories.controls import found
from evenhand.demo.stories.hearings import heard
from evenhand.demo.surroundings import one_visit
from evenhand.people.models import Person
from evenhand.policy.conduct import Conduct
from evenhand.policy.events.appeal import Outcome
from evenhand.policy.events.marker import Audience, Control, Risk


def waiting_to_be_heard(stage: Stage, person: Person) -> None:
    """An appeal against a finding, made on the telephone, that someone senior has to decide."""
    story = stage.on(25).report(
        "amira.khan",
        person,
        Conduct.SHOUTING,
        account="Shouted across the office for a quarter of an hour.",
        where="office",
    )
    stage.on(24)
    story.looked_into()
    heard(story, "tom.ashworth", "I am hard of hearing, and I was not shouting at anyone.")
    stage.on(18)
    found(story, Conduct.SHOUTING, "Three colleagues heard it, and other customers left.", "It went on after we asked.")
    stage.on(9)
    story.act(
        "amira.khan",
        "appeal.lodge",
        "F1",
        grounds="I do not hear well, so I speak loudly. Nobody asked me about that.",
        how="on the telephone",
    ).told()


def upheld(stage: Stage, person: Person) -> None:
    """An appeal that was upheld: the finding is cancelled, and the marker that rested on it is gone.
    A contractor was told of it, and has not yet said that they took it off."""
    story = stage.on(50).report(
        "dev.patel", person, Conduct.THREATS, account="Said I would be sorry if I came back.", where="the doorstep"
    )
    stage.on(49)
    story.looked_into()
    heard(story, "tom.ashworth", "I meant that I would complain, and I did.")
    stage.on(42)
    found(story, Conduct.THREATS, "The words were taken as a threat.", "They were said twice.")
    story.act(
        "helen.marsh",
        "marker.place",
        incident="I1",
        risk=Risk.THREATS,
        controls=(Control.RING_FIRST,),
        audience=Audience.COLLEAGUES,
        reasons="So that nobody comes back unprepared.",
        age_checked="Told us their age: 44." if not person.date_of_birth else "",
    ).told()
    one_visit(stage.on(36), person, "Aqua Ltd")
    stage.on(35)
    story.act(
        "amira.khan", "appeal.lodge", "F1", grounds="I said I would complain. That is not a threat.", how="by email"
    )
    story.told()
    stage.on(25)
    story.act(
        "ruth.adeyemi",
        "appeal.decide",
        "A1",
        outcome=Outcome.UPHELD,
        reasons="A complaint was made the same day. The words fit what the customer says they meant.",
    ).told("ruth.adeyemi")

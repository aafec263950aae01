"""What happens in a soak: courses of acts, one act at a time, each by the verb a colleague would use.

A course is a generator: each step does one act and says what it did.
"""

from collections.abc import Callable, Iterator

from evenhand.cases import joining, letters, reading
from evenhand.demo.stage import Story
from evenhand.people import merging
from evenhand.people.models import Person
from evenhand.policy.appeal_effect import Variation
from evenhand.policy.conduct import Conduct
from evenhand.policy.events.appeal import Outcome
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.correspondence import Delivery
from evenhand.policy.events.expectation import Period, Plan, Weekday
from evenhand.policy.events.marker import Audience, Control, Risk
from evenhand.policy.need import Channel, LetterFormat

MANAGER, DUTY, COLLEAGUE = "helen.marsh", "lena.fischer", "amira.khan"
SENIOR, HEARS = "ruth.adeyemi", "iain.kerr"
ONCE_A_WEEK = Plan(
    channels=frozenset({Channel.EMAIL, Channel.LETTER}),
    times=1,
    period=Period.WEEK,
    weekdays=frozenset({Weekday.MONDAY, Weekday.THURSDAY}),
)
TWICE_A_WEEK = Plan(
    channels=frozenset({Channel.EMAIL, Channel.LETTER, Channel.PHONE}), times=2, period=Period.WEEK
)  # fmt: skip
Acts = Iterator[str]
Course = Callable[[Story, Person], Acts]


def told(story: Story) -> Acts:
    """Every letter that waits is approved and handed over, so that it counts as delivered today."""
    for letter in reading.drafts(story.reference):
        ask = story.stage.ask(MANAGER)
        letters.approve(story.reference, letter, ask, delivery=Delivery.BY_HAND, format=LetterFormat.STANDARD)
        yield "letter approved"
        letters.hand_over(story.reference, letter, story.stage.ask(MANAGER))
        yield "letter handed over"


def marked(story: Story, risk: Risk = Risk.THREATS) -> Acts:
    story.act(
        MANAGER,
        "marker.place",
        incident="I1",
        risk=risk,
        controls=(Control.PAIRS,),
        audience=Audience.ALL,
        reasons="A threat to hurt a colleague was made at the door.",
    )
    yield "marker placed"


def a_marker_changed_on_appeal(story: Story, _: Person) -> Acts:
    """Placed, told, appealed, changed by who hears it, and removed at its review."""
    yield from marked(story)
    yield from told(story)
    story.act(COLLEAGUE, "appeal.lodge", "M1", grounds="It was said in anger.", how="by telephone")
    yield "appeal lodged"
    story.assessed(Step.APPEAL, by=HEARS)
    yield "appeal weighed"
    story.act(
        HEARS,
        "appeal.decide",
        "A1",
        outcome=Outcome.VARIED,
        reasons="Ringing first is enough.",
        change="Colleagues ring first, and need not go in pairs.",
        variation=Variation(controls=(Control.RING_FIRST,), audience=Audience.COLLEAGUES),
    )
    yield "marker changed on appeal"
    story.act(MANAGER, "marker.remove", "M1", reasons="Nothing more has happened.")
    yield "marker removed"


def a_marker_quashed(story: Story, _: Person) -> Acts:
    """Placed, appealed, and cancelled with the finding that it rests on."""
    yield from marked(story, Risk.WEAPON)
    story.act(COLLEAGUE, "appeal.lodge", "F1", grounds="It was not me who said it.", how="by telephone")
    yield "appeal lodged"
    story.act(HEARS, "appeal.decide", "A1", outcome=Outcome.UPHELD, reasons="Nobody saw who it was.")
    yield "appeal upheld"


def a_provisional_marker(story: Story, person: Person) -> Acts:
    """At once after a threat, agreed by a manager the same day, and not kept."""
    fresh = story.stage.report("dev.patel", person, Conduct.THREATS, account="Said I would be hit.", where="the hall")
    yield "incident reported"
    fresh.act(
        DUTY,
        "provisional_marker.place",
        incident="I1",
        risk=Risk.PHYSICAL,
        controls=(Control.PAIRS,),
        audience=Audience.ALL,
        reasons="An operative was threatened an hour ago.",
    )
    yield "provisional marker placed"
    fresh.act(MANAGER, "provisional_marker.confirm", "M1", reasons="It should stand while the case is looked into.")
    yield "provisional marker confirmed"
    fresh.act(MANAGER, "marker.remove", "M1", reasons="It was somebody else.")
    yield "provisional marker removed"


def limited(story: Story) -> Acts:
    """Going without a warning agreed, contact limited, and the customer told."""
    story.act(MANAGER, "warning.propose_skipping", reason="A warning would put a colleague in danger.")
    yield "going without a warning proposed"
    story.act(SENIOR, "warning.approve_skipping", reason="Agreed, for that reason.")
    yield "going without a warning agreed"
    story.act(
        MANAGER,
        "expectation.set",
        behaviour="Please do not threaten our colleagues.",
        reasons="A threat was made in most of the calls.",
        starts_on=story.stage.day,
        plan=ONCE_A_WEEK,
    )
    yield "limit set"
    yield from told(story)


def a_limit_varied_and_lifted(story: Story, _: Person) -> Acts:
    yield from limited(story)
    story.assessed(Step.REVIEW)
    yield "limit weighed"
    story.act(MANAGER, "expectation.vary", "L1", plan=TWICE_A_WEEK, reasons="It has been quiet.")
    yield "limit varied"
    yield from told(story)
    story.act(MANAGER, "expectation.lift", "L1", reasons="It is needed no more.")
    yield "limit lifted"


def a_limit_quashed(story: Story, _: Person) -> Acts:
    yield from limited(story)
    story.act(COLLEAGUE, "appeal.lodge", "L1", grounds="I need to ring about my repairs.", how="by telephone")
    yield "appeal lodged"
    story.act(HEARS, "appeal.decide", "A1", outcome=Outcome.UPHELD, reasons="The calls were about our own delay.")
    yield "appeal upheld"


def two_records_joined(story: Story, other: Person) -> Acts:
    """The person's record joins another's, of whom something else is held, and they are parted again."""
    assert story.person
    manager = story.stage.cast[MANAGER]
    yield from marked(story)
    joined = joining.join(other, story.person, manager, story.stage.moment(), reason="The same date of birth.")
    yield "records joined"
    story.act(MANAGER, "marker.remove", "M1", reasons="Nothing more has happened.")
    yield "marker removed"
    if joined is not None:
        merging.undo(joined, manager, story.stage.moment().at)
        yield "records parted"


COURSES: tuple[Course, ...] = (
    a_marker_changed_on_appeal,
    a_limit_varied_and_lifted,
    two_records_joined,
    a_provisional_marker,
    a_marker_quashed,
    a_limit_quashed,
)

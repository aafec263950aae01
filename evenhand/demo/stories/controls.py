"""Stories that ended in limits, a single contact or a marker."""

from datetime import timedelta

from evenhand.demo.stage import Stage, Story
from evenhand.demo.stories.hearings import heard
from evenhand.people.models import Person
from evenhand.policy.conduct import Conduct, Finding
from evenhand.policy.events.expectation import Period, Plan, Weekday
from evenhand.policy.events.marker import Audience, Control, Risk
from evenhand.policy.events.support import Agency
from evenhand.policy.need import Channel, Need
from evenhand.policy.terms import months_after


def found(story: Story, conduct: Conduct, reasons: str, forceful: str) -> None:
    """Found against the customer, and told."""
    finding = Finding.UNACCEPTABLE if conduct.is_behaviour else Finding.UNREASONABLE
    story.assessed(known="What the customer told us was taken into account.").act(
        "helen.marsh",
        "decision.decide",
        found=((conduct, finding),),
        reasons=reasons,
        relied_on="The report, the customer’s account and the contact log.",
        beyond_forceful=forceful,
    ).told()


def emails_once_a_week(stage: Stage, person: Person) -> None:
    """Warned, and it went on: email only, once a week, on Wednesdays."""
    story = _many_emails(stage, person)
    stage.on(20)
    story.act(
        "helen.marsh",
        "expectation.set",
        behaviour="write to us once a week, and let us answer",
        reasons="After the warning there were 61 more emails in two weeks about the same fence.",
        starts_on=stage.day,
        plan=Plan(
            channels=frozenset({Channel.EMAIL, Channel.LETTER}),
            times=1,
            period=Period.WEEK,
            weekdays=frozenset({Weekday.WEDNESDAY}),
        ),
    ).told()


def _many_emails(stage: Stage, person: Person) -> Story:
    """Found unreasonable, helped, and warned."""
    story = stage.on(45).report(
        "amira.khan",
        person,
        Conduct.EXCESSIVE_EMAILS,
        account="Sent 143 emails in four weeks to eleven colleagues about a fence we had answered on each time.",
        channel=Channel.EMAIL,
    )
    stage.on(44)
    story.looked_into()
    heard(story, "tom.ashworth", "If I stop writing you forget about me.")
    story.act(
        "tom.ashworth",
        "support.refer",
        agency=Agency.CUSTOMER_PARTNER,
        name="Joy Mensah",
        purpose="sort out the fence and agree who to ask about what",
        consent="Agreed on the telephone on the day of the account.",
    )
    stage.on(38)
    found(
        story,
        Conduct.EXCESSIVE_EMAILS,
        "143 emails in four weeks, 120 of them after our answer.",
        "It took a colleague two days in each week.",
    )
    story.act(
        "helen.marsh",
        "warning.give",
        expected="write to one address, and wait for our answer",
        if_it_goes_on="we may limit how often you can contact us",
    ).told()
    return story


def one_person_to_contact(stage: Stage, person: Person) -> None:
    """One named colleague, with cover, for someone whom easy read suits."""
    story = stage.on(60).report(
        "amira.khan",
        person,
        Conduct.SENIOR_ONLY,
        account="Asked for the chief executive in each of 14 calls and would speak to nobody else.",
        channel=Channel.PHONE,
    )
    stage.on(59)
    story.looked_into("grace.obi")
    heard(story, "grace.obi", "Nobody below the top can decide anything.", Need.LEARNING_DIFFICULTY)
    stage.on(50)
    found(
        story,
        Conduct.SENIOR_ONLY,
        "14 calls in three weeks, each ended when a director was not free.",
        "Others’ calls waited.",
    )
    story.act(
        "helen.marsh", "warning.give", expected="speak to whoever answers", if_it_goes_on="we may name one person"
    ).told()
    stage.on(40)
    story.assessed(known="A learning difficulty, which they told us of.").act(
        "helen.marsh",
        "single_contact.appoint",
        colleague=stage.id_of("joy.mensah"),
        name="Joy Mensah",
        telephone="0113 496 0102",
        email="partners@evenham.example",
        cover="anyone in the Customer Partners team",
        reasons="One person who knows the whole story will be quicker for everyone.",
        agreed=True,
    ).told()


def _marked(stage: Stage, person: Person, on: object, account: str) -> Story:
    story = stage.report("dev.patel", person, Conduct.THREATS, account=account, where="the kitchen")
    story.looked_into()
    heard(story, "tom.ashworth", "I was frightened that you would turn the water off.")
    found(story, Conduct.THREATS, "A threat to hurt a colleague was made twice.", "A threat is never only forceful.")
    return story.act(
        "helen.marsh",
        "marker.place",
        incident="I1",
        risk=Risk.THREATS,
        controls=(Control.PAIRS,),
        audience=Audience.ALL,
        reasons="The threat was made in the home, to someone working alone.",
        age_checked="Told us their age: 52." if not person.date_of_birth else "",
    ).told()


def a_marker_due_for_review(stage: Stage, person: Person) -> None:
    """Placed nearly six months ago: the customer has been told that it will be looked at again."""
    placed = months_after(stage.today, -6) + timedelta(days=12)
    review = months_after(placed, stage.terms.marker_review_months)
    told = stage.terms.working_days_after(review, -stage.terms.review_notice_days)
    stage.exactly(placed)
    story = _marked(stage, person, placed, "Said I would be thrown down the stairs if I touched the tap.")
    stage.exactly(told)
    story.act("helen.marsh", "marker.notify_review", "M1").told()


def a_marker_overdue(stage: Stage, person: Person) -> None:
    """Its review is late, and everyone who sees it can see that."""
    placed = months_after(stage.today, -7)
    stage.exactly(placed)
    _marked(stage, person, placed, "Said my legs would be broken if the rent letter came again.")

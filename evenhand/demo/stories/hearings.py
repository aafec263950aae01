"""Stories in which the customer's account is sought, heard, or not given."""

from evenhand.demo.stage import Stage, Story
from evenhand.people.models import Person
from evenhand.policy.conduct import Conduct, Finding
from evenhand.policy.events.handling import Outcome
from evenhand.policy.events.investigation import Pause, Speaker
from evenhand.policy.need import Channel, Need


def an_invitation_sent(stage: Stage, person: Person) -> None:
    """Looked into; the invitation has gone and the answer is awaited."""
    story = stage.on(4).report(
        "amira.khan",
        person,
        Conduct.PERSONAL_ABUSE,
        account="Called me stupid and useless several times in one call about the rent.",
        channel=Channel.PHONE,
    )
    stage.on(3)
    story.looked_into().invited()


def a_silent_customer(stage: Stage, person: Person) -> None:
    """Tried on three days by ways that suit; the case can be decided without the account."""
    story = stage.on(18).report(
        "dev.patel",
        person,
        Conduct.DISCRIMINATION,
        account="Refused to let me in and used racist words about where my family comes from.",
        where="the landing",
    )
    stage.on(17)
    story.looked_into("grace.obi").invited("grace.obi")
    stage.on(11)
    story.act("grace.obi", "investigation.invite", how="call Grace Obi on 0113 496 0101").told()
    stage.on(6)
    story.act(
        "grace.obi",
        "investigation.attempt",
        channel=Channel.VISIT,
        outcome="Nobody answered. A card was left in an envelope.",
        asked_support=True,
    )
    stage.on(2)
    story.act("grace.obi", "investigation.view_how_often", earlier=0, view="No earlier incident is known.").assessed(
        known="Nothing is recorded. No reply to any letter."
    )


def a_police_request_to_wait(stage: Stage, person: Person) -> None:
    """The police asked us to wait, so the clock stands still."""
    story = stage.on(15).report(
        "amira.khan",
        person,
        Conduct.VIOLENCE,
        account="Pushed a colleague against the desk at the office.",
        where="office",
    )
    stage.on(14)
    story.looked_into()
    story.act(
        "tom.ashworth",
        "police.report",
        incident="I1",
        belief="assault",
        reasons="Two colleagues saw the push and it is on the camera.",
        colleague_asked="The colleague wants the police told.",
    )
    story.act(
        "tom.ashworth", "police.update", "P1", reference="PE/2211/26", officer="PC Lane", update="Being looked at."
    )
    until = stage.terms.working_days_after(stage.today, 5)
    story.act(
        "tom.ashworth",
        "investigation.pause",
        why=Pause.POLICE,
        reason="PC Lane asked us not to speak to the customer before they have.",
        look_again_on=until,
    )


def neither(stage: Stage, person: Person) -> None:
    """Forceful, about our own delay: found neither, told so, and closed."""
    story = stage.on(30).report(
        "amira.khan",
        person,
        Conduct.REPEATED_CONTACT,
        account="Rang eleven times in nine days about the boiler and would not wait for a call back.",
        channel=Channel.PHONE,
    )
    stage.on(29)
    story.looked_into("grace.obi")
    heard(story, "grace.obi", "The boiler had been off for nine days and you said three. Of course I rang.")
    stage.on(22)
    story.act(
        "helen.marsh",
        "decision.decide",
        found=((Conduct.REPEATED_CONTACT, Finding.NEITHER),),
        reasons="Nine of the eleven calls came while our repair was late. They were determined, and right.",
        relied_on="The contact log, the repair’s dates and the customer’s account.",
    ).told()
    stage.on(20)
    story.act("helen.marsh", "handling.close", outcome=Outcome.NO_ACTION, reasons="The repair is done; we said sorry.")


def heard(story: Story, by: str, words: str, *needs: Need) -> None:
    """Their account, what makes things harder, and how often."""
    story.act(by, "investigation.hear", speaker=Speaker.CUSTOMER, channel=Channel.PHONE, words=words)
    if needs:
        story.act(by, "support.answer", words="Told us what makes things harder, and how we can help.", needs=needs)
    else:
        story.act(by, "support.decline", words="Would rather not say.")
    story.act(by, "investigation.view_how_often", earlier=1, view="One earlier report this year, of the same kind.")

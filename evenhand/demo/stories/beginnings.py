"""Stories that have just begun."""

from evenhand.demo.stage import Stage
from evenhand.people.models import Person
from evenhand.people.reading import homes
from evenhand.policy.conduct import Conduct
from evenhand.policy.events.incident import Aftercare, Injury
from evenhand.policy.events.marker import Audience, Control, Risk
from evenhand.policy.need import Channel


def a_report_that_waits(stage: Stage, person: Person) -> None:
    """A call handler was shouted at this morning; the report waits for triage."""
    stage.on(0, 9).report(
        "amira.khan",
        person,
        Conduct.SHOUTING,
        account="Rang about a repair booked for last week. Shouted and swore for about ten minutes, then hung up.",
        happened_at="9:10am",
        channel=Channel.PHONE,
        harmed=((stage.id_of("amira.khan"), "Amira Khan", Injury.UPSET),),
    )


def a_threat_in_the_night(stage: Stage, person: Person) -> None:
    """A duty officer put a provisional marker on at once; a manager has to confirm it."""
    story = stage.on(1, 2).report(
        "dev.patel",
        person,
        Conduct.THREATS,
        account="Out of hours call to a leak. They stood in the doorway with a hammer and said it would be used on me.",
        happened_at="1:30am",
        where="the front door",
        harmed=((stage.id_of("dev.patel"), "Dev Patel", Injury.UPSET),),
    )
    story.act(
        "lena.fischer",
        "provisional_marker.place",
        incident="I1",
        risk=Risk.WEAPON,
        controls=(Control.PAIRS, Control.RING_FIRST),
        audience=Audience.ALL,
        reasons="A hammer was held up and a threat made at the door on the same night.",
        age_checked="The register gives no date; the operative says a man of about forty."
        if not person.date_of_birth
        else "",
    )
    story.act(
        "lena.fischer", "incident.look_after", stage.id_of("dev.patel"), care=Aftercare.CALL, note="Rang at once."
    )
    story.act(
        "lena.fischer",
        "police.report",
        incident="I1",
        belief="a threat with a weapon",
        reasons="A hammer was held up while the words were said.",
        colleague_asked="Dev wants the police told.",
    )


def nobody_knows_who(stage: Stage, person: Person) -> None:
    """A visitor nobody knows; a safety instruction stands on the home for ten working days."""
    home = homes(person, stage.today).first()
    story = stage.on(2, 14).open(
        "dev.patel",
        "incident.report",
        None,
        conducts=(Conduct.THREATS,),
        account="A man who was visiting said he would set his dog on me if I came in.",
        happened_on=stage.day,
        described="A man of about thirty, a red jacket, a large brown dog. Not the tenant.",
        home=str(home.pk) if home else None,
    )
    story.act("lena.fischer", "incident.instruct", instruction="Ring first. Do not go in while the dog is loose.")

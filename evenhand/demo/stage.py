"""How a story is played: one act after another through the record's one door, on days before today.

Nothing here reaches round the policy: a story that breaks it is refused, and the demonstration does not start.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from evenhand.cases import letters, reading, record
from evenhand.cases.circumstances import terms_on
from evenhand.cases.record import Ask, Moment
from evenhand.people.models import Home, Person, User
from evenhand.people.reading import homes
from evenhand.policy.conduct import Conduct
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.correspondence import Delivery
from evenhand.policy.events.incident import Triage
from evenhand.policy.need import LetterFormat
from evenhand.policy.terms import Terms
from evenhand.policy.verbs import VERBS

WEIGHED = {
    "adjustments": "A quieter time to talk, and someone to be with them, were offered.",
    "aim": "To keep colleagues safe, and service open to every customer.",
    "alternatives": "A conversation and a written warning were considered; what happened was too serious, or went on.",
    "due_regard": "We looked at whether this follows from anything we know of their health, and how to help.",
}


@dataclass
class Stage:
    """The colleagues, the day the story has come to, and the clock on the wall."""

    cast: dict[str, User]
    today: date
    day: date = field(init=False)
    clock: datetime = field(init=False)
    terms: Terms = field(init=False)

    def __post_init__(self) -> None:
        self.terms = terms_on(self.today)
        self.on(0)

    def on(self, working_days_ago: int, hour: int = 10) -> "Stage":
        """Move to a working day before today."""
        self.day = self.terms.working_days_after(self.today, -working_days_ago)
        self.clock = datetime.combine(self.day, time(hour), tzinfo=UTC)
        return self

    def exactly(self, day: date, hour: int = 10) -> "Stage":
        self.day, self.clock = day, datetime.combine(day, time(hour), tzinfo=UTC)
        return self

    def moment(self) -> Moment:
        """Each act takes ten minutes; never a moment that has not come."""
        self.clock = min(self.clock + timedelta(minutes=10), datetime.now(UTC))
        return Moment(self.clock, self.day)

    def ask(self, who: str) -> Ask:
        return Ask(self.cast[who].actor, self.moment())

    def id_of(self, who: str) -> str:
        return self.cast[who].actor_id

    def open(self, who: str, verb: str, person: Person | None = None, /, **answers: Any) -> "Story":
        """A new log, and the story told in it from here on."""
        done = record.open_case(self.ask(who), VERBS[verb], about_person=person, **answers)
        return Story(self, done.reference, person)

    def report(self, who: str, person: Person | None, *conducts: Conduct, account: str, **answers: Any) -> "Story":
        """An incident reported on the day it happened."""
        home: Home | None = homes(person, self.day).first() if person else None
        told = {"conducts": conducts, "account": account, "happened_on": self.day, **answers}
        if person:
            told["person"] = str(person.pk)
        if home:
            told.setdefault("home", str(home.pk))
        return self.open(who, "incident.report", person, **told)


@dataclass
class Story:
    """One case on its way."""

    stage: Stage
    reference: str
    person: Person | None = None

    def act(self, who: str, verb: str, subject: str | None = None, /, **answers: Any) -> "Story":
        record.act_on(self.reference, self.stage.ask(who), VERBS[verb], subject, **answers)
        return self

    def looked_into(self, by: str = "tom.ashworth") -> "Story":
        """Made a case, and given to an investigator."""
        self.act(by, "incident.triage", outcome=Triage.NEW_CASE)
        return self.act("helen.marsh", "investigation.open", investigator=self.stage.id_of(by))

    def invited(self, by: str = "tom.ashworth") -> "Story":
        """The letter that asks for their side, approved and sent."""
        how = "call Tom Ashworth on 0113 496 0101, or write to conduct@evenham.example"
        return self.act(by, "investigation.invite", how=how).told()

    def assessed(self, step: Step = Step.DECISION, by: str = "helen.marsh", known: str = "Nothing more.") -> "Story":
        return self.act(by, "assessment.make", step=step, known=known, **WEIGHED)

    def told(self, by: str = "helen.marsh", delivery: Delivery = Delivery.POST) -> "Story":
        """Every letter that waits is approved, and goes."""
        for letter in reading.drafts(self.reference):
            letters.approve(
                self.reference,
                letter,
                self.stage.ask(by),
                delivery=delivery,
                format=LetterFormat.STANDARD,
            )
            record.act_on(self.reference, self.stage.ask(by), VERBS["correspondence.send"], letter, how=delivery)
        return self

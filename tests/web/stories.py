"""Cases as colleagues carry them on, act by act, through the record's one door: what the tests of pages begin with."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from evenhand.cases import letters, models, record
from evenhand.cases.record import Ask, Done, Moment
from evenhand.people.models import Home, Person, User
from evenhand.policy.conduct import Conduct, Finding
from evenhand.policy.events.appeal import Outcome
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.correspondence import Delivery
from evenhand.policy.events.expectation import Period, Plan, Weekday
from evenhand.policy.events.incident import Injury, Triage
from evenhand.policy.events.investigation import Speaker
from evenhand.policy.events.marker import Audience, Control, Risk
from evenhand.policy.need import Channel, LetterFormat
from evenhand.policy.verbs import VERBS

START = date(2026, 3, 3)
"""A Tuesday, on which every story begins unless it says otherwise."""

ASSESSED = {
    "known": "Ms Bell told us that she sleeps badly. Nothing else is known.",
    "adjustments": "We offered to meet at a time that suits her.",
    "aim": "Colleagues can do their work without being frightened.",
    "alternatives": "A warning alone was considered, and would not keep colleagues safe.",
    "due_regard": "We looked at whether any of this follows from a disability, and it does not.",
}


@dataclass(frozen=True)
class Cast:
    """One colleague of each kind."""

    colleague: User
    duty: User
    investigator: User
    manager: User
    other_manager: User
    senior: User
    other_senior: User
    director: User
    partner: User
    planner: User
    protection: User
    administrator: User
    independent: User

    @property
    def everyone(self) -> tuple[User, ...]:
        return tuple(vars(self).values())


@dataclass
class Story:
    """One case on its way. Each act happens on `day`, at ten in the morning; `later` moves the day on."""

    cast: Cast
    person: Person | None = None
    home: Home | None = None
    day: date = START
    reference: str = ""
    acts: int = field(default=0)

    @property
    def moment(self) -> Moment:
        """No two acts at one moment, so that what was last is last."""
        begun = datetime(self.day.year, self.day.month, self.day.day, 10, tzinfo=UTC)
        return Moment(begun + timedelta(minutes=self.acts), self.day)

    def later(self, days: int = 1) -> "Story":
        self.day += timedelta(days=days)
        return self

    def act(self, verb: str, by: User, subject: str | None = None, /, **answers: Any) -> Done:
        """One verb on this case, by its name in the registry."""
        self.acts += 1
        return record.act_on(self.reference, Ask(by.actor, self.moment), VERBS[verb], subject, **answers)

    def report(
        self, *conducts: Conduct, by: User | None = None, harmed: tuple[User, ...] = (), **answers: Any
    ) -> "Story":
        """An incident reported, by a plain colleague unless said otherwise; abuse shouted at the door unless said."""
        told: dict[str, Any] = {
            "conducts": conducts or (Conduct.SHOUTING,),
            "account": "She shouted abuse at the front door and would not stop.",
            "happened_on": self.day,
            "happened_at": "2:30pm",
            "where": "at her front door",
            "harmed": tuple((user.actor_id, user.name, Injury.UPSET) for user in harmed),
            "person": str(self.person.pk) if self.person else None,
            "home": str(self.home.pk) if self.home else None,
        }
        ask = Ask((by or self.cast.colleague).actor, self.moment)
        done = record.open_case(ask, VERBS["incident.report"], about_person=self.person, **{**told, **answers})
        self.reference = done.reference
        return self

    def triage(self) -> "Story":
        self.act("incident.triage", self.cast.investigator, outcome=Triage.NEW_CASE)
        return self

    def investigate(self) -> "Story":
        """Reported, triaged and looked into."""
        self.triage() if self.reference else self.report().triage()
        self.act("investigation.open", self.cast.manager, investigator=self.cast.investigator.actor_id)
        return self

    def hear(self, words: str = "I was upset, because nobody had rung me back for a week.", **answers: Any) -> "Story":
        """Looked into, and the customer's account heard."""
        self.investigate()
        said: dict[str, Any] = {"speaker": Speaker.CUSTOMER, "channel": Channel.PHONE, "words": words, **answers}
        self.act("investigation.hear", self.cast.investigator, **said)
        return self

    def assess(self, step: Step = Step.DECISION, by: User | None = None) -> "Story":
        self.act("assessment.make", by or self.cast.manager, step=step, **ASSESSED)
        return self

    def ready(self) -> "Story":
        """Everything done that an adverse finding needs."""
        self.hear()
        self.act("support.answer", self.cast.investigator, words="I sleep badly.")
        self.act("investigation.view_how_often", self.cast.investigator, earlier=2, view="Three times in two months.")
        return self.assess()

    def decide(self, finding: Finding | None = None, by: User | None = None) -> "Story":
        """Ready and decided: against the customer, unless `finding` says neither."""
        self.ready()
        conducts = self.conducts()
        found = tuple(
            (each, finding or (Finding.UNACCEPTABLE if each.is_behaviour else Finding.UNREASONABLE))
            for each in conducts
        )
        self.act(
            "decision.decide",
            by or self.cast.manager,
            found=found,
            reasons="Two colleagues heard it, and she said so herself.",
            relied_on="The report and her own account.",
            beyond_forceful="Shouting abuse for ten minutes is more than being forceful.",
        )
        return self

    def conducts(self) -> tuple[Conduct, ...]:
        """What is alleged."""
        row = models.Case.objects.get(reference=self.reference)
        return tuple(map(Conduct, row.conducts))

    def approve(self, letter: str = "T1", by: User | None = None) -> "Story":
        """The letter approved, to go by post, as standard."""
        self.acts += 1
        ask = Ask((by or self.cast.manager).actor, self.moment)
        letters.approve(self.reference, letter, ask, delivery=Delivery.POST, format=LetterFormat.STANDARD)
        return self

    def mark(self, incident: str = "I1", **answers: Any) -> "Story":
        """Decided, and a marker placed: M1."""
        self.decide()
        placed: dict[str, Any] = {
            "incident": incident,
            "risk": Risk.THREATS,
            "controls": (Control.PAIRS, Control.RING_FIRST),
            "audience": Audience.ALL,
            "reasons": "She shouted abuse at a colleague on 3 March 2026.",
            **answers,
        }
        self.act("marker.place", self.cast.manager, **placed)
        return self

    def mark_provisionally(self, by: User | None = None) -> "Story":
        """At once after a report of a threat: M1."""
        if not self.reference:
            self.report(Conduct.THREATS)
        self.act(
            "provisional_marker.place",
            by or self.cast.duty,
            incident="I1",
            risk=Risk.THREATS,
            controls=(Control.PAIRS,),
            audience=Audience.ALL,
            reasons="She threatened an operative an hour ago.",
        )
        return self

    def limit(self, plan: Plan | None = None, **answers: Any) -> "Story":
        """Decided, going without a warning agreed, and contact limited: L1."""
        self.decide()
        self.act("warning.propose_skipping", self.cast.manager, reason="A warning would put a colleague in danger.")
        self.act("warning.approve_skipping", self.cast.senior, reason="Agreed, for that reason.")
        limited: dict[str, Any] = {
            "behaviour": "Please do not shout at our colleagues.",
            "reasons": "Calls took up most of each day.",
            "starts_on": self.day,
            "plan": plan or weekly(),
            **answers,
        }
        self.act("expectation.set", self.cast.manager, **limited)
        return self

    def appeal(self, against: str = "F1") -> "Story":
        """The customer asks us to look again: A1."""
        self.act(
            "appeal.lodge", self.cast.investigator, against, grounds="It was not me who shouted.", how="by telephone"
        )
        return self

    def uphold(self, appeal: str = "A1") -> "Story":
        """Someone senior who took no part cancels what was appealed."""
        reasons = "Nobody saw who it was."
        self.act("appeal.decide", self.cast.other_senior, appeal, outcome=Outcome.UPHELD, reasons=reasons)
        return self


def weekly() -> Plan:
    """By email, once a week, on Wednesdays."""
    return Plan(
        channels=frozenset({Channel.EMAIL, Channel.LETTER}),
        times=1,
        period=Period.WEEK,
        weekdays=frozenset({Weekday.WEDNESDAY}),
    )

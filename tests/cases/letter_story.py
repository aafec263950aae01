"""A landlord, its colleagues and a customer, and the acts that lead to each letter, all through the one door."""

from datetime import UTC, date, datetime, time
from typing import Any

from evenhand.cases import log, models, record
from evenhand.cases.circumstances import Moment
from evenhand.people.models import Home, Landlord, Person, Team, Tenancy, TenancyPerson, User
from evenhand.policy.conduct import Conduct, Finding
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.correspondence import LetterKind
from evenhand.policy.events.expectation import Period, Plan, Weekday
from evenhand.policy.events.incident import Injury, Triage
from evenhand.policy.events.investigation import Speaker
from evenhand.policy.events.marker import Audience, Control, Risk
from evenhand.policy.need import Channel
from evenhand.policy.staff import SYSTEM, Role
from evenhand.policy.verbs import VERBS

DAY = date(2026, 3, 2)
PLAN = Plan(
    channels=frozenset({Channel.EMAIL, Channel.LETTER}),
    times=1,
    period=Period.WEEK,
    weekdays=frozenset({Weekday.WEDNESDAY}),
    from_time=time(9),
    to_time=time(12),
)


def moment(day: date = DAY) -> Moment:
    return Moment(datetime(day.year, day.month, day.day, 10, tzinfo=UTC), day)


def landlord() -> Landlord:
    return Landlord.objects.create(
        name="Harbour Homes",
        address="1 Quay Street\nManchester\nM3 3JE",
        telephone="0161 496 0100",
        emergency_telephone="0161 496 0999",
        email="hello@harbour.example",
        complaints_route="call 0161 496 0100",
        portal_url="https://www.harbour.example/",
    )


def colleague(first: str, last: str, *roles: Role, team: Team | None = None) -> User:
    email = f"{first}.{last}@harbour.example".lower()
    return User.objects.create(
        username=email, email=email, first_name=first, last_name=last, roles=[r.value for r in roles], team=team
    )


def customer(**details: Any) -> Person:
    facts: dict[str, Any] = {"title": "Mrs", "forename": "Zofia", "surname": "Wójcik", "emails": ["zofia@example.org"]}
    born = {"date_of_birth": date(1980, 1, 1)}
    return Person.objects.create(source="test", ref="P1", **{**facts, **born, **details})


def lives_at(person: Person, line: str, ref: str = "H1", ended_on: date | None = None) -> Home:
    home = Home.objects.create(source="test", ref=ref, address_line=line, town="Salford", postcode="M5 4WT")
    tenancy = Tenancy.objects.create(source="test", ref=ref, home=home, tenure="assured", ended_on=ended_on)
    TenancyPerson.objects.create(tenancy=tenancy, person=person, role="tenant")
    return home


class Story:
    """One case and the colleagues who work on it. Every act takes the day it is done."""

    def __init__(self, person: Person | None = None) -> None:
        landlord()
        self.team = Team.objects.create(name="Tenancies", telephone="0161 496 0122", email="tenancies@harbour.example")
        self.ann = colleague("Ann", "Reporter", Role.COLLEAGUE)
        self.harmed = colleague("Harvey", "Hurt", Role.COLLEAGUE)
        self.ivy = colleague("Ivy", "Inquirer", Role.COLLEAGUE, Role.INVESTIGATOR, team=self.team)
        self.meg = colleague("Meg", "Manager", Role.COLLEAGUE, Role.MANAGER, team=self.team)
        self.sam = colleague("Sam", "Senior", Role.COLLEAGUE, Role.SENIOR_MANAGER, team=self.team)
        self.sid = colleague("Sid", "Second", Role.COLLEAGUE, Role.SENIOR_MANAGER, team=self.team)
        self.person = person or customer()
        if not person:
            lives_at(self.person, "27 Mill Lane")
        self.reference = ""

    def ask(self, by: User | None, day: date = DAY) -> record.Ask:
        return record.Ask(by.actor if by else SYSTEM, moment(day))

    def act(self, verb: str, by: User | None, subject: str | None = None, day: date = DAY, **answers: Any) -> None:
        record.act_on(self.reference, self.ask(by, day), VERBS[verb], subject, **answers)

    def open(self, verb: str, by: User, **answers: Any) -> str:
        return record.open_case(self.ask(by), VERBS[verb], about_person=self.person, **answers).reference

    def reported(self, *conducts: Conduct) -> "Story":
        self.reference = self.open(
            "incident.report",
            self.ann,
            conducts=conducts or (Conduct.SHOUTING,),
            account="It was loud.",
            happened_on=date(2026, 2, 27),
            channel=Channel.PHONE,
            person=str(self.person.pk),
            harmed=((self.harmed.actor_id, self.harmed.name, Injury.UPSET),),
        )
        return self

    def investigated(self, *conducts: Conduct) -> "Story":
        self.reported(*conducts)
        self.act("incident.triage", self.ivy, outcome=Triage.NEW_CASE)
        self.act("investigation.open", self.meg, investigator=self.ivy.actor_id)
        self.act("investigation.view_how_often", self.ivy, earlier=2, view="Seen before.", since=date(2025, 9, 1))
        return self

    def heard(self, words: str = "I was upset about my boiler.") -> "Story":
        self.act("investigation.hear", self.ivy, speaker=Speaker.CUSTOMER, channel=Channel.PHONE, words=words)
        self.act("support.answer", self.ivy, words="Nothing to add.")
        return self

    def assessed(self, step: Step = Step.DECISION, by: User | None = None, day: date = DAY) -> "Story":
        why = {name: "Looked at." for name in ("known", "adjustments", "aim", "alternatives", "due_regard")}
        self.act("assessment.make", by or self.meg, day=day, step=step, **why)
        return self

    def decided(self, reasons: str = "Two people told us the same.", found: Finding = Finding.UNACCEPTABLE) -> "Story":
        conducts = [c for c in Conduct if c.value in models.Case.objects.get(reference=self.reference).conducts]
        forceful = {"beyond_forceful": "It went on after you were asked to stop."} if found.is_adverse else {}
        self.act(
            "decision.decide",
            self.meg,
            found=tuple((c, found if found.fits(c) else Finding.UNREASONABLE) for c in conducts),
            reasons=reasons,
            relied_on="A recording.",
            **forceful,
        )
        return self

    def found(self, *conducts: Conduct) -> "Story":
        return self.investigated(*conducts).heard().assessed().decided()

    def warned_or_not(self) -> "Story":
        self.act("warning.propose_skipping", self.meg, reason="Safety.")
        self.act("warning.approve_skipping", self.sid, reason="Agreed.")
        return self

    def limited(self, plan: Plan | None = PLAN, behaviour: str = "Do not shout at our colleagues.") -> "Story":
        facts = {"behaviour": behaviour, "reasons": "It happened three times.", "starts_on": DAY}
        self.act("expectation.set", self.meg, plan=plan, **facts)
        return self

    def appointed(self, day: date = DAY) -> "Story":
        self.act("single_contact.appoint", self.meg, day=day, **self.contact("Ivy Inquirer"))
        return self

    def contact(self, name: str) -> dict[str, Any]:
        return {
            "colleague": self.ivy.actor_id, "name": name, "telephone": "0161 496 0122",
            "email": "tenancies@harbour.example", "cover": "anyone in the Tenancies team", "agreed": True,
            "reasons": "You were passed from one person to the next.",
        }  # fmt: skip

    def marked(self) -> "Story":
        self.act("marker.place", self.meg, **MARK)
        return self

    def row(self) -> models.Case:
        return models.Case.objects.get(reference=self.reference)

    def case(self) -> Any:
        return log.case_of(log.entries_of(self.row()))

    def letter(self, kind: LetterKind, reference: str = "") -> models.Letter:
        return models.Letter.objects.filter(case__reference=reference or self.reference, kind=kind).latest("pk")


MARK = {
    "incident": "I1",
    "risk": Risk.THREATS,
    "controls": (Control.PAIRS, Control.RING_FIRST),
    "audience": Audience.COLLEAGUES,
    "reasons": "Colleagues who visit need to know.",
}

"""Given a case that has come so far: told in the words of the policy, for any test to begin from.

    given().reported().triaged().investigated().heard().asked().weighed().found()

Each step is the verb itself, so no story can be told that the policy would not have allowed.
"""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta
from inspect import signature
from typing import Any, Self

from evenhand.policy import letter
from evenhand.policy.appeal_effect import Variation
from evenhand.policy.case import Case, after
from evenhand.policy.conduct import Conduct, Finding
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.correspondence import LetterDrafted, LetterKind
from evenhand.policy.events.event import Event
from evenhand.policy.events.expectation import Plan
from evenhand.policy.events.incident import Triage
from evenhand.policy.events.plain import to_plain
from evenhand.policy.need import Need
from evenhand.policy.occasion import Known, LiveLimit, Occasion
from evenhand.policy.promises import Promise
from evenhand.policy.refusal import Objection, Refused
from evenhand.policy.staff import Actor
from evenhand.policy.terms import Terms
from evenhand.policy.verbs import VERBS
from tests.policy import answers
from tests.policy.only import Only
from tests.policy.people import CUSTOMER, INVESTIGATOR, MANAGER, SENIOR
from tests.policy.refusals_read import was_read

MONDAY = date(2026, 2, 2)
KNOWN = Known(person="person", age=40, tenancies=frozenset({"tenancy"}))

WITHIN = {field.name for kind in (Plan, Variation) for field in fields(kind)}
"""What a form asks for that reaches its verb as a part of one answer."""

TOUCHED: dict[str, set[str]] = {}
"""Which threads each verb was seen to read, in whatever stories were told so far."""


def live_limits(case: Case, day: date) -> frozenset[LiveLimit]:
    """What the record would say of this case's own limits that hold or are about to."""
    plans = [LiveLimit("CASE", x.id, x.plan.channels) for x in case.expectation.live(day) if x.plan]
    contacts = [LiveLimit("CASE", x.id, x.channels, True) for x in case.single_contact.live(day)]
    return frozenset(plans) | frozenset(contacts)


class Story:
    """A case, the day it is, and what is known of the person."""

    def __init__(self, known: Known = KNOWN, terms: Terms | None = None, day: date = MONDAY) -> None:
        self.case, self.day, self.known, self.terms = Case(), day, known, terms or Terms()
        self.events: list[Event] = []

    def now(self, by: Actor) -> Occasion:
        limits = self.known.limits | live_limits(self.case, self.day)
        at = datetime.combine(self.day, time(9), UTC)
        return Occasion(by, at, self.day, self.terms, replace(self.known, limits=limits), "CASE")

    def does(self, verb: str, by: Actor = MANAGER, subject: str | None = None, **given: Any) -> Self:
        """The verb, by its name; and the drafts of the letters it calls for, as the record makes them."""
        for event in self._tried(verb, by, subject, given):
            self.happens(event)
        return self

    def refusal(self, verb: str, by: Actor = MANAGER, subject: str | None = None, **given: Any) -> str:
        """Why the verb is refused, in the words a colleague reads; empty when it is allowed."""
        return " ".join(o.words for o in self.objections(verb, by, subject, **given))

    def objections(
        self, verb: str, by: Actor = MANAGER, subject: str | None = None, **given: Any
    ) -> tuple[Objection, ...]:
        """Why the verb is refused. Each says a promise, a remedy that there is, and an answer that is asked for."""
        try:
            self._tried(verb, by, subject, given)
        except Refused as refused:
            for each in refused.objections:
                assert isinstance(each.promise, Promise) and each.words.endswith("."), each
                assert each.remedy is None or each.remedy in VERBS, each
                assert each.field is None or each.field in WITHIN | signature(VERBS[verb]).parameters.keys(), each
                assert was_read(verb, each), f"Not as it was last read: {each}. See tests/policy/refusals.py."
            return refused.objections
        return ()

    def _tried(self, name: str, by: Actor, subject: str | None, given: dict[str, Any]) -> list[Event]:
        verb = VERBS[name]
        touched = TOUCHED.setdefault(name, set())
        seen: Any = Only(self.case, verb.reads, touched)
        return verb(seen, self.now(by), subject, **given)

    def happens(self, event: Event) -> None:
        to_plain(event)  # what happened can be kept, or this raises
        self.case = after(self.case, event)
        self.events.append(event)
        called = letter.called_for(event)
        if called is None:
            return
        drafted = LetterDrafted(
            at=event.at,
            on=event.on,
            by=event.by,
            letter=f"D{len(self.case.correspondence.letters) + 1}",
            kind=called.kind,
            about=called.about,
            adverse=called.adverse,
            appealable=called.appealable,
            send_by=self.terms.working_days_after(event.on, self.terms.unsent_days),
        )
        self.case = after(self.case, drafted)
        self.events.append(drafted)

    def later(self, days: int = 0, *, working: int = 0) -> Self:
        self.day = self.terms.working_days_after(self.day + timedelta(days=days), working)
        return self

    def on(self, day: date) -> Self:
        self.day = day
        return self

    def needing(self, *needs: Need) -> Self:
        self.known = replace(self.known, needs=self.known.needs | set(needs))
        return self

    # The path of the policy, a step at a time.

    def reported(self, *conducts: Conduct, by: Actor = MANAGER, **given: Any) -> Self:
        return self.does("incident.report", by, **answers.report(self.day, *conducts, **given))

    def triaged(self, outcome: Triage = Triage.NEW_CASE) -> Self:
        return self.does("incident.triage", outcome=outcome, reason="Looked at.")

    def investigated(self) -> Self:
        self.does("investigation.open", investigator=INVESTIGATOR.id)
        return self.does("investigation.view_how_often", INVESTIGATOR, earlier=0, view="The first time.")

    def heard(self, **given: Any) -> Self:
        return self.does("investigation.hear", INVESTIGATOR, **answers.HEARD, **given)

    def asked(self) -> Self:
        return self.does("support.answer", INVESTIGATOR, words="Nothing.")

    def weighed(self, step: Step = Step.DECISION, by: Actor = INVESTIGATOR) -> Self:
        return self.does("assessment.make", by, **answers.assessment(step))

    def found(self, by: Actor = MANAGER, **found: Finding) -> Self:
        return self.does("decision.decide", by, **answers.finding(**found or {"THREATS": Finding.UNACCEPTABLE}))

    def told(self, kind: LetterKind, **given: Any) -> Self:
        """The latest letter of the kind is approved, by post unless `given` says otherwise, and sent."""
        mine = [x for x in self.case.correspondence.letters if x.kind is kind][-1]
        self.does("correspondence.approve", MANAGER, mine.id, **{**answers.POSTED, **given})
        return self.does("correspondence.send", MANAGER, mine.id, how=given.get("delivery", answers.POSTED["delivery"]))

    def warned(self) -> Self:
        self.does("warning.give", expected="Stop.", if_it_goes_on="We may limit contact.")
        return self.told(LetterKind.WARNING).later(working=3)

    def limited(self, plan: Plan | None = answers.BY_LETTER, **given: Any) -> Self:
        return self.does("expectation.set", **{**answers.limits(self.day, plan), **given})

    def appointed(self, **given: Any) -> Self:
        return self.does("single_contact.appoint", **answers.single_contact(**given))

    def marked(self, **given: Any) -> Self:
        return self.does("marker.place", **{**answers.marker(), **given})

    def marked_at_once(self, by: Actor = MANAGER, **given: Any) -> Self:
        return self.does("provisional_marker.place", by, **{**answers.marker(), **given})

    def appealed(self, against: str = "F1", **given: Any) -> Self:
        return self.does("appeal.lodge", CUSTOMER, against, grounds="That is not what happened.", **given)


def given(known: Known = KNOWN, terms: Terms | None = None, day: date = MONDAY) -> Story:
    return Story(known, terms, day)


def an_investigation(**report: Any) -> Story:
    """Reported, made a case, and looked into; the customer has not been heard."""
    return given().reported(**report).triaged().investigated()


def ready_to_decide(**report: Any) -> Story:
    return an_investigation(**report).heard().asked().weighed()


def a_finding(**report: Any) -> Story:
    """A threat was found unacceptable; its letter waits."""
    return ready_to_decide(**report).found()


def a_warning_and_a_finding() -> Story:
    return ready_to_decide().warned().found()


def an_appeal(by: Actor = SENIOR) -> Story:
    """An appeal against the finding, weighed by whoever hears it."""
    return a_finding().told(LetterKind.FINDING).appealed().weighed(Step.APPEAL, by)

"""What was reported, looked into, held back and taken to court, where there are two of each."""

from datetime import timedelta

import pytest

from evenhand.policy.conduct import Conduct
from evenhand.policy.events.correspondence import Delivery, FormatDelivered, LetterIssued, LetterKind
from evenhand.policy.events.disposal import CaseDisposed, Category, HoldKept, HoldLifted, HoldPlaced
from evenhand.policy.events.event import Event
from evenhand.policy.events.expectation import ExpectationEnded
from evenhand.policy.events.handling import CaseClosed, Matter, MatterOpened
from evenhand.policy.events.incident import IncidentCorrected, IncidentReported, PersonIdentified, Triage
from evenhand.policy.events.investigation import (
    AccountDeclined,
    AccountHeard,
    ContactAttempted,
    CustomerInvited,
    HowOftenViewed,
    InvestigationOpened,
    InvestigationPaused,
    InvestigationResumed,
)
from evenhand.policy.events.legal_action import StepConsidered, StepOrdered, StepServed, StepStarted
from evenhand.policy.events.police import BeliefReported, ReportUpdated
from evenhand.policy.events.support import SupportAsked, SupportDeclined
from evenhand.policy.events.warning import WarningGiven, WarningSkipApproved
from evenhand.policy.events.welfare import WelfareNoted
from evenhand.policy.standing import disposal, incident, investigation, legal_action, police, support, warning
from evenhand.policy.standing.disposal import Disposal
from evenhand.policy.standing.incident import Incidents
from evenhand.policy.standing.investigation import Investigation
from evenhand.policy.standing.legal_action import LegalAction, Stage
from evenhand.policy.standing.police import Police
from evenhand.policy.standing.support import Support
from evenhand.policy.standing.warning import Warned
from evenhand.policy.terms import months_after
from tests.policy.standing.happened import event
from tests.policy.stories import MONDAY

WEEK = timedelta(days=7)
THREATS = (Conduct.THREATS,)


def reported(*events: Event) -> Incidents:
    thread = Incidents()
    for each in (*(event(IncidentReported, incident=id, conducts=THREATS) for id in ("I1", "I2")), *events):
        thread = incident.moved(thread, each)
    return thread


def test_a_report_put_right_leaves_the_other_as_it_was_told() -> None:
    corrected = event(IncidentCorrected, incident="I1", conducts=(Conduct.SHOUTING,), happened_on=MONDAY - WEEK)
    thread = reported(corrected)
    assert [(x.conducts, x.happened_on) for x in thread.all] == [
        ({Conduct.SHOUTING}, MONDAY - WEEK),
        ({Conduct.THREATS}, MONDAY),
    ]
    assert thread.conducts_in("I1") == {Conduct.SHOUTING} and thread.conducts_in("I9") == frozenset()


def test_a_report_that_joins_a_case_is_of_it_from_then_and_says_what_it_was() -> None:
    thread = reported(event(IncidentReported, incident="I3", conducts=THREATS, joined_from="OTHER"))
    assert [(x.triage, x.joined_from) for x in thread.all[1:]] == [(None, None), (Triage.NEW_CASE, "OTHER")]
    assert thread.is_case and not reported().is_case


TOLD = [
    event(InvestigationOpened, investigator="ann"),
    event(CustomerInvited),
    event(HowOftenViewed),
    event(ContactAttempted, suitable=True),
    event(AccountHeard),
    event(AccountDeclined),
    event(InvestigationPaused, look_again_on=MONDAY),
    event(InvestigationResumed, decide_by=MONDAY + WEEK),
]


def looked_into(*events: Event) -> Investigation:
    thread = Investigation()
    for each in (*TOLD, *events):
        thread = investigation.moved(thread, each)
    return thread


def test_what_is_newly_alleged_is_put_to_the_customer_and_counted_and_has_its_own_time() -> None:
    joined = looked_into(event(IncidentReported, joined_from="OTHER"))
    assert joined == Investigation(investigator="ann", invited=True)
    corrected = looked_into(event(IncidentCorrected, alleges_more=True))
    assert corrected == Investigation(investigator="ann", invited=True, decide_by=MONDAY + WEEK)
    assert looked_into(event(IncidentReported)) == looked_into(event(IncidentCorrected)) == looked_into()


def test_what_was_put_to_somebody_else_was_not_put_to_this_person() -> None:
    found = looked_into(event(PersonIdentified))
    assert found == Investigation(investigator="ann", decide_by=MONDAY + WEEK)


def test_a_case_that_goes_on_after_a_wait_keeps_its_day_unless_it_has_a_new_one() -> None:
    assert looked_into(event(InvestigationResumed)).decide_by == MONDAY + WEEK
    assert looked_into(event(InvestigationResumed, decide_by=MONDAY + 2 * WEEK)).decide_by == MONDAY + 2 * WEEK


LETTER = event(LetterIssued, kind=LetterKind.INVITATION, delivery=Delivery.POST)


@pytest.mark.parametrize("asking", [LETTER, event(FormatDelivered, about="account")], ids=["letter", "braille"])
def test_a_letter_that_invites_them_asked_about_support_too(asking: Event) -> None:
    assert investigation.moved(Investigation(), asking).asked_each_time(1)


def at_court(*events: Event) -> LegalAction:
    thread = LegalAction()
    for each in (*(event(StepConsidered, step=id) for id in ("C1", "C2")), *events):
        thread = legal_action.moved(thread, each)
    return thread


def test_a_step_that_was_served_is_no_further_than_served_and_an_order_served_is_still_an_order() -> None:
    started = event(StepStarted, step="C1")
    served = event(StepServed, step="C1", people=("ann",))
    step, other = at_court(started, served, event(StepServed, step="C1", people=("bob",))).steps
    assert (step.stage, step.served, other.stage) == (Stage.SERVED, {"ann", "bob"}, Stage.CONSIDERED)
    assert at_court(started, event(StepOrdered, step="C1"), served).steps[0].stage is Stage.ORDERED
    assert at_court(event(StepServed, step="C9", people=("ann",))) == at_court()


def test_the_polices_reference_is_of_the_report_it_was_given_for() -> None:
    thread = Police()
    for each in (
        event(BeliefReported, report="P1", incident="I1"),
        event(BeliefReported, report="P2", incident="I2"),
        event(ReportUpdated, report="P1", reference="CR/1"),
    ):
        thread = police.moved(thread, each)
    assert thread.reports == (("P1", "I1", "CR/1"), ("P2", "I2", ""))


def test_a_no_to_help_by_somebody_else_is_not_this_persons() -> None:
    declined = support.moved(support.moved(Support(), event(SupportAsked)), event(SupportDeclined))
    assert declined.settled and support.moved(declined, event(PersonIdentified)) == Support()


def test_a_warning_counts_from_the_day_after_it_was_read_to_its_last_day() -> None:
    thread = warning.moved(Warned(), event(WarningGiven, warning="W1", counts_until=MONDAY + WEEK))
    thread = warning.moved(thread, event(WarningGiven, warning="W2", counts_until=MONDAY - WEEK))
    assert thread.under_way(MONDAY + WEEK) and not thread.under_way(MONDAY + WEEK + timedelta(days=1))
    assert thread.counting(MONDAY + timedelta(days=1)) is None
    issued = event(LetterIssued, kind=LetterKind.WARNING, about="W1", deemed_on=MONDAY)
    thread = warning.moved(thread, issued)
    assert [each.warned_on for each in thread.warnings] == [MONDAY, None], "the other warning was not read"
    assert not thread.settled(MONDAY) and thread.settled(MONDAY + timedelta(days=1)) and thread.settled(MONDAY + WEEK)
    later = warning.moved(thread, event(LetterIssued, kind=LetterKind.WARNING, about="W1", deemed_on=MONDAY + WEEK))
    assert later == thread, "a second copy does not make the warning later"


def test_a_warning_or_going_without_that_says_no_last_day_counts_for_a_year() -> None:
    year = months_after(MONDAY, 12)
    old = warning.moved(Warned(), event(WarningGiven, warning="W1"))
    assert [each.until for each in old.warnings] == [year]
    assert warning.moved(Warned(), event(WarningSkipApproved)).skipped_until == year
    assert warning.moved(Warned(), event(WarningSkipApproved, counts_until=MONDAY)).skipped_until == MONDAY


def kept(*events: Event, thread: Disposal | None = None) -> Disposal:
    thread = thread or Disposal()
    for each in events:
        thread = disposal.moved(thread, each)
    return thread


HOLDS = [event(HoldPlaced, hold=id, reason="A claim.", review_on=MONDAY) for id in ("H1", "H2")]


def test_a_hold_that_is_kept_or_let_go_leaves_the_other() -> None:
    thread = kept(*HOLDS, event(HoldKept, hold="H1", reason="Still.", review_on=MONDAY + WEEK))
    assert [(x.id, x.reason, x.review_on) for x in thread.holds] == [
        ("H1", "Still.", MONDAY + WEEK),
        ("H2", "A claim.", MONDAY),
    ]
    assert [x.id for x in kept(event(HoldLifted, hold="H1"), thread=thread).holds] == ["H2"]


def test_what_was_sealed_and_is_disposed_of_stays_sealed() -> None:
    assert kept(event(CaseDisposed, matter=Matter.WELFARE, on=MONDAY)) == Disposal(
        matter=Matter.WELFARE, disposed_on=MONDAY
    )


@pytest.mark.parametrize(
    ("matter", "category"), [(Matter.WELFARE, Category.SEALED), (Matter.LEGAL, Category.LEGAL)], ids=["w", "l"]
)
def test_a_sealed_matter_is_kept_from_the_last_that_happened_in_it(matter: Matter, category: Category) -> None:
    thread = kept(event(MatterOpened, matter=matter))
    assert thread.clocks == {category: MONDAY}
    assert kept(event(WelfareNoted, on=MONDAY + WEEK), thread=thread).clocks == {category: MONDAY + WEEK}
    assert kept(event(CaseClosed, on=MONDAY + WEEK), thread=thread).clocks[category] == MONDAY + WEEK
    assert kept(event(WelfareNoted)).clocks == {}, "in a case that is not sealed nothing ends by a note"


def test_a_clock_never_goes_back() -> None:
    late, early = (event(ExpectationEnded, on=day) for day in (MONDAY + WEEK, MONDAY))
    assert kept(late, early).clocks == kept(early, late).clocks == {Category.LIMIT: MONDAY + WEEK}

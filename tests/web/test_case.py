"""A case's pages: what stands in the way, tabs for those who may, and nothing at all for those who may not."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from evenhand.cases import reading, record
from evenhand.cases.record import Ask
from evenhand.people.models import Look, Person, User
from evenhand.policy.conduct import Conduct
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.correspondence import LetterKind
from evenhand.policy.events.expectation import Plan
from evenhand.policy.events.incident import Aftercare
from evenhand.policy.events.legal_action import Against, Remedy
from evenhand.policy.events.support import Agency
from evenhand.policy.need import Channel
from evenhand.policy.verbs import VERBS
from evenhand.web.case_header import TABS
from tests.web.stories import Cast, Story

SignIn = Callable[[User], Client]
LIMITED = {"behaviour": "Write to us.", "reasons": "Many calls.", "plan": Plan(channels=frozenset({Channel.LETTER}))}
EVERY_TAB = {tab for tab, _, _ in TABS}


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return " ".join(response.content.decode().split())


def case_page(story: Story, client: Client, tab: str = "") -> str:
    return page(client, f"/cases/{story.reference}/" + (f"{tab}/" if tab else ""))


def tabs_open(story: Story, client: Client) -> set[str]:
    return {tab for tab in EVERY_TAB if client.get(f"/cases/{story.reference}/{tab}/").status_code == 200}


def test_a_manager_reads_what_stands_in_the_way_before_the_account_is_heard(
    story: Story, cast: Cast, as_: SignIn
) -> None:
    story.investigate()
    shown = case_page(story, as_(cast.manager))
    assert "You can do this now" in shown
    assert "How often it happened has not been looked at." in shown
    assert "has not been heard or declined, and we have tried on 0 of 3 days" in shown
    assert f'href="/cases/{story.reference}/investigation/hear' in shown


def test_an_investigator_is_told_that_only_a_manager_decides(story: Story, cast: Cast, as_: SignIn) -> None:
    story.ready()
    shown = case_page(story, as_(cast.investigator))
    assert "What stands in the way" in shown
    assert "Only a manager or a senior manager may do this." in shown


def test_when_all_is_done_the_manager_may_decide(story: Story, cast: Cast, as_: SignIn) -> None:
    story.ready()
    shown = case_page(story, as_(cast.manager))
    can, _, _ = shown.partition("What stands in the way")
    assert f'<a class="govuk-link" href="/cases/{story.reference}/decision/decide">Decide the case</a>' in can


def test_the_header_says_who_how_serious_whose_case_and_the_next_date(story: Story, cast: Cast, as_: SignIn) -> None:
    story.report(Conduct.SHOUTING, Conduct.THREATS).investigate()
    shown = case_page(story, as_(cast.manager))
    assert "Jo Bell</a></h1>" in shown
    assert "Threats of violence or harm and excessive shouting or abusive language" in shown
    assert "<dt>Whose case</dt><dd>Tom Hughes</dd>" in shown
    assert "Contact the customer for their account, 10 March 2026 (in 7 days)" in shown
    assert "3 Ferry Row, Zedham, ZH1 4JQ" in shown


def test_each_state_is_a_badge_in_words(story: Story, cast: Cast, as_: SignIn) -> None:
    story.mark().appeal("M1")
    shown = case_page(story, as_(cast.manager))
    assert "Marker</strong>" in shown and "Under appeal</strong>" in shown


def test_a_marker_whose_review_is_late_says_so(
    story: Story, cast: Cast, as_: SignIn, days_later: Callable[[int], object]
) -> None:
    story.mark()
    days_later(200)
    client = as_(cast.manager)
    assert "Marker – review overdue" in case_page(story, client)
    assert "Review overdue" in case_page(story, client, "controls")


def test_a_manager_opens_every_tab_but_who_looked(story: Story, cast: Cast, as_: SignIn) -> None:
    story.mark()
    assert tabs_open(story, as_(cast.manager)) == EVERY_TAB - {"looks"}
    assert tabs_open(story, as_(cast.senior)) == EVERY_TAB


def test_the_data_protection_officer_sees_who_looked_and_nothing_of_what_happened(
    story: Story, cast: Cast, as_: SignIn
) -> None:
    story.mark()
    case_page(story, as_(cast.manager))
    client = as_(cast.protection)
    assert tabs_open(story, client) == {"kept", "looks"}
    shown = case_page(story, client)
    assert "Jo Bell" not in shown and "shouted" not in shown
    assert "Priya Nair" in case_page(story, client, "looks")


def test_a_customer_partner_sees_support_and_neither_report_nor_decision(story: Story, cast: Cast, as_: SignIn) -> None:
    story.decide()
    told = {"agency": Agency.CUSTOMER_PARTNER, "name": "Petra", "purpose": "Help to sleep.", "consent": "By telephone."}
    story.act("support.refer", cast.investigator, **told)
    client = as_(cast.partner)
    assert tabs_open(story, client) == {"account"}
    shown = case_page(story, client, "account")
    assert "Help to sleep." in shown and "nobody had rung me back" not in shown
    assert "Decide" not in case_page(story, client)


def test_no_link_leads_to_a_tab_that_is_not_there(story: Story, cast: Cast, as_: SignIn) -> None:
    story.decide()
    for user in (cast.manager, cast.senior, cast.protection, cast.investigator):
        client = as_(user)
        shown = case_page(story, client)
        linked = {tab for tab in EVERY_TAB if f"/cases/{story.reference}/{tab}/" in shown}
        assert linked == tabs_open(story, client)


@pytest.mark.parametrize("who", ["duty", "partner", "administrator", "independent"])
def test_a_case_does_not_exist_for_a_colleague_who_does_not_work_on_it(
    who: str, story: Story, cast: Cast, as_: SignIn
) -> None:
    story.investigate()
    client = as_(getattr(cast, who))
    assert client.get(f"/cases/{story.reference}/").status_code == 404
    assert tabs_open(story, client) == set()


def test_a_colleague_who_lives_with_the_person_cannot_open_the_case(
    story: Story, cast: Cast, tenant: Person, as_: SignIn
) -> None:
    story.investigate()
    cast.manager.person = tenant
    cast.manager.save()
    assert as_(cast.manager).get(f"/cases/{story.reference}/").status_code == 404


def test_nobody_who_has_not_signed_in_sees_anything(story: Story, client: Client) -> None:
    story.report()
    response = client.get(f"/cases/{story.reference}/")
    assert response.status_code == 302 and "login" in response["Location"]


def test_a_colleague_who_reported_reads_what_happens_to_their_report_and_no_more(
    story: Story, cast: Cast, as_: SignIn
) -> None:
    story.report(harmed=(cast.duty,))
    shown = case_page(story, as_(cast.colleague))
    assert "What you reported" in shown and "She shouted abuse at the front door" in shown
    assert "Someone will read your report and decide what to do by 5 March 2026." in shown
    story.ready()
    shown = case_page(story, as_(cast.colleague))
    assert "It is being looked into." in shown
    assert "Dawn" not in shown and "rung me back" not in shown and "assess" not in shown


def test_a_target_reads_what_was_reported_whatever_role_they_hold(story: Story, cast: Cast, as_: SignIn) -> None:
    story.report(harmed=(cast.manager,)).triage()
    shown = case_page(story, as_(cast.manager))
    assert "What happened to you" in shown and "Decide the case" not in shown
    assert tabs_open(story, as_(cast.manager)) == set()


def test_what_an_affected_colleague_is_owed_is_on_the_incidents_tab(story: Story, cast: Cast, as_: SignIn) -> None:
    story.report(harmed=(cast.duty,)).triage()
    shown = case_page(story, as_(cast.manager), "incidents")
    assert "Affected: Dawn Price" in shown
    assert "Still owed, by 3 March 2026: a call from their manager, a debrief" in shown
    story.act("incident.look_after", cast.manager, cast.duty.actor_id, care=Aftercare.CALL)
    assert "Still owed, by 3 March 2026: a debrief" in case_page(story, as_(cast.manager), "incidents")


def test_the_decision_tab_gives_each_finding_its_reasons_and_its_appeal(story: Story, cast: Cast, as_: SignIn) -> None:
    story.decide().approve("T1").later(3).appeal("F1")
    shown = case_page(story, as_(cast.senior), "decision")
    assert "Two colleagues heard it, and she said so herself." in shown
    assert "more than being forceful" in shown
    assert '<dt class="govuk-summary-list__key">Excessive shouting or abusive language</dt>' in shown
    assert "Appeal A1" in shown and "It was not me who shouted." in shown
    assert "Last day to appeal" in shown


def test_the_controls_tab_says_what_to_do_until_when_and_links_what_may_be_done(
    story: Story, cast: Cast, as_: SignIn
) -> None:
    story.limit()
    shown = case_page(story, as_(cast.manager), "controls")
    assert "By email or by letter, at most once a week, on Wednesday." in shown
    assert "Not in force yet" in shown and "Review by" in shown
    assert f'href="/cases/{story.reference}/expectation/L1/lift"' in shown


def test_the_letters_tab_says_how_far_each_has_come(story: Story, cast: Cast, as_: SignIn) -> None:
    story.decide()
    assert "Waiting for approval" in case_page(story, as_(cast.manager), "letters")
    story.approve("T1")
    assert "Approved, waiting to be sent" in case_page(story, as_(cast.manager), "letters")


def test_a_removed_marker_shows_no_day_of_review(story: Story, cast: Cast, as_: SignIn) -> None:
    story.mark()
    client = as_(cast.manager)
    assert "Review by" in case_page(story, client, "controls")
    story.assess(Step.REVIEW).act("marker.remove", cast.manager, "M1", reasons="Nothing has happened since.")
    shown = case_page(story, client, "controls")
    assert "Removed" in shown and "Review by" not in shown


def test_two_letters_of_a_kind_are_told_apart_and_one_set_aside_is_not_due(
    story: Story, cast: Cast, as_: SignIn
) -> None:
    story.limit()
    client = as_(cast.manager)
    assert "the limit L1" not in case_page(story, client, "letters"), "one of its kind needs no more words"
    for number in (1, 2):
        story.act("expectation.lift", cast.manager, f"L{number}", reasons="It is needed no more.")
        if number == 1:
            story.assess().act("expectation.set", cast.manager, **LIMITED, starts_on=story.day)
    shown = case_page(story, client, "letters")
    assert all(f"A limit has ended: the limit L{number}" in shown for number in (1, 2))
    late = shown.count("(in 2 days)")
    told = reading.case_file(story.reference, cast.manager, story.day).case.correspondence.letters
    first = next(each.id for each in told if each.kind is LetterKind.LIMITS)
    story.act("correspondence.set_aside", cast.manager, first, reason="It was lifted.")
    assert case_page(story, client, "letters").count("(in 2 days)") == late - 1


def seal(story: Story, cast: Cast) -> str:
    """A legal step without notice about the story's case, known to the manager and the senior manager."""
    step = {"remedy": Remedy.INJUNCTION, "against": Against.CUSTOMER, "reasons": "Danger.", "advice": "Counsel agrees."}
    ask = Ask(cast.manager.actor, story.moment)
    verb = VERBS["legal_action.consider_without_notice"]
    named = (cast.senior.actor_id,)
    return record.open_case(ask, verb, about_person=story.person, about=story.reference, named=named, **step).reference


def test_a_sealed_matter_is_linked_only_for_those_named_in_it(story: Story, cast: Cast, as_: SignIn) -> None:
    story.investigate()
    before = case_page(story, as_(cast.other_manager))
    sealed = seal(story, cast)
    assert sealed in case_page(story, as_(cast.senior))
    unnamed = as_(cast.other_manager)
    after = case_page(story, unnamed)
    assert sealed not in after and len(after) == len(before)
    assert unnamed.get(f"/cases/{sealed}/").status_code == 404
    assert "A legal step without notice" in page(as_(cast.senior), "/cases/?show=all")
    assert "A legal step without notice" not in page(as_(cast.other_manager), "/cases/?show=all")
    matter = page(as_(cast.senior), f"/cases/{sealed}/")
    assert '<h1 class="govuk-heading-l">A legal step without notice</h1>' in matter


def test_a_linked_case_is_named_only_to_those_who_may_know_of_it(
    story: Story, cast: Cast, home: object, as_: SignIn
) -> None:
    story.investigate()
    other = Story(cast, story.person, story.home).investigate()
    other.act("handling.assign", cast.manager, to=cast.other_manager.actor_id, reason="Tom is away.")
    story.act("handling.link", cast.manager, other=other.reference, reason="The same evening.")
    assert other.reference in case_page(story, as_(cast.manager))
    assert story.reference in case_page(other, as_(cast.manager)), "a link is seen from both sides"
    assert other.reference not in case_page(story, as_(cast.investigator))


def test_a_look_is_logged_with_who_and_what(story: Story, cast: Cast, as_: SignIn) -> None:
    story.investigate()
    case_page(story, as_(cast.manager))
    look = Look.objects.get(kind="case")
    assert (look.by, look.reference, look.person) == (cast.manager, story.reference, story.person)


@pytest.mark.parametrize("tab", ["", *sorted(EVERY_TAB)])
def test_a_longer_case_takes_no_more_queries(tab: str, story: Story, cast: Cast, as_: SignIn) -> None:
    story.decide()
    longer = Story(cast, story.person, story.home).report(harmed=(cast.duty, cast.administrator)).mark().approve("T1")
    longer.later(3).appeal("F1")
    client = as_(cast.senior)
    client.get("/")
    with CaptureQueriesContext(connection) as short:
        case_page(story, client, tab)
    with CaptureQueriesContext(connection) as long:
        case_page(longer, client, tab)
    assert len(long) <= len(short) <= 40

"""Looking into a case, reaching the customer, hearing them, pausing, and counting how often, on the pages for it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from evenhand.cases import models, reading
from evenhand.people.models import Need, Person, User
from evenhand.policy.case import Case
from evenhand.policy.conduct import Conduct
from evenhand.policy.events.incident import Triage
from tests.web.asking import answers, carried, errors, page_of, send, words
from tests.web.stories import START, Cast, Story

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]


def standing(story: Story, cast: Cast) -> Case:
    return reading.case_file(story.reference, cast.manager, story.day).case


def test_a_case_is_given_to_one_of_the_investigators(as_: As, story: Story, cast: Cast) -> None:
    story.report().triage()
    address = page_of(story, "investigation.open")
    page = words(as_(cast.manager).get(address))
    assert "Tom Hughes" in page and "Sam Okafor" not in page

    sent = send(as_(cast.manager), address, investigator=cast.investigator.actor_id)

    assert sent.status_code == 302 and models.Case.objects.get().holder == cast.investigator.actor_id
    assert "already has an investigator" in words(as_(cast.manager).get(address))


def test_an_investigator_who_was_affected_is_not_given_the_case(as_: As, story: Story, cast: Cast) -> None:
    story.report(harmed=(cast.investigator,))
    story.act("incident.triage", cast.manager, outcome=Triage.NEW_CASE)

    sent = send(as_(cast.manager), page_of(story, "investigation.open"), investigator=cast.investigator.actor_id)

    assert "Choose another" in errors(sent)


def test_an_investigator_stands_aside_and_the_case_needs_another(as_: As, story: Story, cast: Cast) -> None:
    story.investigate()

    sent = send(
        as_(cast.investigator), page_of(story, "investigation.declare_conflict"), reason="Her sister is my friend."
    )

    assert sent.status_code == 302 and not standing(story, cast).investigation.open


def test_an_invitation_says_how_and_its_letter_waits_for_approval(as_: As, story: Story, cast: Cast) -> None:
    story.investigate()

    sent = send(as_(cast.investigator), page_of(story, "investigation.invite"), how="Ring us on a weekday.")

    assert sent.status_code == 302
    assert models.Letter.objects.get().kind == "invitation"


def test_an_attempt_by_a_way_that_is_not_safe_is_refused(as_: As, story: Story, cast: Cast, tenant: Person) -> None:
    story.investigate()
    tenant.unsafe_channels = ["phone"]
    tenant.save()
    address = page_of(story, "investigation.attempt")

    refused = send(as_(cast.investigator), address, channel="phone", outcome="No answer.")
    sent = send(as_(cast.investigator), address, channel="visit", outcome="Nobody in.", asked_support="on")

    assert "not safe for the person to be reached by telephone" in errors(refused)
    assert "No answer." in words(refused)
    assert sent.status_code == 302 and standing(story, cast).investigation.days_tried() == 1
    assert "Tried on 1 day so far" in words(as_(cast.investigator).get(address))


def test_a_call_written_down_the_next_day_counts_on_its_own_day_and_never_tomorrow(
    as_: As, story: Story, cast: Cast, days_later: Callable[[int], object]
) -> None:
    story.investigate()
    days_later(2)
    client, address = as_(cast.investigator), page_of(story, "investigation.attempt")
    told = {"channel": "phone", "outcome": "No answer."}
    assert client.get(address).context["form"]["tried_on"].value() == START + timedelta(days=2)
    refused = send(client, address, **told, tried_on=START + timedelta(days=3))
    assert refused.context["form"].errors["tried_on"] == ["That day has not come yet. Enter the day on which it was."]
    for day in (START, START + timedelta(days=1), START + timedelta(days=1)):
        assert send(client, address, **told, tried_on=day).status_code == 302
    assert {each.on for each in standing(story, cast).investigation.attempts} == {START, START + timedelta(days=1)}


def test_an_account_is_heard_on_the_day_it_was_told(
    as_: As, story: Story, cast: Cast, days_later: Callable[[int], object]
) -> None:
    story.investigate()
    days_later(3)
    said = {"speaker": "the customer", "channel": "phone", "words": "I was frightened.", "heard_on": START}
    client = as_(cast.investigator)
    assert send(client, page_of(story, "investigation.hear"), **said).status_code == 302
    heard = reading.case_file(story.reference, cast.manager, START + timedelta(days=3)).entries[-1].event
    assert heard.heard_on == START and heard.on == START + timedelta(days=3)
    assert "by telephone, on 3 March 2026." in words(client.get(f"/cases/{story.reference}/"))
    assert "3 March 2026, by telephone" in words(client.get(f"/cases/{story.reference}/account/"))


def test_nobody_is_contacted_while_the_investigation_is_paused(as_: As, story: Story, cast: Cast) -> None:
    story.investigate()
    pause = page_of(story, "investigation.pause")
    told = {"why": "the police asked us to wait", "reason": "PC Reed asked on 2 March."}

    refused = send(as_(cast.investigator), pause, **told, look_again_on=START)
    sent = send(as_(cast.investigator), pause, **told, look_again_on=START + timedelta(days=14))
    page = words(as_(cast.investigator).get(page_of(story, "investigation.attempt")))
    resumed = send(as_(cast.investigator), page_of(story, "investigation.resume"), reason="They are done.")

    assert "Choose a later day" in errors(refused) and sent.status_code == 302
    assert "The investigation is paused." in page and "Resume the investigation" in page
    assert resumed.status_code == 302 and not standing(story, cast).investigation.paused


def test_the_customers_account_is_kept_in_their_words(as_: As, story: Story, cast: Cast) -> None:
    story.investigate()
    address = page_of(story, "investigation.hear")
    shown = as_(cast.investigator).get(address)
    assert "She shouted abuse at the front door" in words(shown)
    assert 'data-draft="investigation.hear-' in shown.content.decode()

    sent = send(
        as_(cast.investigator),
        address,
        speaker="the customer",
        channel="phone",
        words="I was frightened.\r\n• Cold too.",
    )

    heard = reading.case_file(story.reference, cast.manager, story.day).entries[-1].event
    assert sent.status_code == 302 and heard.words == "I was frightened.\n• Cold too."


def test_an_advocate_who_speaks_is_named(as_: As, story: Story, cast: Cast) -> None:
    story.investigate()
    said = {"speaker": "an advocate for the customer", "channel": "phone", "words": "She was in pain that day."}

    refused = send(as_(cast.investigator), page_of(story, "investigation.hear"), **said)

    assert refused.context["form"].errors["advocate"] == ["Say who the advocate is."]
    assert "She was in pain that day." in words(refused)


def test_an_account_that_complains_of_a_colleague_stands_in_the_way_of_a_decision(
    as_: As, story: Story, cast: Cast
) -> None:
    story.investigate()
    said = {"speaker": "the customer", "channel": "phone", "words": "He pushed me.", "about_a_colleague": "on"}
    send(as_(cast.investigator), page_of(story, "investigation.hear"), **said)
    assert "The customer complained of a colleague" in words(as_(cast.manager).get(page_of(story, "decision.decide")))


def test_a_customer_may_decline_to_give_an_account(as_: As, story: Story, cast: Cast) -> None:
    story.investigate()
    sent = send(as_(cast.investigator), page_of(story, "investigation.decline"), words="No thank you.")
    assert sent.status_code == 302 and standing(story, cast).investigation.declined


def test_nothing_is_asked_of_a_person_nobody_knows(as_: As, story: Story, cast: Cast) -> None:
    story.person = None
    story.report(described="Tall").investigate()
    page = words(as_(cast.investigator).get(page_of(story, "investigation.hear")))
    assert "Nobody knows yet who the person is." in page and "Say who the person is" in page


def test_how_often_begins_with_the_incidents_the_investigator_may_know_of(as_: As, story: Story, cast: Cast) -> None:
    earlier = Story(cast, story.person, story.home)
    earlier.report(Conduct.PERSONAL_ABUSE, happened_on=START - timedelta(days=40)).triage()
    story.investigate()
    address = page_of(story, "investigation.view_how_often")

    shown = as_(cast.manager).get(address)

    page = words(shown)
    assert shown.context["form"]["earlier"].value() == 1
    assert "22 January 2026: personal abuse" in page and earlier.reference in page
    assert "January 2026: 1" in page and "March 2026: 1" in page
    sent = send(as_(cast.manager), address, earlier="1", since=START - timedelta(days=40), view="Twice in six weeks.")
    assert sent.status_code == 302 and standing(story, cast).investigation.how_often


def test_earlier_incidents_are_not_counted_without_the_day_of_the_first(as_: As, story: Story, cast: Cast) -> None:
    address = page_of(story.investigate(), "investigation.view_how_often")

    shown = send(as_(cast.manager), address, earlier="2", view="Twice before.")

    assert "Give the day of the first one you count, or count none" in words(shown)
    assert not standing(story, cast).investigation.how_often
    assert send(as_(cast.manager), address, earlier="0", view="Once.").status_code == 302


def test_how_often_never_counts_a_case_the_viewer_may_not_know_of(as_: As, story: Story, cast: Cast) -> None:
    other = Story(cast, story.person, story.home)
    other.report(Conduct.PERSONAL_ABUSE).triage()
    other.act("handling.assign", cast.manager, to=cast.senior.actor_id, reason="Somebody senior has to.")
    story.investigate()

    page = words(as_(cast.investigator).get(page_of(story, "investigation.view_how_often")))

    assert other.reference not in page


def test_many_earlier_cases_cost_no_more_questions_than_one(
    as_: As, story: Story, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    story.investigate()
    for days in range(12):
        Story(cast, story.person, story.home).report(happened_on=START - timedelta(days=30 * days)).triage()
    browser = as_(cast.manager)

    with django_assert_max_num_queries(45):
        shown = browser.get(page_of(story, "investigation.view_how_often"))

    assert shown.context["form"]["earlier"].value() == 12


def test_a_report_that_was_not_about_conduct_is_shown_and_not_counted(as_: As, story: Story, cast: Cast) -> None:
    other = Story(cast, story.person, story.home).report(Conduct.PERSONAL_ABUSE)
    other.act("incident.triage", cast.manager, outcome=Triage.NOT_CONDUCT, reason="It was a misunderstanding.")
    story.investigate()

    shown = as_(cast.manager).get(page_of(story, "investigation.view_how_often"))

    assert shown.context["form"]["earlier"].value() == 0
    assert "not a conduct matter" in words(shown) and "March 2026: 1" in words(shown)


def test_how_often_is_counted_in_figures(as_: As, story: Story, cast: Cast) -> None:
    story.investigate()
    sent = send(as_(cast.investigator), page_of(story, "investigation.view_how_often"), earlier="many", view="Often.")
    assert "Enter a whole number" in errors(sent) and "Often." in words(sent)


def test_an_account_sent_twice_is_heard_once(as_: As, story: Story, cast: Cast) -> None:
    story.investigate()
    browser, address = as_(cast.investigator), page_of(story, "investigation.hear")
    data = {
        **carried(browser.get(address)),
        **answers(speaker="the customer", channel="phone", words="I was frightened."),
    }
    before = models.Event.objects.count()

    browser.post(address, data)
    again = browser.post(address, data, follow=True)

    assert models.Event.objects.count() == before + 1
    assert "You had already sent this form" in words(again)


def test_a_colleague_who_only_reported_cannot_open_the_account(as_: As, story: Story, cast: Cast) -> None:
    story.investigate()
    assert as_(cast.colleague).get(page_of(story, "investigation.hear")).status_code == 404
    assert as_(cast.partner).get(page_of(story, "investigation.hear")).status_code == 404


def test_a_need_told_of_later_is_on_the_person(as_: As, story: Story, cast: Cast, tenant: Person) -> None:
    story.investigate()
    send(
        as_(cast.investigator),
        page_of(story, "support.answer"),
        words="I cannot read small print.",
        needs=["large print"],
    )
    assert Need.objects.get(person=tenant).kind == "large print"

"""E1: expectations and limits on contact, set, changed, extended, lifted and answered on their pages."""

from collections.abc import Callable
from datetime import time

import pytest
from django.test import Client

from evenhand.cases import models
from evenhand.people.models import Landlord, Need, Person, User
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.expectation import ExpectationSet, Period, Weekday
from evenhand.policy.need import Channel
from tests.web.asking import errors, page_of, send, words
from tests.web.stories import START, Cast, Story

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]
TOLD = {"behaviour": "Do not shout at our colleagues.", "starts_on": START, "reasons": "On 3 March 2026 you shouted."}
PLAN = {"limited": "on", "channels": ["email", "letter"], "times": 1, "period": "week", "weekdays": ["Wednesday"]}


def skipped(story: Story) -> Story:
    story.decide()
    story.act("warning.propose_skipping", story.cast.manager, reason="A warning would put a colleague in danger.")
    story.act("warning.approve_skipping", story.cast.senior, reason="Agreed.")
    return story


def happened(story: Story) -> list[str]:
    return list(models.Event.objects.filter(case__reference=story.reference).values_list("kind", flat=True))


def what_was_set(client: Client, story: Story) -> ExpectationSet:
    shown = client.get(page_of(story, "expectation.set"))
    entries = shown.context["file"].entries
    return [e.event for e in entries if isinstance(e.event, ExpectationSet)][-1]


def test_an_expectation_is_set_without_any_limit(story: Story, cast: Cast, as_: As) -> None:
    skipped(story)
    client = as_(cast.manager)
    assert send(client, page_of(story, "expectation.set"), **TOLD).status_code == 302
    assert what_was_set(client, story).plan is None


def test_limits_are_set_as_they_were_answered(story: Story, cast: Cast, as_: As) -> None:
    skipped(story)
    client = as_(cast.manager)
    done = send(client, page_of(story, "expectation.set"), **TOLD, **PLAN, from_time="9am", to_time="12:30pm")
    assert done.status_code == 302
    plan = what_was_set(client, story).plan
    assert plan and plan.channels == {Channel.EMAIL, Channel.LETTER} and plan.weekdays == {Weekday.WEDNESDAY}
    assert (plan.times, plan.period, plan.from_time, plan.to_time) == (1, Period.WEEK, time(9), time(12, 30))
    assert "new ones take their place" in words(client.get(page_of(story, "expectation.set")))


def test_the_form_says_how_long_our_own_period_and_the_longest_are(
    story: Story, cast: Cast, as_: As, landlord: Landlord
) -> None:
    story.decide()
    client, address = as_(cast.manager), page_of(story, "expectation.set")
    assert "our usual period, 6 months from its start. At most 12 months." in words(client.get(address))
    landlord.terms = {"limit_months": 1}
    landlord.save(update_fields=["terms"])
    assert "our usual period, 1 month from its start." in words(client.get(address))


def test_answers_about_a_limit_are_not_dropped_because_a_box_was_not_ticked(story: Story, cast: Cast, as_: As) -> None:
    skipped(story)
    half = {name: answer for name, answer in PLAN.items() if name != "limited"}
    refused = send(as_(cast.manager), page_of(story, "expectation.set"), **TOLD, **half)
    assert "Tick this to limit contact" in errors(refused)
    assert "ExpectationSet" not in happened(story)


def test_a_refusal_stands_beside_its_question_and_the_words_are_kept(story: Story, cast: Cast, as_: As) -> None:
    skipped(story)
    given = {**TOLD, **PLAN, "period": None, "from_time": "5pm", "to_time": "9am", "complaint_open": "on"}
    refused = send(as_(cast.manager), page_of(story, "expectation.set"), **given)
    wrong = refused.context["form"].errors
    assert {"times", "to_time", "complaint_considered"} <= set(wrong)
    assert "On 3 March 2026 you shouted." in refused.content.decode()
    unclear = send(as_(cast.manager), page_of(story, "expectation.set"), **{**given, "from_time": "25 o’clock"})
    assert "Write a time such as 2:30pm" in errors(unclear)


def test_limits_without_a_warning_are_refused_before_anyone_types(story: Story, cast: Cast, as_: As) -> None:
    story.decide()
    client, address = as_(cast.manager), page_of(story, "expectation.set")
    before, form = client.get(address).content.decode().split('<form class="eh-form"')
    assert "has not had a warning that still counts" in before and "<textarea" in form
    for remedy in ("warning.give", "warning.propose_skipping"):
        assert f'href="{page_of(story, remedy)}"' in before
    refused = send(client, address, **TOLD, **PLAN)
    assert "warning" in str(refused.context["form"].errors["limited"])
    assert "You cannot limit contact yet" in words(refused)


def test_whoever_may_agree_to_go_without_a_warning_is_led_there_from_the_limit(
    story: Story, cast: Cast, as_: As
) -> None:
    story.decide()
    story.act("warning.propose_skipping", cast.manager, reason="A warning would put a colleague in danger.")
    shown = as_(cast.senior).get(page_of(story, "expectation.set")).content.decode()
    assert f'href="{page_of(story, "warning.approve_skipping")}"' in shown
    story.act("warning.approve_skipping", cast.senior, reason="Agreed.")
    assert "You cannot limit contact yet" not in words(as_(cast.manager).get(page_of(story, "expectation.set")))


def test_what_the_person_needs_is_beside_the_limit_form_and_names_the_ways_it_rules_out(
    story: Story, cast: Cast, as_: As, tenant: Person
) -> None:
    Need.objects.create(person=tenant, kind="finds writing hard", detail="A nephew reads to him.", recorded_on=START)
    skipped(story)
    client, address = as_(cast.manager), page_of(story, "expectation.set")
    shown = words(client.get(address))
    assert "A nephew reads to him." in shown and "By email, by letter, by the form on our website" in shown
    assert "by email or by letter (finds writing hard)" in errors(send(client, address, **TOLD, **PLAN))


def test_what_stands_in_the_way_is_said_before_the_form(story: Story, cast: Cast, as_: As) -> None:
    story.ready()
    shown = as_(cast.manager).get(page_of(story, "expectation.set"))
    assert "There is no finding against the customer that stands." in words(shown)
    assert "<textarea" not in shown.content.decode()


def test_the_form_that_changes_limits_begins_with_them_as_they_are(story: Story, cast: Cast, as_: As) -> None:
    story.limit().approve("T2").assess(Step.REVIEW)
    client = as_(cast.manager)
    address = page_of(story, "expectation.vary", "L1")
    fields = client.get(address).context["form"].fields
    assert fields["channels"].initial == ["email", "letter"] and fields["weekdays"].initial == ["Wednesday"]
    changed = {**PLAN, "times": 2, "reasons": "Once a week was too little."}
    del changed["limited"]
    assert send(client, address, **changed).status_code == 302
    assert "ExpectationVaried" in happened(story)


@pytest.mark.parametrize(("verb", "kind"), [("extend", "ExpectationExtended"), ("lift", "ExpectationEnded")])
def test_limits_are_extended_or_lifted_with_reasons(story: Story, cast: Cast, as_: As, verb: str, kind: str) -> None:
    story.limit().approve("T2").assess(Step.REVIEW)
    client, address = as_(cast.manager), page_of(story, f"expectation.{verb}", "L1")
    assert "reasons" in send(client, address, reasons=" ").context["form"].errors
    assert send(client, address, reasons="Three more calls on 2 March 2026.").status_code == 302
    assert kind in happened(story)


def test_a_customer_who_asks_is_answered(story: Story, cast: Cast, as_: As) -> None:
    story.limit()
    asked = send(as_(cast.investigator), page_of(story, "expectation.request_review", "L1"), words="It is too hard.")
    assert asked.status_code == 302
    story.assess(Step.REVIEW)
    client = as_(cast.manager)
    assert send(client, page_of(story, "expectation.keep", "L1"), reasons="It went on.").status_code == 302
    assert "LimitReviewAnswered" in happened(story)


def test_a_form_about_what_has_changed_shows_the_news_and_keeps_the_words(story: Story, cast: Cast, as_: As) -> None:
    skipped(story)
    client, address = as_(cast.manager), page_of(story, "expectation.set")
    shown = client.get(address)
    old = {name: shown.context["form"].initial[name] for name in ("seen", "token")}
    story.act("handling.assign", cast.manager, to=cast.other_manager.actor_id, reason="Holidays.")
    given = {"behaviour": "Kept words.", "starts_on_0": 3, "starts_on_1": 3, "starts_on_2": 2026, "reasons": "Why."}
    stale = client.post(address, {**old, **given})
    assert "What changed while you wrote" in words(stale) and "Kept words." in stale.content.decode()
    assert "ExpectationSet" not in happened(story)


@pytest.mark.parametrize("who", ["colleague", "investigator", "duty", "partner", "protection", "administrator"])
def test_only_those_who_decide_reach_the_page(story: Story, cast: Cast, as_: As, who: str) -> None:
    skipped(story)
    assert as_(getattr(cast, who)).get(page_of(story, "expectation.set")).status_code in (403, 404)


def test_a_manager_who_was_affected_finds_no_page(story: Story, cast: Cast, as_: As) -> None:
    story.report(harmed=(cast.other_manager,))
    skipped(story)
    assert as_(cast.other_manager).get(page_of(story, "expectation.set")).status_code == 404

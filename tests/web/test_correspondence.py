"""D1, D2: a letter approved on its page, what became of it recorded there, and refusals that keep every word."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from evenhand.cases import models, record
from evenhand.people.models import Need, User
from evenhand.policy.conduct import Conduct
from evenhand.policy.events.correspondence import Delivery
from evenhand.policy.staff import SYSTEM
from evenhand.policy.verbs import VERBS
from tests.web.asking import answers, carried, errors, page_of, send, words
from tests.web.stories import START, Cast, Story

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]
DECIDED = "T1"
BY_POST = {"format": "standard", "delivery": "post"}


def letter_of(story: Story, letter: str = DECIDED) -> models.Letter:
    return models.Letter.objects.get(case__reference=story.reference, letter=letter)


def letter_page(story: Story, letter: str = DECIDED) -> str:
    return reverse("letter", args=[story.reference, letter])


def given(shown: HttpResponse, **changed: Any) -> dict[str, Any]:
    """The whole form as it was shown, with some answers changed."""
    form = shown.context["form"]
    first = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {**{k: v for k, v in first.items() if v not in (None, "")}, **carried(shown), **answers(**changed)}


def approve(client: Client, story: Story, letter: str = DECIDED, **changed: Any) -> HttpResponse:
    address = page_of(story, "correspondence.approve", letter)
    return client.post(address, given(client.get(address), **{**BY_POST, **changed}), follow=True)


def test_a_manager_approves_a_letter_and_is_told_the_last_day_to_appeal(story: Story, cast: Cast, as_: As) -> None:
    story.decide()
    shown = approve(as_(cast.manager), story)
    said = words(shown)
    assert shown.redirect_chain[-1][0] == letter_page(story)
    assert "Approved. It counts as delivered on 5 March 2026. The last day to appeal is 2 April 2026." in said
    assert "Waits to be printed" in said and letter_of(story).sent_bytes


def test_the_format_on_record_is_offered_first_and_chosen(story: Story, cast: Cast, as_: As) -> None:
    Need.objects.create(person=story.person, kind="large print", recorded_on=START)
    story.decide()
    form = as_(cast.manager).get(page_of(story, "correspondence.approve", DECIDED)).context["form"]
    assert form.fields["format"].choices[0][0] == "large print" == form.fields["format"].initial


def test_a_way_that_is_unsafe_is_not_offered_and_the_page_says_why(story: Story, cast: Cast, as_: As) -> None:
    assert story.person
    story.person.unsafe_channels = ["letter"]
    story.person.save()
    story.decide()
    client = as_(cast.manager)
    shown = client.get(page_of(story, "correspondence.approve", DECIDED))
    assert [choice[0] for choice in shown.context["form"].fields["delivery"].choices] == ["email", "by hand"]
    assert "By post: That way of reaching the person is marked unsafe." in words(shown)
    assert "delivery" in approve(client, story).context["form"].errors
    assert letter_of(story).sent_bytes is None


def test_someone_with_no_email_address_is_not_offered_email(story: Story, cast: Cast, as_: As) -> None:
    assert story.person
    story.person.emails = []
    story.person.save()
    story.decide()
    shown = as_(cast.manager).get(page_of(story, "correspondence.approve", DECIDED))
    assert "email" not in [choice[0] for choice in shown.context["form"].fields["delivery"].choices]
    assert "By email: We have no email address for them." in words(shown)


def test_whoever_would_hand_it_over_reads_what_the_marker_tells(story: Story, cast: Cast, as_: As) -> None:
    story.mark()
    shown = as_(cast.manager).get(page_of(story, "correspondence.approve", DECIDED))
    assert "A marker says: Visit in pairs" in words(shown)


def test_an_investigator_reads_before_typing_that_a_manager_approves_it(story: Story, cast: Cast, as_: As) -> None:
    story.decide()
    shown = as_(cast.investigator).get(page_of(story, "correspondence.approve", DECIDED))
    assert "A manager approves this letter." in words(shown)
    assert "<textarea" not in shown.content.decode()


def test_words_are_changed_and_seen_before_anything_is_approved(story: Story, cast: Cast, as_: As) -> None:
    story.decide()
    client, address = as_(cast.manager), page_of(story, "correspondence.approve", DECIDED)
    fresh = given(client.get(address), **BY_POST, reasons="Two colleagues heard it.", preview="letter")
    seen = client.post(address, fresh)
    assert "The letter in the words you chose" in words(seen) and "Two colleagues heard it." in words(seen)
    assert letter_of(story).sent_bytes is None
    del fresh["preview"]
    client.post(address, fresh)
    assert letter_of(story).data["reasons"] == "Two colleagues heard it."


def test_a_form_is_sent_without_the_anchor_that_looking_at_the_letter_left_in_the_address(
    story: Story, cast: Cast, as_: As
) -> None:
    story.decide()
    client, address = as_(cast.manager), page_of(story, "correspondence.approve", DECIDED)
    seen = client.post(address, {**given(client.get(address), **BY_POST), "preview": "letter"})
    forms = re.findall(r'<form class="eh-form" method="post" action="([^"]*)"', seen.content.decode())
    assert forms == [address] and 'formaction="#letter"' in seen.content.decode()


def test_a_letter_that_names_an_affected_colleague_is_refused_and_the_words_are_kept(
    story: Story, cast: Cast, as_: As
) -> None:
    story.report(harmed=(cast.duty,))
    story.decide()
    refused = approve(as_(cast.manager), story, reasons="You shouted at Dawn Price.")
    assert "Letters never name a colleague who was affected" in errors(refused)
    assert "You shouted at Dawn Price." in refused.content.decode()
    assert letter_of(story).sent_bytes is None


def test_plain_text_does_not_go_by_post(story: Story, cast: Cast, as_: As) -> None:
    story.decide()
    refused = approve(as_(cast.manager), story, format="plain text")
    assert "Choose large print for the post" in str(refused.context["form"].errors["format"])


def test_the_time_to_appeal_waits_for_the_format_ordered(
    story: Story, cast: Cast, as_: As, days_later: Callable[[int], date]
) -> None:
    Need.objects.create(person=story.person, kind="braille", recorded_on=START)
    story.decide()
    client = as_(cast.manager)
    assert "The time to appeal begins when the braille is delivered." in words(approve(client, story, format="braille"))
    record.act_on(
        story.reference, record.Ask(SYSTEM, story.moment), VERBS["correspondence.send"], DECIDED, how=Delivery.POST
    )
    on = days_later(7)
    client = as_(cast.manager)
    page = words(client.get(letter_page(story)))
    assert "Waits for braille" in page and "Fixed when the braille is delivered" in page
    address = page_of(story, "correspondence.deliver_format", DECIDED)
    future = send(client, address, delivered_on=date(2026, 4, 1))
    assert "That day has not come yet." in errors(future)
    assert send(client, address, delivered_on=on).status_code == 302
    assert "9 April 2026" in words(client.get(letter_page(story)))


def test_an_older_page_does_not_approve_over_what_changed(story: Story, cast: Cast, as_: As) -> None:
    story.decide()
    client, address = as_(cast.manager), page_of(story, "correspondence.approve", DECIDED)
    old = given(client.get(address), **BY_POST, reasons="My own words.")
    other = Story(cast, story.person, story.home).report()
    story.act("handling.link", cast.manager, other=other.reference, reason="The same day.")
    stale = client.post(address, old)
    assert "What changed while you wrote" in words(stale) and "My own words." in stale.content.decode()
    assert letter_of(story).sent_bytes is None


def test_a_form_sent_twice_approves_once(story: Story, cast: Cast, as_: As) -> None:
    story.decide()
    client, address = as_(cast.manager), page_of(story, "correspondence.approve", DECIDED)
    data = given(client.get(address), **BY_POST)
    client.post(address, data)
    assert "You had already sent this form" in words(client.post(address, data, follow=True))
    assert models.EarlierIssue.objects.count() == 0


def test_a_letter_handed_over_is_recorded_as_such(story: Story, cast: Cast, as_: As) -> None:
    story.decide()
    client = as_(cast.manager)
    page = words(approve(client, story, delivery="by hand"))
    assert "Waits to be handed over" in page and "Record that it was handed over" in page
    assert send(client, page_of(story, "correspondence.send", DECIDED)).status_code == 302
    assert letter_of(story).post == "sent" and letter_of(story).sent_at


def test_a_letter_that_goes_by_email_is_not_handed_over_meanwhile(story: Story, cast: Cast, as_: As) -> None:
    story.decide()
    client = as_(cast.manager)
    assert "It is sent by email within a few minutes." in words(approve(client, story, delivery="email"))
    shown = client.get(page_of(story, "correspondence.send", DECIDED))
    assert "may be on its way" in words(shown)
    assert client.post(shown.request["PATH_INFO"], carried(shown)).status_code == 200
    assert letter_of(story).post == "approved, waiting to be sent"


def sent(story: Story, client: Client) -> None:
    approve(client, story)
    ask = record.Ask(SYSTEM, story.later().moment)
    record.act_on(story.reference, ask, VERBS["correspondence.send"], DECIDED, how=Delivery.POST)


def test_a_letter_that_came_back_asks_to_be_approved_again(story: Story, cast: Cast, as_: As) -> None:
    story.decide()
    client = as_(cast.manager)
    sent(story, client)
    empty = send(client, page_of(story, "correspondence.take_back", DECIDED), reason="")
    assert empty.status_code == 200 and "reason" in empty.context["form"].errors
    assert send(client, page_of(story, "correspondence.take_back", DECIDED), reason="Gone away.").status_code == 302
    page = client.get(letter_page(story))
    assert "Approve the letter again" in words(page) and "It came back" in words(page)
    again = words(approve(client, story, delivery="by hand"))
    assert "Approved before" in again and "By post" in again


def test_later_proof_of_receipt_moves_the_last_day(
    story: Story, cast: Cast, as_: As, days_later: Callable[[int], date]
) -> None:
    story.decide()
    sent(story, as_(cast.manager))
    on = days_later(13)
    client = as_(cast.manager)
    assert send(client, page_of(story, "correspondence.prove_receipt", DECIDED), delivered_on=on).status_code == 302
    assert "15 April 2026" in words(client.get(letter_page(story)))


def test_a_letter_that_may_not_have_gone_is_looked_into_by_a_person(story: Story, cast: Cast, as_: As) -> None:
    story.decide()
    client = as_(cast.manager)
    approve(client, story, delivery="email")
    record.act_on(story.reference, record.Ask(SYSTEM, story.moment), VERBS["correspondence.doubt"], DECIDED)
    page = words(client.get(letter_page(story)))
    assert letter_of(story).message_id in page and "Say that the letter did go" in page
    assert send(client, page_of(story, "correspondence.confirm_sent", DECIDED), how="email").status_code == 302
    assert letter_of(story).post == "sent"


def test_a_letter_that_tells_what_still_stands_is_not_set_aside(story: Story, cast: Cast, as_: As) -> None:
    story.decide()
    shown = as_(cast.manager).get(page_of(story, "correspondence.set_aside", DECIDED))
    assert "still stands, so the customer must be told" in words(shown)


def test_a_letter_of_what_was_cancelled_is_set_aside_with_a_reason(story: Story, cast: Cast, as_: As) -> None:
    story.mark().appeal("F1").uphold()
    client = as_(cast.manager)
    address = page_of(story, "correspondence.set_aside", DECIDED)
    assert send(client, address, reason="The appeal was upheld.").status_code == 302
    assert "It is kept, and never sent." in words(client.get(letter_page(story)))


def test_a_letter_that_says_we_have_their_appeal_is_offered_to_be_set_aside_once_it_is_decided(
    story: Story, cast: Cast, as_: As
) -> None:
    story.decide().appeal("F1").uphold()
    received = models.Letter.objects.get(case__reference=story.reference, kind="appeal_received").letter
    client = as_(cast.manager)
    page = client.get(letter_page(story, received))
    assert "The appeal is decided, so the letter is out of date" in words(page)
    assert page_of(story, "correspondence.set_aside", received) in page.content.decode()
    assert "out of date" in words(client.get(page_of(story, "correspondence.approve", received)))
    sent = send(client, page_of(story, "correspondence.set_aside", received), reason="The outcome says it all.")
    assert sent.status_code == 302 and letter_of(story, received).post == "set aside"


def test_nobody_approves_the_letter_of_a_marker_whose_notice_is_withheld(story: Story, cast: Cast, as_: As) -> None:
    story.report(Conduct.THREATS).mark()
    story.act("marker.withhold_notice", cast.senior, "M1", reasons="They would find out who told us.")
    marker = letter_of(story, "T2")
    shown = as_(cast.manager).get(page_of(story, "correspondence.approve", marker.letter))
    assert "Notice of the marker is withheld" in words(shown)
    assert reverse("marker.give_notice", args=[story.reference, "M1"]) or shown


@pytest.mark.parametrize(
    "verb", ["approve", "send", "confirm_sent", "take_back", "deliver_format", "prove_receipt", "set_aside"]
)
def test_there_is_no_page_for_a_letter_that_is_not_there(story: Story, cast: Cast, as_: As, verb: str) -> None:
    story.decide()
    address = page_of(story, f"correspondence.{verb}", "T9")
    assert as_(cast.manager).get(address).status_code == 404
    assert as_(cast.manager).post(address, {"token": "x"}).status_code == 404


@pytest.mark.parametrize("who", ["duty", "partner", "independent"])
def test_those_who_do_not_see_the_letters_find_no_page(story: Story, cast: Cast, as_: As, who: str) -> None:
    story.decide()
    client = as_(getattr(cast, who))
    assert client.get(page_of(story, "correspondence.approve", DECIDED)).status_code == 404
    assert client.get(letter_page(story)).status_code == 404

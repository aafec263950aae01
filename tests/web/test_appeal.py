"""D2, M3: an appeal recorded, withdrawn and decided on its pages, by someone senior who took no part."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from evenhand.people.models import User
from evenhand.policy.events.appeal import AppealDecided, AppealLodged, AppealWithdrawn, Lodger, Outcome
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.marker import Control, MarkerVaried
from tests.web.asking import carried, errors, page_of, send, words
from tests.web.kept import last
from tests.web.stories import Cast, Story

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]
GROUNDS = {"lodger": "the customer", "how": "by telephone", "grounds": "It was not me who shouted."}
IN_PART = {"outcome": Outcome.VARIED.value, "reasons": "Pairs are enough.", "change": "Colleagues visit in pairs."}


def test_an_appeal_is_recorded_in_the_customer_s_words(story: Story, cast: Cast, as_: As) -> None:
    story.decide()
    client, address = as_(cast.investigator), page_of(story, "appeal.lodge", "F1")
    assert "late_reason" not in client.get(address).context["form"].fields
    assert send(client, address, **GROUNDS).status_code == 302
    lodged = last(story, cast.manager, AppealLodged)
    assert (lodged.against, lodged.lodger, lodged.grounds) == ("F1", Lodger.CUSTOMER, GROUNDS["grounds"])
    assert "An appeal against this is already open." in words(client.get(address))


def test_an_advocate_who_asks_is_named(story: Story, cast: Cast, as_: As) -> None:
    story.decide()
    client, address = as_(cast.investigator), page_of(story, "appeal.lodge", "F1")
    said = {**GROUNDS, "lodger": Lodger.ADVOCATE.value}
    refused = send(client, address, **said)
    assert refused.context["form"].errors["advocate"] == ["Say who the advocate is"]
    assert send(client, address, **said, advocate="Ann Lee, Zedham Advice").status_code == 302
    lodged = last(story, cast.manager, AppealLodged)
    assert (lodged.lodger, lodged.how) == (Lodger.ADVOCATE, "by telephone; the advocate is Ann Lee, Zedham Advice")


def test_after_the_last_day_the_form_asks_why_it_is_accepted(
    story: Story, cast: Cast, as_: As, days_later: Callable[[int], date]
) -> None:
    story.decide().approve()
    days_later(40)
    client, address = as_(cast.manager), page_of(story, "appeal.lodge", "F1")
    assert "The last day was 2 April 2026." in words(client.get(address))
    refused = send(client, address, **GROUNDS)
    assert "late_reason" in refused.context["form"].errors and GROUNDS["grounds"] in refused.content.decode()
    assert send(client, address, **GROUNDS, late_reason="She was in hospital.").status_code == 302


def test_an_appeal_is_withdrawn_in_the_customer_s_words(story: Story, cast: Cast, as_: As) -> None:
    story.decide().appeal()
    client = as_(cast.investigator)
    assert send(client, page_of(story, "appeal.withdraw", "A1"), words="I no longer mind.").status_code == 302
    assert last(story, cast.manager, AppealWithdrawn).words == "I no longer mind."
    tab = words(client.get(f"/cases/{story.reference}/decision/"))
    assert "Against The finding F1 Asked By the customer, by telephone" in tab
    assert "Withdrawn 3 March 2026, recorded by Tom Hughes" in tab and "I no longer mind." in tab


def test_whoever_records_a_withdrawal_reads_until_when_the_customer_may_ask_again(
    story: Story, cast: Cast, as_: As, days_later: Callable[[int], date]
) -> None:
    story.decide().approve().appeal()
    client, address = as_(cast.investigator), page_of(story, "appeal.withdraw", "A1")
    shown = client.get(address)
    assert "What was decided stands; they may ask again until 2 April 2026." in words(shown)
    days_later(40)
    client = as_(cast.investigator)
    shown = client.get(address)
    assert "The last day to ask was 2 April 2026." in words(shown)
    done = client.post(address, {**carried(shown), "words": "I no longer mind."}, follow=True)
    assert "The appeal is withdrawn. What was decided stands." in words(done)


def test_whoever_decided_reads_that_someone_else_hears_it(story: Story, cast: Cast, as_: As) -> None:
    story.decide(by=cast.senior).appeal()
    shown = as_(cast.senior).get(page_of(story, "appeal.decide", "A1"))
    assert "You took part in what is appealed." in words(shown) and "<textarea" not in shown.content.decode()
    shown = as_(cast.other_manager).get(page_of(story, "appeal.decide", "A1"))
    assert "An appeal is heard by a senior manager" in words(shown)
    assert "You cannot do this An appeal" in words(shown), "waiting changes nothing for them"


def test_who_may_decide_once_more_is_done_reads_that_they_cannot_yet(story: Story, cast: Cast, as_: As) -> None:
    story.investigate()
    assert "You cannot do this yet" in words(as_(cast.manager).get(page_of(story, "decision.decide")))


def test_someone_senior_reads_both_sides_and_upholds_it(story: Story, cast: Cast, as_: As) -> None:
    story.mark().appeal()
    client, address = as_(cast.other_senior), page_of(story, "appeal.decide", "A1")
    page = words(client.get(address))
    assert "It was not me who shouted." in page and "Two colleagues heard it" in page
    assert send(client, address, outcome=Outcome.UPHELD.value, reasons="Nobody saw who it was.").status_code == 302
    assert last(story, cast.manager, AppealDecided).outcome is Outcome.UPHELD


def test_anything_but_upholding_it_needs_the_assessment_again(story: Story, cast: Cast, as_: As) -> None:
    story.decide().appeal()
    client, address = as_(cast.other_senior), page_of(story, "appeal.decide", "A1")
    answer = {"outcome": Outcome.DISMISSED.value, "reasons": "Three people heard it."}
    refused = send(client, address, **answer)
    assert "assessment" in errors(refused) and "Three people heard it." in refused.content.decode()
    story.assess(Step.APPEAL, by=cast.other_senior)
    assert send(client, address, **answer).status_code == 302


def test_a_marker_is_changed_where_the_appeal_is_upheld_in_part(story: Story, cast: Cast, as_: As) -> None:
    story.mark().appeal("M1")
    story.assess(Step.APPEAL, by=cast.other_senior)
    client, address = as_(cast.other_senior), page_of(story, "appeal.decide", "A1")
    fields = client.get(address).context["form"].fields
    assert {"controls", "audience"} <= set(fields) and not {"channels", "still_found"} & set(fields)
    answer = {**IN_PART, "controls": ["visit in pairs"], "audience": "colleagues who visit or take calls"}
    assert send(client, address, **answer).status_code == 302
    assert last(story, cast.manager, MarkerVaried).controls == (Control.PAIRS,)


def test_only_the_questions_that_fit_what_is_appealed_are_asked(story: Story, cast: Cast, as_: As) -> None:
    story.limit().appeal("L1")
    fields = as_(cast.other_senior).get(page_of(story, "appeal.decide", "A1")).context["form"].fields
    assert "channels" in fields and not {"controls", "still_found"} & set(fields)


@pytest.mark.parametrize("role", ["colleague", "duty", "partner", "protection", "administrator"])
def test_those_who_do_not_work_on_the_case_find_no_page(story: Story, cast: Cast, as_: As, role: str) -> None:
    story.decide().appeal()
    for address in (page_of(story, "appeal.lodge", "F1"), page_of(story, "appeal.decide", "A1")):
        assert as_(getattr(cast, role)).get(address).status_code in (403, 404)

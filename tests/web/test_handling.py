"""I1: a case linked, given to another, opened to an independent person, closed and opened again, on its pages."""

from collections.abc import Callable

import pytest
from django.test import Client

from evenhand.people.models import User
from evenhand.policy.conduct import Finding
from evenhand.policy.events.correspondence import Delivery
from evenhand.policy.events.handling import CaseAssigned, CaseClosed, CaseLinked, CaseReopened, MatterNamed, Outcome
from tests.web.asking import errors, page_of, send, words
from tests.web.kept import last
from tests.web.stories import Cast, Story

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]


def test_two_cases_are_linked_by_a_reference_in_any_case(story: Story, cast: Cast, as_: As) -> None:
    story.decide()
    other = Story(cast, story.person, story.home).investigate()
    client, address = as_(cast.manager), page_of(story, "handling.link")
    assert send(client, address, other=other.reference.lower(), reason="The same evening.").status_code == 302
    assert last(story, cast.manager, CaseLinked).other == other.reference


def test_trying_a_reference_tells_nothing_of_a_case_one_may_not_know(story: Story, cast: Cast, as_: As) -> None:
    story.decide()
    hidden = Story(cast, story.person, story.home).investigate()
    hidden.act("handling.assign", cast.manager, to=cast.other_manager.actor_id, reason="Tom is away.")
    client, address = as_(cast.investigator), page_of(story, "handling.link")
    tried, none = (errors(send(client, address, other=r, reason="?")) for r in (hidden.reference, "EH-AAAA-AAAA"))
    assert tried == none and "that you can link to" in none


def test_a_manager_gives_the_case_to_another(story: Story, cast: Cast, as_: As) -> None:
    story.investigate()
    address = page_of(story, "handling.assign")
    told = {"to": cast.other_manager.actor_id, "reason": "Tom is away."}
    assert send(as_(cast.manager), address, **told).status_code == 302
    assert last(story, cast.manager, CaseAssigned).to == cast.other_manager.actor_id
    assert as_(cast.investigator).get(address).status_code == 404


def test_a_case_is_not_given_to_whoever_holds_it(story: Story, cast: Cast, as_: As) -> None:
    story.investigate()
    told = {"to": cast.investigator.actor_id, "reason": "It is theirs."}
    refused = send(as_(cast.manager), page_of(story, "handling.assign"), **told)
    assert refused.context["form"].errors["to"] == ["The case is theirs already. Choose another colleague."]


def test_a_case_is_not_given_to_whoever_was_affected(story: Story, cast: Cast, as_: As) -> None:
    story.report(harmed=(cast.other_manager,)).investigate()
    told = {"to": cast.other_manager.actor_id, "reason": "Tom is away."}
    refused = send(as_(cast.manager), page_of(story, "handling.assign"), **told)
    assert "to" in refused.context["form"].errors and "Tom is away." in refused.content.decode()


def test_someone_senior_lets_in_an_independent_person(story: Story, cast: Cast, as_: As) -> None:
    story.decide()
    address = page_of(story, "handling.name")
    assert "Someone senior names an independent person" in words(as_(cast.manager).get(address))
    told = {"colleague": cast.independent.actor_id, "reason": "Everyone senior took part."}
    assert send(as_(cast.senior), address, **told).status_code == 302
    assert last(story, cast.senior, MatterNamed).colleague == cast.independent.actor_id
    assert as_(cast.independent).get(f"/cases/{story.reference}/").status_code == 200


def test_a_case_with_something_left_open_is_not_closed_and_says_what(story: Story, cast: Cast, as_: As) -> None:
    story.decide()
    shown = as_(cast.manager).get(page_of(story, "handling.close"))
    assert "A letter has not been sent." in words(shown) and "<textarea" not in shown.content.decode()
    assert f'href="/cases/{story.reference}/letters/"' in shown.content.decode()


def test_a_case_is_closed_and_opened_again(story: Story, cast: Cast, as_: As) -> None:
    story.decide(Finding.NEITHER).approve()
    story.act("correspondence.send", cast.manager, "T1", how=Delivery.POST)
    client = as_(cast.manager)
    told = {"outcome": Outcome.NO_ACTION.value, "reasons": "Nothing was found."}
    assert send(client, page_of(story, "handling.close"), **told).status_code == 302
    assert last(story, cast.manager, CaseClosed).outcome is Outcome.NO_ACTION
    assert send(client, page_of(story, "handling.reopen"), reasons="A witness came forward.").status_code == 302
    assert last(story, cast.manager, CaseReopened)


@pytest.mark.parametrize("verb", ["link", "assign", "name", "close", "reopen", "reconcile"])
@pytest.mark.parametrize("role", ["colleague", "partner", "protection", "administrator"])
def test_those_who_do_not_work_on_the_case_find_no_page(
    story: Story, cast: Cast, as_: As, role: str, verb: str
) -> None:
    story.decide()
    assert as_(getattr(cast, role)).get(page_of(story, f"handling.{verb}")).status_code in (403, 404)

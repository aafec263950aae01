"""L1, L2: a legal step from its proposal to its end, and one without notice that nobody else can see, on its pages."""

from collections.abc import Callable

import pytest
from django.test import Client

from evenhand.cases import models
from evenhand.people.models import User
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.legal_action import StepBreached, StepConsidered, StepEnded, StepOrdered, StepServed
from tests.web.asking import page_of, send, words
from tests.web.kept import last
from tests.web.stories import START, Cast, Story

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]
PROPOSAL = {
    "remedy": "an injunction", "against": "the customer", "reasons": "The threats go on.", "advice": "The test is met.",
}  # fmt: skip


def sealed(story: Story, client: Client, **changed: object) -> str:
    """A step without notice, proposed on its page: the matter's own reference."""
    told = {**PROPOSAL, "named": [story.cast.senior.actor_id], **changed}
    done = send(client, page_of(story, "legal_action.consider_without_notice"), **told)
    assert done.status_code == 302, done.context["form"].errors
    return str(done.headers["Location"]).strip("/").split("/")[-1]


def test_a_step_goes_from_proposal_to_its_end(story: Story, cast: Cast, as_: As) -> None:
    story.decide()
    manager, senior = as_(cast.manager), as_(cast.senior)
    assert send(manager, page_of(story, "legal_action.consider"), **PROPOSAL).status_code == 302
    step = last(story, cast.manager, StepConsidered).step
    assert "Someone senior approves a legal step." in words(manager.get(page_of(story, "legal_action.approve", step)))
    assert send(senior, page_of(story, "legal_action.approve", step), reasons="Agreed.").status_code == 302
    story.assess(Step.LEGAL)
    assert send(manager, page_of(story, "legal_action.start", step), court="Zedham County Court").status_code == 302
    assert story.person
    service = {"served_on": START, "how": "by hand", "people": [str(story.person.pk)], "what_next": "A hearing."}
    assert send(manager, page_of(story, "legal_action.serve", step), **service).status_code == 302
    assert last(story, cast.manager, StepServed).people == (str(story.person.pk),)
    assert send(manager, page_of(story, "legal_action.order", step), terms="Not to threaten anyone.").status_code == 302
    assert last(story, cast.manager, StepOrdered).until is None
    broken = {"what": "Another threat.", "happened_on": START}
    assert send(manager, page_of(story, "legal_action.breach", step), **broken).status_code == 302
    assert last(story, cast.manager, StepBreached)
    assert send(manager, page_of(story, "legal_action.end", step), outcome="It ran out.").status_code == 302
    assert last(story, cast.manager, StepEnded)


def test_a_step_against_a_tenancy_names_which(story: Story, cast: Cast, as_: As) -> None:
    story.decide()
    refused = send(as_(cast.manager), page_of(story, "legal_action.consider"), **{**PROPOSAL, "against": "the tenancy"})
    assert "tenancy" in refused.context["form"].errors and "The threats go on." in refused.content.decode()


def test_a_step_without_notice_exists_for_those_named_alone(story: Story, cast: Cast, as_: As) -> None:
    story.decide()
    before = models.Case.objects.get(reference=story.reference).last_number
    matter = sealed(story, as_(cast.manager))
    assert as_(cast.senior).get(f"/cases/{matter}/").status_code == 200
    for user in (cast.other_manager, cast.other_senior, cast.director, cast.investigator):
        assert as_(user).get(f"/cases/{matter}/").status_code == 404
        assert matter not in as_(user).get("/cases/?show=all").content.decode()
    assert models.Case.objects.get(reference=story.reference).last_number == before


def test_a_step_without_notice_needs_someone_else_named(story: Story, cast: Cast, as_: As) -> None:
    story.decide()
    client, address = as_(cast.manager), page_of(story, "legal_action.consider_without_notice")
    offered = [key for key, _ in client.get(address).context["form"].fields["named"].choices]
    assert cast.manager.actor_id not in offered and cast.colleague.actor_id not in offered
    refused = send(client, address, **PROPOSAL)
    assert "Choose at least one other colleague" in words(refused) and "The threats go on." in words(refused)
    assert not models.Case.objects.exclude(matter="conduct").exists()


@pytest.mark.parametrize("verb", ["consider", "consider_without_notice"])
@pytest.mark.parametrize("role", ["colleague", "investigator", "duty", "partner", "protection", "administrator"])
def test_only_those_who_decide_reach_the_page(story: Story, cast: Cast, as_: As, role: str, verb: str) -> None:
    story.decide()
    assert as_(getattr(cast, role)).get(page_of(story, f"legal_action.{verb}")).status_code in (403, 404)


def test_a_manager_who_was_affected_opens_no_matter(story: Story, cast: Cast, as_: As) -> None:
    story.report(harmed=(cast.other_manager,)).decide()
    client = as_(cast.other_manager)
    for verb in ("legal_action.consider", "legal_action.consider_without_notice"):
        assert client.get(page_of(story, verb)).status_code == 404

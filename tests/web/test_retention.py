"""Who puts cases forward for disposal and who agrees, on their pages; and how a case is held back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.cases import disposal_list, models
from evenhand.people.models import User
from evenhand.people.refusal import NotDone
from evenhand.policy.events.incident import Triage
from evenhand.policy.terms import months_after
from tests.web.stories import START, Story

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]
THEN = months_after(START, 13)


@pytest.fixture
def over(story: Story, clock: Callable[..., None]) -> Story:
    """A report that was not conduct, thirteen months ago."""
    story.report()
    story.act("incident.triage", story.cast.investigator, outcome=Triage.NOT_CONDUCT, reason="A neighbour’s dog.")
    clock(THEN)
    story.day = THEN
    return story


def page(client: Client, where: str = "/retention/") -> str:
    return client.get(where).content.decode()


def put_forward(over: Story, client: Client) -> models.DisposalList:
    client.post("/retention/new", {"cases": [over.reference]})
    return models.DisposalList.objects.get()


def test_one_puts_forward_and_another_agrees(over: Story, as_: As) -> None:
    protection, director = as_(over.cast.protection), as_(over.cast.director)
    assert over.reference in page(protection) and "Jo Bell" not in page(protection)
    made = put_forward(over, protection)
    assert "somebody else has to agree" in page(protection, f"/retention/{made.pk}/")
    refused = protection.post(f"/retention/{made.pk}/agree")
    assert "You put this list forward" in refused.content.decode()
    assert "Agree to the list" in page(director, f"/retention/{made.pk}/")
    assert director.post(f"/retention/{made.pk}/agree").status_code == 302
    made.refresh_from_db()
    assert (made.prepared_by, made.approved_by) == (over.cast.protection.actor_id, over.cast.director.actor_id)
    assert "Agreed to, to be carried out" in page(protection)


def test_the_second_person_may_say_no_with_a_reason(over: Story, as_: As) -> None:
    made = put_forward(over, as_(over.cast.protection))
    director = as_(over.cast.director)
    assert "Say why" in director.post(f"/retention/{made.pk}/refuse", {"reason": ""}).content.decode()
    director.post(f"/retention/{made.pk}/refuse", {"reason": "A claim may come."})
    assert "A claim may come." in page(director, f"/retention/{made.pk}/")
    assert "answered this list already" in director.post(f"/retention/{made.pk}/agree").content.decode()
    assert over.reference in page(as_(over.cast.protection))


def test_nothing_chosen_is_nothing_put_forward(over: Story, as_: As) -> None:
    said = as_(over.cast.protection).post("/retention/new", {}).content.decode()
    assert "Choose at least one case" in said
    assert not models.DisposalList.objects.exists()


@pytest.mark.parametrize("who", ["manager", "senior", "investigator", "administrator", "colleague"])
def test_nobody_else_sees_what_is_due(over: Story, as_: As, who: str) -> None:
    user = getattr(over.cast, who)
    assert as_(user).get("/retention/").status_code == 403
    with pytest.raises(NotDone):
        disposal_list.prepare(user, over.moment, [over.reference])


def test_a_list_about_somebody_i_live_with_does_not_exist_for_me(over: Story, as_: As) -> None:
    made = put_forward(over, as_(over.cast.protection))
    director = over.cast.director
    director.person = over.person
    director.save(update_fields=["person"])
    client = as_(director)
    assert client.get(f"/retention/{made.pk}/").status_code == 404
    assert client.get(f"/retention/{made.pk}/agree").status_code == 404
    assert over.reference not in page(client)


def test_someone_senior_holds_a_case_back_and_lets_go_of_it_again(over: Story, as_: As) -> None:
    senior, protection = as_(over.cast.senior), as_(over.cast.protection)
    where = reverse("disposal.hold", args=[over.reference])
    token = senior.get(where).context["form"]["token"].value()
    until = THEN + timedelta(days=60)
    day = {"review_on_0": until.day, "review_on_1": until.month, "review_on_2": until.year}
    assert senior.post(where, {"reason": "Their solicitor wrote.", "token": token, **day}).status_code == 302
    assert "No case is due" in page(protection) and "Looked at again by" in page(protection)
    kept = page(senior, f"/cases/{over.reference}/kept/")
    assert "Their solicitor wrote." in kept and "Let go of the hold" in kept
    where = reverse("disposal.lift", args=[over.reference, "K1"])
    token = senior.get(where).context["form"]["token"].value()
    assert senior.post(where, {"reason": "It was settled.", "token": token}).status_code == 302
    assert "No case is due" not in page(protection)


def test_a_manager_sees_how_long_a_case_is_kept_and_may_not_hold_it(over: Story, as_: As) -> None:
    manager = as_(over.cast.manager)
    kept = page(manager, f"/cases/{over.reference}/kept/")
    assert "3 March 2027" in kept and "Hold the case back" not in kept
    assert manager.get(reverse("disposal.hold", args=[over.reference])).status_code == 403


def test_the_page_costs_a_fixed_number_of_queries_but_for_what_is_due(
    over: Story, as_: As, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    client = as_(over.cast.protection)
    for _ in range(3):
        put_forward_then_refused(over)
    with django_assert_max_num_queries(25):  # type: ignore[attr-defined]
        page(client)


def put_forward_then_refused(over: Story) -> None:
    (made,) = disposal_list.prepare(over.cast.protection, over.moment, [over.reference])
    disposal_list.refuse(made.pk, over.cast.director, over.moment, "Not yet.")

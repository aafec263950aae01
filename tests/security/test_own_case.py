"""Rule 21: a colleague who is the customer, or lives with them, cannot open the case, and finds no trace of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.people.models import Home, Person, User
from evenhand.web import way
from tests.api.asking import neighbour
from tests.security.crawl import everything, roots
from tests.web.stories import Cast, Story

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
CLOSE = (
    ("colleague", False), ("investigator", True), ("other_manager", False), ("director", True), ("protection", False),
    ("planner", True),
)  # fmt: skip
"""Of every kind of role one, and whether they live with the customer or are the customer."""


@pytest.fixture
def carried_on(story: Story) -> Story:
    """A case in which nearly everything happened, its letters approved and one of them printed."""
    story.report(by=story.cast.duty).mark().approve("T1").approve("T2")
    story.act("police.decline", story.cast.manager, incident="I1", reasons="Nobody wants it.")
    return story


def is_close(user: User, tenant: Person, home: Home, lives_with: bool) -> None:
    User.objects.filter(pk=user.pk).update(person=neighbour(home, "Kim") if lives_with else tenant)
    user.refresh_from_db()


@pytest.mark.parametrize(("part", "lives_with"), CLOSE)
def test_a_colleague_close_to_the_customer_finds_no_trace_of_the_case(
    part: str, lives_with: bool, carried_on: Story, home: Home, tenant: Person, as_: SignIn
) -> None:
    as_(carried_on.cast.manager).get(way.to_case(carried_on.reference))
    as_(carried_on.cast.manager).post(reverse("print-batches"))
    viewer = getattr(carried_on.cast, part)
    is_close(viewer, tenant, home, lives_with)
    typed = [f"/search?q={asked}" for asked in ("shouted", "Bell", carried_on.reference, "abuse door")]
    typed += [f"/cases/?show=all&q={asked}" for asked in ("Bell", carried_on.reference)]
    typed += [f"/check?q={asked}" for asked in ("Bell", "07700 900123", carried_on.reference, "100000000001")]
    typed += [f"/looks/?case={carried_on.reference}", "/looks/?person=Bell", f"/cases/?after={carried_on.reference}"]
    found = everything(as_(viewer), [*roots(), *typed])
    said = carried_on.reference.encode()
    told = [
        address
        for address, page in found.items()
        # What somebody typed themselves is shown back to them in the box, and tells nothing.
        if said in page.body.replace(f'value="{carried_on.reference}"'.encode(), b"")
        and carried_on.reference not in address
    ]
    assert told == []
    assert not any(b"Visit in pairs" in page.body for page in found.values()), "They read their own card."


@pytest.mark.parametrize("part", ["other_manager", "protection", "colleague"])
def test_every_page_of_the_case_and_of_the_person_is_closed_to_them(
    part: str, carried_on: Story, home: Home, tenant: Person, as_: SignIn
) -> None:
    about = [way.to_case(carried_on.reference), way.to_person(tenant)]
    every = everything(as_(carried_on.cast.manager), about)
    viewer = getattr(carried_on.cast, part)
    is_close(viewer, tenant, home, lives_with=False)
    browser = as_(viewer)
    theirs = [each for each in every if each.startswith(("/cases/EH", "/people/"))]
    assert len(theirs) > 40
    for address in theirs:
        assert browser.get(address).status_code in (403, 404, 405), address


def test_a_colleague_who_moves_in_is_kept_out_from_that_day(
    carried_on: Story, cast: Cast, home: Home, as_: SignIn, days_later: Callable[[int], object]
) -> None:
    page = way.to_case(carried_on.reference)
    assert as_(cast.other_manager).get(page).status_code == 200
    is_close(cast.other_manager, carried_on.person, home, lives_with=True)  # type: ignore[arg-type]
    link = cast.other_manager.person.tenancy_links.get()  # type: ignore[union-attr]
    link.started_on = carried_on.day + timedelta(days=3)
    link.save(update_fields=["started_on"])
    assert as_(cast.other_manager).get(page).status_code == 200
    days_later(3)
    assert as_(cast.other_manager).get(page).status_code == 404

"""A colleague chosen among many: with the keys while one types, and without a script by sending the form twice."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from evenhand.people.models import User
from evenhand.policy.staff import Role
from evenhand.web.choosing import FEW
from tests.journeys.axe import assert_accessible
from tests.journeys.people import Colleague, standing
from tests.web.stories import Story

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def many(story: Story) -> list[User]:
    def joins(number: int) -> User:
        email = f"rowan{number}.ashby@harbour.example"
        named = {"username": email, "email": email, "first_name": f"Rowan{number}", "last_name": "Ashby"}
        return User.objects.create(**named, job_title="Housing officer", roles=[Role.COLLEAGUE, Role.INVESTIGATOR])

    return [joins(number) for number in range(FEW + 1)]


@pytest.mark.parametrize("phone", [False, True])
def test_a_colleague_is_found_and_chosen_with_the_keys_alone(
    story: Story, many: list[User], at_work: Callable[..., Colleague], phone: bool
) -> None:
    story.report().later().triage()
    priya = at_work(story.cast.manager, phone=phone).opens_verb(story, "investigation.open")
    box, keys = priya.page.get_by_role("combobox", name="Who looks into it?"), priya.page.keyboard
    # Given a part of a name, typed,
    box.focus()
    keys.type("rowan1")
    offered = priya.page.get_by_role("option")
    expect(offered).to_have_count(10)
    expect(box).to_have_attribute("aria-expanded", "true")
    # when the arrows lead to the third of those offered, and Enter takes them,
    for _ in range(3):
        keys.press("ArrowDown")
    expect(offered.nth(2)).to_have_attribute("aria-selected", "true")
    assert_accessible(priya.page)
    chosen = offered.nth(2).inner_text().splitlines()[0]
    keys.press("Enter")
    # then nothing was sent yet, the list is closed, the box says who it is, and so does a reader of the screen;
    expect(offered).to_have_count(0)
    expect(box).to_have_value(chosen)
    expect(priya.page.get_by_role("status").filter(has_text="is chosen")).to_have_text(f"{chosen} is chosen.")
    # and the case is theirs once it is sent.
    priya.sends("Give them the case").sees("The case has an investigator.")
    assert standing(story).investigation.investigator == User.objects.get(first_name=chosen.split()[0]).actor_id


def test_what_is_chosen_and_then_written_over_is_looked_for_again(
    story: Story, many: list[User], at_work: Callable[..., Colleague]
) -> None:
    story.report().later().triage()
    priya = at_work(story.cast.manager).opens_verb(story, "investigation.open")
    box = priya.page.get_by_role("combobox", name="Who looks into it?")
    box.press_sequentially("rowan17")
    priya.page.get_by_role("option", name="Rowan17 Ashby").click()
    box.fill("rowan3")
    priya.page.keyboard.press("Escape")
    priya.sends("Give them the case").sees("Choose the colleague you mean")
    priya.chooses("Rowan30 Ashby").sends("Give them the case").sees("The case has an investigator.")
    assert standing(story).investigation.investigator == many[30].actor_id


def test_a_colleague_is_chosen_in_a_browser_that_runs_no_scripts(
    story: Story, many: list[User], at_work: Callable[..., Colleague]
) -> None:
    story.report().later().triage()
    priya = at_work(story.cast.manager, script=False).opens_verb(story, "investigation.open")
    priya.writes("Who looks into it?", "ashby rowan2").sends("Give them the case").sees("Choose the colleague you mean")
    priya.chooses("Rowan24 Ashby").sends("Give them the case").sees("The case has an investigator.")
    assert standing(story).investigation.investigator == many[24].actor_id


def test_several_who_may_know_of_a_sealed_matter_are_chosen_one_after_another(
    story: Story, many: list[User], at_work: Callable[..., Colleague]
) -> None:
    story.decide()
    priya = at_work(story.cast.manager).opens_verb(story, "counter_allegation.record")
    box = priya.page.get_by_role("combobox", name="Who else may know?")
    for name in ("Rowan17 Ashby", "Sian Morgan"):
        box.press_sequentially(name)
        priya.page.get_by_role("option", name=name).click()
        expect(box).to_have_value("")
        expect(priya.page.get_by_role("checkbox", name=name)).to_be_checked()
    assert_accessible(priya.page)
    priya.writes("What did the customer say?", "She swore first.").writes(
        "If you do not know which colleague: the name the customer gave", "Ann"
    )
    priya.sends(priya.page.locator("form.eh-form button").last.inner_text())
    priya.sees("Only those named know that it exists.")

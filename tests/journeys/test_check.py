"""At a doorstep with a telephone, or at a desk with a call waiting: who is it, and what must I do today?"""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import expect

from evenhand.cases import models
from evenhand.people.models import Home, Look, Person, Tenancy, TenancyPerson
from evenhand.people.text import address_to_search, compact, name_to_search
from evenhand.policy.events.marker import Control, Risk
from tests.journeys.people import Colleague
from tests.web.stories import Story

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NEIGHBOURS = (
    ("Małgorzata", "Wójcik", "5 Ferry Row", "+447700900201"),
    ("Siobhán", "O’Brien", "7 Ferry Row", "+447700900202"),
    ("Rhys", "Pryce-Jones", "9 Ferry Row", "+447700900203"),
    ("Seán", "Kelly", "11 Ferry Row", "+441134960001"),
    ("John", "Smith", "11 Ferry Row", "+441134960001"),
)


@pytest.fixture
def street(story: Story) -> list[Person]:
    """Five more people of Ferry Row, two of whom share a home and its telephone."""
    homes: dict[str, Tenancy] = {}
    people = []
    for number, (forename, surname, line, telephone) in enumerate(NEIGHBOURS):
        if line not in homes:
            search = address_to_search(line, "Zedham", "ZH1 4JQ")
            home = Home.objects.create(
                source="housing",
                ref=f"F{number}",
                address_line=line,
                town="Zedham",
                postcode="ZH1 4JQ",
                search_address=search,
                search_postcode=compact("ZH1 4JQ"),
            )
            homes[line] = Tenancy.objects.create(source="housing", ref=f"TF{number}", home=home)
        person = Person.objects.create(
            source="housing",
            ref=f"C{number}",
            forename=forename,
            surname=surname,
            phones=[telephone],
            date_of_birth=date(1975, 5, 5),
            search_name=name_to_search(forename, surname),
        )
        TenancyPerson.objects.create(tenancy=homes[line], person=person, role="tenant")
        people.append(person)
    return people


def checks(who: Colleague, words: str) -> Colleague:
    """Types into the box of the header and presses Check."""
    who.page.get_by_role("searchbox", name="Check a person or home").fill(words)
    with who.page.expect_navigation():
        who.page.get_by_role("button", name="Check", exact=True).click()
    return who.arrives()


def test_five_people_are_found_however_their_names_are_spelt(
    story: Story, street: list[Person], at_work: Callable[..., Colleague]
) -> None:
    sam = at_work(story.cast.colleague, phone=True).opens("/")
    for typed, name in (
        ("malgorzata wojcik", "Małgorzata Wójcik"),
        ("Obrien", "Siobhán O’Brien"),
        ("pryce jones", "Rhys Pryce-Jones"),
        ("Kelly, Sean", "Seán Kelly"),
        ("07700 900 123", "Jo Bell"),
    ):
        checks(sam, typed).sees("We hold no warning about this person.")
        expect(sam.page.locator("h1")).to_have_text(name)
    # A slip is shown as one, and a household's telephone asks for a second thing.
    checks(sam, "Jhon Smith").sees("Spelt nearly so").follows("John Smith").sees("These always get through")
    checks(sam, "0113 496 0001").sees("Households share a number", "Seán Kelly", "John Smith")
    checks(sam, "0113 496 0001 kelly")
    expect(sam.page.locator("h1")).to_have_text("Seán Kelly")
    checks(sam, "Zebedee Quux").sees("No card yet", "lone-working procedure").does_not_see("We hold no warning")


def test_a_high_marker_is_read_at_a_doorstep_and_acknowledged(story: Story, at_work: Callable[..., Colleague]) -> None:
    # Given a marker after something grave,
    story.mark(risk=Risk.WEAPON, controls=(Control.PAIRS, Control.RING_FIRST))
    sam = at_work(story.cast.colleague, phone=True).opens("/")
    # when a colleague checks on a telephone,
    checks(sam, "jo bell")
    # then the first screen says what to do, and asks for their word,
    lead = sam.page.get_by_role("heading", name="Visit in pairs. Ring first.")
    expect(lead).to_be_in_viewport()
    expect(sam.page.get_by_role("button", name="I have read this and will do it")).to_be_in_viewport()
    sam.sends("I have read this and will do it").sees("You have read this", "It is kept that you have read this.")
    # which is kept, and shown to those who work on the case.
    kept = models.Acknowledgement.objects.get()
    assert (kept.by, kept.case.reference) == (story.cast.colleague, story.reference)
    priya = at_work(story.cast.manager).opens("/")
    checks(priya, "jo bell").sees("Who said they had read this", "Sam Okafor", "because of")
    sam.does_not_see("because of", "Who said they had read this")
    assert Look.objects.filter(kind="check", person=story.person).count() >= 3


def test_results_come_while_one_types_and_by_the_keyboard_alone(
    story: Story, street: list[Person], at_work: Callable[..., Colleague]
) -> None:
    sam = at_work(story.cast.colleague).opens("/")
    keys = sam.page.keyboard
    keys.press("/")
    box = sam.page.get_by_role("searchbox", name="Check a person or home")
    expect(box).to_be_focused()
    keys.type("wojc", delay=30)
    found = sam.page.get_by_role("link", name="Małgorzata Wójcik")
    expect(found).to_be_visible()
    expect(sam.page.get_by_role("status").filter(has_text="1 person")).to_have_count(1)
    keys.press("ArrowDown")
    expect(found).to_be_focused()
    keys.press("Escape")
    expect(found).to_be_hidden()
    expect(box).to_be_focused()
    keys.type("i")
    expect(found).to_be_visible()
    sam.arrives()
    keys.press("ArrowDown")
    with sam.page.expect_navigation():
        keys.press("Enter")
    sam.arrives()
    expect(sam.page.locator("h1")).to_have_text("Małgorzata Wójcik")
    assert [*Look.objects.filter(kind="search").values_list("reference", flat=True)] == ["wojc"]


def test_everything_works_without_javascript(
    story: Story, street: list[Person], at_work: Callable[..., Colleague]
) -> None:
    story.mark(risk=Risk.WEAPON, controls=(Control.PAIRS,))
    sam = at_work(story.cast.colleague, phone=True, script=False).opens("/check")
    sam.sees("Type what you know in the box above")
    checks(sam, "ferry row").sees("Which home?").follows("3 Ferry Row").sees("Visit in pairs.", "Jo Bell")
    sam.follows("Jo Bell").sends("I have read this and will do it").sees("You have read this")

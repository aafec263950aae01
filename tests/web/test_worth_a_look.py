"""C2: what a manager can tell of each suggestion at a glance, on a telephone too: who, where, since when, fairly."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evenhand.cases import joining
from evenhand.cases.circumstances import Moment
from evenhand.contacts import remeasure, standing, suggesting
from evenhand.contacts.models import Contact, Matter, OwnFailure, Suggested
from evenhand.contacts.models.demand import Said
from evenhand.people.models import Home, HomeVisit, Look, Person, Tenancy, TenancyPerson, User
from evenhand.policy.demand.terms import DemandTerms
from evenhand.web import way
from evenhand.web.demand_measured import measured
from tests.web.demand_log import OPENED, daily, neighbours, repair, said
from tests.web.stories import START, Cast

__all__ = ["daily", "neighbours"]

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
NIGHT = datetime(2026, 3, 4, 3, tzinfo=UTC)


def worth(browser: Client, **asked: str) -> str:
    return browser.get(reverse("demand"), asked).content.decode()


def card(page: str, name: str) -> str:
    """The card of one customer: what is seen at once, and what is folded."""
    seen = page.partition(f'>{name}</a><span class="govuk-visually-hidden">, evidence')[2]
    return seen.partition("</li>\n</ol>")[0].partition('<h3 class="')[0]


@pytest.fixture
def many(daily: Person) -> list[Person]:
    """Twenty who showed the same as Jo Bell, the first of them the strongest."""
    one = Suggested.objects.get(person=daily)
    home = Home.objects.create(source="housing", ref="H9", address_line="9 Ferry Row", town="Zedham")
    people = list(Person.objects.filter(ref__startswith="N").order_by("pk")[:20])
    HomeVisit.objects.bulk_create(HomeVisit(person=other, home=home, recorded_on=START) for other in people)
    for n, other in enumerate(people):
        row = Suggested.objects.get(pk=one.pk)
        row.pk, row.person, row.strength, row.answered = None, other, 1 - n / 100, False
        row.save(force_insert=True)
    return people


def test_a_manager_sees_at_a_glance_who_where_which_kinds_and_what_of_it_was_ours(
    cast: Cast, daily: Person, as_: SignIn
) -> None:
    seen, _, folded = card(worth(as_(cast.manager)), "Jo Bell").partition("<details")
    assert "P1, 3 Ferry Row, Zedham, ZH1 4JQ" in seen
    assert "Repeated contact with no time to respond</p>" in seen
    assert "<strong>3 of 27 contacts came while our work was late or not done.</strong> The other " in seen
    assert "On this list since 3 March 2026." in seen and "23 times" not in seen
    assert "23 times they contacted us again about something that was not due yet" in folded
    assert "3 contacts came while we were late" in folded and "Measured on 3 March 2026, 3am" in folded
    assert "usually take" in folded


def test_every_customer_who_stands_on_the_page_is_logged_once_as_looked_at(
    cast: Cast, daily: Person, as_: SignIn
) -> None:
    """Whose matters are to be put right as well as who is suggested; Jo Bell is both."""
    other = Person.objects.get(ref="N1")
    late = repair(other, 5, closed_on=None, responded_on=None, done_on=None)
    said(other, OPENED + timedelta(days=9), late, 900).save(force_insert=True)
    remeasure.people([other.pk], NIGHT)
    page = worth(as_(cast.manager))
    assert f">{other.name}</a>: 1 contact" in page
    assert sorted(Look.objects.filter(actor=cast.manager.actor_id).values_list("person", flat=True)) == sorted(
        [daily.pk, other.pk]
    )


def test_what_shows_in_days_long_gone_says_so(
    cast: Cast, daily: Person, as_: SignIn, clock: Callable[..., None]
) -> None:
    until = Suggested.objects.get().until
    clock(until + timedelta(days=40))
    told = card(worth(as_(cast.manager)), "Jo Bell")
    assert f"Shows in the days to {until.day} {until:%B %Y}." in told


def test_since_when_it_waits_outlasts_being_measured_again(
    cast: Cast, daily: Person, as_: SignIn, clock: Callable[..., None]
) -> None:
    for day in (1, 2, 3):
        suggesting.measure_everybody(START, NIGHT + timedelta(days=day), DemandTerms())
    remeasure.people([daily.pk], NIGHT)
    suggesting.measure_changed(NIGHT + timedelta(days=4), DemandTerms())
    clock(START + timedelta(days=9))
    assert "On this list since 3 March 2026 (9 days)." in card(worth(as_(cast.manager)), "Jo Bell")


def test_whoever_opens_how_often_reads_first_that_somebody_has_answered(cast: Cast, daily: Person, as_: SignIn) -> None:
    standing.answer(daily, measured(daily, START).found, Said.HELP, "One to ring.", cast.manager, NIGHT)
    page = as_(cast.senior).get(reverse("demand.person", args=[way.PEOPLE.sign(str(daily.pk))])).content.decode()
    told = page.index("has looked at this on 4 March 2026:")
    assert told < page.index("The seven kinds of demand") and 'href="#said"' in page and 'id="said"' in page


def test_an_answer_is_not_lost_though_the_list_was_written_anew_meanwhile(
    cast: Cast, daily: Person, as_: SignIn
) -> None:
    shown = Suggested.objects.get(person=daily)
    shown.delete()
    standing.answer(daily, measured(daily, START).found, Said.HELP, "One to ring.", cast.manager, NIGHT)
    Suggested.objects.bulk_create([shown])
    assert worth(as_(cast.manager))
    assert not Suggested.objects.filter(person=daily, answered=False).exists()


def test_one_that_comes_back_after_an_answer_waits_from_then(cast: Cast, daily: Person, as_: SignIn) -> None:
    standing.answer(daily, measured(daily, START).found, Said.HELP, "One to ring.", cast.manager, NIGHT)
    again = Matter.objects.filter(person=daily).earliest("pk")
    days = [OPENED + timedelta(days=n) for n in range(25)]
    Contact.objects.bulk_create(said(daily, day, again, 200 + 2 * n + i) for n, day in enumerate(days) for i in (0, 1))
    remeasure.people([daily.pk], NIGHT)
    suggesting.measure_changed(NIGHT, DemandTerms())
    assert Suggested.objects.get(person=daily, answered=False).since == NIGHT


def test_a_customer_of_two_records_keeps_since_when_and_where_they_live(cast: Cast, daily: Person, as_: SignIn) -> None:
    kept = Person.objects.create(source="old", ref="X7", forename="Joanna", surname="Bell")
    joining.join(kept, daily, cast.manager, Moment(NIGHT, START), reason="The same.")
    told = card(worth(as_(cast.manager)), "Joanna Bell")
    assert "X7, 3 Ferry Row, Zedham, ZH1 4JQ" in told and "On this list since 3 March 2026." in told


def test_the_list_is_read_page_by_page_strongest_first(cast: Cast, many: list[Person], as_: SignIn) -> None:
    browser = as_(cast.manager)
    first = browser.get(reverse("demand"))
    rest = browser.get(first.context["older"])
    named = [row["name"] for answer in (first, rest) for row in answer.context["rows"]]
    assert len(first.context["rows"]) == 15 and not rest.context["older"]
    assert named[:19] == [one.name for one in many[:19]] and sorted(named) == sorted(
        ["Jo Bell", *(one.name for one in many)]
    )
    assert "Put right what is ours" not in rest.content.decode().partition("<h2")[2]


def test_many_cards_take_as_many_queries_as_one(
    cast: Cast, daily: Person, as_: SignIn, request: pytest.FixtureRequest
) -> None:
    browser = as_(cast.manager)
    worth(browser)
    with CaptureQueriesContext(connection) as one:
        worth(browser)
    request.getfixturevalue("many")
    with CaptureQueriesContext(connection) as fifteen:
        worth(browser)
    assert len(fifteen) == len(one)


def test_who_lives_with_a_manager_is_nowhere_on_the_page_and_nor_is_their_address(
    cast: Cast, many: list[Person], daily: Person, as_: SignIn
) -> None:
    assert "Jo Bell" in worth(as_(cast.manager)) and OwnFailure.objects.filter(matter__person=daily).exists()
    lodger = Person.objects.create(source="housing", ref="P2", forename="Priya", surname="Nair")
    TenancyPerson.objects.create(tenancy=Tenancy.objects.get(), person=lodger, role="household_member")
    User.objects.filter(pk=cast.manager.pk).update(person=lodger)
    browser = as_(User.objects.get(pk=cast.manager.pk))
    first = browser.get(reverse("demand"))
    for page in (first, browser.get(first.context["older"])):
        told = page.content.decode()
        assert "Jo Bell" not in told and "3 Ferry Row" not in told
        assert all(not row["who"].startswith("P1") for row in page.context["rows"])


def test_the_order_stays_said_ours_then_help_then_a_case(cast: Cast, daily: Person, as_: SignIn) -> None:
    page = worth(as_(cast.manager))
    assert "Put right what is ours. Then offer help. Only then think of a case." in page
    assert page.index("1. Put right what is ours") < page.index("2. Offer help to these customers")
    assert "Take it to a case" not in page

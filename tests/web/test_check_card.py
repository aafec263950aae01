"""A high marker is acknowledged, who was told is on the ledger, and a card costs the same whatever is held."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from evenhand.cases import models
from evenhand.people.models import Home, Person, Tenancy, TenancyPerson
from evenhand.policy.conduct import Conduct
from evenhand.policy.events.marker import Audience, Control, Risk
from evenhand.sharing.models import Disclosure
from evenhand.web import way
from tests.web.asking import words
from tests.web.carding import SignIn, card, neighbour
from tests.web.stories import Cast, Story


def high(story: Story) -> None:
    story.mark(risk=Risk.PHYSICAL, controls=(Control.PAIRS,), audience=Audience.ALL)


def test_a_high_marker_is_acknowledged_and_kept_with_who_and_when(
    story: Story, tenant: Person, home: Home, cast: Cast, as_: SignIn
) -> None:
    story.report(Conduct.VIOLENCE)
    high(story)
    client = as_(cast.colleague)
    assert "I have read this and will do it" in card(client, tenant)
    for _ in range(2):
        answer = client.post(way.to_acknowledge(tenant), follow=True)
        assert "You have read this" in words(answer) and "I have read this and will do it" not in words(answer)
    (kept,) = models.Acknowledgement.objects.all()
    assert (kept.by, kept.control, kept.case.reference) == (cast.colleague, "M1", story.reference)
    assert kept.said.startswith("Visit in pairs.")
    assert "Sam Okafor, 3 March 2026, 3pm" in card(as_(cast.manager), tenant)
    assert "Sam Okafor" not in card(as_(cast.duty), tenant).partition("Who said")[0]
    assert "I have read this and will do it" in card(as_(cast.duty), home)


def test_an_acknowledgement_is_asked_for_again_the_next_day_and_never_changed(
    story: Story, tenant: Person, cast: Cast, as_: SignIn, days_later: Callable[[int], object]
) -> None:
    story.report(Conduct.VIOLENCE)
    high(story)
    as_(cast.colleague).post(way.to_acknowledge(tenant))
    days_later(1)
    client = as_(cast.colleague)
    assert "I have read this and will do it" in card(client, tenant)
    with pytest.raises(DatabaseError):
        models.Acknowledgement.objects.update(said="Nothing.")


def test_a_marker_that_is_not_high_asks_for_no_word(story: Story, tenant: Person, cast: Cast, as_: SignIn) -> None:
    story.mark(risk=Risk.THREATS)
    assert "I have read this" not in card(as_(cast.colleague), tenant)


def test_who_was_told_of_a_marker_by_a_card_is_on_the_ledger(
    story: Story, tenant: Person, cast: Cast, as_: SignIn
) -> None:
    client = as_(cast.colleague)
    card(client, tenant)
    assert not Disclosure.objects.exists()
    story.mark()
    card(client, tenant)
    told = Disclosure.objects.get()
    assert (told.to_id, told.case, told.control) == (cast.colleague.actor_id, story.reference, "M1")
    assert (told.how, told.why) == ("a check on a page", "To know what to do before a visit, a call or a message")


def test_an_overdue_review_says_so(
    story: Story, tenant: Person, cast: Cast, as_: SignIn, days_later: Callable[[int], object]
) -> None:
    story.mark()
    days_later(200)
    assert "Review overdue since" in card(as_(cast.colleague), tenant)


def test_a_card_takes_as_many_queries_whatever_is_held(
    story: Story, cast: Cast, tenant: Person, home: Home, as_: SignIn
) -> None:
    def queries(about: Person | Home) -> int:
        client = as_(cast.colleague)
        card(client, about)
        with CaptureQueriesContext(connection) as found:
            card(client, about)
        return len(found)

    story.report(Conduct.VIOLENCE)
    high(story)
    few = queries(tenant), queries(home)
    for number in range(3):
        other = neighbour(home, f"Al{number} Frost")
        place = Home.objects.create(source="housing", ref=f"X{number}", address_line=f"{number} Hill")
        tenancy = Tenancy.objects.create(source="housing", ref=f"X{number}", home=place, started_on=date(2020, 1, 1))
        TenancyPerson.objects.create(tenancy=tenancy, person=tenant, role="tenant")
        Story(cast, other, home).mark()
        Story(cast, tenant, home).mark()
    assert (queries(tenant), queries(home)) == few
    assert max(few) <= 30

"""Who is meant, and what to do about them: a card only where there is no doubt, and nothing about anyone else."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenhand.cases import acknowledging, lookup
from evenhand.people.models import Home, Person, TenancyPerson
from evenhand.policy.answer import AnswerCode, Asker
from evenhand.policy.events.marker import Control, Risk
from tests.web.conftest import cast, home, landlord, story, tenant
from tests.web.stories import START, Cast, Story

__all__ = ["cast", "home", "landlord", "story", "tenant"]

AT = datetime(START.year, START.month, START.day, 15, tzinfo=ZoneInfo("Europe/London"))
BORN = date(1970, 1, 1)


def other(home: Home, forename: str = "Jo", surname: str = "Ball", **details: object) -> Person:
    made = Person.objects.create(
        source="housing",
        ref=f"{forename}{surname}",
        forename=forename,
        surname=surname,
        search_name=f"{forename} {surname}".lower(),
        date_of_birth=BORN,
        **details,
    )
    TenancyPerson.objects.create(tenancy=home.tenancies.get(), person=made, role="household_member")
    return made


def test_one_person_without_doubt_is_meant(tenant: Person) -> None:
    found = lookup.find("Jo Bell", START)
    assert found.person == tenant and found.code is None
    assert found.people[0].where == "3 Ferry Row, Zedham, ZH1 4JQ"


def test_a_name_that_is_only_nearly_theirs_means_nobody_yet(tenant: Person) -> None:
    found = lookup.find("Jo Belk", START)
    assert found.person is None and found.code is AnswerCode.SEVERAL_MATCHES and found.people[0].nearly


def test_two_of_nearly_one_name_are_told_apart_first(tenant: Person, home: Home) -> None:
    other(home)
    assert lookup.find("Jo Bell", START).code is AnswerCode.SEVERAL_MATCHES


def test_an_identifier_that_several_share_means_none_of_them(tenant: Person, home: Home) -> None:
    al = other(home, "Al", "Frost", phones=["+447700900123"])
    shared = lookup.find("07700 900123", START)
    assert shared.person is None and shared.code is AnswerCode.SEVERAL_MATCHES and shared.by_contact
    assert lookup.find("07700 900123 al", START).person == al


def test_nobody_and_nothing_held_are_different_answers(tenant: Person) -> None:
    assert lookup.find("Zebedee Quux", START).code is AnswerCode.NO_MATCH
    nobody = lookup.unanswered(lookup.find("Zebedee Quux", START), AT)
    held = lookup.card_of(tenant, AT, Asker.COLLEAGUE).answer
    assert (nobody.code, held.code) == (AnswerCode.NO_MATCH, AnswerCode.NOTHING_HELD)
    assert nobody.lead != held.lead and nobody.visit != held.visit


def test_an_address_means_the_home_and_its_card_names_no_marker(story: Story, tenant: Person, home: Home) -> None:
    story.mark()
    assert lookup.find("3 ferry row", START).home == home
    card = lookup.card_of(home, AT, Asker.COLLEAGUE)
    assert card.people == (tenant,) and card.answer.code is AnswerCode.INSTRUCTION
    assert "Bell" not in repr(card.answer)


def test_a_contractor_is_told_neither_who_nor_where(story: Story, tenant: Person, home: Home) -> None:
    other(home, "Al", "Frost")
    story.mark()
    for about in (tenant, home):
        card = lookup.card_of(about, AT, Asker.CONTRACTOR)
        assert card.places == () and card.people == () and "2026" not in repr(card.answer.why)
        assert card.answer.code is AnswerCode.INSTRUCTION


def test_a_joined_record_has_one_card(tenant: Person) -> None:
    double = Person.objects.create(source="other", ref="9", surname="Bel", merged_into=tenant)
    assert lookup.card_of(double, AT, Asker.COLLEAGUE).person == tenant


def test_nobody_checks_their_own_record(story: Story, cast: Cast, tenant: Person, home: Home) -> None:
    cast.partner.person = other(home, "Petra", "Lang")
    for about in (tenant, home, cast.partner.person):
        with pytest.raises(lookup.Own):
            lookup.card_of(about, AT, Asker.CASEWORKER, START, cast.partner)
        assert lookup.card_of(about, AT, Asker.CASEWORKER, START, cast.senior)


def test_finding_asks_the_same_of_the_database_whatever_is_held(story: Story, tenant: Person) -> None:
    def queries() -> list[str]:
        with CaptureQueriesContext(connection) as asked:
            lookup.find("Bell", START)
        return [each["sql"] for each in asked]

    before = queries()
    story.mark()
    assert queries() == before


def test_a_word_given_for_every_high_marker_holds_for_a_working_day(
    story: Story, cast: Cast, tenant: Person, home: Home
) -> None:
    story.mark(risk=Risk.WEAPON, controls=(Control.PAIRS,))
    card, actor = lookup.card_of(tenant, AT, Asker.COLLEAGUE), cast.colleague.actor
    assert card.answer.acknowledge and acknowledging.acknowledged_at(card.held, actor, AT) is None
    assert acknowledging.acknowledge(card.held, card.answer.lead, actor, AT, cast.colleague) == 1
    assert acknowledging.acknowledged_at(card.held, actor, AT) == AT
    assert acknowledging.acknowledged_at(card.held, cast.manager.actor, AT) is None
    assert acknowledging.acknowledged_at(card.held, actor, AT + acknowledging.HOLDS_FOR) is None
    second = other(home, "Al", "Frost")
    Story(cast, second, home).mark(risk=Risk.WEAPON, controls=(Control.PAIRS,))
    both = lookup.card_of(tenant, AT, Asker.COLLEAGUE)
    assert acknowledging.acknowledged_at(both.held, actor, AT) is None
    assert [said.by for said in acknowledging.latest(acknowledging.to_acknowledge(both.held))] == [cast.colleague]

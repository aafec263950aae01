"""One box finds a person or a home from whatever someone has at a doorstep."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from evenhand.people import colleague, finding, local_person, merging
from evenhand.people.models import Home, Need, Person, Tenancy, User
from evenhand.people.reading import letter_format
from evenhand.policy.need import LetterFormat
from evenhand.policy.terms import Terms

DAY = date(2026, 11, 20)
Make = Callable[..., Person]
MakeHome = Callable[..., Home]


@pytest.mark.parametrize("typed", ["Malgorzata", "WÓJCIK małgorzata", "wojcik", "gorzata wojc", "Malgorzta Wojcik"])
def test_a_person_is_found_by_any_spelling_of_their_name(person: Make, typed: str) -> None:
    someone = person("Małgorzata", "Wójcik")
    person("Kofi", "Asante")
    assert finding.people(typed, DAY) == [someone]


@pytest.mark.parametrize("typed", ["王", "伟 王"])
def test_a_person_is_found_by_their_name_in_their_own_script(person: Make, typed: str) -> None:
    someone = person("伟", "王")
    person("美玲", "陳")
    assert finding.people(typed, DAY) == [someone]


def test_a_person_is_found_by_telephone_number_and_email_in_any_spelling(person: Make) -> None:
    someone = person(phones=["+447700900123"], emails=["d.hartley@example.org"])
    person(phones=["+447700900124"])
    for typed in ("07700 900123", "(07700) 900 123", "+44 7700 900123", "D.Hartley@Example.ORG"):
        assert finding.people(typed, DAY) == [someone]


def test_a_reference_of_a_person_tenancy_or_home_finds_them(
    person: Make, home: MakeHome, lives_at: Callable[..., Tenancy]
) -> None:
    tenant, place = person(), home(uprn="200040000013")
    tenancy = lives_at(place, {tenant: "tenant"})
    assert finding.people(tenant.ref.lower(), DAY) == [tenant]
    assert finding.people(tenancy.ref, DAY) == [tenant] and finding.homes(tenancy.ref) == [place]
    assert finding.homes(place.ref) == [place]
    assert finding.homes("200040000013") == [place]


def test_a_home_is_found_by_postcode_or_any_part_of_its_address(home: MakeHome) -> None:
    place = home("Flat 2, 17 St Mary's Court", "ZH1 4JQ")
    home("9 Quarry Road", "ZH2 1AA")
    for typed in ("zh14jq", "ZH1 4JQ", "17 st marys", "St Mary’s Court 17"):
        assert finding.homes(typed) == [place]


def test_a_visitor_made_at_triage_is_found_by_their_description(db: None) -> None:
    visitor = local_person.make(description="Her brother, tall, red van")
    assert finding.people("red van", DAY) == [visitor]


def test_joined_records_are_found_as_the_one_that_stands_for_them(
    person: Make, works_here: Callable[..., User]
) -> None:
    kept, merged = person("Denise", "Hartley"), person("Denise", "Ellwood")
    at = datetime(2026, 11, 20, tzinfo=UTC)
    merging.merge(kept, merged, works_here(), at, day=DAY, terms=Terms())
    assert finding.people("Ellwood", DAY) == [kept]
    assert finding.people("Denise", DAY) == [kept]


def test_people_and_homes_that_answer_to_the_same_words_are_both_found(person: Make, home: MakeHome) -> None:
    someone, place = person("Larkrise", "Row"), home("2 Larkrise Row")
    person("Kofi", "Asante")
    found = finding.find("larkrise row")
    assert (found.people, found.homes) == ([someone], [place])


def test_who_lives_at_an_address_is_found_by_it_and_who_left_is_not(
    person: Make, home: MakeHome, lives_at: Callable[..., Tenancy]
) -> None:
    tenant, left, place = person(), person(), home("17 St Mary's Court", "ZH1 4JQ")
    lives_at(place, {tenant: "tenant"})
    lives_at(place, {left: "tenant"}, ended_on=date(2026, 11, 19))
    visitor = local_person.make(forename="Leroy")
    local_person.visits(visitor, place, DAY)
    for typed in ("17 st marys court", "zh1 4jq"):
        assert set(finding.people(typed, DAY)) == {tenant, visitor}
    assert finding.where_they_live(visitor, DAY) == place.address
    assert finding.where_they_live(left, DAY) == "no address held"


def test_colleagues_who_work_here_are_found_by_name(works_here: Callable[..., User]) -> None:
    user, gone = works_here(), works_here()
    colleague.leave(gone, DAY, None, today=DAY)
    assert finding.colleagues("asante") == [user]
    assert finding.colleagues(f"nobody, {user.email}") == [user]


@pytest.mark.parametrize("typed", ["  ", "Zebedee", "'"])
def test_nothing_is_found_by_nothing(person: Make, home: MakeHome, typed: str) -> None:
    person()
    home()
    assert finding.people(typed, DAY) == [] and finding.homes(typed) == []


def test_the_format_somebody_asked_for_comes_before_the_one_their_needs_suggest(person: Make) -> None:
    someone = person(language="pl")
    assert letter_format(someone, DAY) is LetterFormat.TRANSLATION
    Need.objects.create(person=someone, kind="large print", recorded_on=DAY)
    Need.objects.create(person=someone, kind="easy read", recorded_on=DAY)
    assert letter_format(someone, DAY) is LetterFormat.EASY_READ
    someone.letter_format = LetterFormat.AUDIO
    someone.save()
    assert letter_format(someone, DAY) is LetterFormat.AUDIO

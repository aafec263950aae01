"""A name, a number or an address is found however it is typed: without marks, run together, with a slip."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenhand.people import finding, likeness
from evenhand.people.models import Home, Person, Tenancy
from evenhand.people.question import taken_apart
from evenhand.people.words import answering, name_question

Make = Callable[..., Person]
MakeHome = Callable[..., Home]
LivesAt = Callable[..., Tenancy]


@pytest.mark.parametrize(
    ("forename", "surname", "typed"),
    [
        ("Małgorzata", "Wójcik", "Malgorzata"),
        ("Małgorzata", "Wójcik", "wojcik, malgorzata"),
        ("Siobhán", "O’Brien", "OBrien"),
        ("Siobhán", "O’Brien", "O Brien"),
        ("Siobhán", "O Brien", "obrien"),
        ("Rhys", "Pryce-Jones", "Pryce Jones"),
        ("Rhys", "Pryce-Jones", "prycejones rhys"),
        ("Rhys", "PryceJones", "Rhys Pryce-Jones"),
        ("Eva", "van den Berg", "vandenberg"),
        ("Seán", "Kelly", "Sean"),
        ("John", "Smith", "J Smith"),
        ("John", "Smith", "Smith J."),
        ("J", "Smith", "John Smith"),
        ("John", "Smith", "Smith, John"),
        ("John", "Smith", "Jhon Smith"),
        ("John", "Smith", "John Smiht"),
        ("John", "Smith", "John Smth"),
        ("John", "Smith", "John Smoth"),
        ("John", "Smith", "John Smithh"),
        ("John", "Smith", "ohn smith"),
        ("Amir", "Khan", "Kahn"),
        ("Björn", "Müller", "Mueller"),
        ("Ada", "Lee", "Lew"),
        ("Gwendolyn", "Ap Rhys", "gwen aprhys"),
    ],
)
def test_a_person_is_found_however_their_name_is_spelt(person: Make, forename: str, surname: str, typed: str) -> None:
    someone = person(forename, surname)
    person("Kofi", "Asante")
    person("Zebedee", "Quux")
    assert finding.find(typed).people == [someone]


def test_the_likest_come_first_and_the_rest_are_said_to_be_only_nearly_so(person: Make) -> None:
    slip, begun, exact = person("Jon", "Smyth"), person("Jon", "Smithson"), person("Jon", "Smith")
    found = finding.find("Jon Smith")
    assert found.people == [exact, begun, slip]
    assert found.nearly == {slip.pk}


def test_an_initial_stands_for_one_word_and_never_for_all_of_them(person: Make) -> None:
    person("Leroy", "Ó Súilleabháin")
    assert finding.find("Oluwadamilola Ogunbanjo").people == [] == finding.find("Oluwadamilola").people


def test_two_slips_are_another_name(person: Make) -> None:
    person("Amir", "Hussain")
    assert finding.find("Amri Husain").people == [] or finding.find("Amri Husain").nearly


def test_a_former_name_finds_a_person(person: Make) -> None:
    someone = person("Denise", "Moyo")
    someone.former_names, someone.search_name = ["Denise Hartley"], "denise moyo denise hartley"
    someone.save()
    assert finding.find("denise hartly").people == [someone]


@pytest.mark.parametrize(
    "typed",
    [
        "0113 496 0001",
        "01134960001",
        "(0113) 496-0001",
        "+44 113 496 0001",
        "+44 (0)113 4960001",
        "0044 113 496 0001",
        "441134960001",
        "1134960001",
        "0113.496.0001",
    ],
)
def test_a_telephone_number_finds_whoever_has_it_however_it_is_written(person: Make, typed: str) -> None:
    someone = person(phones=["+441134960001"])
    person(phones=["+441134960002"])
    assert finding.find(typed).people == [someone]


def test_a_number_or_an_address_of_mail_is_one_question_to_the_database(person: Make) -> None:
    person(phones=["+441134960001"], emails=["jo@example.org"])
    for typed in ("0113 4960001", "JO@example.org"):
        with CaptureQueriesContext(connection) as asked:
            assert finding.find(typed).people
        assert len(asked) == 1


def test_a_second_identifier_tells_those_who_share_a_telephone_apart(
    person: Make, home: MakeHome, lives_at: LivesAt
) -> None:
    shared = {"phones": ["+441134960001"]}
    jo, al = person("Jo", "Bell", **shared), person("Al", "Smith", **shared)
    lives_at(home("3 Ferry Row", "ZH1 4JQ"), {jo: "tenant"})
    lives_at(home("9 Quarry Road", "ZH2 1AA"), {al: "tenant"})
    both = finding.find("0113 4960001")
    assert {*both.people} == {jo, al} and both.by_contact
    for typed in ("0113 4960001 Smith", "smith 01134960001", "0113 4960001, ZH2 1AA", "0113 4960001 quarry"):
        found = finding.find(typed)
        assert found.people == [al] and not found.by_contact
    assert finding.find("0113 4960001 Zebedee").people == []


def test_a_name_with_a_postcode_a_uprn_or_a_street_finds_who_lives_there(
    person: Make, home: MakeHome, lives_at: LivesAt
) -> None:
    here, there = person("Jo", "Bell"), person("Jo", "Bell")
    lives_at(home("3 Ferry Row", "ZH1 4JQ", uprn="100090000007"), {here: "tenant"})
    lives_at(home("9 Quarry Road", "ZH2 1AA", uprn="100090000014"), {there: "tenant"})
    for typed in ("Bell ZH2 1AA", "zh21aa jo bell", "Bell 100090000014", "Jo Bell quarry", "bell 9 quarry road"):
        assert finding.find(typed).people == [there]


@pytest.mark.parametrize(
    ("line", "typed"),
    [
        ("Flat 3, 12 Kiln Street", "Flat 3 12 Kiln St"),
        ("Flat 3, 12 Kiln Street", "3/12 kiln street"),
        ("3/12 Kiln Street", "Flat 3, 12 Kiln Street"),
        ("12A Kiln Street", "12 a kiln street"),
        ("12 A Kiln Street", "12a kiln st"),
        ("12 Kiln Rd", "12 Kiln Road"),
        ("12 Kiln Road", "12 kiln rd"),
        ("12 Kiln Street", "12 Klin Street"),
        ("17 St Mary's Court", "17 St Marys Ct"),
        ("12 Kiln Street", "12 kiln street zh1"),
        ("12 Kiln Street", "12, Kiln Street, ZH1 4JQ"),
        ("12 Kiln Street", "zh1 4jq"),
        ("12 Kiln Street", "zh14jq"),
        ("12 Kiln Street", "ZH1"),
        ("12 Kiln Street", "zh1 4"),
        ("12 Kiln Street", "100090000007"),
        ("12 Kiln Street", "000100090000007"),
    ],
)
def test_a_home_is_found_however_its_address_is_given(home: MakeHome, line: str, typed: str) -> None:
    place = home(line, "ZH1 4JQ", uprn="100090000007")
    home("112 Tannery Way", "ZE2 1AA", uprn="100090000014")
    assert finding.find(typed).homes == [place]


def test_a_uprn_that_lost_its_leading_noughts_is_still_the_same(home: MakeHome) -> None:
    place = home(uprn="10009012345")
    assert finding.find("010009012345").homes == finding.find("10009012345").homes == [place]


def test_the_number_of_a_house_is_never_taken_for_another(home: MakeHome) -> None:
    home("112 Kiln Street")
    home("Flat 1, 2 Kiln Street")
    assert finding.find("12 Kiln Street").homes == []


def test_what_is_found_is_bounded_and_says_when_there_are_more(person: Make, home: MakeHome) -> None:
    for number in range(4):
        person("Jo", "Bell")
        home(f"{number + 1} Bell Row")
    found = finding.find("bell", most=3)
    assert len(found.people) == len(found.homes) == 3 and found.more_people and found.more_homes
    all_of_them = finding.find("bell", most=4)
    assert not all_of_them.more_people and not all_of_them.more_homes


def test_finding_takes_as_many_queries_for_many_as_for_one(person: Make) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert finding.find("Jo Bell").people
        return len(asked)

    for number in range(3):
        person("Jo", "Bell", merged_into=person("Jo", f"Bell{number}"))
    few = queries()
    for number in range(6):
        person("Jo", "Bell", merged_into=person("Jo", f"Bellamy{number}"))
    assert queries() == few <= 4


def test_the_indexes_are_those_the_search_asks_for(person: Make) -> None:
    person()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "person_words" in Person.objects.filter(answering("search_name", name_question(["jo"]))).explain()
    assert "home_words" in Home.objects.filter(answering("search_address", "'jo'")).explain()
    assert "home_by_postcode" in Home.objects.filter(search_postcode__startswith="ze2").explain()


def test_a_question_is_taken_apart() -> None:
    asked = taken_apart("Jo Bell, 07700 900123, jo@Example.org, ZH1 4JQ")
    assert asked.words == ("jo", "bell") and asked.numbers == ("+447700900123",)
    assert asked.mailboxes == ("jo@example.org",) and asked.postcode == "zh14jq"
    assert taken_apart("000100090000007").uprns == ("100090000007",)
    assert taken_apart("   ").is_empty


@pytest.mark.parametrize(
    ("typed", "held"),
    [("smith", "smiht"), ("smith", "smth"), ("smith", "smithe"), ("smith", "smoth"), ("kahn", "khan"), ("lew", "lee")],
)
def test_one_slip_is_one_letter_or_two_changed_about(typed: str, held: str) -> None:
    assert likeness.one_slip(typed, held) and likeness.one_slip(held, typed)


@pytest.mark.parametrize(("typed", "held"), [("smith", "smythe"), ("12a", "12b"), ("jo", "ja"), ("smith", "htims")])
def test_more_than_that_is_another_word(typed: str, held: str) -> None:
    assert not likeness.one_slip(typed, held)


@pytest.mark.parametrize(
    "typed", ["'", "\\", "a:*", "& | !", "('a' & ", "~smith", "a" * 3000, "9" * 400, "\x00jo", "é" * 99]
)
def test_nothing_typed_breaks_the_search(person: Make, typed: str) -> None:
    person()
    finding.find(typed)


def test_someone_known_by_a_short_name_is_found_though_their_surname_has_a_slip(person: Make) -> None:
    terence = person("Terence", "Braithwaite")
    person("Olive", "Braithwaite")
    found = finding.find("Terry Brathwaite")
    assert found.people == [terence] and found.nearly == {terence.pk}

"""One box: a case by its reference, a person by what is known of them, words in the record within what one may see."""

from collections.abc import Callable

import pytest
from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from evenhand.cases import models
from evenhand.cases.search import Words
from evenhand.people.models import Look, Person, User
from evenhand.policy.need import Channel
from tests.web.stories import Cast, Story

SignIn = Callable[[User], Client]


def page(client: Client, words: str) -> str:
    response = client.get("/search", {"q": words})
    assert response.status_code == 200
    return " ".join(response.content.decode().split()).partition("<main")[2]


@pytest.mark.parametrize(
    "words",
    [
        "Jo Bell",
        "bell, jo",
        "BELL",
        "07700 900 123",
        "+44 7700 900123",
        "JO.BELL@example.com",
        "3 ferry row",
        "zh1 4jq",
        "ZH14JQ",
        "T1",
        "P1",
    ],
)
def test_a_person_is_found_by_whatever_is_known_of_them(words: str, tenant: Person, cast: Cast, as_: SignIn) -> None:
    shown = page(as_(cast.colleague), words)
    assert ">Jo Bell</a>" in shown and "3 Ferry Row, Zedham, ZH1 4JQ" in shown


def test_a_name_spelt_nearly_right_is_found_and_to_be_checked(tenant: Person, cast: Cast, as_: SignIn) -> None:
    shown = page(as_(cast.colleague), "Jo Belle")
    assert ">Jo Bell</a>" in shown and "Check the name and the address before you act" in shown


def test_a_former_name_finds_a_person_and_is_not_shown(tenant: Person, cast: Cast, as_: SignIn) -> None:
    tenant.former_names, tenant.search_name = ["Josephine Quill"], "jo bell josephine quill"
    tenant.save()
    shown = page(as_(cast.colleague), "quill")
    assert ">Jo Bell</a>" in shown and "Josephine" not in shown


def test_a_case_is_found_by_its_reference_in_any_spelling(story: Story, cast: Cast, as_: SignIn) -> None:
    story.investigate()
    client = as_(cast.manager)
    for spelt in (story.reference, story.reference.lower(), story.reference.replace("-", " ")[3:]):
        assert f'href="/cases/{story.reference}/"' in page(client, spelt)


def test_words_in_the_record_are_found_in_any_form_of_them(story: Story, cast: Cast, as_: SignIn) -> None:
    story.hear("The boiler was leaking and I was frightened.")
    client = as_(cast.manager)
    for words in ("boilers", "leak", '"boiler was leaking"', "frightened boiler"):
        shown = page(client, words)
        assert story.reference in shown and "The customer’s account was heard" in shown
    assert story.reference not in page(client, "boiler -frightened")


def test_nobody_finds_by_a_word_what_they_may_not_read(story: Story, cast: Cast, as_: SignIn) -> None:
    story.report(harmed=(cast.other_manager,)).hear("The boiler was leaking.")
    assert story.reference in page(as_(cast.manager), "boiler")
    for user in (cast.other_manager, cast.colleague, cast.duty, cast.partner, cast.protection, cast.administrator):
        client = as_(user)
        shown = page(client, "boiler")
        assert story.reference not in shown and "We found nothing by that" in shown


def test_a_case_one_may_not_know_of_is_not_found_by_its_reference(story: Story, cast: Cast, as_: SignIn) -> None:
    story.investigate()
    assert "We found nothing by that" in page(as_(cast.duty), story.reference)


def test_finding_nothing_is_never_an_all_clear(cast: Cast, as_: SignIn) -> None:
    assert "That does not mean that nothing is held." in page(as_(cast.colleague), "Zebedee Quux")


@pytest.mark.parametrize("words", ["", "   ", "'", '"', "%", "\\", "-", "&|!", "a" * 900, "🙂", "<script>"])
def test_no_words_break_the_search(words: str, tenant: Person, cast: Cast, as_: SignIn) -> None:
    assert "<script>" not in page(as_(cast.manager), words)


def test_what_was_searched_for_is_logged(cast: Cast, as_: SignIn) -> None:
    page(as_(cast.colleague), "Jo Bell")
    look = Look.objects.get(kind="search")
    assert (look.by, look.reference) == (cast.colleague, "Jo Bell")


def test_the_box_keeps_what_was_typed(cast: Cast, as_: SignIn) -> None:
    shown = as_(cast.colleague).get("/search", {"q": "Jo Bell"}).content.decode()
    assert 'value="Jo Bell"' in shown


def test_the_index_is_the_one_the_search_asks_for(story: Story) -> None:
    story.hear("The boiler was leaking.")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    found = models.Facts.objects.annotate(words=Words("said")).filter(words=SearchQuery("boiler", config="english"))
    assert "facts_words" in found.explain()


def test_a_search_takes_as_many_queries_for_many_as_for_one(
    story: Story, cast: Cast, tenant: Person, as_: SignIn
) -> None:
    story.hear("The boiler bell was ringing.")
    client = as_(cast.manager)
    page(client, "bell")
    with CaptureQueriesContext(connection) as few:
        page(client, "bell")
    for number in range(4):
        names = {"forename": "Z", "surname": "Bell", "search_name": "z bell"}
        other = Person.objects.create(source="housing", ref=f"Z{number}", **names)
        Story(cast, other, story.home).hear("The boiler bell was ringing.", channel=Channel.PHONE)
    with CaptureQueriesContext(connection) as many:
        page(client, "bell")
    assert len(many) == len(few) <= 16


def test_what_was_said_around_the_words_is_shown(story: Story, cast: Cast, as_: SignIn) -> None:
    story.hear("A long tale begins. " * 20 + "Then the boiler was leaking all night. " + "And so it ends. " * 20)
    assert "the boiler was leaking all night" in page(as_(cast.manager), "boilers")

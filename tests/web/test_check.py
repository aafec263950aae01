"""May I visit, may I ring? One box, and a card that says what to do today and no more than its reader needs."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from evenhand.cases import lookup, record
from evenhand.cases.record import Ask
from evenhand.people.models import Home, Look, Person, RegisterImport
from evenhand.policy.verbs import VERBS
from evenhand.web import way
from tests.web.asking import words
from tests.web.carding import NOTHING, SignIn, asked, card, neighbour
from tests.web.stories import START, Cast, Story


@pytest.mark.parametrize("typed", ["Jo Bell", "bell, jo", "0044 7700 900123", "jo.bell@example.com", "P1"])
def test_whoever_is_meant_without_doubt_has_their_card_at_once(
    typed: str, tenant: Person, cast: Cast, as_: SignIn
) -> None:
    answer = as_(cast.colleague).get("/check", {"q": typed})
    assert answer.status_code == 302 and answer["Location"] == way.to_check(tenant)


@pytest.mark.parametrize("typed", ["3 ferry row", "ZH1 4JQ", "0100000000001"])
def test_an_address_has_the_card_of_the_home(typed: str, tenant: Person, home: Home, cast: Cast, as_: SignIn) -> None:
    assert as_(cast.colleague).get("/check", {"q": typed})["Location"] == way.to_check(home)


def test_a_marker_leads_with_what_to_do(story: Story, cast: Cast, tenant: Person, as_: SignIn) -> None:
    story.mark()
    shown = card(as_(cast.colleague), tenant)
    assert shown.index("Visit in pairs. Ring first.") < shown.index("If you visit") < shown.index("These always get")
    assert "An emergency repair" in shown and "Risk: threats" in shown


def test_nothing_held_is_never_a_promise(tenant: Person, cast: Cast, as_: SignIn) -> None:
    shown = card(as_(cast.colleague), tenant)
    assert NOTHING in shown and "An emergency repair" in shown


def test_a_name_only_spelt_nearly_so_is_asked_about_first(tenant: Person, cast: Cast, as_: SignIn) -> None:
    shown = asked(as_(cast.colleague), "Jo Belk")
    assert "Jo Bell" in shown and "Spelt nearly so" in shown and "Is it this person?" in shown
    assert "one person nearly so" in shown and "More than one" not in shown


def test_a_number_that_a_household_shares_asks_for_something_else(
    tenant: Person, home: Home, cast: Cast, as_: SignIn
) -> None:
    al = neighbour(home, phones=["+447700900123"])
    client = as_(cast.colleague)
    shown = asked(client, "07700 900123")
    assert "More than one person may match" in shown and "Households share a number" in shown
    assert client.get("/check", {"q": "07700 900123 frost"})["Location"] == way.to_check(al)


def test_no_match_is_never_nothing_held(tenant: Person, cast: Cast, as_: SignIn) -> None:
    shown = asked(as_(cast.colleague), "Zebedee Quux")
    assert "No card yet" in shown and "match" in shown and "lone-working procedure" in shown
    assert "We hold no warning" not in shown


def test_a_register_that_is_out_of_date_never_says_that_nothing_is_held(
    story: Story, tenant: Person, cast: Cast, as_: SignIn, clock: Callable[..., None]
) -> None:
    taken = RegisterImport.objects.create(
        source="housing", folder="x", started_at=story.moment.at, state="done", whole=True
    )
    taken.ended_at = story.moment.at
    taken.save()
    assert NOTHING in card(as_(cast.colleague), tenant)
    clock(START + timedelta(days=14))
    shown = card(as_(cast.colleague), tenant)
    assert "We hold no warning" not in shown and "out of date" in shown
    story.mark()
    shown = card(as_(cast.colleague), tenant)
    assert "Visit in pairs." in shown and "it is from 3 March 2026" in shown


def test_when_the_check_does_not_work_it_says_so(
    tenant: Person, cast: Cast, as_: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise DatabaseError

    client = as_(cast.colleague)
    monkeypatch.setattr(lookup, "card_of", broken)
    monkeypatch.setattr(lookup, "find", broken)
    for answer in (client.get(way.to_check(tenant)), client.get("/check", {"q": "Jo Bell"})):
        assert answer.status_code == 503
        assert "This says nothing about anyone" in words(answer) and "We hold no warning" not in words(answer)


def test_why_is_for_those_who_work_on_the_case(story: Story, cast: Cast, tenant: Person, as_: SignIn) -> None:
    story.mark()
    told = card(as_(cast.manager), tenant)
    assert "because of" in told and "3 March 2026" in told
    for user in (cast.colleague, cast.partner, cast.administrator, cast.protection):
        shown = card(as_(user), tenant)
        assert "Visit in pairs." in shown and "because of" not in shown and "shouted abuse" not in shown


def test_who_was_shouted_at_is_told_what_to_do_and_not_why(
    story: Story, cast: Cast, tenant: Person, as_: SignIn
) -> None:
    story.report(harmed=(cast.other_manager,)).mark()
    shown = card(as_(cast.other_manager), tenant)
    assert "Visit in pairs." in shown and "because of" not in shown


def test_the_others_at_home_bind_a_visit_and_nobody_says_whose_marker_it_is(
    story: Story, cast: Cast, tenant: Person, home: Home, as_: SignIn
) -> None:
    al = neighbour(home)
    story.mark()
    for about in (al, home):
        shown = card(as_(cast.colleague), about)
        assert "Visit in pairs. Ring first." in shown and "Why" in shown
        assert "Jo Bell" in shown and "Jo Bell has" not in shown
    assert "Answer as usual." in card(as_(cast.colleague), al)


def test_a_sealed_matter_changes_nothing_on_any_card(story: Story, cast: Cast, tenant: Person, as_: SignIn) -> None:
    story.mark()
    client = as_(cast.colleague)
    before = card(client, tenant)
    told = {"named": (cast.senior.actor_id,), "words": "She swore first.", "name": "Ann"}
    record.open_case(
        Ask(cast.manager.actor, story.moment),
        VERBS["counter_allegation.record"],
        about_person=tenant,
        about=story.reference,
        **told,
    )
    assert card(client, tenant) == before


def test_a_colleague_who_is_the_customer_or_lives_with_them_is_sent_to_their_manager(
    story: Story, cast: Cast, tenant: Person, home: Home, as_: SignIn
) -> None:
    cast.partner.person = neighbour(home)
    cast.partner.save()
    client = as_(cast.partner)
    before = [card(client, about) for about in (tenant, cast.partner.person, home)]
    assert all("Nobody checks their own record" in shown for shown in before)
    story.mark()
    assert [card(client, about) for about in (tenant, cast.partner.person, home)] == before
    assert client.post(way.to_acknowledge(tenant)).status_code == 404


def test_every_look_is_logged_before_the_answer_leaves(
    story: Story, tenant: Person, home: Home, cast: Cast, as_: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = as_(cast.colleague)
    client.get("/check", {"q": "Jo Bell"}, follow=True)
    client.get(way.to_check(home))
    kinds = list(Look.objects.order_by("id").values_list("kind", "reference", "person"))
    assert kinds == [
        ("search", "Jo Bell", None),
        ("check", "housing:P1", tenant.pk),
        ("check", "3 Ferry Row, Zedham, ZH1 4JQ", None),
    ]
    monkeypatch.setattr("evenhand.web.check.looked", lambda *args: 1 / 0)
    client.raise_request_exception = False
    answer = client.get(way.to_check(tenant))
    assert answer.status_code == 500 and "We hold" not in words(answer)


def test_typing_is_logged_once_and_each_other_name_too(tenant: Person, cast: Cast, as_: SignIn) -> None:
    client = as_(cast.colleague)
    for typed in ("Bel", "Bell", "Be", "Bell ", "Jo", "Smith", "Smith J", "Smith Jo"):
        assert client.get("/check/results", {"q": typed}).status_code == 200
    assert list(Look.objects.order_by("id").values_list("reference", flat=True)) == ["Bel", "Smith", "Smith J"]


def test_results_are_shown_as_one_types(tenant: Person, cast: Cast, as_: SignIn) -> None:
    client = as_(cast.colleague)
    shown = client.get("/check/results", {"q": "Jo B"}).content.decode()
    assert way.to_check(tenant) in shown and "3 Ferry Row" in shown and "1 person" in shown and "<html" not in shown
    assert "Type a little more" in client.get("/check/results", {"q": "J"}).content.decode()
    nobody = client.get("/check/results", {"q": "Zebedee"}).content.decode()
    assert "That does not mean that nothing is held" in nobody


def test_what_is_found_does_not_tell_of_whom_something_is_held(
    story: Story, tenant: Person, cast: Cast, as_: SignIn
) -> None:
    client = as_(cast.colleague)

    def found() -> tuple[bytes, int]:
        with CaptureQueriesContext(connection) as queries:
            shown = client.get("/check/results", {"q": "Bell"}).content
        return shown, len(queries)

    found()
    before = found()
    story.mark()
    assert found() == before


def test_an_incident_is_reported_from_the_card(tenant: Person, cast: Cast, as_: SignIn) -> None:
    client = as_(cast.colleague)
    href = client.get(way.to_check(tenant)).context["report_href"]
    assert "Jo Bell" in words(client.get(href))


def test_a_joined_record_has_the_card_of_the_one_that_stands(tenant: Person, cast: Cast, as_: SignIn) -> None:
    double = Person.objects.create(source="other", ref="9", forename="J", surname="Bel", merged_into=tenant)
    assert "Jo Bell" in card(as_(cast.colleague), double)


def test_a_case_is_offered_by_its_reference_to_those_who_may_know_of_it(story: Story, cast: Cast, as_: SignIn) -> None:
    story.investigate()
    assert "This is the reference of a case" in asked(as_(cast.manager), story.reference.lower())
    assert "reference of a case" not in asked(as_(cast.duty), story.reference)


@pytest.mark.parametrize("made_up", ["1", "1:abc", "x:y"])
def test_a_card_cannot_be_guessed(made_up: str, tenant: Person, cast: Cast, as_: SignIn) -> None:
    client = as_(cast.director)
    for kind in ("person", "home"):
        assert client.get(f"/check/{kind}/{made_up}/").status_code == 404
        assert client.post(f"/check/{kind}/{made_up}/read").status_code == 404


def test_the_key_of_a_person_opens_no_home(tenant: Person, cast: Cast, as_: SignIn) -> None:
    signed = way.to_check(tenant).split("/")[-2]
    assert as_(cast.colleague).get(f"/check/home/{signed}/").status_code == 404


@pytest.mark.parametrize("typed", ["", "   ", "'", "%", "\\", "&|!", "a" * 900, "🙂", "<script>", "9" * 300])
def test_nothing_typed_breaks_the_page(typed: str, tenant: Person, cast: Cast, as_: SignIn) -> None:
    client = as_(cast.colleague)
    for page in ("/check", "/check/results"):
        answer = client.get(page, {"q": typed})
        assert answer.status_code in (200, 302) and b"<script>" not in answer.content.split(b"</head>")[-1]


def test_a_character_that_no_text_has_is_refused_in_words(cast: Cast, as_: SignIn) -> None:
    for page in ("/check", "/check/results"):
        answer = as_(cast.colleague).get(page, {"q": "\x00"})
        assert answer.status_code == 400 and "could not read" in words(answer)


def test_a_home_is_named_in_the_report_that_its_card_leads_to(
    tenant: Person, home: Home, cast: Cast, as_: SignIn
) -> None:
    client = as_(cast.colleague)
    shown = client.get(way.to_check(home)).context
    assert home.address in words(client.get(shown["report_href"]))
    assert client.get(shown["hazards_href"]).status_code == 200


def test_nobody_found_in_an_old_register_is_said_to_be_so(
    story: Story, tenant: Person, cast: Cast, as_: SignIn, clock: Callable[..., None]
) -> None:
    told = {"source": "housing", "folder": "x", "state": "done", "whole": True}
    RegisterImport.objects.create(started_at=story.moment.at, ended_at=story.moment.at, **told)
    assert "housing register" not in asked(as_(cast.colleague), "Zebedee")
    clock(START + timedelta(days=14))
    assert "register is from 3 March 2026" in asked(as_(cast.colleague), "Zebedee")

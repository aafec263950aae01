"""Who looked: read by those who watch over looking, narrowed by colleague, person or case."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.cases import record
from evenhand.cases.record import Ask
from evenhand.doors.looked import looked
from evenhand.people import looking
from evenhand.people.models import Look, User
from evenhand.people.models.look import LookKind
from evenhand.policy.verbs import VERBS
from evenhand.web import way
from tests.web.stories import START, Cast, Story

SignIn = Callable[[User], Client]
NEXT = START + timedelta(days=1)


def page(client: Client, **asked: str) -> str:
    response = client.get("/looks/", asked)
    assert response.status_code == 200
    return " ".join(response.content.decode().split()).partition("</form>")[2]


@pytest.fixture
def looks(story: Story, cast: Cast, as_: SignIn) -> Story:
    """The manager and a senior manager each opened the case."""
    story.investigate()
    for user in (cast.manager, cast.senior):
        assert as_(user).get(f"/cases/{story.reference}/").status_code == 200
    return story


def test_the_data_protection_officer_reads_who_looked_at_what(looks: Story, cast: Cast, as_: SignIn) -> None:
    shown = page(as_(cast.protection))
    assert "Priya Nair" in shown and "Sian Morgan" in shown and looks.reference in shown
    assert "3 March 2026, 3pm" in shown


def test_looks_are_narrowed_to_a_colleague_a_person_or_a_case(looks: Story, cast: Cast, as_: SignIn) -> None:
    client = as_(cast.protection)
    assert "Sian Morgan" not in page(client, colleague="priya")
    assert "Priya Nair" in page(client, person="Jo Bell")
    assert "Priya Nair" in page(client, case=looks.reference.lower())
    assert "Nobody has looked" in page(client, case="EH-2222-2222")


def test_who_looked_at_how_often_a_person_contacted_us_can_be_asked(looks: Story, cast: Cast, as_: SignIn) -> None:
    jo = looks.person
    for opened in (way.to_person(jo), reverse("demand.person", args=[way.PEOPLE.sign(str(jo.pk))])):
        assert as_(cast.manager).get(opened).status_code == 200
    client = as_(cast.protection)
    everything = [row[2:] for row in client.get("/looks/").context["table"]["rows"]]
    assert everything[:2] == [["How often they contacted us", "Jo Bell"], ["Person", "Jo Bell"]]
    narrowed = client.get("/looks/", {"what": "how-often"}).context["table"]["rows"]
    assert [row[1:] for row in narrowed] == [["Priya Nair", "How often they contacted us", "Jo Bell"]]


def test_words_that_fit_nobody_or_several_never_show_everything(looks: Story, cast: Cast, as_: SignIn) -> None:
    client = as_(cast.protection)
    assert "We know nobody by “zebedee”" in page(client, colleague="zebedee")
    shown = page(client, colleague="a")
    assert "fits more than one" in shown and "Priya Nair" not in shown


def test_a_later_page_goes_on_where_the_first_ended(cast: Cast, as_: SignIn) -> None:
    client = as_(cast.protection)
    for number in range(60):
        looked(cast.manager, LookKind.CHECK, f"check {number}")
    first = client.get("/looks/")
    second = client.get(first.context["older"])
    seen = [row[3] for response in (first, second) for row in response.context["table"]["rows"]]
    assert seen == [f"check {number}" for number in reversed(range(60))]


def test_looks_of_one_colleague_at_one_thing_on_one_day_are_one_row_and_every_one_is_kept(
    story: Story, cast: Cast, as_: SignIn, clock: Callable[..., None]
) -> None:
    for day, hour in ((START, 9), (START, 10), (START, 15), (NEXT, 15), (NEXT, 16)):
        clock(day, hour)
        looked(cast.manager, LookKind.CHECK, "check 1")
    looked(cast.senior, LookKind.CHECK, "check 1")
    looked(cast.manager, LookKind.CHECK, "check 1")
    shown = [row[:2] for row in as_(cast.protection).get("/looks/").context["table"]["rows"]]
    assert shown == [
        ["4 March 2026, 4pm", "Priya Nair"],
        ["4 March 2026, 4pm", "Sian Morgan"],
        ["4 March 2026, twice, from 3pm, last at 4pm", "Priya Nair"],
        ["3 March 2026, 3 times, from 9am, last at 3pm", "Priya Nair"],
    ]
    assert Look.objects.filter(kind=LookKind.CHECK).count() == 7


def test_no_look_is_lost_or_shown_twice_between_the_pages_of_collapsed_looks(
    cast: Cast, as_: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "MOST", 25)
    monkeypatch.setattr(looking, "PAGE", 3)
    for thing in range(8):
        for _ in range(thing * 4 + 1):
            looked(cast.manager, LookKind.CHECK, f"check {thing}")
    after, times = "", dict.fromkeys((f"check {thing}" for thing in range(8)), 0)
    while page := looking.looks(by=cast.manager, after=after):
        for run in page.rows:
            times[run.look.reference] += run.times
        if not (after := page.after):
            break
    assert list(times.values()) == [thing * 4 + 1 for thing in range(8)]


@pytest.mark.parametrize("who", ["colleague", "investigator", "manager", "partner", "administrator", "independent"])
def test_others_cannot_read_who_looked(who: str, cast: Cast, as_: SignIn) -> None:
    assert as_(getattr(cast, who)).get("/looks/").status_code == 403


def listed(client: Client) -> list[object]:
    """The rows of the list, of everyone and of one person."""
    return [client.get("/looks/", {"person": who}).context["table"]["rows"] for who in ("", "Jo Bell")]


def test_looks_at_a_sealed_matter_are_shown_to_those_named_in_it_alone(looks: Story, cast: Cast, as_: SignIn) -> None:
    told = {"named": (cast.senior.actor_id,), "words": "She swore first.", "name": "Ann"}
    verb = VERBS["counter_allegation.record"]
    ask = Ask(cast.manager.actor, looks.moment)
    sealed = record.open_case(ask, verb, about_person=looks.person, about=looks.reference, **told).reference
    before = listed(as_(cast.protection))
    assert all(before), "The looks at other things are hidden too."
    assert as_(cast.senior).get(f"/cases/{sealed}/").status_code == 200
    assert listed(as_(cast.protection)) == before
    assert "Nobody has looked" in page(as_(cast.protection), case=sealed)
    assert sealed in page(as_(cast.senior))

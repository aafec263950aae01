"""Who watches over sharing sees who has not confirmed, and who was told; others do not."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.people import colleague
from evenhand.people.models import User
from evenhand.sharing import ledger, watching
from evenhand.sharing.ledger import Recipient, Told
from evenhand.sharing.models import Disclosure, Recall
from evenhand.sharing.models.change import ControlKind
from evenhand.sharing.models.disclosure import ConfirmedHow, How, RecipientKind
from tests.web.asking import words
from tests.web.stories import START, Cast, Story
from tests.web.test_withdrawal import ended

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]
LIST = reverse("disclosures")


@pytest.fixture
def news(story: Story, cast: Cast, days_later: Callable[[int], object]) -> Recall:
    """A marker that Sam was told of and that ended; and a scheduler was told of it too."""
    found = ended(story, cast.colleague)
    to = Recipient(RecipientKind.SYSTEM, "key:7", "Repairs scheduler")
    marker = Told(story.reference, "M1", ControlKind.MARKER, story.person.pk if story.person else None)
    ledger.disclose(to, [marker], How.API, found.at, why="Booking repairs")
    Recall.objects.create(
        disclosure=Disclosure.objects.get(to_kind=to.kind), what=found.what, version=found.version, at=found.at
    )
    days_later(5)
    return found


def of_scheduler() -> Recall:
    return Recall.objects.get(disclosure__to_name="Repairs scheduler")


def test_a_manager_sees_who_has_not_confirmed_and_of_what(news: Recall, cast: Cast, as_: As) -> None:
    page = words(as_(cast.manager).get(LIST))
    for expected in ("Sam Okafor", "Marker ended", "Jo Bell", "Repairs scheduler", "On their own page"):
        assert expected in page


def test_an_administrator_sees_systems_and_not_whom_it_is_about(news: Recall, cast: Cast, as_: As) -> None:
    page = words(as_(cast.administrator).get(LIST))
    assert "Repairs scheduler" in page
    assert "Sam Okafor" not in page.replace("Signed in", "")
    assert "Jo Bell" not in page


def test_whoever_may_not_see_the_case_sees_nothing_of_it(news: Recall, cast: Cast, as_: As) -> None:
    for user in (cast.colleague, cast.partner, cast.planner, cast.independent):
        answer = as_(user).get(LIST)
        assert answer.status_code == 403 or "Nobody here has anything to confirm" in words(answer)
        assert as_(user).get(reverse("disclosures.case", args=[news.disclosure.case])).status_code in (403, 404)


def test_the_list_is_narrowed_and_stays_so_in_its_address(news: Recall, cast: Cast, as_: As) -> None:
    client = as_(cast.manager)
    assert "Sam Okafor" not in words(client.get(LIST, {"to": "system"}))
    assert "Sam Okafor" in words(client.get(LIST, {"what": "ended", "days": "2"}))
    assert "Nobody here has anything" in words(client.get(LIST, {"days": "7"}))
    assert "Sam Okafor" in words(client.get(LIST, {"days": "many", "to": "nonsense"}))


def test_pages_follow_one_another_without_leaving_anyone_out(
    news: Recall, cast: Cast, as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "PAGE", 1)
    client = as_(cast.manager)
    first = client.get(LIST)
    assert "Sam Okafor" in words(first)
    second = client.get(first.context["older"])
    assert "Repairs scheduler" in words(second)
    assert second.context["older"] == ""


def test_a_confirmation_by_telephone_is_taken_down(news: Recall, cast: Cast, as_: As) -> None:
    client = as_(cast.investigator)
    page = reverse("disclosure.confirm", args=[of_scheduler().pk])
    assert "Say how they confirmed" in words(client.post(page, {"note": ""}))
    answer = client.post(page, {"how": "by telephone", "note": "Ms Oyelaran looked while we spoke."})
    assert answer.status_code == 302
    kept = of_scheduler()
    assert (kept.confirmed_how, kept.confirmed_by) == (ConfirmedHow.TELEPHONE, cast.investigator.actor_id)
    assert kept.note == "Ms Oyelaran looked while we spoke."
    assert client.get(page).status_code == 404


def test_nobody_takes_down_the_word_of_a_colleague_who_works_here(news: Recall, cast: Cast, as_: As) -> None:
    client = as_(cast.manager)
    page = reverse("disclosure.confirm", args=[news.pk])
    told = {"how": "by telephone", "note": "He said so."}
    assert "confirms on their own page" in words(client.post(page, told))
    colleague.leave(cast.colleague, START, None, today=START)
    assert client.post(page, told).status_code == 302


def test_the_ledger_of_a_case_says_who_what_how_why_and_since(news: Recall, cast: Cast, as_: As) -> None:
    page = words(as_(cast.protection).get(reverse("disclosures.case", args=[news.disclosure.case])))
    for expected in ("Repairs scheduler", "Booking repairs", "A check by a machine", "Marker M1, version 1", "Ended"):
        assert expected in page


def test_someone_whom_it_is_about_sees_nothing(news: Recall, story: Story, cast: Cast, as_: As) -> None:
    User.objects.filter(pk=cast.other_manager.pk).update(person=story.person)
    cast.other_manager.refresh_from_db()
    assert "Nobody here has anything" in words(as_(cast.other_manager).get(LIST))
    page = reverse("disclosures.case", args=[news.disclosure.case])
    assert as_(cast.other_manager).get(page).status_code == 404

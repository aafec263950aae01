"""What became of markers and limits, and the word that they were forgotten."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from evenhand.cases.circumstances import Moment
from evenhand.cases.models import Acknowledgement
from evenhand.people.models import Person
from evenhand.policy.events.marker import Control, Risk
from evenhand.sharing import following
from evenhand.sharing.models import Disclosure, Recall
from evenhand.sharing.models.key import Scope
from tests.api.calling import Keyring, System, problem
from tests.web.stories import START, Story

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("week_later")]


@pytest.fixture
def copy(keys: Keyring) -> System:
    """A system that keeps a copy of its own."""
    return keys.system(Scope.CHECK, Scope.MARKERS_READ)


def follow() -> None:
    at = timezone.now()
    following.follow(Moment(at, timezone.localdate(at)))


def read(system: System, after: str = "", **asked: Any) -> dict[str, Any]:
    answer = system.get("controls/changes", after=after, **asked)
    assert answer.status_code == 200, answer.content
    told: dict[str, Any] = answer.json()
    return told


# Following ----------------------------------------------------------------------------------------------------------


def test_a_marker_is_followed_from_its_start_to_its_end(copy: System, story: Story) -> None:
    story.mark()
    follow()
    first = read(copy)
    (change,) = first["changes"]
    assert (change["kind"], change["what"], change["id"]) == ("marker", "started", f"{story.reference}.M1")
    assert change["people"] == [{"source": "housing", "person_ref": "P1"}]
    assert (change["marker"]["ukhds"], change["marker"]["hact"]) == ("RISK2.02", "1") and change["limit"] is None
    story.act("marker.remove", story.cast.manager, "M1", reasons="It was somebody else.")
    follow()
    second = read(copy, first["cursor"])
    assert [(each["what"], each["marker"]) for each in second["changes"]] == [("ended", None)]
    assert read(copy, second["cursor"]) == {"changes": [], "cursor": second["cursor"], "more": False}


def test_a_limit_and_its_plan(copy: System, story: Story, clock: Callable[..., datetime]) -> None:
    story.limit().approve("T1").approve("T2")
    clock(START + timedelta(days=20))
    follow()
    (change,) = read(copy)["changes"]
    assert change["kind"] == "limit" and change["limit"]["weekdays"] == ["Wednesday"]


def test_pages_follow_one_another(copy: System, story: Story) -> None:
    story.mark()
    follow()
    page = read(copy, limit=1)
    assert len(page["changes"]) == 1 and page["more"] is False


def test_a_system_that_begins_later_does_not_learn_of_what_is_over(keys: Keyring, story: Story) -> None:
    story.mark()
    follow()
    story.act("marker.remove", story.cast.manager, "M1", reasons="It was somebody else.")
    follow()
    late = keys.system(Scope.MARKERS_READ)
    told = read(late)
    assert told["changes"] == [] and int(told["cursor"]) > 0
    assert late.get("people/changes").json()["people"] == []


def test_following_puts_the_system_on_the_ledger(copy: System, story: Story, tenant: Person) -> None:
    story.mark()
    follow()
    read(copy)
    told = Disclosure.objects.get()
    assert (told.to_id, told.how, told.person) == (f"key:{copy.key.pk}", "a list for a machine", tenant)


def test_whom_to_ask_about_again_and_nothing_of_why(copy: System, story: Story) -> None:
    story.mark()
    follow()
    told = copy.get("people/changes").json()
    assert [each["people"] for each in told["people"]] == [[{"source": "housing", "person_ref": "P1"}]]
    assert set(told["people"][0]) == {"at", "people", "home"}


def test_who_may_only_check_cannot_list_anyone(keys: Keyring, story: Story) -> None:
    story.mark()
    follow()
    for path in ("controls/changes", "people/changes"):
        problem(keys.system(Scope.CHECK).get(path), "scope_missing")
        problem(keys.contractor().get(path), "scope_missing")


@pytest.mark.parametrize("after", ["x", "-1", "1.5", "9" * 20, "9" * 21, "٣"])
def test_a_cursor_that_is_none(copy: System, after: str) -> None:
    assert copy.get("controls/changes", after=after).status_code == 422


@pytest.mark.parametrize("limit", ["0", "501", "many", "-1"])
def test_a_page_has_bounds(copy: System, limit: str) -> None:
    problem(copy.get("controls/changes", limit=limit), "invalid")


# Withdrawing --------------------------------------------------------------------------------------------------------


def test_what_a_contractor_was_told_waits_for_its_word(keys: Keyring, story: Story) -> None:
    contractor, other = keys.contractor(), keys.contractor()
    story.mark()
    follow()
    contractor.post("check", {"telephone": "07700 900123"})
    assert contractor.get("withdrawals").json()["withdrawals"] == []
    story.act("marker.remove", story.cast.manager, "M1", reasons="It was somebody else.")
    follow()
    (waiting,) = contractor.get("withdrawals").json()["withdrawals"]
    assert (waiting["control"], waiting["what"]) == (f"{story.reference}.M1", "ended")
    assert waiting["person"] == {"source": "housing", "person_ref": "P1"}
    assert other.get("withdrawals").json()["withdrawals"] == []
    assert other.post("withdrawals/confirm", {"ids": [waiting["id"]]}).json() == {"confirmed": 0}
    assert contractor.post("withdrawals/confirm", {"ids": [waiting["id"]], "note": "Done"}).json() == {"confirmed": 1}
    assert contractor.get("withdrawals").json()["withdrawals"] == []
    kept = Recall.objects.get()
    assert (kept.confirmed_by, kept.confirmed_how, kept.note) == (
        f"key:{contractor.key.pk}", "by a machine", "Done")  # fmt: skip


def test_confirming_what_never_waited_is_no_error_and_tells_nothing(copy: System) -> None:
    for ids in (["1"], ["9" * 19], ["1", "1"]):
        assert copy.post("withdrawals/confirm", {"ids": ids}).json() == {"confirmed": 0}


# Acknowledging ------------------------------------------------------------------------------------------------------


def high(story: Story) -> str:
    story.mark(risk=Risk.WEAPON, controls=(Control.PAIRS,))
    return f"{story.reference}.M1"


def test_the_word_of_whoever_attends_is_kept_with_who_and_when(keys: Keyring, story: Story) -> None:
    contractor, marker = keys.contractor(), high(story)
    told = contractor.post("check", {"uprn": "100000000001"}).json()
    assert told["to_acknowledge"] == [marker]
    answer = contractor.post("acknowledgements", {"ids": [marker], "by": "J. Smith, engineer 204"})
    assert answer.json() == {"acknowledged": [marker], "no_longer_held": []}
    kept = Acknowledgement.objects.get()
    assert (kept.actor, kept.control, kept.by) == (f"key:{contractor.key.pk}", "M1", None)
    assert kept.said.startswith("Visit in pairs.") and "J. Smith, engineer 204" in kept.said


def test_nobody_acknowledges_what_they_were_not_told_of(keys: Keyring, story: Story) -> None:
    marker = high(story)
    refused = keys.contractor().post("acknowledgements", {"ids": [marker], "by": "J. Smith"})
    invented = keys.contractor().post("acknowledgements", {"ids": ["EH-0000-0000.M1"], "by": "J. Smith"})
    assert problem(refused, "no_such_thing")["title"] == problem(invented, "no_such_thing")["title"]
    assert not Acknowledgement.objects.exists()


def test_what_ended_since_is_said_to_have(keys: Keyring, story: Story) -> None:
    contractor, marker = keys.contractor(), high(story)
    contractor.post("check", {"uprn": "100000000001"})
    story.act("marker.remove", story.cast.manager, "M1", reasons="It was somebody else.")
    answer = contractor.post("acknowledgements", {"ids": [marker], "by": "J. Smith"})
    assert answer.json() == {"acknowledged": [], "no_longer_held": [marker]}
    assert not Acknowledgement.objects.exists()


@pytest.mark.parametrize(
    "word", [{"ids": [], "by": "J"}, {"ids": ["x"], "by": "J"}, {"ids": ["EH-7K3F-Q2WX.M1"], "by": ""}, {"by": "J"}]
)
def test_a_word_without_a_name_or_a_marker_is_none(keys: Keyring, word: dict[str, Any]) -> None:
    problem(keys.contractor().post("acknowledgements", word), "invalid")

"""The same answer at the command line: logged, on the ledger, and no more than the role may see."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from evenhand.cases import lookup
from evenhand.people.models import Home, Look, Person
from evenhand.sharing.models import Disclosure
from tests.web.conftest import cast, clock, home, landlord, story, tenant
from tests.web.stories import Story

__all__ = ["cast", "clock", "home", "landlord", "story", "tenant"]
pytestmark = pytest.mark.usefixtures("clock")


def said(*words: str, card: bool = True, **options: Any) -> str:
    out = StringIO()
    if card:
        call_command("lookup", *words, stdout=out, **options)
    else:
        with pytest.raises(SystemExit) as left:
            call_command("lookup", *words, stdout=out, **options)
        assert left.value.code == (4 if "several_matches" in out.getvalue() else 1)
    return out.getvalue()


def sent(*words: str, **options: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(said(*words, format="json", **options))
    return found


def test_the_answer_is_the_one_that_a_machine_is_sent(story: Story, tenant: Person) -> None:
    story.mark()
    answer = sent("Jo", "Bell")
    assert answer["code"] == "instruction" and answer["lead"].startswith("Visit in pairs. Ring first.")
    assert answer["markers"][0]["risk"] == "threats or verbal abuse"
    assert answer["matches"][0]["name"] == "Jo Bell"
    contractor = sent("Jo Bell", asker="contractor")
    assert (
        contractor["code"] == "instruction"
        and contractor["matches"] == []
        and "Bell" not in json.dumps(contractor["markers"])
    )


def test_it_reads_well_too(story: Story, tenant: Person) -> None:
    story.mark()
    words = said("07700 900123", asker="caseworker")
    assert words.startswith("Jo Bell 3 Ferry Row") and "Visit: Visit in pairs." in words
    assert "Always gets through: an emergency repair" in words


def test_a_role_asks_as_its_colleagues_do(story: Story, tenant: Person) -> None:
    story.mark()
    assert sent("Jo Bell", asker="manager") == sent("Jo Bell", asker="caseworker")
    assert sent("Jo Bell", asker="planner-of-visits") == sent("Jo Bell", asker="colleague")
    with pytest.raises(CommandError, match="Nobody asks as “king”"):
        said("Jo Bell", asker="king")


def test_nobody_and_several_have_codes_of_their_own(tenant: Person, home: Home) -> None:
    assert sent("Zebedee", card=False)["code"] == "no_match"
    Person.objects.create(source="housing", ref="X", forename="Jo", surname="Bell", search_name="jo bell")
    several = sent("Jo Bell", card=False)
    assert several["code"] == "several_matches" and several["markers"] is None and len(several["matches"]) == 2


def test_it_is_logged_and_what_was_told_is_on_the_ledger(story: Story, tenant: Person) -> None:
    story.mark()
    said("Jo Bell")
    look = Look.objects.get()
    assert look.actor.startswith("command:") and (look.kind, look.person) == ("check", tenant)
    assert Disclosure.objects.get().how == "a command"


def test_a_failure_is_no_answer(tenant: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(lookup, "find", broken)
    with pytest.raises(CommandError, match="says nothing about anyone") as failed:
        call_command("lookup", "Jo Bell")
    assert failed.value.returncode == 3
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("lookup", "Jo Bell", format="json", stdout=out)
    assert json.loads(out.getvalue())["code"] == "unavailable"


def test_whoever_has_no_check_on_a_page_has_none_here(tenant: Person) -> None:
    with pytest.raises(CommandError, match="The check is not open to the role") as refused:
        call_command("lookup", "Jo Bell", asker="independent person")
    assert refused.value.returncode == 2

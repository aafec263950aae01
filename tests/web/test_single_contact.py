"""E2: a single contact appointed, changed, extended and ended on its pages."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from evenhand.cases import reading
from evenhand.people.models import Team, User
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.expectation import Plan
from evenhand.policy.events.single_contact import (
    SingleContactAppointed,
    SingleContactChanged,
    SingleContactEnded,
    SingleContactExtended,
)
from evenhand.policy.need import Channel
from evenhand.web.contact_since import UNKNOWN
from tests.web.asking import errors, page_of, send, words
from tests.web.kept import last
from tests.web.stories import START, Cast, Story

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]
TEAM = {"telephone": "0113 496 0000", "email": "tenancies@example.org", "cover": "anyone in the Tenancies team"}


def who(user: User) -> dict[str, str]:
    return {"colleague": user.actor_id, "agreed": "on", **TEAM, "reasons": "You were passed on nine times."}


@pytest.fixture
def warned(story: Story) -> Story:
    """Decided, and someone senior agreed to go without a warning."""
    story.decide()
    story.act("warning.propose_skipping", story.cast.manager, reason="It would put a colleague in danger.")
    story.act("warning.approve_skipping", story.cast.senior, reason="Agreed.")
    return story


@pytest.fixture
def appointed(warned: Story, as_: As) -> Story:
    done = send(as_(warned.cast.manager), page_of(warned, "single_contact.appoint"), **who(warned.cast.investigator))
    assert done.status_code == 302
    return warned


def contact(story: Story) -> str:
    limit: str = last(story, story.cast.manager, SingleContactAppointed).limit
    return limit


def test_a_colleague_who_agreed_is_appointed_by_name_with_a_team_s_number(appointed: Story, cast: Cast) -> None:
    told = last(appointed, cast.manager, SingleContactAppointed)
    assert (told.colleague, told.name) == (cast.investigator.actor_id, "Tom Hughes")
    assert (told.telephone, told.cover) == ("0113 496 0000", "anyone in the Tenancies team")


def test_whoever_was_affected_has_not_agreed_or_has_no_team_s_number_is_refused(
    story: Story, cast: Cast, as_: As
) -> None:
    story.report(harmed=(cast.duty,)).decide()
    story.act("warning.propose_skipping", cast.manager, reason="Danger.")
    story.act("warning.approve_skipping", cast.senior, reason="Agreed.")
    Team.objects.update(telephone="", email="")
    wrong = {**who(cast.duty), "agreed": None, "telephone": "", "email": ""}
    refused = send(as_(cast.manager), page_of(story, "single_contact.appoint"), **wrong)
    assert {"colleague", "agreed", "telephone"} <= set(refused.context["form"].errors)
    assert "You were passed on nine times." in refused.content.decode()
    typed = send(as_(cast.manager), page_of(story, "single_contact.appoint"), **{**wrong, "email": "tenancies"})
    assert "such as team@example.org" in errors(typed)


def test_no_single_contact_is_appointed_by_ways_that_the_limit_of_the_same_day_closes(
    warned: Story, cast: Cast, as_: As
) -> None:
    limited = {"behaviour": "Write to us.", "reasons": "Many calls.", "starts_on": warned.day}
    warned.act("expectation.set", cast.manager, plan=Plan(channels=frozenset({Channel.LETTER})), **limited)
    warned.assess()
    refused = send(as_(cast.manager), page_of(warned, "single_contact.appoint"), **who(cast.investigator))
    assert list(refused.context["form"].errors) == ["telephone"]
    assert "no way to reach us" in errors(refused)


def test_without_a_warning_what_stands_in_the_way_is_said_before_the_form(story: Story, cast: Cast, as_: As) -> None:
    story.decide()
    shown = as_(cast.manager).get(page_of(story, "single_contact.appoint"))
    assert (
        "The customer has not had a warning that still counts" in words(shown)
        and "<textarea" not in shown.content.decode()
    )


def test_a_second_single_contact_is_a_change_of_the_first(appointed: Story, cast: Cast, as_: As) -> None:
    shown = as_(cast.manager).get(page_of(appointed, "single_contact.appoint"))
    assert "already has a single contact" in words(shown)


def test_whoever_changes_it_sees_who_it_is_now_and_begins_with_nothing_of_theirs(
    appointed: Story, cast: Cast, as_: As
) -> None:
    client, address = as_(cast.manager), page_of(appointed, "single_contact.change", contact(appointed))
    shown = client.get(address)
    assert "Whom they contact Tom Hughes How 0113 496 0000 or tenancies@example.org" in words(shown)
    assert {shown.context["form"].fields[name].initial for name in (*TEAM, "colleague")} == {None}
    assert send(client, address, **who(cast.other_manager)).status_code == 302
    assert last(appointed, cast.manager, SingleContactChanged).name == "Olu Adeyemi"


def test_without_a_number_the_customer_is_given_what_is_held_of_the_new_contact_s_own_team(
    appointed: Story, cast: Cast, as_: As
) -> None:
    cast.other_manager.team = Team.objects.create(name="Repairs", telephone="0113 496 0777", email="r@example.org")
    cast.other_manager.save(update_fields=["team"])
    address = page_of(appointed, "single_contact.change", contact(appointed))
    told = {**who(cast.other_manager), "telephone": "", "email": "", "cover": "anyone in the Repairs team"}
    assert send(as_(cast.manager), address, **told).status_code == 302
    changed = last(appointed, cast.manager, SingleContactChanged)
    assert (changed.telephone, changed.email) == ("0113 496 0777", "r@example.org")


@pytest.mark.parametrize(("verb", "kind"), [("extend", SingleContactExtended), ("end", SingleContactEnded)])
def test_it_is_extended_or_ended_with_reasons(
    appointed: Story, cast: Cast, as_: As, verb: str, kind: type[SingleContactEnded]
) -> None:
    appointed.approve(reading.drafts(appointed.reference)[-1]).assess(Step.REVIEW)
    client, address = as_(cast.manager), page_of(appointed, f"single_contact.{verb}", contact(appointed))
    assert "reasons" in send(client, address, reasons="").context["form"].errors
    assert send(client, address, reasons="It works well.").status_code == 302
    assert last(appointed, cast.manager, kind)


def test_an_extension_says_until_when_before_and_after_and_its_letter_never_calls_it_a_change(
    appointed: Story, cast: Cast, as_: As
) -> None:
    appointed.approve(reading.drafts(appointed.reference)[-1]).assess(Step.REVIEW)
    client, address = as_(cast.manager), page_of(appointed, "single_contact.extend", contact(appointed))
    assert "Extended today, it runs until 3 September 2026, 6 months from now." in words(client.get(address))
    send(client, address, reasons="It works well.")
    tab = words(client.get(f"/cases/{appointed.reference}/controls/"))
    assert "Decided, and not told yet Until 3 September 2026" in tab
    letter = reading.drafts(appointed.reference)[-1]
    said = words(client.get(f"/cases/{appointed.reference}/letters/{letter}"))
    assert "We have decided that it is still needed. It stays as it is." in said and "change it" not in said
    assert "It now ends on 3 September 2026." in said


@pytest.mark.parametrize("role", ["colleague", "investigator", "duty", "partner", "protection", "administrator"])
def test_only_those_who_decide_reach_the_page(warned: Story, cast: Cast, as_: As, role: str) -> None:
    assert as_(getattr(cast, role)).get(page_of(warned, "single_contact.appoint")).status_code in (403, 404)


def test_the_review_of_a_single_contact_shows_what_came_since_it_began(
    appointed: Story, cast: Cast, as_: As, clock: Callable[..., None]
) -> None:
    for letter in ("T1", "T2"):
        appointed.approve(letter)
    clock(START + timedelta(days=14))
    client = as_(cast.manager)
    for verb in ("change", "extend", "end"):
        shown = client.get(page_of(appointed, f"single_contact.{verb}", contact(appointed)))
        told = [row["value"] for row in shown.context["since"]]
        assert told == ["0 times", f"0. {UNKNOWN}", "0", "0"]
        assert "Contacts since the limit began" in words(shown)

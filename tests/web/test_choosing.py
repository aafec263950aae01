"""A colleague chosen among two thousand: by a part of the name, without a script, with every other answer kept."""

from collections.abc import Callable

import pytest
from django.test import Client

from evenhand.people.models import User
from evenhand.policy.events.handling import CaseAssigned
from evenhand.policy.staff import Role
from evenhand.web import choosing
from tests.web.asking import errors, page_of, send, words
from tests.web.kept import last
from tests.web.stories import Cast, Story

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]
WHY = "Tom is away."


def joins(first: str, last_name: str, *roles: Role) -> User:
    email = f"{first}.{last_name}@harbour.example".lower()
    named = {"username": email, "email": email, "first_name": first, "last_name": last_name}
    return User.objects.create(**named, job_title="Housing officer", roles=[Role.COLLEAGUE, *roles])


@pytest.fixture
def many(cast: Cast) -> list[User]:
    """More investigators than a list can show."""
    return [joins(f"Rowan{number}", "Ashby", Role.INVESTIGATOR) for number in range(choosing.FEW + 1)]


def test_few_colleagues_are_a_list_to_choose_from(story: Story, cast: Cast, as_: As) -> None:
    story.investigate()
    shown = as_(cast.manager).get(page_of(story, "handling.assign")).content.decode()
    assert f'<option value="{cast.other_manager.actor_id}"' in shown and "to_words" not in shown


def test_a_name_brings_the_form_back_with_those_who_answer_to_it_and_the_words_kept(
    story: Story, cast: Cast, many: list[User], as_: As
) -> None:
    story.investigate()
    client, address = as_(cast.manager), page_of(story, "handling.assign")
    shown = client.get(address).content.decode()
    assert "Write a part of their name or email." in shown and "Rowan1 Ashby" not in shown
    back = send(client, address, to_words="ashby rowan1", reason=WHY)
    assert choosing.CHOOSE in errors(back) and WHY in back.content.decode()
    assert "Rowan1 Ashby" in words(back) and "Rowan10 Ashby" in words(back) and "Rowan2 Ashby" not in words(back)
    told = {"to_words": "ashby rowan1", "to_for": "ashby rowan1", "to": many[10].actor_id, "reason": WHY}
    assert send(client, address, **told).status_code == 302
    assert last(story, cast.manager, CaseAssigned).to == many[10].actor_id


def test_other_words_are_looked_for_again_whoever_was_chosen_before(
    story: Story, cast: Cast, many: list[User], as_: As
) -> None:
    story.investigate()
    told = {"to_words": "priya", "to_for": "rowan1", "to": many[1].actor_id, "reason": WHY}
    back = send(as_(cast.manager), page_of(story, "handling.assign"), **told)
    assert choosing.CHOOSE in errors(back) or choosing.CHECK in errors(back)
    assert "Priya Nair" in words(back)


def test_one_alone_is_shown_as_chosen_and_sent_only_once_it_was_looked_at(
    story: Story, cast: Cast, many: list[User], as_: As
) -> None:
    story.investigate()
    client, address = as_(cast.manager), page_of(story, "handling.assign")
    back = send(client, address, to_words="rowan17", reason=WHY)
    assert choosing.CHECK in errors(back)
    assert f'value="{many[17].actor_id}" checked' in " ".join(back.content.decode().split())


def test_a_name_is_found_with_or_without_its_accents(story: Story, cast: Cast, many: list[User], as_: As) -> None:
    story.investigate()
    joins("Małgorzata", "Wójcik", Role.INVESTIGATOR)
    for asked in ("malgorzata wojcik", "Małgorzata", "WÓJCIK"):
        assert "Małgorzata" in words(send(as_(cast.manager), page_of(story, "handling.assign"), to_words=asked))


def test_nobody_who_may_not_be_chosen_is_found_or_taken(story: Story, cast: Cast, many: list[User], as_: As) -> None:
    story.investigate()
    client, address = as_(cast.manager), page_of(story, "handling.assign")
    wrong, gone = joins("Wren", "Hill"), joins("Gail", "Gone", Role.INVESTIGATOR)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    for user in (wrong, gone):
        assert choosing.NOBODY in errors(send(client, address, to_words=user.last_name, reason=WHY))
        assert choosing.NOT_ONE_OF_THEM in errors(send(client, address, to=user.actor_id, reason=WHY))
    assert "Choose a colleague" in errors(send(client, address, reason=WHY))


def test_several_are_chosen_by_their_names_parted_by_commas_and_stay_chosen(
    story: Story, cast: Cast, many: list[User], as_: As
) -> None:
    story.decide()
    client, address = as_(cast.manager), page_of(story, "counter_allegation.record")
    told = {"words": "She swore first.", "name": "Ann"}
    back = send(client, address, **told, named_words="rowan17, sian")
    assert "Rowan17 Ashby" in words(back) and "Sian Morgan" in words(back) and "She swore first." in words(back)
    chosen = {"named": [many[17].actor_id], "named_words": "sian", "named_for": "rowan17, sian"}
    again = send(client, address, **told, **chosen)
    assert f'value="{many[17].actor_id}" checked' in " ".join(again.content.decode().split())
    both = {"named": [many[17].actor_id, cast.senior.actor_id], "named_words": "sian", "named_for": "sian"}
    matter = send(client, address, **told, **both)
    assert matter.status_code == 302
    assert as_(many[17]).get(matter["Location"]).status_code == 200
    assert as_(many[16]).get(matter["Location"]).status_code == 404


def test_whoever_opens_a_sealed_matter_is_not_offered_themselves(
    story: Story, cast: Cast, many: list[User], as_: As
) -> None:
    story.decide()
    told = {"words": "She swore first.", "name": "Ann", "named_words": "priya nair"}
    back = send(as_(cast.manager), page_of(story, "counter_allegation.record"), **told)
    assert choosing.NOBODY in errors(back)


def test_names_are_offered_while_one_types_and_only_of_those_who_may_be_chosen(
    cast: Cast, many: list[User], as_: As
) -> None:
    client = as_(cast.manager)
    found = client.get("/colleague-names", {"q": "ashby"}).json()["colleagues"]
    assert len(found) == choosing.MOST
    assert found[0] == {"id": many[0].actor_id, "name": "Rowan0 Ashby", "hint": "Housing officer"}
    assert client.get("/colleague-names", {"q": "ashby", "of": "senior manager"}).json() == {"colleagues": []}
    assert client.get("/colleague-names", {"q": ""}).json() == {"colleagues": []}

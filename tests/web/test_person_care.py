"""Those who work on cases look after a person's record; nobody looks after their own or their household's."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.cases import models, reading
from evenhand.people import known, local_person
from evenhand.people import reading as people_reading
from evenhand.people.models import Change, Look, Need, Person, Representative, User
from evenhand.policy.need import Channel, LetterFormat
from evenhand.policy.need import Need as NeedKind
from evenhand.web import way
from tests.web.stories import START, Cast, Story

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
PAGES = ("person.need", "person.reach", "person.representative", "person.birth", "person.death", "person.details")


def at(name: str, person: Person, *more: int) -> str:
    return reverse(name, args=[way.PEOPLE.sign(str(person.pk)), *more])


def page_of(browser: Client, person: Person) -> str:
    return browser.get(at("person.care", person)).content.decode()


def test_a_need_is_recorded_and_ended(cast: Cast, tenant: Person, as_: SignIn) -> None:
    browser = as_(cast.investigator)
    told = {"kind": "interpreter", "detail": "Polish"}
    assert browser.post(at("person.need", tenant), told).status_code == 302
    need = Need.objects.get()
    assert (need.kind, need.recorded_by, need.recorded_on) == ("interpreter", cast.investigator, START)
    assert "Interpreter" in page_of(browser, tenant) and "translation" in page_of(browser, tenant)
    assert browser.post(at("person.need.end", tenant, need.pk)).status_code == 302
    need.refresh_from_db()
    assert need.ended_on == START and "Interpreter" not in page_of(browser, tenant)


def test_the_trail_never_says_what_someone_needs(cast: Cast, tenant: Person, as_: SignIn) -> None:
    as_(cast.investigator).post(at("person.need", tenant), {"kind": "mental health", "detail": "hears voices"})
    (change,) = Change.objects.all()
    assert change.person == tenant and change.by == cast.investigator
    assert "mental" not in change.words and "voices" not in change.words + change.about


def test_a_need_from_the_register_is_ended_in_the_register(cast: Cast, tenant: Person, as_: SignIn) -> None:
    need = Need.objects.create(person=tenant, kind="deaf", source="housing", recorded_on=START)
    answer = as_(cast.manager).post(at("person.need.end", tenant, need.pk))
    assert "That need comes from housing" in answer.content.decode()
    need.refresh_from_db()
    assert need.ended_on is None


def test_unsafe_ways_of_contact_are_kept_with_why(cast: Cast, tenant: Person, as_: SignIn) -> None:
    browser, there = as_(cast.manager), at("person.reach", tenant)
    assert "No way of contact is recorded as unsafe" in page_of(browser, tenant)
    answer = browser.post(there, {"unsafe": ["phone"], "wanted": "large print"})
    assert "Say why those ways are not safe" in answer.content.decode()
    everything = [channel.value for channel in Channel]
    assert "At least one way" in browser.post(there, {"unsafe": everything, "note": "x"}).content.decode()
    browser.post(there, {"unsafe": ["phone", "email"], "note": "He reads her telephone.", "wanted": "large print"})
    tenant.refresh_from_db()
    assert known.picture(tenant, START).unsafe == {Channel.PHONE, Channel.EMAIL}
    assert people_reading.letter_format(tenant, START) is LetterFormat.LARGE_PRINT
    page = page_of(browser, tenant)
    assert "He reads her telephone." in page
    browser.post(there, {"note": ""})
    assert known.picture(tenant, START).unsafe == frozenset()
    assert people_reading.letter_format(tenant, START) is LetterFormat.STANDARD


def test_who_speaks_for_someone_is_not_told_until_that_is_known_to_be_safe(
    cast: Cast, tenant: Person, as_: SignIn
) -> None:
    browser = as_(cast.investigator)
    told = {"name": "Kim Bell", "kind": "attorney", "contact": "0113 496 0044", "authority": "Seen on 2 March 2026."}
    browser.post(at("person.representative", tenant), told)
    one = Representative.objects.get()
    assert not one.safe and not known.picture(tenant, START).safe_representative
    assert "Not known to be safe to tell" in page_of(browser, tenant)
    browser.post(at("person.representative", tenant), {**told, "safe": "on"})
    assert known.picture(tenant, START).safe_representative
    safe = Representative.objects.get(safe=True)
    browser.post(at("person.representative.end", tenant, safe.pk))
    safe.refresh_from_db()
    assert safe.ended_on == START


@pytest.mark.parametrize(
    ("born", "words"), [(("1", "1", "2027"), "lies in the past"), (("1", "1", "1899"), "more than 120 years ago")]
)
def test_a_date_of_birth_is_asked_and_must_make_sense(
    cast: Cast, tenant: Person, as_: SignIn, born: tuple[str, ...], words: str
) -> None:
    browser, there = as_(cast.investigator), at("person.birth", tenant)
    given = {f"born_{place}": part for place, part in enumerate(born)}
    assert words in browser.post(there, given).content.decode()
    browser.post(there, {"born_0": "27", "born_1": "3", "born_2": "2010"})
    tenant.refresh_from_db()
    assert tenant.date_of_birth == date(2010, 3, 27) and known.picture(tenant, START).age == 15


def test_a_death_ends_every_control_and_stops_every_letter_at_once(
    story: Story, cast: Cast, tenant: Person, as_: SignIn
) -> None:
    story.mark()
    browser, there = as_(cast.manager), at("person.death", tenant)
    died = {"on_0": "2", "on_1": "3", "on_2": "2026"}
    assert "tick the box" in browser.post(there, died).content.decode()
    assert reading.controls_of(tenant, START)
    assert browser.post(there, {**died, "sure": "on"}).status_code == 302
    tenant.refresh_from_db()
    assert tenant.died_on == START - timedelta(days=1)
    assert reading.controls_of(tenant, START) == []
    file = reading.case_file(story.reference, cast.manager, START)
    assert file.case.handling.person_died and not file.case.marker.standing
    again = browser.post(there, {**died, "sure": "on"})
    assert "already recorded" in again.content.decode()


def test_a_death_to_come_cannot_be_recorded(cast: Cast, tenant: Person, as_: SignIn) -> None:
    died = {"on_0": "4", "on_1": "3", "on_2": "2026", "sure": "on"}
    answer = as_(cast.manager).post(at("person.death", tenant), died)
    assert "has not come yet" in answer.content.decode()
    tenant.refresh_from_db()
    assert tenant.died_on is None


def test_the_details_of_someone_in_no_register_are_kept_here(cast: Cast, tenant: Person, as_: SignIn) -> None:
    visitor = local_person.make(description="tall, red van")
    browser = as_(cast.investigator)
    told = {"forename": "Lee", "surname": "Marsh", "phone": "07700 900456", "description": "red van"}
    browser.post(at("person.details", visitor), told)
    visitor.refresh_from_db()
    assert (visitor.name, visitor.phones) == ("Lee Marsh", ["+447700900456"]) and "lee marsh" in visitor.search_name
    browser.post(at("person.details", visitor), {**told, "surname": "Hart"})
    visitor.refresh_from_db()
    assert visitor.former_names == ["Lee Marsh"] and "marsh" in visitor.search_name
    answer = browser.post(at("person.details", tenant), told)
    assert "come from the housing system" in answer.content.decode()


@pytest.mark.parametrize("who", ["colleague", "administrator", "protection"])
def test_those_who_do_not_work_on_cases_have_no_such_page(cast: Cast, tenant: Person, as_: SignIn, who: str) -> None:
    browser = as_(getattr(cast, who))
    for name in ("person.care", *PAGES):
        assert browser.get(at(name, tenant)).status_code == 403
        assert browser.post(at(name, tenant), {}).status_code == 403


def test_a_colleague_who_lives_there_finds_nothing(cast: Cast, tenant: Person, as_: SignIn) -> None:
    cast.manager.person = tenant
    cast.manager.save()
    browser = as_(cast.manager)
    for name in ("person.care", *PAGES, "person.join"):
        assert browser.get(at(name, tenant)).status_code == 404


def test_another_persons_need_cannot_be_ended_from_here(cast: Cast, tenant: Person, as_: SignIn) -> None:
    other = local_person.make(forename="Lee")
    need = Need.objects.create(person=other, kind="deaf", recorded_on=START)
    answer = as_(cast.manager).post(at("person.need.end", tenant, need.pk))
    assert "already ended" in answer.content.decode()
    need.refresh_from_db()
    assert need.ended_on is None


def test_looking_after_a_record_is_a_look(cast: Cast, tenant: Person, as_: SignIn) -> None:
    page_of(as_(cast.investigator), tenant)
    look = Look.objects.get()
    assert (look.by, look.person) == (cast.investigator, tenant)
    assert models.Case.objects.count() == 0


def test_the_page_costs_a_fixed_number_of_queries(
    cast: Cast, tenant: Person, as_: SignIn, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for kind in ("deaf", "interpreter", "braille", "memory or dementia"):
        Need.objects.create(person=tenant, kind=kind, recorded_on=START)
    for _ in range(9):
        Representative.objects.create(person=tenant, name="Kim", kind="advocate", recorded_on=START)
    browser = as_(cast.investigator)
    with django_assert_max_num_queries(31):  # type: ignore[attr-defined]
        page_of(browser, tenant)


def test_every_page_of_a_record_opens(cast: Cast, tenant: Person, as_: SignIn) -> None:
    need = Need.objects.create(person=tenant, kind="deaf", recorded_on=START)
    speaker = Representative.objects.create(person=tenant, name="Kim", kind="advocate", recorded_on=START)
    browser = as_(cast.manager)
    ends = [at("person.need.end", tenant, need.pk), at("person.representative.end", tenant, speaker.pk)]
    for there in [*ends, *(at(name, tenant) for name in ("person.care", "person.join", *PAGES))]:
        assert browser.get(there).status_code == 200, there
    care = page_of(browser, tenant)
    assert all(there in care for there in ends)
    own = browser.get(way.to_person(tenant)).content.decode()
    assert at("person.care", tenant) in own


def test_a_record_says_that_no_letter_can_go_until_someone_safe_is_told_too(
    cast: Cast, tenant: Person, as_: SignIn
) -> None:
    browser = as_(cast.manager)
    assert "No letter can go" not in page_of(browser, tenant)
    Need.objects.create(person=tenant, kind=NeedKind.LACKS_CAPACITY, recorded_on=START)
    assert "No letter can go" in page_of(browser, tenant)
    Representative.objects.create(person=tenant, name="Kim", kind="attorney", safe=True, recorded_on=START)
    assert "No letter can go" not in page_of(browser, tenant)

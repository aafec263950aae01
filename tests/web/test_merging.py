"""Two records of one person are joined without refusal, reconciled, and parted again."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.cases import joining, models, reading, record
from evenhand.cases.reading import Moment
from evenhand.people import reading as people_reading
from evenhand.people.models import Change, Merge, Need, Person, User
from evenhand.people.text import name_to_search
from evenhand.policy.events.legal_action import Against, Remedy
from evenhand.policy.verbs import VERBS
from evenhand.web import way
from tests.web.stories import START, Cast, Story

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def twin(tenant: Person) -> Person:
    """The same person, as an older system knows them."""
    return Person.objects.create(
        source="old", ref="X7", forename="Joanna", surname="Bell", search_name=name_to_search("Joanna", "Bell"),
        date_of_birth=date(1980, 1, 1),
    )  # fmt: skip


def signed(person: Person) -> str:
    return way.PEOPLE.sign(str(person.pk))


def join(browser: Client, person: Person, other: Person, keep: Person) -> None:
    told = {"keep": keep.pk, "reason": "The same date of birth."}
    answer = browser.post(reverse("person.join_with", args=[signed(person), signed(other)]), told)
    assert answer.status_code == 302, answer.content.decode()


def kinds(reference: str) -> list[str]:
    return list(models.Event.objects.filter(case__reference=reference).values_list("kind", flat=True))


def test_the_other_record_is_found_compared_and_joined(cast: Cast, tenant: Person, twin: Person, as_: SignIn) -> None:
    browser = as_(cast.manager)
    found = browser.get(reverse("person.join", args=[signed(tenant)]), {"q": "bell"}).content.decode()
    assert "Joanna Bell" in found and "X7" in found and "P1" not in found
    compared = browser.get(reverse("person.join_with", args=[signed(tenant), signed(twin)])).content.decode()
    assert "old X7" in compared and "3 Ferry Row" in compared
    join(browser, tenant, twin, keep=tenant)
    twin.refresh_from_db()
    assert twin.merged_into == tenant
    assert Change.objects.get().words == "Joined old X7 to housing P1."


def test_the_cases_of_both_tell_their_manager(
    story: Story, cast: Cast, tenant: Person, twin: Person, as_: SignIn
) -> None:
    story.investigate()
    other = Story(cast, twin).report()
    join(as_(cast.manager), tenant, twin, keep=twin)
    for reference, told in ((story.reference, twin), (other.reference, tenant)):
        assert "RecordsJoined" in kinds(reference)
        file = reading.case_file(reference, cast.manager, START)
        joined = [entry.event for entry in file.entries if type(entry.event).__name__ == "RecordsJoined"]
        assert joined[0].other == str(told.pk)  # type: ignore[attr-defined]
        assert file.case.handling.reconcile_by is not None


def test_controls_and_needs_of_both_apply_at_once(
    story: Story, cast: Cast, tenant: Person, twin: Person, as_: SignIn
) -> None:
    story.mark()
    Need.objects.create(person=twin, kind="deaf", recorded_on=START)
    join(as_(cast.manager), tenant, twin, keep=twin)
    assert [control.kind for control in reading.controls_of(twin, START)] == ["marker"]
    assert [need.kind for need in people_reading.needs(tenant, START)] == ["deaf"]


def test_an_administrator_may_join_but_not_reconcile(cast: Cast, tenant: Person, twin: Person, as_: SignIn) -> None:
    browser = as_(cast.administrator)
    join(browser, tenant, twin, keep=tenant)
    there = reverse("person.reconcile", args=[signed(tenant), Merge.objects.get().pk])
    answer = browser.post(there, {"note": "The same person."})
    assert "Only a manager reconciles" in answer.content.decode()


@pytest.mark.parametrize("who", ["colleague", "investigator", "duty", "protection"])
def test_others_cannot_join_records(cast: Cast, tenant: Person, twin: Person, as_: SignIn, who: str) -> None:
    browser = as_(getattr(cast, who))
    assert browser.get(reverse("person.join", args=[signed(tenant)])).status_code == 403
    told = {"keep": tenant.pk, "reason": "x"}
    there = reverse("person.join_with", args=[signed(tenant), signed(twin)])
    assert browser.post(there, told).status_code == 403 and not Merge.objects.exists()


def test_a_manager_reconciles_case_by_case_and_then_the_records(
    story: Story, cast: Cast, tenant: Person, twin: Person, as_: SignIn
) -> None:
    story.investigate()
    browser = as_(cast.manager)
    join(browser, tenant, twin, keep=tenant)
    there = reverse("person.reconcile", args=[signed(tenant), Merge.objects.get().pk])
    told = {"note": "One person. The older record has nothing more."}
    answer = browser.post(there, told).content.decode()
    assert "Cases of theirs still wait" in answer and story.reference in answer
    story.act("handling.reconcile", cast.manager, reasons="Looked at both.")
    assert browser.post(there, told).status_code == 302
    joined = Merge.objects.get()
    assert joined.reconciled_by == cast.manager and joined.reconciled_note == told["note"]


def test_a_joining_is_undone_and_each_is_as_it_was(
    story: Story, cast: Cast, tenant: Person, twin: Person, as_: SignIn
) -> None:
    story.mark()
    browser = as_(cast.manager)
    join(browser, tenant, twin, keep=twin)
    page = browser.get(reverse("person.care", args=[signed(tenant)])).content.decode()
    assert "Records that were joined" in page and "To reconcile" in page
    assert browser.post(reverse("person.part", args=[signed(twin), Merge.objects.get().pk])).status_code == 302
    tenant.refresh_from_db()
    assert tenant.merged_into is None
    assert reading.controls_of(twin, START) == [] and len(reading.controls_of(tenant, START)) == 1


def test_once_parted_no_case_waits_to_have_the_records_reconciled(
    story: Story, cast: Cast, tenant: Person, twin: Person, as_: SignIn
) -> None:
    story.investigate()
    browser = as_(cast.manager)
    join(browser, tenant, twin, keep=tenant)
    assert models.Task.objects.filter(verb="handling.reconcile").exists()
    there = reverse("person.part", args=[signed(tenant), Merge.objects.get().pk])
    shown = browser.get(there).content.decode()
    assert "because: The same date of birth." in shown and "old X7" in shown and "housing P1" in shown
    done = browser.post(there, follow=True).content.decode()
    assert "The records are parted: Jo Bell, housing P1, and Joanna Bell, old X7." in done
    assert not models.Task.objects.filter(verb="handling.reconcile").exists()
    assert "RecordsReconciled" in kinds(story.reference)


def test_a_manager_reconciles_in_a_case_with_both_records_beside_the_form(
    story: Story, cast: Cast, tenant: Person, twin: Person, as_: SignIn
) -> None:
    story.investigate()
    join(as_(cast.manager), tenant, twin, keep=tenant)
    shown = as_(cast.manager).get(f"/cases/{story.reference}/reconcile").content.decode()
    assert "Jo Bell, housing P1" in shown and "Joanna Bell, old X7" in shown
    assert "See their cases, needs, limits and markers" in shown


def test_while_another_record_is_still_joined_the_case_goes_on_waiting(
    story: Story, cast: Cast, tenant: Person, twin: Person, as_: SignIn
) -> None:
    story.investigate()
    third = Person.objects.create(source="old", ref="X8", forename="J", surname="Bell", search_name="j bell")
    browser = as_(cast.manager)
    for other in (twin, third):
        join(browser, tenant, other, keep=tenant)
    first = Merge.objects.get(merged=third)
    assert browser.post(reverse("person.part", args=[signed(tenant), first.pk])).status_code == 302
    assert models.Task.objects.filter(verb="handling.reconcile").exists()


def test_where_whoever_parts_them_may_not_decide_a_manager_is_left_to_settle_it(
    story: Story, cast: Cast, tenant: Person, twin: Person, as_: SignIn
) -> None:
    story.investigate()
    join(as_(cast.manager), tenant, twin, keep=tenant)
    there = reverse("person.part", args=[signed(tenant), Merge.objects.get().pk])
    done = as_(cast.administrator).post(there, follow=True).content.decode()
    assert "A manager settles in their cases" in done
    tenant.refresh_from_db()
    assert models.Task.objects.filter(verb="handling.reconcile").exists() and Merge.objects.get().undone_at


def test_joining_again_what_is_one_already_does_nothing(cast: Cast, tenant: Person, twin: Person) -> None:
    moment = Moment(Story(cast).moment.at, START)
    assert joining.join(tenant, twin, cast.manager, moment, reason="Same.") is not None
    assert joining.join(twin, tenant, cast.manager, moment, reason="Same.") is None
    assert Merge.objects.count() == 1


def test_a_colleague_cannot_join_their_own_record_to_anyones(
    cast: Cast, tenant: Person, twin: Person, as_: SignIn
) -> None:
    cast.manager.person = twin
    cast.manager.save()
    there = reverse("person.join_with", args=[signed(tenant), signed(twin)])
    assert as_(cast.manager).post(there, {"keep": tenant.pk, "reason": "x"}).status_code == 404
    assert not Merge.objects.exists()


def test_a_record_cannot_be_joined_to_itself(cast: Cast, tenant: Person, as_: SignIn) -> None:
    there = reverse("person.join_with", args=[signed(tenant), signed(tenant)])
    assert as_(cast.manager).get(there).status_code == 404


def test_a_sealed_matter_is_told_and_nothing_of_it_shows(
    story: Story, cast: Cast, tenant: Person, twin: Person, as_: SignIn
) -> None:
    story.mark()
    sealed = record.open_case(
        record.Ask(cast.manager.actor, story.moment),
        VERBS["legal_action.consider_without_notice"],
        about_person=tenant,
        about=story.reference,
        named=(cast.senior.actor_id,),
        remedy=Remedy.INJUNCTION,
        against=Against.CUSTOMER,
        reasons="It cannot wait for a hearing.",
        advice="Our solicitor advises it.",
    )
    browser = as_(cast.other_manager)
    join(browser, tenant, twin, keep=tenant)
    assert "RecordsJoined" in kinds(sealed.reference)
    there = reverse("person.reconcile", args=[signed(tenant), Merge.objects.get().pk])
    for page in (browser.get(there), browser.get(reverse("person.care", args=[signed(tenant)]))):
        assert sealed.reference not in page.content.decode()
    story.act("handling.reconcile", cast.other_manager, reasons="Looked at both.")
    assert browser.post(there, {"note": "One person."}).status_code == 302, "what is sealed holds nobody up"

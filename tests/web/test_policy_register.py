"""R1: anyone can read the policy; its owner keeps the register of its versions."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.people import policy_register
from evenhand.people.models import Change, Landlord, PolicyVersion, User
from evenhand.people.refusal import NotDone
from evenhand.policy.conduct import Conduct
from evenhand.policy.terms import Terms
from evenhand.web.policy_words import SAID, steps
from tests.web.stories import START, Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
VERSION = {"version": "2", "title": "Customer Conduct Policy", "owner": "Director of Housing"}


@pytest.fixture
def first(landlord: Landlord) -> PolicyVersion:
    return PolicyVersion.objects.create(
        version="1",
        title="Customer Conduct Policy",
        owner="Director of Housing",
        supporter="Tenancies Manager",
        ratifier="Executive team",
        ratified_on=date(2024, 6, 25),
        next_review_on=START + timedelta(days=400),
        equality_screen="Initial screen carried out.",
        related_policies=["Complaints", "Lone working"],
    )


def test_anyone_reads_the_policy_without_signing_in(first: PolicyVersion, clock: object) -> None:
    page = Client().get(reverse("policy")).content.decode()
    for words in ("What is not acceptable", "What can be unreasonable", "What we promise", "Director of Housing"):
        assert words in page
    assert "25 June 2024" in page and "Initial screen carried out." in page and "Lone working" in page
    assert "Housing Ombudsman" in page and "0113 496 0999" in page
    assert reverse("policy.new") not in page


def test_the_policy_can_be_read_before_anything_is_set_up(db: None) -> None:
    page = Client().get(reverse("policy"))
    assert page.status_code == 200 and "No version is recorded yet" in page.content.decode()


def test_the_page_explains_every_conduct_with_the_landlords_numbers(first: PolicyVersion, landlord: Landlord) -> None:
    assert set(SAID) == set(Conduct)
    landlord.terms = {"appeal_lodge_days": 30}
    landlord.save()
    assert "You have 30 working days to ask us to look again" in Client().get(reverse("policy")).content.decode()


def test_a_director_records_a_new_version_and_the_old_one_is_kept(
    first: PolicyVersion, cast: Cast, as_: SignIn
) -> None:
    answer = as_(cast.director).post(reverse("policy.new"), {**VERSION, "related_policies": "Complaints\n\nSafety "})
    assert answer.status_code == 302
    new = policy_register.in_force()
    assert new is not None and new.version == "2" and new.related_policies == ["Complaints", "Safety"]
    first.refresh_from_db()
    assert first.superseded_on == START
    page = Client().get(reverse("policy")).content.decode()
    assert "Version 1" in page and "replaced on 3 March 2026" in page
    assert "An earlier version" in Client().get(reverse("policy"), {"version": "1"}).content.decode()
    change = Change.objects.get()
    assert change.by == cast.director and "replaced version 1" in change.words


def test_a_new_version_does_not_begin_with_the_days_of_the_old(first: PolicyVersion, cast: Cast, as_: SignIn) -> None:
    PolicyVersion.objects.update(ratified_on=START, review_on=START, next_review_on=date(2029, 3, 3))
    form = as_(cast.director).get(reverse("policy.new")).context["form"]
    assert form.initial["title"] and form.initial["owner"], "the names are kept"
    days = ("ratified_on", "review_on", "next_review_on")
    assert not any(form.get_initial_for_field(form.fields[name], name) for name in days)
    amended = as_(cast.director).get(reverse("policy.review")).context["form"]
    assert all(amended.get_initial_for_field(amended.fields[name], name) for name in days)


def test_two_versions_cannot_have_one_name(first: PolicyVersion, cast: Cast, as_: SignIn) -> None:
    answer = as_(cast.administrator).post(reverse("policy.new"), {**VERSION, "version": "1"})
    assert "There is already a version 1" in answer.content.decode()
    assert policy_register.in_force() == first and not Change.objects.exists()
    with pytest.raises(NotDone):
        policy_register.adopt(START, version="1", title="x", owner="y")


def test_the_dates_of_the_review_are_changed_and_the_change_kept(first: PolicyVersion, cast: Cast, as_: SignIn) -> None:
    told = {"title": first.title, "owner": "Director of Homes", "review_on_0": "1", "review_on_1": "6"}
    told |= {"review_on_2": "2025", "next_review_on_0": "1", "next_review_on_1": "6", "next_review_on_2": "2028"}
    assert as_(cast.administrator).post(reverse("policy.review"), told).status_code == 302
    first.refresh_from_db()
    assert (first.owner, first.next_review_on) == ("Director of Homes", date(2028, 6, 1))
    assert "Owner: was Director of Housing, now Director of Homes" in Change.objects.get().words


def test_a_review_cannot_be_due_before_the_last_one(first: PolicyVersion, cast: Cast, as_: SignIn) -> None:
    told = {"title": "x", "owner": "y", "review_on_0": "1", "review_on_1": "6", "review_on_2": "2025"}
    told |= {"next_review_on_0": "1", "next_review_on_1": "5", "next_review_on_2": "2025"}
    answer = as_(cast.administrator).post(reverse("policy.review"), told)
    assert "The next review comes after the last one" in answer.content.decode()


@pytest.mark.parametrize("who", ["colleague", "manager", "senior", "protection", "investigator"])
def test_nobody_else_changes_the_register(first: PolicyVersion, cast: Cast, as_: SignIn, who: str) -> None:
    browser = as_(getattr(cast, who))
    assert browser.get(reverse("policy.new")).status_code == 403
    assert browser.post(reverse("policy.review"), {"title": "x", "owner": "y"}).status_code == 403
    assert reverse("policy.new") not in browser.get(reverse("policy")).content.decode()


@pytest.mark.parametrize(("days", "told"), [(91, ""), (90, "in 90 days"), (0, "today"), (-1, "1 day overdue")])
def test_the_owner_is_reminded_of_the_review(
    first: PolicyVersion, cast: Cast, as_: SignIn, days: int, told: str
) -> None:
    PolicyVersion.objects.update(next_review_on=START + timedelta(days=days))
    page = as_(cast.director).get(reverse("policy")).content.decode().lower()
    assert ("record a new version or the new dates" in page) is bool(told)
    assert told in page
    assert (policy_register.review_due(START) is not None) is bool(told)
    assert "record a new version or" not in as_(cast.colleague).get(reverse("policy")).content.decode().lower()


def test_a_version_nobody_recorded_is_not_there(first: PolicyVersion) -> None:
    assert Client().get(reverse("policy"), {"version": "7"}).status_code == 404


def test_the_page_names_every_promise_that_concerns_a_case() -> None:
    from_steps = [promise.id for step in steps(Terms()) for promise in step.promises]
    assert {"I1", "I2", "S1", "S2", "D1", "D2", "E1", "E2", "M1", "M2", "M3", "P1", "L1", "L2", "C3"} == set(from_steps)

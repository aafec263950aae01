"""An administrator says who the landlord is and sets its terms, within the policy's bounds."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test import Client
from django.urls import reverse

from evenhand.cases.circumstances import terms_on
from evenhand.people import terms
from evenhand.people.models import Change, Landlord, User
from evenhand.policy.terms import Terms
from tests.web.stories import START, Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
USUAL = {term.name: term.default for term in terms.settable()}
IDENTITY = {
    "name": "Zedham Homes",
    "nation": "Scotland",
    "address": "2 New Road\nZedham",
    "telephone": "0113 496 0001",
    "emergency_telephone": "0113 496 0999",
    "complaints_route": "Call 0113 496 0001 or write to us.",
}


def test_only_what_differs_from_the_policy_is_kept(cast: Cast, landlord: Landlord, as_: SignIn) -> None:
    answer = as_(cast.administrator).post(reverse("terms"), {**USUAL, "appeal_lodge_days": 30, "attempts": 4})
    assert answer.status_code == 302
    landlord.refresh_from_db()
    assert landlord.terms == {"appeal_lodge_days": 30, "attempts": 4}
    assert terms_on(START).appeal_lodge_days == 30
    words = Change.objects.get().words
    assert "Working days to ask for an appeal: was 20, now 30" in words


@pytest.mark.parametrize("term", terms.settable(), ids=lambda term: term.name)
def test_no_term_can_be_set_beyond_its_bounds(term: terms.Term, cast: Cast, landlord: Landlord, as_: SignIn) -> None:
    browser = as_(cast.administrator)
    for wrong in (term.least - 1, term.most + 1, "six", "", "2.5"):
        answer = browser.post(reverse("terms"), {**USUAL, term.name: wrong})
        assert answer.status_code == 200
        assert f"enter a whole number from {term.least} to {term.most}" in answer.content.decode()
    landlord.refresh_from_db()
    assert landlord.terms == {} and not Change.objects.exists()


def test_a_marker_is_never_reviewed_later_than_after_six_months(landlord: Landlord) -> None:
    (review,) = [term for term in terms.settable() if term.name == "marker_review_months"]
    assert review.most == 6


def test_every_term_with_bounds_is_on_the_page(cast: Cast, landlord: Landlord, as_: SignIn) -> None:
    page = as_(cast.administrator).get(reverse("terms")).content.decode()
    bounded = [f for f in Terms.__dataclass_fields__.values() if f.metadata]
    assert len(bounded) == len(terms.settable()) > 10
    for field in bounded:
        assert f'name="{field.name}"' in page


def test_the_check_finds_terms_out_of_bounds_before_a_case_does(landlord: Landlord) -> None:
    call_command("check", databases=["default"])
    landlord.terms = {"marker_review_months": 7, "patience": 3}
    landlord.save()
    with pytest.raises(SystemCheckError) as failed:
        call_command("check", databases=["default"])
    assert "Months until a marker is reviewed must be from 1 to 6" in str(failed.value)
    assert "There is no term called “patience”" in str(failed.value)


def test_who_the_landlord_is_can_be_said_from_nothing(cast: Cast, as_: SignIn) -> None:
    browser = as_(cast.administrator)
    assert "Say who the landlord is first" in browser.post(reverse("terms"), USUAL).content.decode()
    assert browser.post(reverse("landlord"), IDENTITY).status_code == 302
    landlord = Landlord.objects.get()
    assert landlord.ombudsman.name == "Scottish Public Services Ombudsman"
    assert landlord.complaints_route == "call 0113 496 0001 or write to us"
    assert Change.objects.filter(kind="landlord", by=cast.administrator).exists()


def test_letters_cannot_go_without_an_emergency_number(cast: Cast, landlord: Landlord, as_: SignIn) -> None:
    answer = as_(cast.administrator).post(reverse("landlord"), {**IDENTITY, "emergency_telephone": " "})
    assert "Enter the number that answers day and night" in answer.content.decode()
    answer = as_(cast.administrator).post(reverse("landlord"), {**IDENTITY, "complaints_route": "You can call us"})
    assert "letters say it" in answer.content.decode()


def test_saying_the_same_again_leaves_no_trail(cast: Cast, as_: SignIn) -> None:
    browser = as_(cast.administrator)
    browser.post(reverse("landlord"), IDENTITY)
    browser.post(reverse("landlord"), IDENTITY)
    browser.post(reverse("terms"), USUAL)
    assert Change.objects.count() == 1

"""What there is to set up, whether the letters are whole, and a trail that nobody can change."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from evenhand.cases import letter_check
from evenhand.cases.letter_folder import PACKED
from evenhand.cases.letter_kind import Format, Kind
from evenhand.doors.clock import now
from evenhand.people import changes
from evenhand.people.models import Change, Landlord, User
from evenhand.people.models.change import ChangeKind
from evenhand.web import letter_status
from tests.web.stories import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
PAGES = ("administration", "changes", "colleagues", "colleague.add", "teams", "team.add", "landlord", "terms")
PAGES += ("letters.status", "register", "register.bring_in")


@pytest.mark.parametrize("who", ["colleague", "manager", "director", "protection", "independent"])
def test_only_administrators_set_things_up(cast: Cast, as_: SignIn, who: str) -> None:
    browser = as_(getattr(cast, who))
    for page in PAGES:
        assert browser.get(reverse(page)).status_code == 403
        assert browser.post(reverse(page), {}).status_code == 403


def test_every_page_opens_for_an_administrator(cast: Cast, as_: SignIn) -> None:
    browser = as_(cast.administrator)
    of_one = ("colleague", "colleague.change", "colleague.leave", "colleague.come_back")
    there = [reverse(page) for page in PAGES] + [reverse(page, args=[cast.duty.pk]) for page in of_one]
    for page in [*there, reverse("team.change", args=[cast.duty.team_id]), reverse("policy.new")]:
        assert browser.get(page).status_code == 200, page


def test_the_tasks_say_what_is_still_to_do(cast: Cast, as_: SignIn) -> None:
    page = as_(cast.administrator).get(reverse("administration")).content.decode()
    assert page.count("To do") == 3, "the landlord, the policy and the register"
    assert "All well" in page and f"{User.objects.count()} work here" in page
    Landlord.objects.create(name="Zedham Homes")
    assert "Something is missing" in as_(cast.administrator).get(reverse("administration")).content.decode()


def test_the_tasks_cost_a_fixed_number_of_queries(
    cast: Cast, as_: SignIn, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for number in range(30):
        changes.note(cast.administrator, now().at, ChangeKind.TEAM, f"Team {number}", "Added.")
    browser = as_(cast.administrator)
    with django_assert_max_num_queries(15):  # type: ignore[attr-defined]
        browser.get(reverse("administration"))


def test_the_trail_is_turned_page_by_page_and_never_tells_of_a_person(cast: Cast, as_: SignIn) -> None:
    for number in range(60):
        changes.note(cast.administrator, now().at, ChangeKind.TEAM, f"Team {number:02}", "Added.")
    changes.note(cast.manager, now().at, ChangeKind.PERSON, "housing:P1", "Recorded a need.")
    browser = as_(cast.administrator)
    page = browser.get(reverse("changes")).content.decode()
    assert "Team 59" in page and "Team 10" in page and "Team 09" not in page and "a need" not in page
    last = Change.objects.get(about="Team 10").pk
    assert "Team 09" in browser.get(reverse("changes"), {"after": last}).content.decode()


@pytest.mark.parametrize("act", ["update", "delete"])
def test_nobody_changes_the_trail(cast: Cast, act: str) -> None:
    changes.note(cast.administrator, now().at, ChangeKind.TEAM, "Tenancies", "Added.")
    with pytest.raises(ProgrammingError), transaction.atomic():
        Change.objects.update(words="Nothing.") if act == "update" else Change.objects.all().delete()
    assert Change.objects.get().words == "Added."


def test_every_letter_can_be_looked_at_in_every_format(cast: Cast, as_: SignIn) -> None:
    browser = as_(cast.administrator)
    page = browser.get(reverse("letters.status")).content.decode()
    assert "All well" in page
    for shape in Format:
        there = reverse("letters.sample", args=[Kind.MARKER.value, shape.value])
        assert there in page
        answer = browser.get(there)
        assert answer.content.startswith(b"%PDF") is shape.is_pdf
        assert answer["Content-Disposition"].startswith("inline")
    assert browser.get(reverse("letters.sample", args=["marker", "scroll"])).status_code == 404


def test_a_letter_that_lost_the_right_to_appeal_is_told_of(
    cast: Cast, as_: SignIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without(kind: Kind, shape: Format, *folder: Path, pages: bool) -> list[str]:
        return ["the letter no longer says “appeal”, which it must. Put it back."] if kind is Kind.FINDING else []

    monkeypatch.setattr(letter_check, "faults", without)
    monkeypatch.setattr(letter_status, "faults_of", letter_status.faults_of.__wrapped__)  # looked at afresh
    page = as_(cast.administrator).get(reverse("letters.status")).content.decode()
    assert "Some letters cannot be sent" in page and "What we decided, standard: the letter no longer says" in page
    assert "1 to mend" in as_(cast.administrator).get(reverse("administration")).content.decode()


def test_what_is_wrong_with_one_letter_is_found_by_itself(tmp_path: Path) -> None:
    assert list(letter_check.faults(Kind.FINDING, Format.STANDARD, PACKED)) == []
    broken = tmp_path / "letters"
    broken.mkdir()
    assert list(letter_check.faults(Kind.FINDING, Format.STANDARD, broken))


def test_letters_are_looked_at_once_until_their_wording_changes(tmp_path: Path) -> None:
    (tmp_path / "wording").mkdir()
    wording = tmp_path / "wording" / "finding.toml"
    wording.write_text("title = 'One'")
    before = letter_status.digest_of(tmp_path)
    assert letter_status.digest_of(tmp_path) == before
    wording.write_text("title = 'Another'")
    assert letter_status.digest_of(tmp_path) != before

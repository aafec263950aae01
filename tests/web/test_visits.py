"""Those who plan visits check a list of them on a page; whoever is booked reads on Today what changed."""

import csv
from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from evenhand.people.models import Look, User
from evenhand.policy.staff import Role
from evenhand.sharing import booking, visit_tasks
from evenhand.sharing.models import Booking, Disclosure, Notice, VisitList
from evenhand.sharing.models.booking import ListState
from evenhand.web import visits
from tests.sharing.homes import home_at
from tests.web.stories import START, Story

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
HEADER = "Job,UPRN,Time,Operative,Contractor,Notes\n"


def rows(story: Story) -> str:
    home_at("1 Mill Lane", "66")
    return (
        HEADER
        + f"JOB-1,{story.home.uprn},2026-03-03 18:30,Sam Okafor,,=cmd()\n"
        + f"JOB-2,{story.home.uprn},2026-03-03 19:30,,Aqua Ltd,\n"
        + "JOB-3,66,2026-03-04 9am,Sam Okafor,,\n"
        + "JOB-4,999,2026-03-04 9am,Sam Okafor,,\n"
        + "JOB-5,66,soon,Sam Okafor,,\n"
    )


def upload(browser: Client, text: str, name: str = "tonight.csv") -> VisitList:
    given = SimpleUploadedFile(name, text.encode("cp1252"))
    answer = browser.post(reverse("visits.check"), {"chosen": given, "source": "repairs"})
    assert answer.status_code == 302, answer.content.decode()
    return VisitList.objects.latest("pk")


def test_a_planner_gets_the_same_rows_back_with_what_to_do(story: Story, as_: SignIn) -> None:
    story.mark()
    browser = as_(story.cast.planner)
    found = upload(browser, rows(story))
    assert found.state == ListState.DONE and found.given is None
    answer = browser.get(reverse("visits.answered", args=[found.pk]))
    assert answer["Content-Disposition"] == 'attachment; filename="tonight checked.csv"'
    back = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["Job"] for row in back] == ["JOB-1", "JOB-2", "JOB-3", "JOB-4", "JOB-5"]
    assert back[0]["Notes"] == "'=cmd()", "a spreadsheet must not run what somebody wrote"
    codes = [row["Evenhand code"] for row in back]
    assert codes == ["instruction", "instruction", "nothing_held", "no_match", "not_known"]
    assert "Visit in pairs. Ring first." in back[0]["Evenhand instruction"] and back[0]["Evenhand ring first"] == "yes"
    contractor = " ".join(value for name, value in back[1].items() if name.startswith("Evenhand"))
    assert "Visit in pairs." in contractor and "2026" not in contractor and story.cast.manager.name not in contractor
    assert "No home has this UPRN" in back[3]["Evenhand next step"]
    assert Booking.objects.count() == 4 and Disclosure.objects.count() == 3
    assert Look.objects.filter(by=story.cast.planner, purpose="A list of visits: tonight.csv").count() == 2


def test_the_page_shows_first_what_there_is_to_do_and_why_rows_are_not_certain(story: Story, as_: SignIn) -> None:
    story.mark()
    browser = as_(story.cast.planner)
    found = upload(browser, rows(story))
    here = reverse("visits.list", args=[found.pk])
    page = browser.get(here).content.decode()
    assert "JOB-1" in page and "JOB-3" not in page and "Visit in pairs. Ring first." in page
    for words in ("What was not certain, by line", ">soon<", "Line 6", "not a date and a time"):
        assert words in page
    unsure = browser.get(here, {"show": "unsure"}).content.decode()
    assert "JOB-4" in unsure and "JOB-5" in unsure and "JOB-1" not in unsure.split("What was not certain")[0]
    whole = browser.get(here, {"show": "all"}).content.decode()
    assert all(f"JOB-{number}" in whole for number in range(1, 6))


def test_a_long_list_comes_in_pages(story: Story, as_: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visits, "PAGE", 2)
    browser = as_(story.cast.planner)
    found = upload(browser, rows(story))
    here = reverse("visits.list", args=[found.pk])
    first = browser.get(here, {"show": "all"}).content.decode()
    assert "JOB-2" in first and "JOB-3" not in first.split("What was not")[0] and "show=all&amp;after=2" in first
    assert "JOB-3" in browser.get(here, {"show": "all", "after": "2"}).content.decode()


def test_a_very_long_list_is_left_to_the_worker_and_followed(
    story: Story, as_: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visits, "AT_ONCE", 10)
    browser = as_(story.cast.planner)
    found = upload(browser, rows(story))
    assert found.state == ListState.WAITING
    here = reverse("visits.list", args=[found.pk])
    assert browser.get(here, {"watch": "1"})["Refresh"] == "5"
    job = ProcrastinateJob.objects.filter(task_name="check_visit_list").latest("id")
    visit_tasks.check_visit_list(**job.args)
    assert "Refresh" not in browser.get(here, {"watch": "1"})
    assert VisitList.objects.get(pk=found.pk).state == ListState.DONE


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Job;UPRN;Time\n", "semicolons between its columns"),
        ("Job,Time\nJ1,2026-03-03\n", "a column that says where"),
        ("PK\x03\x04", "Excel workbook"),
        (HEADER + 'J1,"66,2026-03-03,,,\n', "quotation mark on line 2"),
    ],
)
def test_a_file_that_is_no_list_of_visits_says_why_and_keeps_nothing(
    story: Story, as_: SignIn, text: str, words: str
) -> None:
    browser = as_(story.cast.planner)
    found = upload(browser, text)
    assert found.state == ListState.REFUSED and words in found.message
    assert words in browser.get(reverse("visits.list", args=[found.pk])).content.decode()
    assert not Booking.objects.exists()


def test_only_those_who_plan_visits_get_in_and_a_list_is_for_whoever_asked(story: Story, as_: SignIn) -> None:
    found = upload(as_(story.cast.planner), rows(story))
    pages = [reverse("visits"), reverse("visits.check"), reverse("visits.ring")]
    for user in story.cast.everyone:
        may = user.actor.has(Role.PLANNER, Role.DUTY, Role.MANAGER, Role.SENIOR_MANAGER, Role.DIRECTOR)
        assert {as_(user).get(page).status_code for page in pages} == ({200} if may else {403}), user.roles
    for name in ("visits.list", "visits.answered"):
        assert as_(story.cast.duty).get(reverse(name, args=[found.pk])).status_code == 404


def test_a_colleague_reads_on_today_that_their_visit_changed_and_says_so(story: Story, as_: SignIn) -> None:
    upload(as_(story.cast.planner), rows(story))
    story.mark()
    assert booking.review(story.moment) == 2
    sam = as_(story.cast.colleague)
    today = sam.get(reverse("today")).content.decode()
    assert "Your visit JOB-1 on 3 March 2026 at 6:30pm changed" in today and "Visit in pairs. Ring first." in today
    notice = Notice.objects.get(booking__reference="JOB-1")
    page = sam.get(reverse("visit", args=[notice.booking_id])).content.decode()
    assert "Visit in pairs. Ring first." in page and "3 Ferry Row" in page
    assert as_(story.cast.investigator).post(reverse("visit.seen", args=[notice.pk])).status_code == 404
    sam.post(reverse("visit.seen", args=[notice.pk]))
    assert "Your visit JOB-1" not in sam.get(reverse("today")).content.decode()
    notice.refresh_from_db()
    assert notice.seen_at is not None


def test_the_page_of_a_visit_is_for_whoever_is_booked_and_says_what_holds_now(story: Story, as_: SignIn) -> None:
    upload(as_(story.cast.planner), rows(story))
    there = {one.reference: reverse("visit", args=[one.pk]) for one in Booking.objects.all()}
    story.mark()
    assert "Visit in pairs." in as_(story.cast.colleague).get(there["JOB-1"]).content.decode(), "nobody was told yet"
    assert Disclosure.objects.get().to_name == "Sam Okafor"
    assert as_(story.cast.colleague).get(there["JOB-2"]).status_code == 404, "a contractor's visit is not theirs"
    assert as_(story.cast.investigator).get(there["JOB-1"]).status_code == 404
    assert as_(story.cast.planner).get(there["JOB-2"]).status_code == 200


def test_a_contractor_is_rung_and_by_whom_is_kept(story: Story, as_: SignIn) -> None:
    upload(as_(story.cast.planner), rows(story))
    story.mark()
    booking.review(story.moment)
    browser = as_(story.cast.planner)
    assert "Somebody who is booked has not been told" in browser.get(reverse("visits")).content.decode()
    page = browser.get(reverse("visits.ring")).content.decode()
    assert "Aqua Ltd, visit JOB-2" in page and "Visit in pairs." in page and "Sam Okafor" not in page
    assert story.cast.manager.name not in page, "what is read out to a contractor is the contractor's answer"
    notice = Notice.objects.get(booking__reference="JOB-2")
    browser.post(reverse("visits.rung", args=[notice.pk]))
    as_(story.cast.duty).post(reverse("visits.rung", args=[notice.pk]))
    notice.refresh_from_db()
    assert notice.rung_by == story.cast.planner
    assert "Nobody waits to be rung" in browser.get(reverse("visits.ring")).content.decode()


def test_what_is_over_is_not_on_today(story: Story, as_: SignIn, clock: Callable[..., None]) -> None:
    upload(as_(story.cast.planner), rows(story))
    story.mark()
    booking.review(story.moment)
    clock(START + timedelta(days=1), 12)
    assert "Your visit JOB-1" not in as_(story.cast.colleague).get(reverse("today")).content.decode()

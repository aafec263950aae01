"""Tonight's visits: a list in, safe instructions out, and the word to whoever is booked when a marker appears."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core import mail
from django.urls import reverse

from evenhand.cases.circumstances import Moment
from evenhand.sharing import visit_notice
from evenhand.sharing.following import follow
from evenhand.sharing.models import Notice
from tests.journeys.conftest import Wall
from tests.journeys.people import Colleague
from tests.sharing.homes import home_at
from tests.web.stories import Story

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def tonight(folder: Path, story: Story) -> Path:
    file = folder / "tonight.csv"
    file.write_text(
        "Job,UPRN,Time,Operative,Contractor\n"
        f"JOB-1,{story.home.uprn},2026-03-03 18:30,Sam Okafor,\n"
        f"JOB-2,{story.home.uprn},2026-03-03 19:30,,Aqua Ltd\n"
        "JOB-3,66,2026-03-04 9am,Sam Okafor,\n"
        "JOB-4,999,2026-03-04 9am,Sam Okafor,\n"
    )
    return file


def checks(who: Colleague, file: Path) -> Colleague:
    who.opens(reverse("visits")).follows("Check a list of visits")
    who.page.get_by_label("Choose the list").set_input_files(file)
    who.writes("Which system does it come from?", "repairs")
    return who.sends("Check the list")


def time_passes(story: Story, wall: Wall) -> None:
    """What a worker does meanwhile: it follows the log and sends what waits."""
    follow(Moment(wall.at, story.day))
    for notice in Notice.objects.all():
        visit_notice.send(notice.pk, wall.at)


def test_a_list_of_visits_is_checked_and_who_is_booked_hears_of_a_marker(
    story: Story, wall: Wall, tmp_path: Path, at_work: Callable[..., Colleague]
) -> None:
    # Given a list of tonight's visits, checked while nothing is held,
    home_at("1 Mill Lane", "66")
    carol = checks(at_work(story.cast.planner), tonight(tmp_path, story))
    carol.sees("Not certain", "JOB-4", "No home has this UPRN. Check it against the register.", "4 added")
    carol.follows("All").sees("JOB-1", "We hold no warning about this home", "JOB-3")
    with carol.page.expect_download() as download:
        carol.page.get_by_role("link", name="Download the checked list").click()
    assert download.value.suggested_filename == "tonight checked.csv"
    lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("Job,UPRN,Time,Operative,Contractor,Evenhand code") and len(lines) == 5

    # when a marker is placed,
    story.mark()
    time_passes(story, wall)

    # then the colleague who is booked has an email, and reads it on a telephone, once,
    (sent,) = mail.outbox
    assert "your visit JOB-1 on 3 March 2026 at 6:30pm changed" in sent.body and "Visit in pairs." in sent.body
    sam = at_work(story.cast.colleague, phone=True).opens(reverse("today"))
    sam.sees("Your visit JOB-1 on 3 March 2026 at 6:30pm changed", "Visit in pairs. Ring first.")
    sam.follows("Open the visit").sees("Visit in pairs. Ring first.", "3 Ferry Row")
    sam.sends("I have read this").sees("It is kept that you have read it")
    assert "Your visit JOB-1" not in sam.main.inner_text()

    # and somebody rings the contractor, and says so.
    carol.opens(reverse("visits")).sees("Somebody who is booked has not been told").follows("See whom to ring")
    carol.sees("Aqua Ltd, visit JOB-2", "Visit in pairs.", "No email address is held for them.")
    carol.sends("I rang them about visit JOB-2").sees("It is kept that you rang.", "Nobody waits to be rung")

    # The same list again says what there is to do now, and tells nobody twice.
    checks(carol, tonight(tmp_path, story)).sees("Something to do", "JOB-1", "Visit in pairs. Ring first.")
    time_passes(story, wall)
    assert len(mail.outbox) == 1 and Notice.objects.count() == 2


def test_a_list_is_checked_without_javascript_on_a_telephone(
    story: Story, tmp_path: Path, at_work: Callable[..., Colleague]
) -> None:
    story.mark()
    carol = checks(at_work(story.cast.planner, phone=True, script=False), tonight(tmp_path, story))
    carol.sees("JOB-1", "Visit in pairs. Ring first.", "What was not certain, by line")

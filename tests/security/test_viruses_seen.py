"""Those who set Evenhand up, and those who watch over looking, see how it stands with viruses and what was refused."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.doors.clock import now
from evenhand.people import changes, checks
from evenhand.people.models import User
from evenhand.people.models.change import ChangeKind
from tests.security.scanners import HARMLESS, NAME, Daemon, answering
from tests.web.asking import words
from tests.web.stories import Cast
from tests.web.test_exhibit import PNG, picture, report_with

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def test_the_data_protection_officer_and_administrators_see_that_it_happened(
    as_: SignIn, cast: Cast, settings: Any, real_scanner: Daemon
) -> None:
    settings.CLAMD = real_scanner.path
    report_with(as_(cast.colleague), picture("Mrs Ash.png", PNG + HARMLESS))
    for who in (cast.protection, cast.administrator):
        page = words(as_(who).get(reverse("files")))
        assert NAME in page and cast.colleague.name in page and "Report an incident" in page
        assert "Mrs Ash" not in page and "Files are looked through" in page and "ClamAV 1." in page
    assert as_(cast.colleague).get(reverse("files")).status_code == 403
    assert reverse("files") in as_(cast.protection).get(reverse("looks")).content.decode()
    assert reverse("files") in as_(cast.administrator).get(reverse("administration")).content.decode()


def test_many_refused_files_are_read_a_page_at_a_time(
    as_: SignIn, cast: Cast, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for number in range(60):
        changes.note(cast.colleague, now().at, ChangeKind.FILE, "A file was refused", f"Found number {number}.")
    browser = as_(cast.administrator)
    with django_assert_max_num_queries(8):
        first = browser.get(reverse("files"))
    second = words(browser.get(first.context["older"]))
    assert "Found number 59." in words(first) and "Found number 9." not in words(first)
    assert "Found number 9." in second and "Found number 59." not in second


def days_old(said: bytes) -> Callable[[Any], None]:
    return lambda line: line.sendall(b"ClamAV 1.4.6/27812/" + said + b"\0")


def test_how_it_stands_is_said_where_it_is_set_up_and_before_going_live(
    as_: SignIn, cast: Cast, settings: Any, real_scanner: Daemon
) -> None:
    def told() -> tuple[str, list[str]]:
        pages = [words(as_(cast.administrator).get(reverse(page))) for page in ("administration", "files")]
        standing = ("not looked through", "does not answer", "learns of no new viruses", "looked through")
        (said,) = {next(each for each in standing if each in page.lower()) for page in pages}
        return said, [str(each.id) for each in checks.files_are_looked_through(None)]

    settings.CLAMD = None
    assert told() == ("not looked through", ["files.I001"])
    settings.CLAMD = "/nowhere/clamd.ctl"
    assert told() == ("does not answer", ["files.W001"])
    settings.CLAMD = ("127.0.0.1", real_scanner.port)
    assert told() == ("looked through", [])
    with answering(days_old(b"Thu Jan  1 09:12:44 2026")) as settings.CLAMD:
        assert told()[0] == "learns of no new viruses"
        assert [each.id for each in checks.files_are_looked_through(None)] == ["files.W002"]

"""How long one stays signed in, where, and who ends it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evenhand.doors.sessions import in_words
from evenhand.people.models import Change, Session, User
from tests.security.front_door import PASSWORD, is_in, signs_in
from tests.web.asking import answers, carried, words
from tests.web.stories import START, Cast, Story

pytestmark = pytest.mark.django_db
SESSIONS = reverse("sessions")
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 "
    "Mobile/15E148 Safari/604.1"
)
Minutes = Callable[[int], None]


@pytest.fixture
def minute(monkeypatch: pytest.MonkeyPatch) -> Iterator[Minutes]:
    """`minute(31)`: it is so many minutes after eight."""

    def at(minutes: int) -> None:
        moment = datetime(START.year, START.month, START.day, 8, tzinfo=UTC) + timedelta(minutes=minutes)
        monkeypatch.setattr(timezone, "now", lambda: moment)

    at(0)
    yield at


def test_half_an_hour_without_use_ends_a_session(sam: User, minute: Minutes) -> None:
    browser = Client()
    signs_in(browser, sam.email)
    for used_at in (29, 57, 86):
        minute(used_at)
        assert is_in(browser), f"It was in use less than half an hour before minute {used_at}."
    minute(116)
    assert not is_in(browser)


def test_a_session_ends_after_eight_hours_and_is_not_kept_by_going_on(sam: User, minute: Minutes) -> None:
    browser = Client()
    signs_in(browser, sam.email)
    for used_at in range(20, 8 * 60, 20):
        minute(used_at)
        assert is_in(browser)
    minute(8 * 60)
    assert not is_in(browser)


def test_a_landlord_may_set_another_time_without_use(sam: User, minute: Minutes, settings: object) -> None:
    settings.SESSION_IDLE_MINUTES = 5  # type: ignore[attr-defined]
    browser = Client()
    signs_in(browser, sam.email)
    minute(6)
    assert not is_in(browser)


def test_whoever_writes_for_long_is_not_without_use(sam: User, minute: Minutes) -> None:
    """The page says so by itself while somebody types."""
    browser = Client()
    signs_in(browser, sam.email)
    for typed_at in (25, 50, 75):
        minute(typed_at)
        assert browser.get(reverse("sessions.here")).status_code == 200
    minute(100)
    assert is_in(browser)


def test_what_was_half_written_when_half_an_hour_passed_is_there_again(story: Story, minute: Minutes) -> None:
    story.investigate()
    minute(0)
    manager, page = story.cast.manager, f"/cases/{story.reference}/police/decline"
    manager.set_password(PASSWORD)
    manager.save()
    browser = Client()
    signs_in(browser, manager.email)
    told = {**carried(browser.get(page)), **answers(incident="I1", reasons="Nobody in the house wants it.")}
    minute(45)
    late = browser.post(page, told)
    assert late.status_code == 302 and "/accounts/login/" in late["Location"]
    minute(80)
    back = signs_in(browser, manager.email, next=page)
    assert back["Location"] == page and "Nobody in the house wants it." in words(browser.get(page))


def test_a_page_seldom_costs_a_write_to_say_that_it_was_used(sam: User, minute: Minutes) -> None:
    browser = Client()
    signs_in(browser, sam.email)
    told = []
    for used_at in (0, 1, 1, 2):
        minute(used_at)
        is_in(browser)
        told.append(Session.objects.get(user=sam).used_at.minute)
    assert told == [0, 1, 1, 2]


# Where one is signed in ---------------------------------------------------------------------------------------------


@pytest.fixture
def three(sam: User, minute: Minutes) -> list[Client]:
    browsers = [Client(headers={"user-agent": said}) for said in (FIREFOX, PHONE, "curl/8")]
    for browser in browsers:
        signs_in(browser, sam.email)
    minute(5)
    return browsers


def test_a_colleague_sees_where_they_are_signed_in_and_never_the_key_that_lets_in(three: list[Client]) -> None:
    shown = three[0].get(SESSIONS)
    for told in ("Firefox on Windows This is you, now", "Safari on an iPhone", "A browser we do not know"):
        assert told in words(shown), told
    keys = [row.session_key for row in Session.objects.exclude(user=None)]
    assert len(keys) == 3 and not any(key in shown.content.decode() for key in keys)


def test_a_colleague_ends_one_session_and_no_other(three: list[Client]) -> None:
    here, phone, third = three
    marks = {row.browser: row.mark for row in Session.objects.all()}
    ended = here.post(SESSIONS, {"one": marks["Safari on an iPhone"]}, follow=True)
    assert "Signed out there" in words(ended)
    assert not is_in(phone) and is_in(here) and is_in(third)


def test_a_colleague_ends_all_others_at_once(three: list[Client]) -> None:
    here, *others = three
    here.post(SESSIONS, {"others": "all"})
    assert is_in(here) and not any(is_in(each) for each in others)


def test_nobody_ends_the_session_of_a_colleague_by_its_mark(three: list[Client], cast: Cast) -> None:
    other = Client()
    other.force_login(cast.duty)
    mark = Session.objects.get(browser="Firefox on Windows").mark
    told = other.post(SESSIONS, {"one": mark}, follow=True)
    assert "nothing left to end" in words(told) and all(is_in(each) for each in three)
    assert "Firefox on Windows" not in words(other.get(SESSIONS))


def test_an_administrator_signs_a_colleague_out_everywhere_and_it_is_on_the_record(
    three: list[Client], sam: User, cast: Cast
) -> None:
    administrator = Client()
    administrator.force_login(cast.administrator)
    page = reverse("colleague.sign_out", args=[sam.pk])
    assert administrator.get(page).status_code == 200 and all(is_in(each) for each in three)
    administrator.post(page)
    assert not any(is_in(each) for each in three) and is_in(administrator)
    assert Change.objects.latest("id").words == "Signed out everywhere: 3 ended."


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (FIREFOX, "Firefox on Windows"),
        (PHONE, "Safari on an iPhone"),
        (
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
            "Chrome on Android",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Something on Linux", "A browser on Linux"),
        ("<script>", ""),
        ("", ""),
    ],
)
def test_a_browser_is_named_as_its_owner_would(said: str, told: str) -> None:
    assert in_words(said) == told

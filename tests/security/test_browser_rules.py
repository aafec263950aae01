"""What a browser is told it may do with our pages, and what it may send us: on every page there is."""

import os
import re
import subprocess
import sys
from collections.abc import Callable

import pytest
from django.test import Client

from evenhand.people.models import User
from tests.security import routes
from tests.security.crawl import everything, roots
from tests.security.test_walk import closed_to_anyone_else, known
from tests.web.stories import Cast, Story

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
TOLD = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NOTHING_FROM_ELSEWHERE = ("frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'", "form-action 'self'")
ACTIVE_IN_A_PAGE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")|<style|\son[a-z]+\s*=|\sstyle\s*=|javascript:"
)


class Watching(Client):
    """A browser that keeps what every answer told it."""

    def request(self, **given: object) -> object:  # type: ignore[override]
        answer = super().request(**given)
        self.kept = [*getattr(self, "kept", []), (answer.request["PATH_INFO"], answer)]
        return answer


def test_every_page_says_what_a_browser_may_do_and_has_nothing_active_in_it(story: Story, as_: SignIn) -> None:
    story.report(harmed=(story.cast.duty,)).mark().approve()
    for who in (story.cast.manager, story.cast.administrator):
        browser = Watching()
        browser.force_login(who)
        everything(
            browser, [*roots(), "/nothing-here", "/search?q=Bell", "/accounts/2fa/", "/accounts/password/change/"]
        )
        for address, answer in browser.kept:
            told = {name: answer.get(name) for name in TOLD}
            assert told == TOLD, f"{address} does not say {TOLD}"
            policy = answer["Content-Security-Policy"]
            assert "unsafe" not in policy and "default-src" in policy and "*" not in policy, address
            assert "private" in answer["Cache-Control"], f"{address} may be kept for others"
            if answer["Content-Type"].startswith("text/html"):
                assert set(NOTHING_FROM_ELSEWHERE) <= set(policy.split("; ")), f"{address}: {policy}"
                found = ACTIVE_IN_A_PAGE.search(answer.content.decode())
                assert found is None, f"{address} has {found.group() if found else ''} in it"


def test_no_form_is_taken_from_another_site(story: Story) -> None:
    """Every page, and every page of signing in: what is sent without the proof that it came from ours is refused."""
    story.decide()
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(story.cast.manager)
    before = story.acts
    for path, page in [*closed_to_anyone_else(), *routes.of_signing_in().items()]:
        there = routes.address(path, page, **known(story), key="1-1", uidb36="1", provider_id="landlord")
        answer = browser.post(there, {"token": "t"}, HTTP_ORIGIN="https://evil.example")
        assert answer.status_code in (403, 404, 405), f"{path} took a form from another site: {answer.status_code}"
        if answer.status_code == 403:
            assert "Nothing was saved" in answer.content.decode() or "You cannot open" in answer.content.decode(), path
    assert before == story.acts


def test_what_signing_in_gives_a_browser_to_keep_is_kept_from_scripts_and_other_sites(cast: Cast) -> None:
    cast.manager.set_password("three-quiet-otters-in-a-boat")
    cast.manager.save()
    browser = Client()
    browser.get("/accounts/login/")
    browser.post("/accounts/login/", {"login": cast.manager.email, "password": "three-quiet-otters-in-a-boat"})
    browser.get("/report")
    for cookie in (browser.cookies["sessionid"], browser.cookies["csrftoken"]):
        assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/" and not cookie["domain"]
    assert browser.cookies["sessionid"]["max-age"] == "", "It ends with the browser."


def test_over_https_a_cookie_is_of_this_host_alone_and_never_goes_in_the_clear() -> None:
    told = {**os.environ, "EVENHAND_URL": "https://cases.example.org", "EVENHAND_SECRET_KEY": "x" * 60}
    asked = (
        "from evenhand import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, "
        "s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS)"
    )
    said = subprocess.run([sys.executable, "-c", asked], env=told, capture_output=True, text=True, check=True).stdout
    assert said.split() == ["__Host-sessionid", "__Host-csrftoken", "True", "True", "True", str(365 * 24 * 60 * 60)]


def test_only_our_own_scripts_are_in_a_page(story: Story, as_: SignIn) -> None:
    for address in ("/", "/report", "/check", "/accounts/login/"):
        page = as_(story.cast.manager).get(address, follow=True).content.decode()
        for source in re.findall(r'(?:src|href)="([^"]+)"', page):
            assert source.startswith(("/", "#", "tel:", "mailto:", "https://www.gov.uk")) and not source.startswith(
                "//"
            )


def test_what_was_found_by_a_name_is_kept_by_no_browser_and_told_to_no_other_site(story: Story, as_: SignIn) -> None:
    story.report()
    browser = as_(story.cast.manager)
    for address in ("/check?q=Bell", "/check/results?q=Bell", "/search?q=Bell", "/cases/?words=Bell"):
        shown = browser.get(address)
        assert shown["Cache-Control"] == "private, no-store", address
        assert shown["Referrer-Policy"] == "same-origin", address
    for looked in ("/looks/?person=Bell", "/looks/?colleague=Priya"):
        assert as_(story.cast.protection).get(looked)["Cache-Control"] == "private, no-store"
    assert browser.get("/report")["Cache-Control"] == "private, no-cache", "Words typed into a form are not lost."


OF_THE_MACHINE = (
    "/files/", "/media/", "/var/files/exhibits/", "/static/../settings.py", "/static/%2e%2e/settings.py",
    "/.git/config", "/var/secret-key", "/static/%2e%2e%2f%2e%2e%2fsecret-key",
)  # fmt: skip


@pytest.mark.parametrize("address", OF_THE_MACHINE)
def test_nothing_of_the_machine_is_served(address: str, story: Story, as_: SignIn) -> None:
    assert as_(story.cast.administrator).get(address).status_code == 404


def test_an_answer_to_a_machine_is_no_page_wherever_it_is_opened(client: Client) -> None:
    """Answers, refusals and the description of the API alike; what people read of it is a page."""
    for address in ("/api/v1/openapi.json", "/api/v1/check", "/api/v1/nothing-here"):
        answer = client.get(address)
        assert answer["Content-Disposition"] == 'attachment; filename="api.json"', address
        assert "json" in answer["Content-Type"] and answer["X-Content-Type-Options"] == "nosniff", address
    assert "Content-Disposition" not in client.get("/api/v1/docs")

"""A password can be looked at while it is typed, and says how hard it is to guess; what signing out takes away."""

from collections.abc import Iterator

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from evenhand.people.models import User
from tests.journeys.axe import assert_accessible

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.look.front_door")]


@pytest.fixture
def page(browser: Browser, live_server: object) -> Iterator[Page]:
    context = browser.new_context(base_url=str(live_server).replace("127.0.0.1", "localhost"))
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def link_to_choose() -> str:
    user = User.objects.create_user("priya", "priya.nair@example.org")
    key = default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})


def test_a_password_can_be_shown_and_hidden_and_is_sent_hidden(page: Page) -> None:
    page.goto("/accounts/login/")
    field = page.get_by_label("Password")
    field.fill("three-quiet-otters")
    page.get_by_role("button", name="Show what you typed").click()
    expect(field).to_have_attribute("type", "text")
    assert_accessible(page)
    page.get_by_role("button", name="Hide what you typed").click()
    expect(field).to_have_attribute("type", "password")
    page.get_by_role("button", name="Show what you typed").click()
    page.evaluate("document.addEventListener('submit', (event) => event.preventDefault())")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(field).to_have_attribute("type", "password")


WORDS = (
    ("otters", "Too short: 6 more characters."),
    ("123412341234", "Digits alone are refused"),
    ("aaaabbbbaaaabbbb", "Refused: use at least 5 different"),
    ("password2026password", "Weak: easy to guess"),
    ("qwertyuiopasdf", "Weak: easy to guess"),
    ("quiet-otters-in", "Fair: one more word"),
    ("three-quiet-otters-in-a-boat", "Strong."),
)


def test_a_new_password_says_how_hard_it_is_to_guess_while_it_is_typed(page: Page) -> None:
    page.goto(link_to_choose())
    field = page.get_by_label("New password", exact=True)
    for typed, told in WORDS:
        field.fill(typed)
        expect(page.get_by_role("status").filter(has_text=told)).to_have_count(1)
    assert_accessible(page)


def test_without_scripts_a_password_is_a_plain_field(browser: Browser, live_server: object) -> None:
    context = browser.new_context(base_url=str(live_server), java_script_enabled=False)
    page = context.new_page()
    page.goto("/accounts/login/")
    expect(page.get_by_label("Password")).to_have_attribute("type", "password")
    expect(page.get_by_role("button", name="Show what you typed")).to_have_count(0)
    context.close()


# Signing out --------------------------------------------------------------------------------------------------------

DRAFT = (
    "localStorage.setItem('evenhand.draft.report.x', JSON.stringify({at: Date.now(), values: [['account', 'He hit']]}))"
)
LEFT = "Object.keys(localStorage).length"


@pytest.fixture
def signed_in(page: Page) -> Page:
    user = User.objects.create_user("sam", "sam@example.org", "three-quiet-otters-in-a-boat")
    page.goto("/accounts/login/")
    page.get_by_label("Work email, or the name you sign in with").fill(user.username)
    page.get_by_label("Password").fill("three-quiet-otters-in-a-boat")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("group").first.wait_for()
    page.evaluate(DRAFT)
    page.goto("/accounts/logout/")
    return page


def test_signing_out_takes_what_was_begun_off_the_device_after_asking(signed_in: Page) -> None:
    asked: list[str] = []
    signed_in.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    signed_in.get_by_role("main").get_by_role("button", name="Sign out").click()
    signed_in.wait_for_url(lambda there: "logout" not in there)
    assert asked == ["A report begun on this device has not been sent. Sign out, and lose it?"]
    assert signed_in.evaluate(LEFT) == 0


def test_who_would_rather_send_it_first_stays_signed_in(signed_in: Page) -> None:
    signed_in.once("dialog", lambda dialog: dialog.dismiss())
    signed_in.get_by_role("main").get_by_role("button", name="Sign out").click()
    expect(signed_in.get_by_role("heading", name="Sign out")).to_be_visible()
    assert signed_in.evaluate(LEFT) == 1


def test_a_page_says_that_somebody_types_but_only_now_and_then(page: Page) -> None:
    told: list[str] = []
    page.route("**/still-here", lambda route: (told.append(route.request.url), route.fulfill(body="yes")))
    page.route("**/writing", lambda route: route.fulfill(content_type="text/html", body=WRITING))
    page.add_init_script("const real = Date.now; window.later = 0; Date.now = () => real() + window.later * 60000")
    page.goto("/writing")
    for minutes, asked in ((1, False), (3, True), (4, False), (6, True)):
        before = len(told)
        page.evaluate("(minutes) => { window.later = minutes }", minutes)
        if asked:
            with page.expect_response("**/still-here"):
                page.get_by_role("textbox").press_sequentially("ab")
        else:
            page.get_by_role("textbox").press_sequentially("ab")
        assert len(told) - before == int(asked), f"after {minutes} minutes"


WRITING = """<!doctype html><html lang="en"><title>Writing</title><body data-here="/still-here"><textarea></textarea>
<script src="/static/evenhand.js"></script></body></html>"""

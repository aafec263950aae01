"""Signing in, the second step, recovery codes and passkeys, walked in a browser on the real pages."""

import re
from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import Browser, Page, expect

from evenhand.people.models import User
from tests.journeys.axe import assert_accessible

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.look.front_door")]
PASSWORD = "three-quiet-otters-in-a-boat"


@pytest.fixture
def priya(transactional_db: None) -> User:
    user = User(username="priya", email="priya.nair@example.org", first_name="Priya", last_name="Nair")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def page(browser: Browser, live_server: object) -> Iterator[Page]:
    context = browser.new_context(base_url=str(live_server).replace("127.0.0.1", "localhost"))
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def sign_in(page: Page, password: str = PASSWORD) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Work email, or the name you sign in with").fill("priya")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def show_it_is_you(page: Page) -> None:
    expect(page.get_by_role("heading", name="Show that it is you")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Show that it is you")).to_have_count(0)


def code_for(secret: str) -> str:
    """What an authenticator app that holds this key would show now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_a_colleague_with_the_wrong_password_is_told_so(page: Page, priya: User) -> None:
    page.goto("/accounts/login/")
    assert_accessible(page)

    sign_in(page, "something else")

    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    assert page.title().startswith("Error: ")
    assert_accessible(page)


def test_a_colleague_sets_up_a_second_step_and_is_asked_for_it(page: Page, priya: User) -> None:
    sign_in(page)
    expect(page.get_by_role("group").first).to_contain_text("Priya Nair")
    page.goto("/accounts/2fa/")
    assert_accessible(page)
    page.get_by_role("link", name="Set up an app").click()
    show_it_is_you(page)
    assert_accessible(page)
    secret = page.get_by_label("Your key").input_value()
    page.get_by_label("Code that the app shows").fill("000000")
    page.get_by_role("button", name="Turn it on").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    page.get_by_label("Code that the app shows").fill(code_for(secret))
    page.get_by_role("button", name="Turn it on").click()

    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    assert_accessible(page)
    code = page.locator(".eh-codes li").first.inner_text()
    page.goto("/accounts/logout/")
    assert_accessible(page)
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    sign_in(page)
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()

    expect(page.get_by_role("group").first).to_contain_text("Priya Nair")


def test_a_colleague_adds_a_passkey_and_signs_in_with_it(page: Page, priya: User) -> None:
    browser_tools = page.context.new_cdp_session(page)
    browser_tools.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    browser_tools.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {**key, "isUserVerified": True, "automaticPresenceSimulation": True}},
    )
    sign_in(page)
    expect(page.get_by_role("group").first).to_contain_text("Priya Nair")
    page.goto("/accounts/2fa/webauthn/add/")
    show_it_is_you(page)
    assert_accessible(page)
    page.get_by_label("Name", exact=True).fill("Work laptop")
    page.get_by_label("Use it without a password").check()
    page.get_by_role("button", name="Add it").click()
    expect(page).not_to_have_url(re.compile("add"))
    page.goto("/accounts/2fa/webauthn/")
    expect(page.get_by_role("main")).to_contain_text("Work laptop")
    assert_accessible(page)
    page.context.clear_cookies()
    page.goto("/accounts/login/")

    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_role("group").first).to_contain_text("Priya Nair")


def test_a_passkey_that_is_not_there_is_explained(page: Page, priya: User) -> None:
    browser_tools = page.context.new_cdp_session(page)
    browser_tools.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "usb", "hasResidentKey": True, "hasUserVerification": True}
    browser_tools.send("WebAuthn.addVirtualAuthenticator", {"options": key})
    page.goto("/accounts/login/")

    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_role("alert")).to_contain_text("The passkey was not used")


@pytest.mark.parametrize(
    "address",
    ["/accounts/password/reset/", "/accounts/password/reset/done/", "/accounts/signup/", "/accounts/inactive/"],
)
def test_pages_for_someone_who_cannot_sign_in_can_be_used_by_everyone(page: Page, address: str) -> None:
    page.goto(address)

    assert_accessible(page)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)

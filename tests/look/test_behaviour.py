"""What the few scripts do, and that everything works without them."""

import re

from playwright.sync_api import Browser, Page, expect


def without_script(browser: Browser, gallery: str) -> Page:
    return browser.new_context(base_url=gallery, java_script_enabled=False).new_page()


def test_the_slash_key_goes_to_the_check_box(page: Page) -> None:
    page.goto("/case")

    page.keyboard.press("/")

    expect(page.get_by_role("searchbox", name="Check a person or home")).to_be_focused()
    assert page.get_by_role("searchbox").input_value() == ""


def test_a_slash_that_is_written_stays_where_it_is_written(page: Page) -> None:
    page.goto("/questions")
    where = page.get_by_label("Where were you?")

    where.press_sequentially("Flat 2/3")

    expect(where).to_have_value("Flat 2/3")
    expect(where).to_be_focused()


def test_a_report_survives_a_lost_signal(page: Page) -> None:
    page.goto("/questions")
    page.get_by_label("Where were you?").fill("On the doorstep")
    page.get_by_label("Threats of violence or harm").check()
    page.get_by_label("Telephone").check()

    page.goto("/questions")

    expect(page.get_by_label("Where were you?")).to_have_value("On the doorstep")
    expect(page.get_by_label("Threats of violence or harm")).to_be_checked()
    expect(page.get_by_label("Telephone")).to_be_checked()
    expect(page.get_by_text("We put back what you had typed")).to_be_visible()


def test_a_draft_can_be_thrown_away(page: Page) -> None:
    page.goto("/questions")
    page.get_by_label("Where were you?").fill("On the doorstep")
    page.goto("/questions")

    page.get_by_role("button", name="Start afresh").click()
    page.goto("/questions")

    expect(page.get_by_label("Where were you?")).to_have_value("")
    expect(page.get_by_text("We put back what you had typed")).to_be_hidden()


def test_a_draft_is_gone_once_the_report_has_arrived(page: Page) -> None:
    page.goto("/questions")
    page.get_by_label("Where were you?").fill("On the doorstep")

    page.goto("/done")

    assert page.evaluate("Object.keys(localStorage)") == []


def test_a_draft_is_kept_for_the_colleague_who_wrote_it_and_never_the_page_token(page: Page) -> None:
    page.goto("/questions")
    page.get_by_label("Where were you?").fill("On the doorstep")

    assert page.evaluate("Object.keys(localStorage)") == ["evenhand.draft.gallery.7"]
    assert "csrf" not in page.evaluate("Object.values(localStorage).join()")


def test_two_presses_of_the_button_send_once(page: Page) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.goto("/questions")

    page.get_by_role("button", name="Record what happened").dblclick()

    expect(page.get_by_role("alert")).to_be_visible()
    assert len(sent) == 1


def test_a_mistake_is_reached_from_the_summary_by_keyboard(page: Page) -> None:
    page.goto("/mistakes")
    expect(page.locator(".govuk-error-summary")).to_be_focused()

    for words, label in [
        ("Choose how it happened", "Email"),
        ("Choose at least one behaviour", "Threats of violence or harm"),
    ]:
        page.get_by_role("link", name=words).press("Enter")
        choice = page.get_by_role("radio", name=label).or_(page.get_by_role("checkbox", name=label))
        expect(choice).to_be_focused()
    page.get_by_role("link", name="Say what was said or done").press("Enter")
    expect(page.get_by_label("What was said or done?")).to_be_focused()


def test_a_menu_closes_with_escape_and_gives_the_keyboard_back(page: Page) -> None:
    page.goto("/case")
    page.get_by_text("Priya Nair").first.press("Enter")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()

    page.keyboard.press("Escape")

    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_the_first_key_skips_to_the_content(page: Page) -> None:
    page.goto("/case")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main-content"


def test_what_stands_in_the_way_is_shown_instead_of_a_form_that_would_be_refused(page: Page) -> None:
    page.goto("/refused")

    expect(page.get_by_role("heading", name="You cannot do this yet")).to_be_visible()
    expect(page.get_by_text("Nobody has heard the customer's side")).to_be_visible()
    expect(page.get_by_role("link", name="Ask another manager to decide")).to_have_attribute(
        "href", "/cases/TQ7K-41/assign"
    )
    expect(page.get_by_role("textbox")).to_have_count(0)


def test_a_form_can_be_answered_and_menus_opened_without_javascript(browser: Browser, gallery: str) -> None:
    page = without_script(browser, gallery)
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/questions")

    page.get_by_role("main").get_by_role("button", name="Record what happened").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    expect(page).to_have_title(re.compile("^Error: "))
    page.get_by_text("Menu").click()
    page.get_by_role("link", name="Letters").click()

    expect(page).to_have_url(re.compile("/letters$"))
    page.context.close()


def test_the_check_box_works_without_javascript(browser: Browser, gallery: str) -> None:
    page = without_script(browser, gallery)
    page.goto("/case")

    page.get_by_role("searchbox", name="Check a person or home").fill("14 Larch Court")
    page.get_by_role("button", name="Check", exact=True).click()

    expect(page).to_have_url(re.compile(r"/check\?q=14\+Larch\+Court$"))
    page.context.close()

"""A report and its triage with the keys alone: whoever cannot use a mouse always sees where they are."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from evenhand.people.models import User
from evenhand.policy.conduct import Conduct
from evenhand.policy.events.incident import Triage
from tests.journeys.people import Colleague, standing
from tests.web.stories import Story

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PASSWORD = "four-grey-herons-on-a-weir"
MOST = 80
FOCUS = """() => {
    const at = document.activeElement, near = [at, ...(at.labels ?? [])];
    const drawn = (node, pseudo) => {
        const style = getComputedStyle(node, pseudo);
        return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
    };
    return near.some(node => drawn(node) || drawn(node, '::before'));
}"""


class Keys:
    """Hands that have a keyboard and nothing else. They see where they are, or the journey ends."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, key: str) -> "Keys":
        self.page.keyboard.press(key)
        return self

    def goes_to(self, role: str, name: str | re.Pattern[str]) -> "Keys":
        """On and on with the Tab key, until the thing of this name has the focus."""
        wanted = self.page.get_by_role(role, name=name).first  # type: ignore[arg-type]
        for _ in range(MOST):
            self.press("Tab")
            assert self.page.evaluate(FOCUS), f"Nothing shows where the focus is: {self.here()}"
            if wanted.evaluate("node => node === document.activeElement"):
                return self
        raise AssertionError(
            f"The keys do not lead to the {role} {name!r} on {self.page.url}; they end at {self.here()}"
        )

    def writes(self, name: str | re.Pattern[str], words: str) -> "Keys":
        self.goes_to("textbox", name)
        self.page.keyboard.type(words)
        return self

    def follows(self, link: str) -> "Keys":
        self.goes_to("link", link)
        with self.page.expect_navigation():
            self.press("Enter")
        return self

    def sends(self, button: str) -> "Keys":
        self.goes_to("button", button)
        with self.page.expect_navigation():
            self.press("Enter")
        return self

    def here(self) -> str:
        return self.page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


@pytest.fixture
def tom(story: Story) -> User:
    user = story.cast.investigator
    user.set_password(PASSWORD)
    user.save()
    return user


def signs_in(keys: "Keys", reader: Colleague, user: User) -> None:
    reader.opens("/accounts/login/")
    keys.writes(re.compile("Work e-?mail"), user.email).writes("Password", PASSWORD).sends("Sign in")
    reader.arrives().sees("Today")


def test_an_investigator_reports_and_triages_without_touching_a_mouse(
    story: Story, tom: User, contexts: Callable[..., BrowserContext], checked: set[tuple[object, ...]]
) -> None:
    page = contexts(viewport={"width": 1280, "height": 900}).new_page()
    keys, reader = Keys(page), Colleague(tom, page, checked)

    # Given someone who signs in with the keys,
    signs_in(keys, reader, tom)
    # who finds the box that is on every page with one,
    keys.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("bell")
    with page.expect_navigation():
        keys.press("Enter")
    reader.arrives().sees("Jo Bell")

    # when they report an incident,
    keys.follows("Report an incident")
    reader.arrives()
    keys.goes_to("checkbox", "Personal abuse").press("Space")
    keys.writes(re.compile("What was said or done"), "She called me names on the telephone.")
    keys.goes_to("radio", "By a visit to the home").press("ArrowDown")
    expect(page.get_by_role("radio", name="By telephone")).to_be_checked()
    keys.writes("Who was it?", "jo.bell@example.com").sends("Find the person")
    reader.arrives()
    expect(page.get_by_role("radio", name="Jo Bell")).to_be_checked()
    keys.sends("Send the report")
    reader.arrives().sees("Here is what happens next")
    story.reference = re.findall(r"EH-\w{4}-\w{4}", reader.main.inner_text())[0]
    # and triage it,
    keys.follows("Open the report")
    reader.arrives()
    keys.follows("Triage the report")
    reader.arrives()
    keys.goes_to("radio", re.compile("^A new case")).press("Space").sends("Save what it is")

    # then the case is open, as if a mouse had done it.
    reader.arrives().sees("The report was triaged.")
    (incident,) = standing(story).incident.all
    assert incident.conducts == {Conduct.PERSONAL_ABUSE} and incident.triage is Triage.NEW_CASE

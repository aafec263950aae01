"""Who walks the pages: a colleague with a browser of their own, and what people do in one, in their own words."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.urls import Resolver404, resolve
from playwright.sync_api import Locator, Page, expect

from evenhand.cases import reading
from evenhand.cases.reading import CaseFile
from evenhand.people.models import User
from evenhand.policy.case import Case
from evenhand.policy.events.event import Event
from evenhand.web import way
from tests.journeys.axe import assert_accessible
from tests.web.stories import Story

E = TypeVar("E", bound=Event)


@dataclass
class Colleague:
    """Someone who works here, at their own browser. Every page they come to is checked with axe the first time.

    Questions, answers, buttons and links are named as the page names them: who cannot find them by name could not use
    the page. `checked` is shared by all of a run's people.
    """

    user: User
    page: Page
    checked: set[tuple[object, ...]] = field(repr=False)
    script: bool = True

    def __post_init__(self) -> None:
        """A page whose scripts fail, or that its own content policy forbids something, says so where nobody looks."""
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda said: self.complaints.append(said.text) if "Policy" in said.text else None)

    def opens(self, address: str) -> "Colleague":
        answer = self.page.goto(address)
        assert answer is not None and answer.ok, f"{address} answered {answer and answer.status}"
        return self.arrives()

    def opens_case(self, story: Story, tab: str = "") -> "Colleague":
        return self.opens(way.to_case(story.reference) + (f"{tab}/" if tab else ""))

    def opens_verb(self, story: Story, verb: str, subject: str | None = None) -> "Colleague":
        """The page of one verb on the case, as the case's menu links to it."""
        return self.opens(way.to_verb(story.reference, verb, subject))

    def follows(self, words: str, exact: bool = False) -> "Colleague":
        self.page.get_by_role("main").get_by_role("link", name=words, exact=exact).first.click()
        return self.arrives()

    def sends(self, button: str) -> "Colleague":
        """Presses a button of the page and waits for what it leads to."""
        with self.page.expect_navigation():
            self.page.get_by_role("main").get_by_role("button", name=button, exact=True).click()
        return self.arrives()

    def writes(self, question: str, words: str) -> "Colleague":
        self._asked(question).fill(words)
        return self

    def chooses(self, answer: str, to: str = "") -> "Colleague":
        """One of several answers, whole or as far as "…"; `to` names the question, where several have the same."""
        self._within(to).get_by_role("radio", name=named(answer)).check()
        return self

    def ticks(self, *answers: str, to: str = "") -> "Colleague":
        for answer in answers:
            self._within(to).get_by_role("checkbox", name=named(answer)).check()
        return self

    def picks(self, question: str, answer: str) -> "Colleague":
        """One of a list that drops down; any part of the answer will do."""
        asked = self._asked(question)
        named = asked.locator("option").filter(has_text=answer).first.get_attribute("value")
        asked.select_option(named)
        return self

    def dates(self, question: str, day: date) -> "Colleague":
        boxes = self._within(question)
        for part, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            boxes.get_by_label(part).fill(str(number))
        return self

    def unfolds(self, summary: str) -> "Colleague":
        self.page.locator("summary").filter(has_text=summary).click()
        return self

    def sees(self, *words: str | re.Pattern[str]) -> "Colleague":
        for each in words:
            expect(self.main).to_contain_text(each)
        return self

    def does_not_see(self, *words: str) -> "Colleague":
        for each in words:
            expect(self.main).not_to_contain_text(each)
        return self

    def is_offered(self, link: str) -> "Colleague":
        expect(self.main.get_by_role("link", name=link).first).to_be_visible()
        return self

    def is_asked_nothing(self) -> "Colleague":
        """What stands in the way is shown instead of a form, so that nobody types in vain."""
        expect(self.main.locator("form.eh-form")).to_have_count(0)
        return self

    def finds_nothing_at(self, address: str) -> "Colleague":
        """To this colleague there is no such page."""
        answer = self.page.goto(address)
        assert answer is not None and answer.status == 404, f"{address} answered {answer and answer.status}"
        return self

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    def arrives(self) -> "Colleague":
        """Wherever this is, it is a page that worked, and one that everyone can use."""
        expect(self.page.locator("h1")).to_have_count(1)
        assert not self.complaints, f"{self.page.url}: {self.complaints}"
        route = self._route()
        width = self.page.viewport_size["width"] if self.page.viewport_size else 0
        # A page may look other with what stands in the way, with mistakes, or with what changed meanwhile.
        shown = self.page.locator(".eh-objections, .govuk-error-summary, #news-title, form.eh-form").evaluate_all(
            "found => [...new Set(found.map(each => each.id || each.className))].sort().join()"
        )
        this = (route, shown, width)
        if self.script and this not in self.checked:
            self.checked.add(this)
            assert_accessible(self.page)
        return self

    def _route(self) -> str:
        path = re.sub(r"^https?://[^/]+|[?#].*$", "", self.page.url)
        try:
            return resolve(path).url_name or path
        except Resolver404:
            return path

    def _asked(self, question: str) -> Locator:
        return self.main.get_by_label(question).first

    def _within(self, question: str) -> Locator:
        if not question:
            return self.main
        return self.main.locator("fieldset").filter(has=self.page.locator("legend", has_text=question)).last


def named(answer: str) -> re.Pattern[str]:
    """What matches an answer's whole words, or its beginning where it is cut short by "…"."""
    begun = answer.removesuffix("…")
    end = r"\s*$" if begun == answer else ""
    return re.compile(rf"^\s*{re.escape(begun)}{end}")


def case_of(story: Story) -> CaseFile:
    """The case's file, as a director may see it."""
    return reading.case_file(story.reference, story.cast.director, story.day)


def standing(story: Story) -> Case:
    """Where the case stands by its record."""
    return case_of(story).case


def happened(story: Story, kind: type[E]) -> list[E]:
    """What of this kind the record holds, in order."""
    return [entry.event for entry in case_of(story).entries if isinstance(entry.event, kind)]

"""Every page, file, export and search, walked as every role, as no role and as nobody: who may, and that a refusal
says nothing more. Addresses are found in the resolver itself, so that a new page cannot escape.
"""

import re
from collections.abc import Callable, Iterator
from itertools import cycle

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, reverse

from evenhand.cases import models, sight
from evenhand.people import colleague
from evenhand.people.models import User
from evenhand.policy.staff import Role
from evenhand.web import way
from tests.security import routes
from tests.security.crawl import Fetched, fetched
from tests.web.stories import Story

pytestmark = pytest.mark.django_db
PAGES = routes.every()
SignIn = Callable[[User], Client]
METHODS = ("put", "patch", "delete", "options", "trace", "head")


def known(story: Story) -> dict[str, str]:
    """Parts of addresses that name what is there."""
    assert story.person and story.home
    return {
        "reference": story.reference,
        "subject": "M1",
        "letter": "T1",
        "format": "plain-text",
        "signed": way.PEOPLE.sign(str(story.person.pk)),
        "pk": str(story.cast.colleague.pk),
    }


def closed_to_anyone_else() -> Iterator[tuple[str, URLPattern]]:
    return ((path, page) for path, page in sorted(PAGES.items()) if page.name not in routes.OPEN_TO_ANYONE)


def test_every_page_names_who_may_use_it() -> None:
    for path, page in PAGES.items():
        assert page.name, f"{path} has no name"
        assert page.name in routes.OPEN_TO_ANYONE or routes.who_may(page), f"{path} does not say who may use it"


def test_nobody_sees_or_does_anything_without_signing_in(story: Story) -> None:
    story.decide()
    nobody = Client()
    for path, page in closed_to_anyone_else():
        there = routes.address(path, page, **known(story))
        for answer in (nobody.get(there), nobody.post(there, {"reference": story.reference})):
            assert answer.status_code == 302 and answer.content == b"", f"{path} answered nobody"
            assert answer["Location"].startswith(reverse("account_login") + "?next="), path


def test_to_nobody_what_is_there_and_what_is_not_look_alike(story: Story) -> None:
    """One who is not signed in cannot try references, letters or files: all lead to the same page."""
    story.decide()
    nobody = Client()
    for path, page in closed_to_anyone_else():
        there, nowhere = (routes.address(path, page, **told) for told in (known(story), {}))
        answers = [nobody.get(each)["Location"].replace(each, "") for each in (there, nowhere)]
        assert len({answer.partition("?")[0] for answer in answers}) == 1, path


def test_no_page_of_signing_in_fails_or_lets_anyone_in() -> None:
    nobody = Client(raise_request_exception=False)
    for path, page in routes.of_signing_in().items():
        there = routes.address(path, page, key="1-1", uidb36="1", provider_id="landlord", pk="1")
        for answer in (nobody.get(there), nobody.post(there)):
            assert answer.status_code in (200, 302, 400, 401, 403, 404, 405, 429), f"{path}: {answer.status_code}"
            assert "_auth_user_id" not in nobody.session, path


@pytest.mark.parametrize("role", [*Role, None], ids=str)
def test_a_role_is_let_in_where_a_page_names_it_and_nowhere_else(role: Role | None, story: Story, as_: SignIn) -> None:
    """Whoever is not of `who` is refused, in the same bytes whether or not there is such a thing; whoever is gets a
    page or is told there is none, never a fault. The role alone, so that none lends another its rights."""
    story.decide()
    browser = as_(colleague.join("one@example.org", "Una", "Rolle", [role] if role else []))
    knows = browser.get(way.to_case(story.reference)).status_code == 200
    for path, page in closed_to_anyone_else():
        there, nowhere = routes.address(path, page, **known(story)), routes.address(path, page)
        answer = browser.get(there)
        if role in routes.who_may(page):
            assert answer.status_code in (200, 302, 404, 405), f"{path} answered {role} with {answer.status_code}"
            continue
        assert answer.status_code in (403, 404), f"{path} let {role} in with {answer.status_code}"
        if routes.parts(path):
            assert browser.post(there, {"token": "t"}).status_code in (403, 404), f"{path} let {role} act"
        if there != nowhere and not (knows and "reference" in routes.parts(path)):
            assert answered(answer, there) == answered(browser.get(nowhere), nowhere), path


def without_token(answer: HttpResponse) -> bytes:
    """The page without what is drawn anew each time it is shown."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", answer.content)


def test_no_other_method_does_anything_or_fails(story: Story, as_: SignIn) -> None:
    story.decide()
    browser = as_(story.cast.manager)
    browser.raise_request_exception = False
    before = events_of(story)
    for (path, page), method in zip(closed_to_anyone_else(), cycle(METHODS), strict=False):
        status = getattr(browser, method)(routes.address(path, page, **known(story))).status_code
        assert status in (200, 302, 403, 404, 405), f"{method} {path}: {status}"
    assert events_of(story) == before


def events_of(story: Story) -> list[tuple[int, str]]:
    return list(models.Event.objects.filter(case__reference=story.reference).values_list("number", "kind"))


@pytest.mark.parametrize("who", ["colleague", "investigator", "planner"])
def test_a_case_one_may_not_know_of_answers_as_one_that_is_not_there(who: str, story: Story, as_: SignIn) -> None:
    """Page, act, letter or file: the same bytes for a case of others and for a reference that nobody ever drew."""
    story.report(by=story.cast.duty).decide().approve()
    viewer = getattr(story.cast, who)
    browser = as_(viewer)
    row = models.Case.objects.get(reference=story.reference)
    if sight.parts_seen(viewer, row, story.day):
        row.holder, row.reporters = story.cast.manager.actor_id, []
        row.save(update_fields=["holder", "reporters"])
    for path, page in closed_to_anyone_else():
        if "reference" not in routes.parts(path):
            continue
        told = {"subject": "I1", "letter": "T1", "format": "plain-text"}
        there, nowhere = (routes.address(path, page, **told, **more) for more in ({"reference": story.reference}, {}))
        for method in (browser.get, browser.post):
            one, other = (answered(method(each), each) for each in (there, nowhere))
            assert one == other and one.status in (403, 404, 405), f"{path} tells {who} that the case is there"


def answered(answer: HttpResponse, asked: str) -> Fetched:
    told = fetched(answer)
    body = without_token(answer).replace(asked.encode(), b"")
    return Fetched(told.status, told.kind, told.leads_to.replace(asked, ""), told.named, body)

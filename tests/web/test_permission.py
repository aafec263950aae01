"""Every address, walked as every role and as nobody: who may, and that a refusal says nothing more.

Addresses are found in the resolver itself, so that a new page cannot escape.
"""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from evenhand.people.models import User
from tests.web.stories import Cast, Story

pytestmark = pytest.mark.django_db

OPEN_TO_ANYONE = {"policy", "welcome", "welcome.visits", "health", "api.docs"}
"""The public page of the policy; the demonstration's welcome, which is not there in earnest."""


def pages(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            if "allauth" not in str(pattern.urlconf_name):
                yield from pages(pattern, prefix + str(pattern.pattern))
        else:
            yield prefix + str(pattern.pattern), pattern


PAGES = dict(pages(get_resolver()))


def who_may(pattern: URLPattern) -> frozenset[object] | None:
    view = getattr(pattern.callback, "view_class", pattern.callback)
    return getattr(view, "who", None)


def address(pattern: URLPattern, story: Story) -> str:
    """An address of this page in the story's case; subjects and files are ones that do not exist."""
    given = {name: "none" for name in pattern.pattern.converters} | dict.fromkeys(
        pattern.pattern.regex.groupindex, "X1"
    )
    known = {"reference": story.reference, "subject": "M1", "letter": "T1"}
    kwargs = {name: known.get(name, "1") for name in given}
    return reverse(str(pattern.name), kwargs=kwargs)


def test_every_page_names_who_may_use_it() -> None:
    for path, pattern in PAGES.items():
        assert pattern.name, f"{path} has no name"
        assert pattern.name in OPEN_TO_ANYONE or who_may(pattern), f"{path} does not say who may use it"


def test_nobody_sees_anything_without_signing_in(story: Story) -> None:
    story.investigate()
    for path, pattern in PAGES.items():
        if pattern.name in OPEN_TO_ANYONE:
            continue
        there = address(pattern, story)
        for answer in (Client().get(there), Client().post(there)):
            assert answer.status_code == 302, f"{path} answered nobody with {answer.status_code}"
            assert answer["Location"].startswith(reverse("account_login")), path


def test_every_page_as_every_role(story: Story, cast: Cast) -> None:
    """Whoever is not of `who` is refused; whoever is gets a page or is told that there is none, never a fault."""
    story.investigate()
    for colleague in cast.everyone:
        client = Client()
        client.force_login(colleague)
        for path, pattern in sorted(PAGES.items()):
            if pattern.name in OPEN_TO_ANYONE:
                continue
            answer = client.get(address(pattern, story))
            check(path, colleague, who_may(pattern) or frozenset(), answer.status_code)


def check(path: str, colleague: User, who: frozenset[object], status: int) -> None:
    roles = ", ".join(colleague.roles)
    if colleague.actor.roles.isdisjoint(who):  # type: ignore[arg-type]
        assert status in (403, 404, 405), f"{path} let {roles} in with {status}"
    else:
        assert status in (200, 302, 404, 405), f"{path} answered {roles} with {status}"

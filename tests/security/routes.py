"""Every address there is, found in the resolvers themselves, so that a new page cannot escape what is tested of all."""

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver, reverse

OPEN_TO_ANYONE = {"policy", "welcome", "welcome.visits", "health", "api.docs"}
"""The public page of the policy; the demonstration's welcome, which is not there in earnest."""
NOWHERE = {"reference": "EH-2222-2222", "subject": "X9", "letter": "T99", "exhibit": "0" * 16, "kind": "none"}
"""Parts of addresses, well formed, that name nothing."""


def every() -> dict[str, URLPattern]:
    """All of Evenhand's own pages, by their paths."""
    return dict(_found(get_resolver(), ours=True))


def of_signing_in() -> dict[str, URLPattern]:
    """The pages of signing in, which come with a package."""
    return {path: found for path, found in _found(get_resolver(), ours=False) if found.name}


def _found(resolver: URLResolver, ours: bool, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _found(pattern, ours, path)
        elif ours is not path.lstrip("^").startswith("accounts/"):
            yield path, pattern


def view_of(pattern: URLPattern) -> object:
    return getattr(pattern.callback, "view_class", pattern.callback)


def who_may(pattern: URLPattern) -> frozenset[object]:
    """The roles that a page names as those who may use it."""
    return getattr(view_of(pattern), "who", None) or frozenset()


def parts(path: str) -> dict[str, bool]:
    """What has to be known to write an address, and whether it is a number."""
    named = {name: False for name in re.findall(r"\(\?P<(\w+)>", path)}
    return named | {name: kind == "int" for kind, name in re.findall(r"(?<!\?P)<(?:(\w+):)?(\w+)>", path)}


def address(path: str, page: URLPattern, **known: str) -> str:
    """An address of this page with these parts; whatever else it needs names nothing."""
    told = {
        name: known.get(name) or ("999999" if number else NOWHERE.get(name, "none"))
        for name, number in parts(path).items()
    }
    return reverse(str(page.name), kwargs=told)

"""Everything that can be fetched from where one stands: every address without parts, and every link that is found."""

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin

from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

LINK = re.compile(r"""(?:href|action)=["'](/[^"'#]*)""")
NOT_FOLLOWED = ("/accounts/", "/static/", "/api/v1/docs")
"""Signing in and out tells nothing of a case and would end the walk; the other two are the same for everybody."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """One answer, every byte of it that a visitor sees."""

    status: int
    kind: str
    leads_to: str
    named: str
    body: bytes


def roots() -> list[str]:
    """The addresses that need nothing to be known, found in the resolver itself."""
    found = []
    for pattern in _patterns(get_resolver()):
        try:
            found.append(reverse(str(pattern.name)))
        except NoReverseMatch:
            continue
    return sorted({each for each in found if not each.startswith(NOT_FOLLOWED)})


def _patterns(resolver: URLResolver) -> Iterable[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern)
        elif pattern.name:
            yield pattern


def fetched(answer: HttpResponseBase) -> Fetched:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return Fetched(
        answer.status_code,
        answer.get("Content-Type", ""),
        answer.get("Location", ""),
        answer.get("Content-Disposition", ""),
        body,
    )


def everything(client: Client, start: Iterable[str], most: int = 1_000, only: str = "") -> dict[str, Fetched]:
    """What every address leads to that can be reached by links from those given. Raises where there are too many.

    `only`: no link is followed but those with this in them.
    """
    waiting = deque(dict.fromkeys(start))
    seen = set(waiting)
    found: dict[str, Fetched] = {}
    while waiting:
        address = waiting.popleft()
        found[address] = page = fetched(client.get(address))
        assert len(found) <= most, "There is no end to these pages."
        for link in _links(address, page):
            if only in link and link not in seen and not link.startswith(NOT_FOLLOWED):
                seen.add(link)
                waiting.append(link)
    return found


def _links(address: str, page: Fetched) -> Iterable[str]:
    if page.leads_to.startswith("/"):
        yield page.leads_to
    if page.kind.startswith("text/html"):
        for link in LINK.findall(page.body.decode()):
            yield urljoin(address, unescape(link))


def differences(one: dict[str, Fetched], other: dict[str, Fetched]) -> list[str]:
    """Addresses that only one of them knows, and those that answer differently, with where."""
    told = [f"{address} is there in one alone" for address in sorted(one.keys() ^ other.keys())]
    for address in sorted(one.keys() & other.keys()):
        if one[address] != other[address]:
            told.append(f"{address} answers differently: {_first(one[address], other[address])}")
    return told


def _first(one: Fetched, other: Fetched) -> str:
    if one.body == other.body:
        return f"{one.status} {one.leads_to} {one.named} / {other.status} {other.leads_to} {other.named}"
    at = next((i for i, (a, b) in enumerate(zip(one.body, other.body, strict=False)) if a != b), 0)
    around = slice(max(at - 60, 0), at + 60)
    return f"…{one.body[around]!r} / …{other.body[around]!r}"

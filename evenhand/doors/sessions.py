"""Whose browser it is: every session is told what asks, in words that a colleague knows their own by."""

from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest

BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
"""In this order: each names itself, and then those before it."""
SYSTEMS = (
    ("iPhone", "an iPhone"), ("iPad", "an iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("CrOS", "a Chromebook"), ("Macintosh", "a Mac"), ("Linux", "Linux"),
)  # fmt: skip


class Sessions(SessionMiddleware):
    """Django's own, which also says what asks."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.session.browser = in_words(request.META.get("HTTP_USER_AGENT", ""))  # type: ignore[attr-defined]


def in_words(said: str) -> str:
    """“Firefox on Windows”; empty for what we do not know. Nothing more is kept: neither version nor address."""
    browser = next((words for mark, words in BROWSERS if mark in said), "")
    system = next((words for mark, words in SYSTEMS if mark in said), "")
    return f"{browser or 'A browser'} on {system}" if system else browser

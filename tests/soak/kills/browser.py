"""A colleague's browser, and one who does not give up: what was not answered is sent again, the very same form."""

import http.client
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

PATIENCE = 60.0
PAUSE = 0.05


class NotDone(Exception):
    """The page came back and did not take the form; the words say what it said."""


class Lost(Exception):
    """No answer came, or one that says that something broke."""


class Fields(HTMLParser):
    """What the form of a page carries: whatever a browser would send of it before anyone answers."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.carried: dict[str, list[str]] = {}
        self._writing = self._choosing = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "textarea":
            self._writing = name
            self.carried[name] = [""]
        elif tag == "select":
            self._choosing = name
        elif tag == "option" and self._choosing and "selected" in given:
            self.carried.setdefault(self._choosing, []).append(given.get("value", ""))
        elif tag == "input" and name and kind not in ("submit", "button", "file", "search"):
            if kind not in ("radio", "checkbox") or "checked" in given:
                self.carried.setdefault(name, []).append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._writing = ""
        elif tag == "select":
            self._choosing = ""

    def handle_data(self, data: str) -> None:
        if self._writing:
            self.carried[self._writing] = [self.carried[self._writing][0] + data.removeprefix("\n")]


@dataclass
class Sent:
    """A form that was taken: where it led, and how often it had to be sent."""

    token: str
    led_to: str
    times: int


@dataclass
class Browser:
    """One colleague signed in. `cookies` by name."""

    port: int
    cookies: dict[str, str]
    patience: float = PATIENCE
    over: Callable[[], bool] = field(default=lambda: False)

    def send(self, address: str, answers: dict[str, Any]) -> Sent:
        """Opens a page, answers its form and sends it until it is taken. Raises `NotDone`; `Lost` if nobody answers."""
        page = self._until(lambda: self._ask("GET", address))
        if page.status != 200:
            raise NotDone(f"{address}: {page.status}")
        data = {**Fields(page.body).carried, **answers}
        token, times = "".join(data.get("token", [])), 0

        def once() -> Answer:
            nonlocal times
            times += 1
            return self._ask("POST", address, urlencode(data, doseq=True))

        answer = self._until(once)
        if answer.status != 302:
            raise NotDone(f"{address}, sent {times} times: {answer.status}: {told(answer.body)}")
        return Sent(token, answer.location, times)

    def _until(self, ask: Callable[[], "Answer"]) -> "Answer":
        until = time.monotonic() + self.patience
        while True:
            try:
                return ask()
            except Lost:
                if time.monotonic() > until or self.over():
                    raise
                time.sleep(PAUSE)

    def _ask(self, method: str, address: str, body: str | None = None) -> "Answer":
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.patience)
        headers = {"Host": "localhost", "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, address, body, headers)
            answer = connection.getresponse()
            said = answer.read().decode()
        except (OSError, http.client.HTTPException) as trouble:
            raise Lost(str(trouble)) from trouble
        finally:
            connection.close()
        if answer.status >= 500:
            raise Lost(f"{answer.status}")
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            if name == "csrftoken":
                self.cookies[name] = value
        return Answer(answer.status, answer.getheader("Location", ""), said)


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    body: str


class _Told(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.feed(page.partition("<main")[2].partition("</main")[0])

    def handle_data(self, data: str) -> None:
        self.words += data.split()


def told(page: str) -> str:
    """The beginning of what a page says, without its marks."""
    return " ".join(_Told(page).words)[:600]

"""The way in answers while everything else is loaded: with the very pages that the whole has, and with no others."""

import os
import re
import signal
import socketserver
import subprocess
import sys
import threading
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory

from evenhand import entrance, serving, web_server
from evenhand.children import LOADING
from evenhand.people.models import Provenance
from evenhand.people.models.landlord import ProvenanceKind
from tests.foundations.conftest import ROOT, wait_until

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SECRET = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


def asked(web: WSGIHandler, path: str) -> tuple[int, dict[str, str], str]:
    """The status, the headers, and the page without what differs every time."""
    answer = web.get_response(RequestFactory().get(path))
    assert isinstance(answer, HttpResponse)
    headers = {name: value for name, value in answer.items() if name != LOADING}
    if "Expires" in headers:
        headers["Expires"] = "the second it was answered in"
    return answer.status_code, headers, SECRET.sub("", answer.content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize("kind", list(ProvenanceKind))
@pytest.mark.parametrize(
    "path", ["/", "/?show=mine", "/accounts/login/", "/accounts/login/?next=/cases/", "/static/no"]
)
def test_whoever_comes_first_is_shown_what_everybody_is(
    path: str, kind: ProvenanceKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entrance, "load", lambda: pytest.fail("not for this"))
    Provenance.objects.all().delete()
    Provenance.objects.create(kind=kind, at=NOW)
    first = asked(entrance.Entrance(), path)
    assert first == asked(WSGIHandler(), path)
    assert first[0] in (200, 302, 404)


@pytest.mark.django_db
def test_whoever_asks_for_another_page_waits_until_everything_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []
    monkeypatch.setattr(entrance, "load", lambda: loaded.append("all"))
    first = entrance.Entrance()
    assert asked(first, "/policy/") == asked(WSGIHandler(), "/policy/")
    assert asked(first, "/policy/")[0] in (200, 302)
    assert loaded == ["all"], "It loads everything again beside those that answer."


def test_only_looking_at_the_way_in_without_a_session_is_first() -> None:
    make = RequestFactory()
    assert entrance.is_first(make.get("/accounts/login/"))
    assert entrance.is_first(make.head("/"))
    assert not entrance.is_first(make.post("/accounts/login/"))
    assert not entrance.is_first(make.get("/api/v1/check"))
    assert not entrance.is_first(make.get("/", headers={"cookie": "sessionid=somebody"}))


@pytest.mark.parametrize(("header", "ready"), [("", True), (f"{LOADING.lower()}: yes\r\n", False)])
def test_the_service_is_ready_only_when_everything_is_loaded(header: str, ready: bool) -> None:
    class Web(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.recv(1000)
            self.request.sendall(f"HTTP/1.1 302 Found\r\n{header}\r\n".encode())

    with socketserver.TCPServer(("127.0.0.1", 0), Web) as web:
        thread = threading.Thread(target=web.handle_request)
        thread.start()
        assert serving.answers("127.0.0.1", web.server_address[1]) is ready
        thread.join()


class First:
    """A process that goes when it has been asked to and then looked at twice; or only when it is killed."""

    def __init__(self, told: list[str], stubborn: bool) -> None:
        self.told, self.left = told, ["killed"] if stubborn else ["alive", "alive"]

    def terminate(self) -> None:
        self.told.append("go")

    def kill(self) -> None:
        self.told.append("killed")
        self.left.clear()

    def is_alive(self) -> bool:
        if "go" in self.told and self.left:
            self.left = self.left[1:] if self.left[0] == "alive" else self.left
            return True
        return "go" not in self.told


@pytest.mark.parametrize("stubborn", [False, True])
def test_the_first_goes_only_when_those_with_everything_answer(stubborn: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    answers = iter([False, False, True])

    def answering(host: str, port: int) -> bool:
        told.append("asked")
        return next(answers)

    first = First(told, stubborn)
    monkeypatch.setattr(web_server, "HANDED_OVER", 0.01)
    monkeypatch.setattr(web_server, "AGAIN", 0.01)
    monkeypatch.setattr(web_server, "LET_FINISH", 0)
    monkeypatch.setattr(web_server, "STOPPED", 0.1 if stubborn else 60)
    monkeypatch.setattr(web_server, "answers", answering)
    monkeypatch.setattr(web_server, "serve", lambda *_, **__: wait_until(lambda: not first.is_alive(), "it has gone"))
    before = signal.getsignal(signal.SIGALRM)
    try:
        web_server.serve_whole(Namespace(host="127.0.0.1", port=1, workers=1), first)  # type: ignore[arg-type]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert told == ["asked"] * 3 + ["go"] + ["killed"] * stubborn


LITTLE = """
import sys
from evenhand.entrance import load_entrance
load_entrance()
print(*sorted({name.partition(".")[0] for name in sys.modules}), *(n for n in sys.modules if n.startswith("evenhand.")))
"""
MUCH = {"ninja", "pydantic", "fido2", "cryptography", "typst", "pikepdf", "holidays", "requests", "phonenumbers"}
MUCH |= {"evenhand.policy.demand.sentence", "evenhand.web.demand_chart"}
MUCH |= {"psutil", "evenhand.policy.case", "evenhand.cases.letter_check", "evenhand.cases.reading", "evenhand.web.case"}


def test_the_way_in_does_not_wait_for_what_it_does_not_need(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LITTLE],
        cwd=ROOT,
        env={"EVENHAND_VAR": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert MUCH & set(done.stdout.split()) == set()


WITH_A_PROVIDER = """
import os
from evenhand import entrance
entrance.load_entrance()
entrance.load = lambda: os._exit(2)
from django.core.handlers.wsgi import WSGIHandler
from tests.foundations.test_entrance import asked
path = "/accounts/login/?next=/cases/"
first = asked(entrance.Entrance(), path)
assert first[0] == 200, first[0]
assert first == asked(WSGIHandler(), path)
assert 'action="/accounts/oidc/landlord/login/?process=login&amp;next=%2Fcases%2F"' in first[2], first[2]
assert "Sign in with Townsend’s sign-in" in first[2], first[2]
"""


@pytest.mark.django_db
def test_whoever_comes_first_is_offered_the_landlords_own_sign_in() -> None:
    said = connection.settings_dict
    who = ":".join(quote(said[name], safe="") for name in ("USER", "PASSWORD") if said[name])
    place = {name: said[key] for name, key in (("host", "HOST"), ("port", "PORT")) if said[key]}
    given = {
        "DATABASE_URL": f"postgresql://{who}@/{said['NAME']}?{urlencode(place)}",
        "EVENHAND_VAR": str(settings.VAR),
        # Static files keep their names, so that none need be laid out.
        "EVENHAND_DEBUG": "1",
        "EVENHAND_HOSTS": "testserver",
        "OIDC_SERVER_URL": "https://sign-in.townsend.example",
        "OIDC_CLIENT_ID": "evenhand",
        "OIDC_SECRET": "of the two of them",
        "OIDC_NAME": "Townsend’s sign-in",
    }
    ours = ("EVENHAND_", "DATABASE_", "DJANGO_", "EMAIL_", "OIDC_", "PYTEST_")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(ours)} | given
    command = [sys.executable, "-c", WITH_A_PROVIDER]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr

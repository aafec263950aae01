"""What Evenhand is built of is listed, and nobody takes silence for word that nothing in it is known to be weak."""

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.foundations.conftest import ROOT

LOCKS = ("requirements/runtime.txt", "requirements/test.txt", "requirements/node.txt", "package-lock.json")


class Osv(HTTPServer):
    """As the public list answers: one answer for each part that is asked about, in their order."""

    weak: dict[str, str]
    asked: list[tuple[str, str, str]]


class Answer(BaseHTTPRequestHandler):
    server: Osv

    def do_POST(self) -> None:
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
        self.server.asked = [(one["package"]["ecosystem"], one["package"]["name"], one["version"]) for one in told]
        found = [{"vulns": [{"id": self.server.weak[name]}]} if name in self.server.weak else {} for _, name, _ in
                 self.server.asked]  # fmt: skip
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"results": found}).encode())

    def log_message(self, *said: object) -> None:
        return


@pytest.fixture
def osv() -> Iterator[Osv]:
    with Osv(("127.0.0.1", 0), Answer) as server:
        server.weak, server.asked = {}, []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name in ("script/parts", "requirements/parts.json", *LOCKS):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def parts(checkout: Path, *given: str, osv: Osv | None = None) -> "subprocess.CompletedProcess[str]":
    address = f"http://127.0.0.1:{osv.server_port if osv else 9}/v1/querybatch"
    command = [sys.executable, str(checkout / "script/parts"), *given]
    return subprocess.run(command, capture_output=True, text=True, env={"EVENHAND_OSV": address})


def test_the_list_of_parts_is_what_the_locks_say(checkout: Path) -> None:
    assert parts(checkout, "--check").returncode == 0
    told = json.loads((checkout / "requirements/parts.json").read_text())
    names = {each["name"] for each in told["components"]}
    assert {"django", "psycopg", "typst", "govuk-frontend"} <= names and "pytest" not in names
    lock = checkout / "requirements/runtime.txt"
    lock.write_text(lock.read_text().replace("django==", "django==9"))
    stale = parts(checkout, "--check")
    assert stale.returncode == 1 and "run script/parts" in stale.stderr
    assert parts(checkout).returncode == 0 and parts(checkout, "--check").returncode == 0


def test_every_part_is_asked_about_and_a_known_weakness_is_said(checkout: Path, osv: Osv) -> None:
    assert parts(checkout, "--weak", osv=osv).returncode == 0
    assert {("PyPI", "django"), ("PyPI", "pytest"), ("npm", "sass")} <= {each[:2] for each in osv.asked}
    assert parts(checkout, "--check").stderr == ""
    osv.weak = {"django": "GHSA-1234"}
    weak = parts(checkout, "--weak", osv=osv)
    assert weak.returncode == 1 and "pkg:pypi/django@" in weak.stdout and "GHSA-1234" in weak.stdout
    assert "Warning: a weakness is known in pkg:pypi/django@" in parts(checkout, "--check").stderr


def test_whoever_cannot_ask_is_not_told_that_nothing_is_known(checkout: Path) -> None:
    done = parts(checkout, "--weak")
    assert done.returncode == 2 and "nobody knows" in done.stderr
    assert "nobody has asked yet" in parts(checkout, "--check").stderr


def test_asking_is_not_for_ever_nor_for_other_versions(checkout: Path, osv: Osv) -> None:
    parts(checkout, "--weak", osv=osv)
    asked = checkout / "requirements/asked.json"
    noted = json.loads(asked.read_text())
    asked.write_text(json.dumps(noted | {"on": date(2026, 1, 2).isoformat()}))
    assert "nobody has asked since 2026-01-02" in parts(checkout, "--check").stderr
    asked.write_text(json.dumps(noted | {"parts": "others"}))
    assert "versions changed since" in parts(checkout, "--check").stderr

"""What an operator says in the environment is understood, or refused in words that help."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from evenhand import environment, serving
from evenhand.browser import content_policy
from evenhand.database.place import Place, described
from tests.foundations.conftest import ROOT
from tests.foundations.test_serving import free_port


def test_a_database_address_is_read_whole() -> None:
    read = environment.database("postgresql://clerk:p%40ss%2Fword@db.example.org:6432/casework?sslmode=verify-full")
    assert (read["USER"], read["PASSWORD"]) == ("clerk", "p@ss/word")
    assert (read["HOST"], read["PORT"], read["NAME"]) == ("db.example.org", "6432", "casework")
    assert read["OPTIONS"] == {"sslmode": "verify-full"}


def test_a_database_behind_a_socket_is_found() -> None:
    read = environment.database("postgresql:///casework?host=/run/postgresql&port=5433")
    assert (read["HOST"], read["PORT"], read["NAME"], read["USER"]) == ("/run/postgresql", "5433", "casework", "")


@pytest.mark.parametrize("url", ["sqlite:///casework.db", "mysql://db/casework", "casework"])
def test_another_kind_of_database_is_refused(url: str) -> None:
    with pytest.raises(environment.BadSetting, match="DATABASE_URL must begin with postgresql://"):
        environment.database(url)


def test_a_database_that_no_longer_answers_is_given_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Over a network by the system's own patience; of the embedded one each statement of a page has its time."""
    monkeypatch.setenv("EVENHAND_POOL", "3")
    monkeypatch.setenv("DATABASE_URL", "postgresql://eve@host/name?connect_timeout=3")
    own = described(None, as_owner=False)["OPTIONS"]
    assert (str(own["connect_timeout"]), own["tcp_user_timeout"]) == ("3", 30_000) and "options" not in own
    assert "statement_timeout=60s" in described(Place(tmp_path), as_owner=False)["OPTIONS"]["options"]
    monkeypatch.setenv("EVENHAND_POOL", "0")
    assert "options" not in described(Place(tmp_path), as_owner=False)["OPTIONS"]


def test_a_database_without_a_name_is_refused() -> None:
    with pytest.raises(environment.BadSetting, match="must end with the name of a database"):
        environment.database("postgresql://clerk@db.example.org/")


@pytest.mark.parametrize(
    ("url", "port", "starttls", "tls"),
    [
        ("smtp://mail.example.org", 25, False, False),
        ("smtp+tls://name:p%40ss@mail.example.org", 587, True, False),
        ("smtps://mail.example.org", 465, False, True),
        ("smtp+tls://mail.example.org:2525", 2525, True, False),
    ],
)
def test_post_goes_by_the_server_that_was_named(url: str, port: int, starttls: bool, tls: bool) -> None:
    read = environment.mail(url)
    assert read["EMAIL_HOST"] == "mail.example.org"
    assert (read["EMAIL_PORT"], read["EMAIL_USE_TLS"], read["EMAIL_USE_SSL"]) == (port, starttls, tls)
    assert read["EMAIL_HOST_PASSWORD"] == ("p@ss" if "name" in url else "")


@pytest.mark.parametrize("url", ["mail.example.org", "https://mail.example.org", "smtp://"])
def test_a_post_address_that_makes_no_sense_is_refused(url: str) -> None:
    with pytest.raises(environment.BadSetting, match="EMAIL_URL must look like"):
        environment.mail(url)


def test_the_secret_key_is_made_once_and_only_its_owner_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EVENHAND_SECRET_KEY", raising=False)
    first = environment.secret_key(tmp_path / "var")
    assert len(first) > 50
    assert environment.secret_key(tmp_path / "var") == first
    assert (tmp_path / "var" / "secret-key").stat().st_mode & 0o777 == 0o600
    (tmp_path / "var" / "secret-key").write_text("")
    assert len(environment.secret_key(tmp_path / "var")) > 50
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret-key"]


def test_a_wrong_setting_is_told_without_a_traceback(tmp_path: Path) -> None:
    wrong = {"EVENHAND_VAR": str(tmp_path), "DATABASE_URL": "sqlite://x"}
    command = [sys.executable, "-m", "evenhand", "migrate"]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | wrong, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("DATABASE_URL must begin with postgresql://")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("behind", "trusted"), [("1", "1"), ("0", "0")])
def test_a_visitors_address_is_the_proxys_word_only_where_there_is_one(
    behind: str, trusted: str, tmp_path: Path
) -> None:
    told = os.environ | {"EVENHAND_VAR": str(tmp_path), "EVENHAND_BEHIND_PROXY": behind}
    asked = "from evenhand import settings as s; print(getattr(s, 'ALLAUTH_TRUSTED_PROXY_COUNT', 0))"
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, env=told, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == trusted


def test_a_form_may_lead_only_to_us_and_the_landlords_own_sign_in() -> None:
    assert "form-action 'self'" in content_policy([])
    policy = content_policy(["https://login.example.org/realms/landlord"])
    assert "form-action 'self' https://login.example.org" in policy
    assert "unsafe" not in policy


def test_every_page_forbids_foreign_scripts_and_frames(client: Client, db: None) -> None:
    answer = client.get("/accounts/login/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_nobody_signs_up_by_themselves(client: Client, db: None, django_user_model: type) -> None:
    answers = {"email": "stranger@example.org", "username": "stranger", "password1": "a-long-enough-word-1"}
    client.post("/accounts/signup/", answers | {"password2": answers["password1"]})
    assert not django_user_model.objects.exists()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("", None),
        ("unix:///run/clamav/clamd.ctl", "/run/clamav/clamd.ctl"),
        ("tcp://127.0.0.1", ("127.0.0.1", 3310)),
        ("tcp://scanner.example.org:3311", ("scanner.example.org", 3311)),
        ("tcp://[fd12::5]:3310", ("fd12::5", 3310)),
    ],
)
def test_the_virus_scanner_is_where_the_operator_says(url: str, read: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAMD_URL", url)
    assert environment.scanner("CLAMD_URL") == read


@pytest.mark.parametrize(
    "url",
    ["/run/clamav/clamd.ctl", "unix://run/clamd.ctl", "unix:", "tcp://", "tcp://h:x", "http://h:3310", "tcp://h/a"],
)
def test_an_address_that_is_no_scanners_is_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAMD_URL", url)
    with pytest.raises(environment.BadSetting, match="CLAMD_URL must look like unix:///run/clamav/clamd.ctl"):
        environment.scanner("CLAMD_URL")


def test_what_is_secret_need_not_stand_in_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A vault's agent, systemd and containers each give a file."""
    kept = tmp_path / "key"
    kept.write_text("a key of the vault\n")
    monkeypatch.setenv("EVENHAND_SECRET_KEY_FILE", str(kept))
    monkeypatch.delenv("EVENHAND_SECRET_KEY", raising=False)
    assert environment.secret_key(tmp_path / "var") == "a key of the vault"
    monkeypatch.setenv("EVENHAND_SECRET_KEY", "said itself")
    assert environment.secret_key(tmp_path / "var") == "said itself"
    monkeypatch.setenv("EMAIL_URL_FILE", str(tmp_path / "nowhere"))
    monkeypatch.delenv("EMAIL_URL", raising=False)
    with pytest.raises(
        environment.BadSetting, match="EMAIL_URL_FILE names .*nowhere, which could not be read: No such"
    ):
        environment.text("EMAIL_URL")
    (tmp_path / "nowhere").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(environment.BadSetting, match="it is not text"):
        environment.text("EMAIL_URL")


def test_an_address_in_a_file_is_heeded_by_what_serves(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "address").write_text("https://evenhand.townsend.example\n")
    monkeypatch.setenv("EVENHAND_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("EVENHAND_URL", "")
    monkeypatch.setenv("EVENHAND_URL_FILE", str(tmp_path / "address"))
    monkeypatch.setattr(serving, "heed_signals", lambda: None)
    served: list[str] = []
    monkeypatch.setattr(serving, "serve_together", lambda *_: served.append(os.environ["EVENHAND_URL"]))
    assert serving.serve("serve", ["--port", str(free_port())]) == 0
    monkeypatch.delenv("EVENHAND_URL_FILE")
    monkeypatch.setenv("EVENHAND_URL", "")
    port = free_port()
    assert serving.serve("serve", ["--port", str(port)]) == 0
    assert served == ["https://evenhand.townsend.example", f"http://localhost:{port}"]


IN_FILES = """
from evenhand.cases.letter_folder import LETTERS
from evenhand.loading import set_up
set_up()
from django.conf import settings
pool = settings.DATABASES["default"]["OPTIONS"]["pool"]["max_size"]
print(LETTERS.name, pool, settings.SESSION_COOKIE_SECURE, settings.EXHIBIT_FILES)
"""


def test_any_setting_can_be_given_as_a_file(tmp_path: Path) -> None:
    given = {
        "EVENHAND_LETTERS": f"{tmp_path}/ours",
        "EVENHAND_POOL": "3",
        "EVENHAND_URL": "https://evenhand.townsend.example",
        "EVENHAND_FILES": "7",
    }
    for name, value in given.items():
        (tmp_path / name).write_text(f"{value}\n")
    files = {f"{name}_FILE": str(tmp_path / name) for name in given}
    command = [sys.executable, "-c", IN_FILES]
    environ = files | {"EVENHAND_VAR": str(tmp_path / "var")}
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True)
    assert done.stdout.split() == ["ours", "3", "True", "7"], done.stderr


def test_no_setting_is_read_past_the_file_that_may_hold_it() -> None:
    described = set(re.findall(r"^\| (`[A-Z_`, ]+`) \|", (ROOT / "docs/settings.md").read_text(), re.MULTILINE))
    names = {name for several in described for name in re.findall(r"[A-Z_]+", several)}
    assert {"EVENHAND_URL", "EVENHAND_POOL", "OIDC_NAME", "EVENHAND_DAY_MEGABYTES"} <= names
    bare = re.compile(r"(?:environ\.(?:get|setdefault)|getenv)\(\s*[\"'](\w+)")
    past = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in (ROOT / "evenhand").rglob("*.py")
        for name in bare.findall(path.read_text())
        if name in names
    }
    assert past == set()

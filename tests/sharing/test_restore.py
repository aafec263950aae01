"""The drill: a backup taken while colleagues work, brought back elsewhere, verified, and freed of what went since."""

import os
import subprocess
import sys
import tarfile
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from hashlib import sha256
from io import StringIO
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.db import connection

from evenhand.cases import disposal_list, models
from evenhand.database import archive
from evenhand.database.place import DatabaseTrouble
from evenhand.policy.events.incident import Triage
from evenhand.policy.terms import months_after
from evenhand.sharing import restoring
from evenhand.sharing.management.commands import backup
from tests import database
from tests.web.conftest import clock
from tests.web.stories import START, Story

__all__ = ["clock"]
pytestmark = pytest.mark.django_db(transaction=True)
Owner = Callable[[], AbstractContextManager[None]]
ROOT = Path(__file__).resolve().parents[2]
PHOTO = b"a photograph of a broken door"
THEN = months_after(START, 13)
WORDS = "Rang and shouted."


class Landlord:
    """One place where Evenhand runs: a folder, and a database on the server that the tests use."""

    def __init__(self, var: Path, name: str) -> None:
        self.var, self.name = var, name

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """`evenhand …` there, in a process of its own, as an operator types it."""
        kept = connection.settings_dict
        where = f"{quote(kept['USER'])}:{quote(kept['PASSWORD'])}@/{self.name}?host={quote(kept['HOST'])}"
        where += f"&port={kept['PORT']}" if kept["PORT"] else ""
        given = {
            **{key: value for key, value in os.environ.items() if not key.startswith(("EVENHAND", "DJANGO"))},
            "EVENHAND_VAR": str(self.var),
            "DATABASE_URL": f"postgresql://{where}".replace(quote(kept["USER"]), "evenhand_app", 1),
            "DATABASE_OWNER_URL": f"postgresql://{where}",
        }
        command = (sys.executable, "-m", "evenhand", *command)
        return subprocess.run(command, capture_output=True, text=True, env=given, cwd=ROOT, timeout=300)

    def ask(self, question: str) -> list[tuple[object, ...]]:
        kept = connection.settings_dict
        address = {"host": kept["HOST"], "port": kept["PORT"] or None, "user": kept["USER"], "dbname": self.name}
        with psycopg.connect(**address, password=kept["PASSWORD"] or None) as there:
            return there.execute(question).fetchall()  # type: ignore[arg-type]


@pytest.fixture
def here(tmp_path: Path, settings: LazySettings) -> Landlord:
    """The landlord whose cases the stories tell."""
    settings.DISPOSALS_FILE = tmp_path / "here" / "disposals.jsonl"
    settings.HEADS_FOLDER = tmp_path / "here" / "heads"
    return Landlord(tmp_path / "here", connection.settings_dict["NAME"])


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Landlord]:
    """An empty place."""
    name = f"{connection.settings_dict['NAME']}_elsewhere"
    database.run("DROP DATABASE IF EXISTS {name} WITH (FORCE)", name=name)
    database.run("CREATE DATABASE {name} TEMPLATE template0", name=name)
    yield Landlord(tmp_path / "elsewhere", name)
    database.run("DROP DATABASE IF EXISTS {name} WITH (FORCE)", name=name)


def a_case(story: Story, words: str) -> Story:
    """A report that was not conduct, with a photograph."""
    story.report(account=words)
    story.act("incident.triage", story.cast.investigator, outcome=Triage.NOT_CONDUCT, reason="A neighbour’s dog.")
    return story


def with_photo(story: Story, here: Landlord) -> Story:
    stored_as = f"exhibits/{story.reference}"
    (here.var / "files" / "exhibits").mkdir(parents=True, exist_ok=True)
    (here.var / "files" / stored_as).write_bytes(PHOTO)
    models.Exhibit.objects.create(
        case=models.Case.objects.get(reference=story.reference), reference=f"e{story.reference}"[:16], part="report",
        name="door.jpg", content_type="image/jpeg", size=len(PHOTO), sha256=sha256(PHOTO).hexdigest(),
        stored_as=stored_as, added_at=story.moment.at, added_by=story.cast.colleague.actor_id,
    )  # fmt: skip
    return story


@pytest.fixture
def backed_up(story: Story, here: Landlord, tmp_path: Path) -> Path:
    """Two old cases, and a backup during which a colleague reports again and again."""
    with_photo(a_case(story, WORDS), here)
    other = with_photo(a_case(Story(story.cast, story.person, story.home), "Wrote forty letters."), here)
    assert other.reference != story.reference
    enough = threading.Event()

    def work() -> None:
        while not enough.is_set():
            Story(story.cast, story.person, story.home).report(account="Once more.").triage()
        connection.close()

    colleague = threading.Thread(target=work)
    colleague.start()
    try:
        done = here.run("backup", str(tmp_path / "evenhand.backup"))
    finally:
        enough.set()
        colleague.join()
    assert done.returncode == 0, done.stderr
    return tmp_path / "evenhand.backup"


def dispose(story: Story, as_owner: Owner, here_clock: Callable[..., None]) -> None:
    """The first case goes, thirteen months later."""
    here_clock(THEN)
    story.day = THEN
    (made,) = disposal_list.prepare(story.cast.protection, story.moment, [story.reference])
    disposal_list.approve(made.pk, story.cast.director, story.moment)
    with as_owner():
        call_command("dispose", stdout=StringIO())


def test_a_backup_comes_back_whole_and_without_what_was_disposed_of_since(
    backed_up: Path, story: Story, here: Landlord, elsewhere: Landlord, as_owner: Owner, clock: Callable[..., None]
) -> None:
    dispose(story, as_owner, clock)
    done = elsewhere.run("restore", str(backed_up), "--disposals", str(here.var / "disposals.jsonl"))
    assert done.returncode == 0, done.stderr
    assert f"{story.reference}: disposed of again." in done.stdout and "Every link holds" in done.stdout
    assert elsewhere.ask("SELECT count(*) FROM cases_facts WHERE said LIKE '%Rang and shouted.%'") == [(0,)]
    assert elsewhere.ask("SELECT count(*) FROM cases_facts WHERE said LIKE '%Wrote forty letters.%'") == [(1,)]
    kept = sorted(path.name for path in (elsewhere.var / "files" / "exhibits").iterdir())
    assert len(kept) == 1 and story.reference not in kept
    assert elsewhere.ask("SELECT note LIKE 'Restored from the backup of%' FROM cases_head") == [(True,)]
    checked = elsewhere.run("verify")
    assert checked.returncode == 0, checked.stderr
    assert elsewhere.run("rebuild", "--check").returncode == 0
    assert elsewhere.run("check", "--database", "default").returncode == 0
    assert story.reference in (elsewhere.var / "disposals.jsonl").read_text()
    assert (elsewhere.var / "secret-key").read_text() == (here.var / "secret-key").read_text()


def test_a_later_backup_says_what_went_and_a_second_restore_is_refused(
    backed_up: Path,
    story: Story,
    here: Landlord,
    elsewhere: Landlord,
    as_owner: Owner,
    clock: Callable[..., None],
    tmp_path: Path,
) -> None:
    dispose(story, as_owner, clock)
    assert here.run("backup", str(tmp_path / "later.backup")).returncode == 0
    unsaid = elsewhere.run("restore", str(backed_up))
    assert unsaid.returncode == 1 and "--no-later-disposals" in unsaid.stderr
    assert elsewhere.ask("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]
    done = elsewhere.run("restore", str(backed_up), "--disposals", str(tmp_path / "later.backup"))
    assert done.returncode == 0 and f"{story.reference}: disposed of again." in done.stdout
    again = elsewhere.run("restore", str(backed_up), "--no-later-disposals")
    assert again.returncode == 1 and "There is something here already" in again.stderr


def test_a_damaged_backup_is_refused_before_anything_is_touched(backed_up: Path, elsewhere: Landlord) -> None:
    whole = backed_up.read_bytes()
    at = whole.index(PHOTO)
    backed_up.write_bytes(whole[:at] + b"A" + whole[at + 1 :])
    done = elsewhere.run("restore", str(backed_up), "--no-later-disposals")
    assert done.returncode == 1 and "is damaged: files/exhibits/" in done.stderr
    backed_up.write_bytes(whole[: len(whole) // 2])
    done = elsewhere.run("restore", str(backed_up), "--no-later-disposals")
    assert done.returncode == 1 and "is cut short" in done.stderr
    assert elsewhere.ask("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]
    assert not (elsewhere.var / "files").exists()


def test_a_backup_never_replaces_another_and_is_its_owners_alone(backed_up: Path, here: Landlord) -> None:
    assert backed_up.stat().st_mode & 0o777 == 0o600
    again = here.run("backup", str(backed_up))
    assert again.returncode == 1 and "exists already" in again.stderr
    manifest = archive.verify(backed_up)
    assert {"database.dump", "secret-key"} <= manifest["files"].keys()
    assert not [path for path in backed_up.parent.iterdir() if path.name.startswith((".backup", "evenhand.backup."))]


def test_a_secret_key_that_is_given_from_outside_is_in_no_backup(
    tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.VAR = settings.MEDIA_ROOT = settings.HEADS_FOLDER = tmp_path
    (tmp_path / "given").write_text("a key of the vault")
    monkeypatch.delenv("EVENHAND_SECRET_KEY", raising=False)
    monkeypatch.delenv("EVENHAND_SECRET_KEY_FILE", raising=False)
    assert dict(backup.members(tmp_path / "dump"))["secret-key"] == tmp_path / "secret-key"
    monkeypatch.setenv("EVENHAND_SECRET_KEY_FILE", str(tmp_path / "given"))
    assert "secret-key" not in dict(backup.members(tmp_path / "dump"))


def test_a_member_that_points_elsewhere_is_not_written_there(tmp_path: Path) -> None:
    (tmp_path / "bad").write_text("x")
    with tarfile.open(tmp_path / "evil", "w") as tar:
        tar.add(tmp_path / "bad", "files/../../outside")
    archive.extract(tmp_path / "evil", {"files": tmp_path / "a" / "files"})
    assert not (tmp_path / "outside").exists() and not (tmp_path / "a").exists()


def test_a_disk_that_is_full_never_costs_the_list_of_disposals(
    here: Landlord, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = Path(settings.DISPOSALS_FILE)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("what was known\n")

    def full(path: Path, said: str, **how: str) -> None:
        path.write_bytes(said.encode()[:10])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match="No space"):
        restoring.keep_list([{"case": "EH-7K3M-9Q2X"}])
    assert file.read_text() == "what was known\n" and list(file.parent.iterdir()) == [file]
    monkeypatch.undo()
    restoring.keep_list([{"case": "EH-7K3M-9Q2X"}])
    assert "EH-7K3M-9Q2X" in file.read_text() and file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("breaks", ["the database", "the disk"])
def test_a_restore_that_breaks_off_leaves_an_empty_place_to_restore_into(
    breaks: str, tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("database.dump", "one", "secret-key"):
        (tmp_path / name).write_text(name)
    members = [("database.dump", "database.dump"), ("files/exhibits/one", "one"), ("secret-key", "secret-key")]
    archive.write(tmp_path / "whole", {"made_at": ""}, [(name, tmp_path / kept) for name, kept in members])
    settings.VAR = tmp_path / "var"
    settings.MEDIA_ROOT, settings.HEADS_FOLDER = settings.VAR / "files", settings.VAR / "heads"
    loaded: list[str] = []

    def fails(*_: object) -> None:
        raise DatabaseTrouble("pg_restore did not succeed") if breaks == "the database" else OSError(28, "No space")

    monkeypatch.setattr(restoring.client, "server_of", lambda _: 18)
    monkeypatch.setattr(restoring.client, "load", fails)
    with pytest.raises((DatabaseTrouble, OSError)):
        restoring.bring_back(tmp_path / "whole", tmp_path / "dump")
    assert not settings.MEDIA_ROOT.exists()
    monkeypatch.setattr(restoring.client, "load", lambda _, server, dump: loaded.append(dump.read_text()))
    restoring.bring_back(tmp_path / "whole", tmp_path / "dump")
    assert loaded == ["database.dump"] and (settings.MEDIA_ROOT / "exhibits" / "one").read_text() == "one"

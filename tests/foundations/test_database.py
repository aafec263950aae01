"""The embedded database: made on first use, shared while somebody uses it, gone when nobody does."""

import os
import shutil
import signal
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
from psycopg.conninfo import conninfo_to_dict

from evenhand.database import lease, postmaster
from evenhand.database.account import ourselves
from evenhand.database.place import LONGEST_FOLDER, Place
from tests.foundations.conftest import Holder, ask, wait_until

Hold = Callable[[], Holder]


def server(place: Place) -> psutil.Process:
    found = postmaster.running(place)
    assert found
    return found


def keeper(place: Place) -> psutil.Process:
    found = server(place).parent()
    assert found and "evenhand.database.keeper" in found.cmdline()
    return found


def gone(place: Place) -> bool:
    return postmaster.running(place) is None


def everything_killed(place: Place, holder: Holder) -> None:
    """Server, keeper and whoever used it, at once: the keeper is held still first, so that it starts no other."""
    processes = [keeper(place), server(place)]
    processes[0].suspend()
    for process in reversed(processes):
        process.kill()
    holder.kill()
    psutil.wait_procs(processes, timeout=20)


def test_a_newcomer_gets_a_database_nobody_else_can_reach(place: Place, hold: Hold) -> None:
    assert hold().until_ready().said[-1] == "READY"
    for folder in (place.data, place.socket):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert folder.stat().st_uid == server(place).uids().real
    assert server(place).uids().real != 0
    assert place.data.name == f"postgres-{place.major}"
    assert ask(place, "SHOW listen_addresses") == [("",)]
    assert ask(place, "SHOW password_encryption") == [("scram-sha-256",)]
    methods = "SELECT DISTINCT type, auth_method FROM pg_hba_file_rules"
    assert ask(place, methods, "postgres") == [("local", "peer")]


def test_text_is_kept_and_sorted_alike_on_every_machine(place: Place, hold: Hold) -> None:
    hold().until_ready()
    provider = ("b", "C.UTF-8") if place.major >= 17 else ("c", None)
    column = "datlocale" if place.major >= 17 else "daticulocale"
    facts = (
        f"SELECT pg_encoding_to_char(encoding), datlocprovider, {column} FROM pg_database WHERE datname = 'evenhand'"
    )
    assert ask(place, facts) == [("UTF8", *provider)]
    assert ask(place, "SELECT lower('ŁÓDŹ')") == [("łódź",)]


def test_the_application_owns_nothing(place: Place, hold: Hold) -> None:
    hold().until_ready()
    owned = "SELECT datname FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba WHERE rolname = 'evenhand_app'"
    assert ask(place, owned) == []
    powers = "SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = 'evenhand_app'"
    assert ask(place, powers) == [(False, False, False)]
    member = "SELECT pg_has_role('evenhand_app', 'evenhand_owner', 'MEMBER')"
    assert ask(place, member, "evenhand_app") == [(False,)]


def test_it_stays_while_anybody_uses_it_and_stops_with_the_last(place: Place, hold: Hold) -> None:
    first, second = hold().until_ready(), hold().until_ready()
    began = server(place).pid
    first.leave()
    assert ask(place, "SELECT 1") == [(1,)]
    assert server(place).pid == began
    second.leave()
    wait_until(lambda: gone(place), "the last has left and the database has stopped")
    assert "database system is shut down" in postmaster.last_words(place)


def test_several_first_starts_at_once_make_one_database(place: Place, hold: Hold) -> None:
    holders = [hold() for _ in range(4)]
    assert [holder.until_ready().said[-1] for holder in holders] == ["READY"] * 4
    assert ask(place, "SELECT count(*) FROM pg_database WHERE datname = 'evenhand'") == [(1,)]


def test_it_stops_when_whoever_used_it_was_killed(place: Place, hold: Hold) -> None:
    hold().until_ready().kill()
    wait_until(lambda: gone(place), "nobody is left and the database has stopped")
    assert "database system is shut down" in postmaster.last_words(place)


def test_a_killed_keeper_takes_the_server_with_it_and_both_are_replaced(place: Place, hold: Hold) -> None:
    hold().until_ready()
    killed = keeper(place)
    with_it = server(place)
    killed.kill()
    gone_too, _ = psutil.wait_procs([with_it], timeout=30)
    assert gone_too
    # It is in use, so both come back without anybody asking.
    wait_until(lambda: not gone(place) and server(place).pid != with_it.pid, "the server was started again")
    assert hold().until_ready().said[-1] == "READY"
    assert keeper(place).pid != killed.pid
    assert ask(place, "SELECT 1") == [(1,)]


def test_what_was_written_is_still_there_after_the_server_was_killed(place: Place, hold: Hold) -> None:
    hold().until_ready()
    ask(place, "CREATE TABLE kept (word text)")
    ask(place, "INSERT INTO kept VALUES ('heard')")
    killed = server(place)
    killed.kill()
    # It is in use, so it comes back without anybody asking.
    wait_until(lambda: not gone(place) and server(place).pid != killed.pid, "the server was started again")
    assert hold().until_ready().said[-1] == "READY"
    assert ask(place, "SELECT word FROM kept") == [("heard",)]


def test_the_next_start_works_after_everything_was_killed_at_once(place: Place, hold: Hold) -> None:
    holder = hold().until_ready()
    everything_killed(place, holder)
    assert (place.data / "postmaster.pid").exists()
    assert hold().until_ready().said[-1] == "READY"


@pytest.fixture
def zombie() -> int:
    """The number of a process that has ended and that nobody has buried."""
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    return child


@pytest.mark.parametrize("left", ["", "12", "999999999", "99999999999999999999", "nonsense", "mine", "zombie", "init"])
def test_a_stale_lock_is_no_obstacle(place: Place, hold: Hold, zombie: int, left: str) -> None:
    hold().until_ready().leave()
    wait_until(lambda: gone(place), "the database has stopped")
    number = {"mine": str(os.getpid()), "zombie": str(zombie), "init": "1"}.get(left, left)
    words = f"{number}\n{place.data}\n1700000000\n5432\n" if number else ""
    for mark in (place.data / "postmaster.pid", place.socket / ".s.PGSQL.5432.lock"):
        mark.write_text(words)
    (place.socket / ".s.PGSQL.5432").touch()
    assert hold().until_ready().said[-1] == "READY"
    os.waitpid(zombie, os.WNOHANG)


def test_a_half_made_database_is_made_again(place: Place, hold: Hold) -> None:
    hold().until_ready().leave()
    wait_until(lambda: gone(place), "the database has stopped")
    place.data.rename(place.data.with_name(f"{place.data.name}.new"))
    (place.home / f"{place.data.name}.new" / "PG_VERSION").unlink()
    assert hold().until_ready().said[-1] == "READY"


def test_a_server_that_does_not_stop_is_made_to_and_nothing_saved_is_lost(place: Place, hold: Hold) -> None:
    hold().until_ready()
    ask(place, "CREATE TABLE kept AS SELECT 'heard' AS word")
    hung = server(place)
    hung.suspend()
    postmaster.stop(place, patience=0.2)
    assert not postmaster.at_work(hung, place)
    # It is in use, so it is started again.
    wait_until(lambda: not gone(place) and server(place).pid != hung.pid, "another server was started")
    assert hold().until_ready().said[-1] == "READY"
    assert ask(place, "SELECT word FROM kept") == [("heard",)]


def test_a_server_that_is_asked_to_go_goes_in_peace(place: Place, hold: Hold) -> None:
    holder = hold().until_ready()
    keeper(place).send_signal(signal.SIGTERM)
    wait_until(lambda: gone(place), "the machine asked the keeper to go")
    assert "database system is shut down" in postmaster.last_words(place)
    # Nobody who was there starts another; whoever comes anew does.
    assert hold().until_ready().said[-1] == "READY"
    assert keeper(place).is_running()
    holder.leave()


def test_a_long_recovery_is_waited_for_and_told_of(place: Place, hold: Hold, monkeypatch: pytest.MonkeyPatch) -> None:
    holder = hold().until_ready()
    ask(place, "CREATE TABLE kept (word text)")
    ask(place, "INSERT INTO kept VALUES ('heard')")
    everything_killed(place, holder)
    # Given a server that has so much to recover that it takes as long as we like: it asks for more, and is let wait,
    (place.data / "recovery.signal").touch()
    os.chown(place.data / "recovery.signal", place.data.stat().st_uid, place.data.stat().st_gid)
    go, said = place.socket / "go", list[str]()
    waits = f"restore_command=n=0; while [ ! -e {go} ] && [ $n -lt 1200 ]; do sleep 0.05; n=$((n + 1)); done; false"

    def say(words: str) -> None:
        said.append(words)
        go.touch()

    # when somebody needs it, then they wait without a limit, are told why, and nothing is lost.
    monkeypatch.setattr(lease, "LONG", 0.5)
    with lease.attached(place, say, extra=("fsync=off", waits)):
        assert ask(place, "SELECT word FROM kept") == [("heard",)]
    assert any("setting right what was left unfinished" in words for words in said)


def test_the_folders_above_are_left_as_they_were(place: Place, hold: Hold) -> None:
    place.var.mkdir(mode=0o700)
    above = [place.var, *place.var.parents]
    before = [(folder, folder.stat().st_mode, folder.stat().st_uid) for folder in above]
    hold().until_ready()
    assert [(folder, folder.stat().st_mode, folder.stat().st_uid) for folder in above] == before


@pytest.mark.parametrize("locale", ["C", "POSIX", "xx_YY.nonsense"])
def test_it_is_the_same_whatever_language_the_machine_speaks(
    place: Place, hold: Hold, locale: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LANG", "LC_CTYPE"):
        monkeypatch.setenv(name, locale)
    assert hold().until_ready().said[-1] == "READY"
    assert ask(place, "SHOW server_encoding") == [("UTF8",)]
    assert ask(place, "SELECT lower('ŁÓDŹ'), upper('ß') <> '?'") == [("łódź", True)]


def test_it_runs_in_the_deepest_folder(tmp_path: Path) -> None:
    deep = Place(tmp_path / ("d" * 90) / ("e" * 90) / "var")
    holder = Holder(deep)
    try:
        assert holder.until_ready().said[-1] == "READY"
        assert ask(deep, "SELECT 1") == [(1,)]
        assert len(os.fsencode(deep.socket)) <= LONGEST_FOLDER
    finally:
        holder.leave()
        wait_until(lambda: postmaster.running(deep) is None, "the database has stopped")
        shutil.rmtree(deep.home, ignore_errors=True)
        shutil.rmtree(deep.socket, ignore_errors=True)


@pytest.mark.parametrize("name", ["/srv/the landlord’s", "/srv/it's ours", "/srv/a\\b"])
def test_a_folder_of_any_name_is_told_whole_to_whoever_connects(name: str) -> None:
    place = Place(Path("/srv"))
    vars(place)["socket"] = Path(name)
    assert conninfo_to_dict(place.address()) == {"host": name, "dbname": "evenhand", "user": "evenhand_app"}


STRANGER = """
import socket, struct, sys
hello = struct.pack("!i", 196608) + b"user\\0evenhand_owner\\0database\\0evenhand\\0\\0"
with socket.socket(socket.AF_UNIX) as door:
    try:
        door.connect(sys.argv[1])
    except PermissionError:
        sys.exit("shut out")
    door.sendall(struct.pack("!i", len(hello) + 4) + hello)
    sys.exit(door.recv(400).decode(errors="replace"))
"""


def test_another_user_of_the_machine_is_refused(place: Place, hold: Hold) -> None:
    hold().until_ready()
    rules = "SELECT DISTINCT auth_method, options::text FROM pg_hba_file_rules"
    assert ask(place, rules, "postgres") == [("peer", "{map=evenhand}")]
    if os.geteuid():
        # Only root may be somebody else for a while; whoever is not sees at least that nobody else is let in.
        ((only,),) = ask(place, "SELECT DISTINCT sys_name FROM pg_ident_file_mappings", "postgres")
        assert str(only).strip('"') == ourselves().pw_name
        return
    knocks = ["/usr/bin/python3", "-c", STRANGER, str(place.socket / ".s.PGSQL.5432")]
    nobody: dict[str, Any] = {"user": 65534, "group": 65534, "extra_groups": [], "cwd": "/"}
    shut = subprocess.run(knocks, capture_output=True, text=True, **nobody)
    assert shut.stderr.strip() == "shut out"
    # Even were the folders and the socket open to everyone, the kernel says who comes.
    place.home.chmod(0o777)
    place.socket.chmod(0o777)
    (place.socket / ".s.PGSQL.5432").chmod(0o777)
    refused = subprocess.run(knocks, capture_output=True, text=True, **nobody)
    assert "Peer authentication failed" in refused.stderr

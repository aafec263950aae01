"""The embedded database: made on first use, shared while somebody uses it, gone when nobody does."""

import os
import signal
import stat
from collections.abc import Callable

import psutil
import pytest

from evenhand.database import postmaster
from evenhand.database.place import Place
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
    processes = [keeper(place), server(place)]
    processes[0].suspend()
    for process in reversed(processes):
        process.kill()
    holder.kill()
    psutil.wait_procs(processes, timeout=20)
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


def test_a_server_that_is_asked_to_go_goes_in_peace(place: Place, hold: Hold) -> None:
    holder = hold().until_ready()
    keeper(place).send_signal(signal.SIGTERM)
    wait_until(lambda: gone(place), "the machine asked the keeper to go")
    assert "database system is shut down" in postmaster.last_words(place)
    # Nobody who was there starts another; whoever comes anew does.
    assert hold().until_ready().said[-1] == "READY"
    assert keeper(place).is_running()
    holder.leave()

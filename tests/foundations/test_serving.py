"""`evenhand serve`: everything comes up with one command and goes down with one Ctrl-C."""

import fcntl
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest

from evenhand import serving
from evenhand.database import postmaster
from evenhand.database.place import Place
from tests.foundations.conftest import ROOT, wait_until


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextmanager
def evenhand(place: Place, *arguments: str, **more: str) -> Iterator["subprocess.Popen[str]"]:
    """Run `evenhand …` with a `var` of its own and nothing of ours in its environment."""
    ours = ("EVENHAND_", "DATABASE_", "DJANGO_", "EMAIL_", "OIDC_", "PYTEST_")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    if programs := os.environ.get("EVENHAND_POSTGRES_BIN"):
        environment["EVENHAND_POSTGRES_BIN"] = programs
    with subprocess.Popen(
        [sys.executable, "-m", "evenhand", *arguments],
        cwd=ROOT,
        env=environment | {"EVENHAND_VAR": str(place.var), "EVENHAND_WORKERS": "1"} | more,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def until_ready(process: "subprocess.Popen[str]") -> list[str]:
    """The lines it says until it is ready or ends."""
    lines: list[str] = []
    assert process.stdout
    for line in process.stdout:
        lines.append(line.strip())
        if "is ready" in line:
            break
    return lines


def family(process: "subprocess.Popen[str]") -> list[psutil.Process]:
    return psutil.Process(process.pid).children(recursive=True)


def core_files(processes: list[psutil.Process]) -> Iterator[str]:
    """How large a core file each may leave; none of one that has gone, as the first that answered soon does."""
    for process in processes:
        with suppress(OSError):
            limits = Path(f"/proc/{process.pid}/limits").read_text()
            yield " ".join(re.findall(r"core file size +(\S+) +(\S+)", limits)[0])


def is_web(process: psutil.Process) -> bool:
    """Whether it is of the web: where `setproctitle` happens to be installed, granian names its processes anew."""
    return not {"evenhand.served", "granian"}.isdisjoint(" ".join(process.cmdline()).split())


def test_one_command_starts_everything_and_ctrl_c_stops_it(place: Place) -> None:
    port = free_port()
    with evenhand(place, "serve", "--port", str(port)) as process:
        said = "\n".join(until_ready(process))
        assert f"Evenhand is ready: http://localhost:{port}  (Ctrl-C stops it)" in said, said
        with urllib.request.urlopen(f"http://localhost:{port}/accounts/login/", timeout=30) as answer:
            assert answer.status == 200
            assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        everybody = family(process)
        assert any(is_web(child) for child in everybody)
        assert "worker" in {word for child in everybody for word in child.cmdline()}
        assert postmaster.running(place)
        assert set(core_files(everybody)) == {"0 0"}, "One would leave its memory on the disk when it fails."
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 0
        gone, alive = psutil.wait_procs(everybody, timeout=20)
        assert alive == []
    wait_until(lambda: postmaster.running(place) is None, "the database has stopped too")
    a_page_that_cannot_be_loaded_stops_the_start(place)


def a_page_that_cannot_be_loaded_stops_the_start(place: Place) -> None:
    """Also where the way in, which does not need that page, answers already."""
    (place.var / "sitecustomize.py").write_text("import sys\nsys.modules['evenhand.web.welfare'] = None\n")
    with evenhand(place, "serve", "--port", str(free_port()), PYTHONPATH=str(place.var)) as process:
        said = process.communicate(timeout=60)[0]
    assert process.returncode == 1
    assert "evenhand.web.welfare" in said
    assert "The web stopped as soon as it was started. What it said stands above." in said
    assert "is ready" not in said
    wait_until(lambda: postmaster.running(place) is None, "the database has stopped too")


LOADED = """
import threading
from evenhand.entrance import load_entrance
load_entrance()
from evenhand.loading import load
load()
from django.db import connection
assert threading.active_count() == 1, threading.enumerate()
assert connection.connection is None and connection._connection_pools == {}
"""


def test_the_web_is_loaded_without_a_database_and_can_then_part_into_processes(place: Place) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-c", LOADED],
        cwd=ROOT,
        env=environment | {"EVENHAND_VAR": str(place.var)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert postmaster.running(place) is None


def test_nothing_outlives_a_killed_serve(place: Place) -> None:
    with evenhand(place, "serve", "--port", str(free_port())) as process:
        until_ready(process)
        everybody = family(process)
        process.kill()
        gone, alive = psutil.wait_procs(everybody, timeout=60)
        assert alive == []
    wait_until(lambda: postmaster.running(place) is None, "the database has stopped too")


def test_a_second_serve_says_that_the_first_is_running(place: Place) -> None:
    place.locks.mkdir(parents=True)
    with (place.locks / "serve.lock").open("w") as lock:
        lock.write("process 4711, http://localhost:8000")
        lock.flush()
        fcntl.flock(lock, fcntl.LOCK_EX)
        with evenhand(place, "serve", "--port", str(free_port())) as second:
            said = second.communicate(timeout=60)[0]
    assert second.returncode == 1
    assert "already runs here: process 4711, http://localhost:8000" in said


def test_while_one_serves_a_second_is_refused_and_a_command_works(place: Place) -> None:
    port = free_port()
    with evenhand(place, "serve", "--port", str(port)) as first:
        assert "is ready" in "\n".join(until_ready(first))
        with evenhand(place, "serve", "--port", str(free_port())) as second:
            said = second.communicate(timeout=60)[0]
        assert second.returncode == 1
        assert f"already runs here: process {first.pid}, http://localhost:{port}" in said
        began = postmaster.running(place)
        with evenhand(place, "rebuild", "--check") as command:
            said = command.communicate(timeout=120)[0]
        assert command.returncode == 0 and "agree with their logs" in said, said
        # The command borrowed the database of the one that serves, and left it as it was.
        assert postmaster.running(place) == began
        a_killed_web_is_replaced_and_leaves_nobody_behind(first, port)
        first.send_signal(signal.SIGINT)
        assert first.wait(timeout=60) == 0


def a_killed_web_is_replaced_and_leaves_nobody_behind(serve: "subprocess.Popen[str]", port: int) -> None:
    (web,) = (each for each in psutil.Process(serve.pid).children() if is_web(each))
    with_it = web.children()
    assert with_it
    web.kill()
    gone, alive = psutil.wait_procs(with_it, timeout=60)
    assert alive == []
    wait_until(lambda: serving.answers("127.0.0.1", port), "the web answers again")


@pytest.mark.parametrize(("family_of_address", "address"), [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")])
def test_a_busy_port_is_named_with_a_way_out(
    place: Place, family_of_address: socket.AddressFamily, address: str
) -> None:
    with socket.create_server((address, 0), family=family_of_address) as other:
        port = other.getsockname()[1]
        with evenhand(place, "demo", "--port", str(port)) as process:
            said = process.communicate(timeout=60)[0]
    assert process.returncode == 1
    assert f"Port {port} is in use" in said
    assert f"--port {port + 1}" in said
    assert not place.data.exists()


def test_the_demonstration_leaves_a_landlords_own_records_alone(place: Place) -> None:
    with evenhand(place, "prepare") as process:
        process.communicate(timeout=120)
        assert process.returncode == 0
    for asked in (["demo"], ["demo", "--fresh"]):
        with evenhand(place, *asked, "--port", str(free_port())) as process:
            said = process.communicate(timeout=120)[0]
        assert process.returncode == 1
        assert "holds a landlord’s own records" in said


def test_a_demonstration_is_begun_anew_if_it_was_cut_short_and_then_kept(place: Place) -> None:
    port = str(free_port())
    with evenhand(place, "demo", "--port", port) as process:
        assert process.stdout
        next(line for line in process.stdout if "Playing its stories" in line)
        process.kill()
    wait_until(lambda: postmaster.running(place) is None, "the database has stopped")
    for again, played in (("taken up", True), ("kept", False)):
        with evenhand(place, "demo", "--port", port) as process:
            said = "\n".join(until_ready(process))
            assert "Evenhand is ready" in said, f"{again}: {said}"
            assert ("Playing its stories" in said) == played
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=60) == 0

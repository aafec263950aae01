"""Web and worker are looked after: one that falls over is set up again, one that cannot stand ends it all."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from evenhand import children
from evenhand.children import Child, ChildFailed, Stopped, run_together
from tests.foundations.conftest import wait_until


def python(name: str, code: str) -> Child:
    return Child(name, [sys.executable, "-c", code])


SLEEPER = "import time; time.sleep(600)"
AGAIN = "The worker stopped unexpectedly and is started again."
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(600)"


def test_both_are_started_and_both_are_stopped() -> None:
    both = [python("web", SLEEPER), python("worker", SLEEPER)]
    said: list[str] = []

    def say(words: str) -> None:
        said.append(words)
        if words == "ready":
            raise Stopped

    run_together(both, lambda: all(child.running for child in both), say, "ready")
    assert said == ["ready", "Stopping …"]
    assert not any(child.running for child in both)


@pytest.fixture
def heeding(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Signals are heeded as they are by `serve`."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    monkeypatch.setattr(children, "heed", children.Heed())
    children.heed_signals()
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("heeding")
def test_a_word_to_stop_breaks_nothing_off_while_processes_are_looked_after(monkeypatch: pytest.MonkeyPatch) -> None:
    poll, asked = subprocess.Popen.poll, list[int]()

    def asked_meanwhile(process: "subprocess.Popen[bytes]") -> int | None:
        asked.append(1)
        assert len(asked) < 500, "nobody heeded it"
        with process._waitpid_lock:  # type: ignore[attr-defined]
            if len(asked) == 1:
                signal.raise_signal(signal.SIGTERM)
        return poll(process)

    monkeypatch.setattr(subprocess.Popen, "poll", asked_meanwhile)
    web, said = python("web", SLEEPER), list[str]()
    run_together([web], lambda: False, said.append, "ready")
    assert said == ["Stopping …"] and not web.running


@pytest.mark.usefixtures("heeding")
def test_whoever_asks_twice_does_not_wait_for_one_that_will_not_go() -> None:
    deaf, said = python("deaf", DEAF), list[str]()
    began = time.monotonic()

    def ask_twice() -> None:
        for _ in range(2):
            time.sleep(0.8)
            os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=ask_twice).start()
    run_together([deaf], lambda: False, said.append, "ready")
    assert time.monotonic() - began < children.PATIENCE - 2 and not deaf.running


@pytest.mark.usefixtures("heeding")
def test_a_word_to_stop_breaks_off_what_makes_ready() -> None:
    with pytest.raises(Stopped):
        signal.raise_signal(signal.SIGTERM)


def test_what_forgives_every_mistake_does_not_forgive_a_word_to_stop() -> None:
    with pytest.raises(Stopped), suppress(Exception):
        raise Stopped


@pytest.fixture
def heeds_ctrl_c() -> Iterator[None]:
    """However the tests were started: a shell has what it starts in the background ignore Ctrl-C."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heeds_ctrl_c")
def test_one_that_waits_is_started_once_the_others_answer() -> None:
    web, worker = python("web", SLEEPER), Child("worker", [sys.executable, "-c", SLEEPER], waits=True)
    asked: list[bool] = []

    def ready() -> bool:
        asked.append(worker.running)
        return len(asked) > 3

    def stop_once_it_runs() -> None:
        wait_until(lambda: worker.running, "the worker runs")
        signal.raise_signal(signal.SIGINT)

    def say(words: str) -> None:
        if words == "ready":
            threading.Thread(target=stop_once_it_runs).start()

    run_together([web, worker], ready, say, "ready")
    assert asked == [False] * 4 and worker.process and not worker.running


WHEN_TOLD_IT_WRITES = """
import sys, time
where, *told = sys.argv[1:]
if not told or sys.stdin.read(1):
    open(where, "a").write("works " + " ".join(told))
    time.sleep(600)
"""


def test_one_that_was_begun_early_works_only_once_it_is_told(tmp_path: Path) -> None:
    web = Child("web", [sys.executable, "-c", WHEN_TOLD_IT_WRITES, str(tmp_path / "said")])
    web.begin()
    begun = web.process
    assert begun and not (tmp_path / "said").exists()

    def ready() -> bool:
        return (tmp_path / "said").exists()

    def say(words: str) -> None:
        if words == "ready":
            raise Stopped

    run_together([web], ready, say, "ready")
    assert web.process is begun and (tmp_path / "said").read_text() == "works --when-told"


def test_one_that_was_begun_early_goes_when_nobody_is_left_to_tell_it(tmp_path: Path) -> None:
    web = Child("web", [sys.executable, "-c", WHEN_TOLD_IT_WRITES, str(tmp_path / "said")])
    web.begin()
    assert web.process and web.process.stdin
    web.process.stdin.close()
    assert web.process.wait(timeout=30) == 0
    assert not (tmp_path / "said").exists()


def test_one_that_was_begun_early_and_killed_is_started_again_and_need_not_be_told(tmp_path: Path) -> None:
    web = Child("web", [sys.executable, "-c", WHEN_TOLD_IT_WRITES, str(tmp_path / "said")])
    web.begin()
    assert web.process
    web.process.kill()
    web.process.wait()
    said: list[str] = []

    def say(words: str) -> None:
        said.append(words)
        if words == "ready":
            raise Stopped

    run_together([web], (tmp_path / "said").exists, say, "ready")
    assert "The web stopped unexpectedly and is started again." in said
    assert (tmp_path / "said").read_text() == "works "


def test_one_that_could_not_get_ready_ends_it_all_and_is_named() -> None:
    web = python("web", "raise SystemExit(3)")
    web.begin()
    assert web.process
    web.process.wait()
    with pytest.raises(ChildFailed, match="The web stopped as soon as it was started"):
        run_together([web], lambda: False, lambda words: None, "ready")


def test_one_that_stops_at_once_ends_it_all_and_is_named() -> None:
    web, worker = python("web", SLEEPER), python("worker", "raise SystemExit(3)")
    with pytest.raises(ChildFailed, match="The worker stopped as soon as it was started"):
        run_together([web, worker], lambda: False, lambda words: None, "ready")
    assert not web.running


def started_again_once_killed(child: Child) -> list[str]:
    """What was said while one was killed as soon as it ran, until another ran in its place."""
    said: list[str] = []
    killed: list[int] = []

    def ready() -> bool:
        assert child.process
        if not killed:
            killed.append(child.process.pid)
            child.process.kill()
        if child.process.pid != killed[0]:
            raise Stopped
        return False

    run_together([child], ready, said.append, "ready")
    return said


def test_one_that_falls_over_after_a_while_is_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "TOO_SOON", 0.0)
    assert AGAIN in started_again_once_killed(python("worker", SLEEPER))


def test_one_that_was_killed_at_once_is_started_again() -> None:
    said = started_again_once_killed(python("web", SLEEPER))
    assert "The web stopped unexpectedly and is started again." in said


def test_once_all_has_been_ready_one_that_keeps_ending_is_started_again_and_again(tmp_path: Path) -> None:
    # As when the database goes away for a while: it ends by itself, soon, and later it does not.
    count = tmp_path / "count"
    web, worker = (
        python("web", SLEEPER),
        python("worker", f"open({str(count)!r}, 'a').write('x'); {SLEEPER.replace('600', '0.3')}; raise SystemExit(1)"),
    )
    said: list[str] = []

    def say(words: str) -> None:
        said.append(words)
        if words == AGAIN and said.count(AGAIN) == 3:
            raise Stopped

    run_together([web, worker], lambda: True, say, "ready")
    assert said[0] == "ready" and web.process and web.process.returncode == -signal.SIGTERM
    assert len(count.read_text()) >= 3


def test_one_that_will_not_listen_is_made_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "PATIENCE", 0.5)
    deaf = python("web", DEAF)
    deaf.start()
    wait_until(lambda: deaf.running, "it has started")
    time.sleep(0.5)
    children.stop([deaf])
    assert not deaf.running

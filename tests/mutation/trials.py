"""mutmut makes the changes, and this tries them: python trials.py [--children N], in a copy that `copied` has made.

The tests are collected once, and each change is tried in a fork of that process, those first that caught others there.
Only the time of the processor is limited: a busy machine, or one that was stopped, kills nothing.
"""

import argparse
import contextlib
import functools
import gc
import json
import math
import os
import resource
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import libcst as cst
import mutmut.__main__ as mutmut
import pytest
from mutmut.configuration import config
from mutmut.mutation import mutators, trampoline
from mutmut.utils.file_utils import setup_source_paths
from mutmut.utils.format_utils import mangled_name_from_mutant_name

SURVIVED, KILLED, BROKEN, UNTESTED = 0, 1, 3, 33
MEMORY = 4 * 1024**3


def words(node: cst.BaseString) -> Iterable[cst.BaseString]:
    """A name is changed once. A sentence, which has a space in it, is for people: no test holds its every letter."""
    if isinstance(node, cst.SimpleString) and len(node.quote) == 1 and " " not in node.value:
        yield node.with_changes(value=f"{node.prefix}{node.quote}XX{node.raw_value}XX{node.quote}")


def change_everything(children: int) -> None:
    """mutants/ beside the copy: each function with all its changes, and what became of those that were tried before."""
    for number, (kind, _) in enumerate(mutators.mutation_operators):
        if kind is cst.BaseString:
            mutators.mutation_operators[number] = (kind, words)
    Path("mutants").mkdir(exist_ok=True)
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
        mutmut.copy_src_dir()
        mutmut.copy_also_copy_files()
        mutmut.create_mutants(children)
    setup_source_paths()


class Trials:
    """Instead of running the tests once, as pytest would, they are run for each change."""

    def __init__(self, children: int) -> None:
        self.children = children
        self.reached: dict[str, list[pytest.Item]] = {}
        self.seconds: dict[str, float] = {}
        self.caught: defaultdict[str, Counter[str]] = defaultdict(Counter)
        """By function and by module: how many changes a test caught there."""
        self.running: dict[int, tuple[Module, str, int]] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if session.testsfailed or not session.items:
            raise session.Interrupted("the tests could not be collected")
        gc.collect()
        gc.freeze()
        self.look(session)
        for module in modules():
            for name in module.waiting():
                if function_of(name) not in self.reached:
                    module.ended(name, UNTESTED)
                    continue
                while len(self.running) >= self.children:
                    self.hear()
                self.start(module, name)
            while self.running:
                self.hear()
            print(module.line, flush=True)
        print(f"It took {math.ceil(os.times().children_user / 60)} min of one processor.", flush=True)
        return True

    def look(self, session: pytest.Session) -> None:
        """Which tests reach which function, and that all pass while nothing is changed."""
        print(f"Running {len(session.items)} tests once …", flush=True)
        pid, pipe = forked(lambda: watched(session))
        with open(pipe) as said:
            found = json.loads(said.read() or "{}")
        os.waitpid(pid, 0)
        if found.get("failed", True):
            sys.exit(f"A test fails in the copy with nothing changed: {found.get('failed', 'no answer')}")
        by_name = {item.nodeid: item for item in session.items}
        self.seconds = found["seconds"]
        self.reached = {name: [by_name[test] for test in tests] for name, tests in found["reached"].items()}

    def start(self, module: "Module", name: str) -> None:
        tests = self.in_order(name)
        whole = sum(self.seconds[test.nodeid] for test in tests)
        pid, pipe = forked(lambda: tried(name, tests, math.ceil(whole * 5 + 10)))
        self.running[pid] = (module, name, pipe)

    def in_order(self, name: str) -> list[pytest.Item]:
        """Those that soonest catch it, to judge by what they caught before."""
        here, around = self.caught[function_of(name)], self.caught[function_of(name).rpartition(".")[0]]

        def worth(test: pytest.Item) -> float:
            chance = here[test.nodeid] * 5 + around[test.nodeid] + 0.05
            return -chance / (self.seconds[test.nodeid] + 0.005)

        return sorted(self.reached[function_of(name)], key=worth)

    def hear(self) -> None:
        pid, status = os.wait()
        module, name, pipe = self.running.pop(pid)
        with open(pipe) as said:
            test = said.read()
        code = os.waitstatus_to_exitcode(status)
        if code == KILLED:
            self.caught[function_of(name)][test] += 1
            self.caught[function_of(name).rpartition(".")[0]][test] += 1
        module.ended(name, code)


class Module:
    """What mutmut keeps of a module's changes, in the file that the report reads."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.said = json.loads(file.read_text())
        self.codes: dict[str, int | None] = self.said["exit_code_by_key"]

    def waiting(self) -> list[str]:
        return [name for name, code in self.codes.items() if code is None]

    def ended(self, name: str, code: int) -> None:
        self.codes[name] = code
        self.file.write_text(json.dumps(self.said))

    @property
    def line(self) -> str:
        survived = sum(code in (SURVIVED, UNTESTED) for code in self.codes.values())
        return f"{self.file.relative_to('evenhand/policy')}: {len(self.codes)} changes, {survived} not noticed"


def modules() -> Iterator[Module]:
    """Those that were asked for. Called in mutants/."""
    for file in sorted(Path("evenhand").rglob("*.meta")):
        if config().should_mutate(Path(str(file).removesuffix(".meta"))):
            yield Module(file)


def function_of(name: str) -> str:
    return mangled_name_from_mutant_name(name)


def forked(answer: Callable[[], tuple[int, str]]) -> tuple[int, int]:
    """A copy of this process that writes the answer to the pipe and ends with its code. Its number, and the pipe."""
    reading, writing = os.pipe()
    if pid := os.fork():
        os.close(writing)
        return pid, reading
    code = BROKEN
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        code, words = answer()
        with open(writing, "w") as pipe:
            pipe.write(words)
    finally:
        os._exit(code)


def tried(name: str, tests: list[pytest.Item], seconds: int) -> tuple[int, str]:
    """In a fork: the tests with the change, up to the first that notices."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    trampoline.get_mutant_under_test = lambda: name
    failed = first_failing(tests)
    return (KILLED, failed) if failed else (SURVIVED, "")


def first_failing(tests: list[pytest.Item]) -> str:
    for test, following in zip(tests, [*tests[1:], None], strict=True):
        test.config.hook.pytest_runtest_protocol(item=test, nextitem=following)
        if test.session.testsfailed:
            return test.nodeid
    return ""


def watched(session: pytest.Session) -> tuple[int, str]:
    """In a fork: every test with nothing changed, and what each reaches. What one keeps for the next is forgotten."""
    called: set[str] = set()
    trampoline.get_mutant_under_test = lambda: "stats"
    trampoline.record_trampoline_hit = lambda name, **_: called.add(name)
    kept = [found for found in gc.get_objects() if isinstance(found, functools._lru_cache_wrapper)]
    ours = [found for found in kept if found.__module__.startswith(("evenhand.", "tests."))]
    reached: dict[str, list[str]] = defaultdict(list)
    seconds: dict[str, float] = {}
    for test in session.items:
        for found in ours:
            found.cache_clear()
        before = os.times().user
        if failed := first_failing([test]):
            return BROKEN, json.dumps({"failed": failed})
        seconds[test.nodeid] = os.times().user - before
        for function in called:
            reached[function].append(test.nodeid)
        called.clear()
    return 0, json.dumps({"failed": "", "reached": reached, "seconds": seconds})


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--children", type=int, default=1)
    children = asked.parse_args().children
    change_everything(children)
    told: list[Any] = [*config().pytest_add_cli_args, *config().pytest_add_cli_args_test_selection]
    os.chdir("mutants")
    # Nobody reads why a test fails, and to say so takes longer than most tests.
    silent = ["--rootdir=.", "-q", "--no-summary", "--capture=no", "--assert=plain", "--tb=no"]
    code = pytest.main([*silent, *told], plugins=[Trials(children)])
    sys.exit(0 if code in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED) else 1)


if __name__ == "__main__":
    main()

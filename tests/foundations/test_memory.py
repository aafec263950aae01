"""What a process holds in its memory is not left on a disk, and nobody else of the same user may look into it."""

import subprocess
import sys

import pytest

from tests.foundations.conftest import ROOT

AS_IT_IS = """
import ctypes, resource, sys
PR_GET_DUMPABLE = 3
def told(what):
    print(what, resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(PR_GET_DUMPABLE, 0, 0, 0, 0))
told("before")
sys.argv = ["evenhand", *sys.argv[1:]]
from evenhand import __main__, commands, serving
serving.serve = lambda *given: told("serves") or 0
commands.obey = lambda *given: told("obeys") or 0
try:
    __main__.main()
except SystemExit:
    pass
"""
WEB = """
import ctypes, resource, sys
from evenhand import served, web_server
def loaded():
    print("web", resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
    sys.exit()
web_server.load_entrance = loaded
served.main()
"""


@pytest.mark.parametrize("name, what", [("serve", "serves"), ("worker", "obeys"), ("verify", "obeys")])
def test_a_command_leaves_no_core_file_and_lets_nobody_look_into_it(name: str, what: str) -> None:
    said = subprocess.run([sys.executable, "-c", AS_IT_IS, name], cwd=ROOT, capture_output=True, text=True)
    before, after = said.stdout.splitlines()
    assert before.endswith(" 1"), "Python can be looked into unless something is done about it."
    assert after == f"{what} (0, 0) 0", said.stderr


def test_the_web_closes_itself_before_it_reads_a_key() -> None:
    given = ["--host", "127.0.0.1", "--port", "1", "--workers", "1"]
    said = subprocess.run([sys.executable, "-c", WEB, *given], cwd=ROOT, capture_output=True, text=True)
    assert said.stdout == "web (0, 0) 0\n", said.stderr

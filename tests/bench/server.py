"""A web server in a world, ours or a bare one, in the same clothes: one process, as many threads."""

import http.client
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.bench.world import ROOT, World

THREADS = 4
PATIENCE = 60


@contextmanager
def serving(world: World, application: str, port: int) -> Iterator[int]:
    """The application answers at this port of this machine within the block."""
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", application, "--no-ws", "--log-level", "error"]
    granian += ["--host", "127.0.0.1", "--port", str(port), "--workers", "1", "--blocking-threads", str(THREADS)]
    process = subprocess.Popen(granian, cwd=ROOT, env=world.environment)
    try:
        until_it_answers(port, process)
        yield port
    finally:
        process.terminate()
        process.wait()


def until_it_answers(port: int, process: subprocess.Popen[bytes], path: str = "/") -> int:
    """The status of the first answer."""
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        if process.poll() is not None:
            sys.exit(f"The server at port {port} ended before it answered.")
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", path, headers={"Host": "localhost"})
            answer = connection.getresponse()
            answer.read()
            return answer.status
        except OSError:
            time.sleep(0.05)
        finally:
            connection.close()
    sys.exit(f"The server at port {port} did not answer within {PATIENCE} seconds.")

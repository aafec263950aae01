"""`evenhand serve` and `evenhand demo`: database, web and worker, started and stopped together."""

import argparse
import errno
import fcntl
import functools
import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from evenhand import environment
from evenhand.children import Child, ChildFailed, Stopped, evenhand, heed_signals, run_together
from evenhand.database import prepared
from evenhand.database.lease import attached
from evenhand.database.place import DatabaseTrouble, Place, described
from evenhand.database.postmaster import end_with_parent
from evenhand.people import terms

THREADS = 4


class CannotServe(Exception):
    """Why we cannot start, and what to do about it."""


def arguments(name: str, given: list[str]) -> argparse.Namespace:
    """What the command line asks of `serve` or `demo`."""
    parser = argparse.ArgumentParser(prog=f"evenhand {name}")
    parser.add_argument("--port", type=int, default=environment.number("EVENHAND_PORT", 8000))
    if name == "demo":
        parser.add_argument("--fresh", action="store_true", help="start the demonstration over")
        parser.set_defaults(host="127.0.0.1", workers=1)
    else:
        parser.add_argument(
            "--host", default=environment.text("EVENHAND_HOST", "127.0.0.1"), help="address to listen on"
        )
        parser.add_argument(
            "--workers", type=int, default=environment.number("EVENHAND_WORKERS", 2), help="web processes"
        )
        parser.set_defaults(fresh=False)
    return parser.parse_args(given)


def serve(name: str, given: list[str]) -> int:
    """Run until asked to stop; the exit code. `name`: "serve" or "demo"."""
    asked = arguments(name, given)
    place = None if environment.text("DATABASE_URL") else Place(environment.var_folder())
    heed_signals()
    try:
        with alone(asked.port):
            refuse_busy_port(asked.host, asked.port)
            os.environ.setdefault("EVENHAND_URL", f"http://localhost:{asked.port}")
            with attached(place, say) if place else nullcontext():
                make_ready(place, demo=name == "demo", fresh=asked.fresh)
                run_together(processes(asked), lambda: answers(asked.host, asked.port), say, welcome(name))
    except (CannotServe, ChildFailed, DatabaseTrouble, environment.BadSetting) as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except (Stopped, KeyboardInterrupt):
        say("Stopped before everything was ready; the next start takes it up again.")
        return 130
    say("Stopped.")
    return 0


def say(words: str) -> None:
    """Tell whoever started us, at once, also when we write to a file."""
    print(words, flush=True)


@contextmanager
def alone(port: int) -> Iterator[None]:
    """Hold the lock that makes us the only one to serve from this `var`. Raises CannotServe."""
    locks = environment.var_folder() / "database"
    try:
        locks.mkdir(parents=True, exist_ok=True)
        file = (locks / "serve.lock").open("a+")
    except OSError as error:
        raise CannotServe(
            f"{locks} cannot be written ({error.strerror}). Set EVENHAND_VAR to a folder that can."
        ) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            raise CannotServe(
                f"Evenhand already runs here: {file.read().strip()}. Stop that first, or give this one a folder and a "
                "port of its own (EVENHAND_VAR, --port)."
            ) from error
        file.truncate(0)
        file.write(f"process {os.getpid()}, http://localhost:{port}")
        file.flush()
        yield


def refuse_busy_port(host: str, port: int) -> None:
    """Raise CannotServe if somebody else has the port, also where `localhost` leads by IPv6."""
    busy = CannotServe(
        f"Port {port} is in use by another program. Stop that, or choose another port: --port {port + 1}"
    )
    try:
        with socket.create_server((host, port)):
            pass
        with socket.socket(socket.AF_INET6) as other:
            if other.connect_ex(("::1", port)) == 0:
                raise busy
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise busy from error
        if error.errno == errno.EACCES:
            raise CannotServe(f"Only root may listen on port {port}. Choose one above 1023: --port 8000") from error
        if error.errno != errno.EAFNOSUPPORT:
            raise CannotServe(f"Cannot listen on {host}, port {port}: {error.strerror}.") from error


def answers(host: str, port: int) -> bool:
    """Whether the web answers yet; whatever it says will do."""
    connection = HTTPConnection("127.0.0.1" if host == "0.0.0.0" else host, port, timeout=5)
    try:
        connection.request("HEAD", "/accounts/login/", headers={"Host": "localhost"})
        return bool(connection.getresponse().status)
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def welcome(name: str) -> str:
    """What to say once the web answers: in a demonstration, where one click signs in."""
    address = os.environ["EVENHAND_URL"] + ("/welcome/" if name == "demo" else "")
    return f"Evenhand is ready: {address}  (Ctrl-C stops it)"


def processes(asked: argparse.Namespace) -> list[Child]:
    """The web and the worker."""
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "evenhand.served:application"]
    granian += [
        "--host",
        asked.host,
        "--port",
        str(asked.port),
        "--no-ws",
        "--log-level",
        "warning",
        "--workers-kill-timeout",
        "3",
    ]
    granian += ["--workers", str(asked.workers), "--blocking-threads", str(THREADS)]
    # One of the web's processes that falls over is replaced, and the others answer meanwhile.
    granian += ["--respawn-failed-workers", "--respawn-interval", "0.1"]
    # People wait for the web: the worker begins when it answers, so that the two do not hold each other up.
    return [Child("web", granian), Child("worker", evenhand("worker"), waits=True)]


def make_ready(place: Place | None, *, demo: bool, fresh: bool) -> None:
    """Bring tables, static files and, the first time, the demonstration into place; quick when they are."""
    owner = described(place, as_owner=True)
    filled = demo_note(owner)
    # A first start that was interrupted left half a demonstration: it is begun again.
    fresh = fresh or (demo and prepared.provenance(owner) == "demo" and not filled.exists())
    right = prepared.provenance(owner) == "demo" if demo else prepared.provenance(owner) != ""
    if fresh or not (right and prepared.tables_are_ready(owner) and prepared.static_is_ready()):
        if fresh:
            filled.unlink(missing_ok=True)
        run_first("prepare", *(["--demo"] if demo else []), *(["--fresh"] if fresh else []))
    if demo and not filled.exists():
        run_first("begin-demo")
        filled.write_text("This demonstration is complete.\n")
    refuse_bad_terms(owner)


def refuse_bad_terms(owner: dict[str, object]) -> None:
    """Raise CannotServe if the landlord's terms are out of the policy's bounds: no act could be recorded under them."""
    for stored in prepared.asked(owner, "SELECT terms::text FROM people_landlord"):
        if wrong := list(terms.problems(json.loads(stored))):
            raise CannotServe(" ".join(wrong))


def demo_note(owner: dict[str, object]) -> Path:
    """Where we note that this database's demonstration is complete."""
    which = hashlib.sha256(f"{owner['HOST']} {owner.get('PORT')} {owner['NAME']}".encode()).hexdigest()[:12]
    return environment.var_folder() / "database" / f"demo-{which}"


def run_first(*command: str) -> None:
    """Run one of our own commands to its end. Raises CannotServe if it failed; it has said why itself."""
    # In a group of its own: a Ctrl-C reaches us, and we end it, without a page of Python's own about it.
    parting = functools.partial(end_with_parent, signal.SIGTERM)
    done = subprocess.run(evenhand(*command), stdin=subprocess.DEVNULL, process_group=0, preexec_fn=parting)
    if done.returncode:
        raise CannotServe(f"“evenhand {' '.join(command)}” did not succeed; what it said stands above.")

"""`evenhand serve` and `evenhand demo`: database, web and worker, started and stopped together."""

import argparse
import errno
import fcntl
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from evenhand import environment
from evenhand.children import (
    LOADING,
    CannotServe,
    Child,
    ChildFailed,
    Stopped,
    evenhand,
    heed_signals,
    run_together,
    stop,
)


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
    heed_signals()
    try:
        with alone(asked.port):
            refuse_busy_port(asked.host, asked.port)
            os.environ["EVENHAND_URL"] = environment.text("EVENHAND_URL", f"http://localhost:{asked.port}")
            serve_together(name, asked)
    except (CannotServe, ChildFailed, environment.BadSetting) as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except (Stopped, KeyboardInterrupt):
        say("Stopped before everything was ready; the next start takes it up again.")
        return 130
    say("Stopped.")
    return 0


def serve_together(name: str, asked: argparse.Namespace) -> None:
    """Let the web load while the database is started and looked at; then serve until asked to stop."""
    web, worker = processes(asked)
    web.begin()
    try:
        # Here and not above: what speaks with the database takes its time to load, and the web is to load meanwhile.
        from evenhand.making_ready import made_ready

        with made_ready(say, demo=name == "demo", fresh=asked.fresh):
            run_together([web, worker], lambda: answers(asked.host, asked.port), say, welcome(name))
    finally:
        stop([web])


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
    """Whether the web answers yet, and has loaded everything; whatever it says will do."""
    try:
        with socket.create_connection(("127.0.0.1" if host == "0.0.0.0" else host, port), timeout=5) as web:
            web.sendall(b"HEAD / HTTP/1.0\r\nHost: localhost\r\n\r\n")
            with web.makefile("rb") as answer:
                said = answer.read()
            return said.startswith(b"HTTP") and LOADING.lower().encode() not in said.lower()
    except OSError:
        return False


def welcome(name: str) -> str:
    """What to say once the web answers: in a demonstration, where one click signs in."""
    address = os.environ["EVENHAND_URL"] + ("/welcome/" if name == "demo" else "")
    return f"Evenhand is ready: {address}  (Ctrl-C stops it)"


def processes(asked: argparse.Namespace) -> list[Child]:
    """The web and the worker."""
    web = [sys.executable, "-m", "evenhand.served", "--host", asked.host, "--port", str(asked.port)]
    web += ["--workers", str(asked.workers)]
    # People wait for the web: the worker begins when it answers, so that the two do not hold each other up.
    return [Child("web", web), Child("worker", evenhand("worker"), waits=True)]

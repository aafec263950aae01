"""Before the web answers: a database at hand, tables and static files of this release, terms within their bounds."""

import functools
import hashlib
import json
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from evenhand import environment
from evenhand.children import CannotServe, evenhand
from evenhand.database import prepared
from evenhand.database.lease import Say, attached
from evenhand.database.place import DatabaseTrouble, Place, described
from evenhand.parting import end_with_parent
from evenhand.people import terms


@contextmanager
def made_ready(say: Say, *, demo: bool, fresh: bool) -> Iterator[None]:
    """Within this block the database answers and holds what is to be served. Raises CannotServe."""
    place = None if environment.text("DATABASE_URL") else Place(environment.var_folder())
    try:
        with attached(place, say) if place else nullcontext():
            make_ready(place, demo=demo, fresh=fresh)
            yield
    except DatabaseTrouble as trouble:
        raise CannotServe(str(trouble)) from trouble


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

"""`evenhand …`: Django's commands under a better name, and what runs the product.

evenhand demo [--fresh] [--port N]    an invented landlord to look round in
evenhand serve [--port N]             the product: database, web and worker together
evenhand worker                       only what works in the background, for another machine
evenhand add-administrator E-MAIL FIRST-NAME LAST-NAME    the first colleague, who adds the others on a page
evenhand lookup TEXT [--as ROLE]      what to do today about whoever the text means
evenhand verify [--export FILE]       whether the record is still what was written
evenhand backup FILE                  everything in one file, while it runs
evenhand restore FILE                 bring a backup back into an empty place
evenhand dispose                      let go of what two colleagues agreed to
evenhand migrate                      bring the database's tables up to date
evenhand check                        whether everything is set up as it should be
evenhand help                         every other command
"""

import os
import signal
import sys
from contextlib import nullcontext

from django.core.management import execute_from_command_line

from evenhand import environment
from evenhand.children import Stopped, heed_signals
from evenhand.database.lease import attached
from evenhand.database.place import DATABASE, OWNER, DatabaseTrouble, Place
from evenhand.serving import serve

SERVING = {"serve", "demo"}
# Only these come as the role that owns the tables; everything else has the application's rights.
AS_OWNER = {"migrate", "prepare", "createcachetable", "dispose", "verify", "backup", "restore"}
WITHOUT_DATABASE = {"help", "version", "check", "collectstatic", "findstatic", "documents", "makemigrations"}


def main() -> None:
    """Run the command line, and leave with its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.settings")
    given = sys.argv[1:]
    # The commands are spoken with hyphens and are Python modules with underscores.
    name = given[0].replace("-", "_") if given and not given[0].startswith("-") else ""
    if name == "help" and given[1:2] and given[1] in SERVING:
        name, given = given[1], [given[1], "--help"]
    if name in SERVING:
        sys.exit(serve(name, given[1:]))
    if not name or (name == "help" and len(given) == 1):
        print(__doc__)
    try:
        if name == "database":
            sys.exit(hold())
        run(name, given[1:] if name else given)
    except (DatabaseTrouble, environment.BadSetting) as trouble:
        print(trouble, file=sys.stderr)
        sys.exit(1)


def run(name: str, rest: list[str]) -> None:
    """Run one of Django's commands with the embedded database at hand, if that is the one in use."""
    if name in AS_OWNER:
        os.environ["EVENHAND_ACT_AS"] = "owner"
    command = ["work" if name == "worker" else name, *rest] if name else rest
    alone = not name or (name in WITHOUT_DATABASE and "--database" not in rest) or "--help" in rest
    needless = alone or environment.text("DATABASE_URL")
    with nullcontext() if needless else attached(Place(environment.var_folder()), tell):
        execute_from_command_line(["evenhand", *command])


def hold() -> int:
    """Keep the embedded database running until asked to stop, for whoever wants to look inside; the exit code."""
    if environment.text("DATABASE_URL"):
        raise environment.BadSetting("DATABASE_URL names a database of your own, so there is none of ours to run.")
    place = Place(environment.var_folder())
    heed_signals()
    try:
        with attached(place, tell):
            tell(f"The database answers at: psql -h {place.socket} -U {OWNER} {DATABASE}  (Ctrl-C stops it)")
            while True:
                signal.pause()
    except Stopped:
        return 0


def tell(words: str) -> None:
    """Say what takes long where it does not mix with a command's own output."""
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()

"""`evenhand …`: Django's commands under a better name, and what runs the product.

evenhand demo [--fresh] [--port N]    an invented landlord to look round in
evenhand serve [--port N]             the product: database, web and worker together
evenhand worker                       only what works in the background, for another machine
evenhand add-administrator E-MAIL FIRST-NAME LAST-NAME    the first colleague, who adds the others on a page
evenhand lookup TEXT [--as ROLE]      what to do today about whoever the text means
evenhand verify [--export FILE]       whether the record is still what was written
evenhand backup FILE                  everything in one file, while it runs
evenhand restore FILE                 bring a backup back into an empty place
evenhand look-through                 whether there is a virus in a file that is kept
evenhand dispose                      let go of what two colleagues agreed to
evenhand migrate                      bring the database's tables up to date
evenhand check                        whether everything is set up as it should be
evenhand help                         every other command
"""

import os
import sys

from evenhand.memory import closed_to_others

SERVING = {"serve", "demo"}


def main() -> None:
    """Run the command line, and leave with its exit code."""
    closed_to_others()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.settings")
    given = sys.argv[1:]
    # The commands are spoken with hyphens and are Python modules with underscores.
    name = given[0].replace("-", "_") if given and not given[0].startswith("-") else ""
    if name == "help" and given[1:2] and given[1] in SERVING:
        name, given = given[1], [given[1], "--help"]
    # Here and below, and not above: each loads what it needs itself, for `serve` is not to wait for Django, which only
    # the other commands need.
    if name in SERVING:
        from evenhand.serving import serve

        sys.exit(serve(name, given[1:]))
    if not name or (name == "help" and len(given) == 1):
        print(__doc__)
    from evenhand.commands import obey

    sys.exit(obey(name, given[1:] if name else given))


if __name__ == "__main__":
    main()

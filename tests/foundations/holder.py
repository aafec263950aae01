"""Uses the embedded database of a folder until told to stop: `python -m tests.foundations.holder VAR`."""

import sys
from pathlib import Path

from evenhand.database.lease import attached
from evenhand.database.place import DatabaseTrouble, Place

if __name__ == "__main__":
    try:
        with attached(Place(Path(sys.argv[1])), extra=("fsync=off",)):
            print("READY", flush=True)
            sys.stdin.readline()
    except DatabaseTrouble as trouble:
        print(trouble, flush=True)
        sys.exit(1)

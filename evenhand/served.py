"""The web as a program: `python -m evenhand.served --host HOST --port PORT --workers N [--when-told]`."""

import argparse
import gc

from evenhand.children import WHEN_TOLD
from evenhand.memory import closed_to_others


def main() -> None:
    """Load, and answer until asked to stop."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, required=True)
    parser.add_argument(WHEN_TOLD, action="store_true", help="load, and serve as soon as anything is said to us")
    asked = parser.parse_args()
    # Handed on to the processes that are forked from this one.
    closed_to_others()
    # What is loaded stays: looking meanwhile for what could be let go of takes a fifth of the time, all along.
    gc.disable()
    # Here and not above: the two things before this are to hold while it loads, which brings most of the product in.
    from evenhand.web_server import load_and_serve

    load_and_serve(asked)


if __name__ == "__main__":
    main()

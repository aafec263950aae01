"""`evenhand …`: Django's commands under a better name, and a few of our own."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.settings")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

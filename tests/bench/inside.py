"""For whatever runs inside a world, in a process of its own: Django made ready, its database at hand."""

import os
import sys
from pathlib import Path

import django


def ready() -> None:
    """Django set up for the folder that EVENHAND_VAR names."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.settings")
    django.setup()

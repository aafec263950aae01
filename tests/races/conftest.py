"""Deeds done at once, in threads of their own, on a real database whose changes are real."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connections

from tests.web.conftest import cast, home, landlord, story, tenant

__all__ = ["cast", "home", "landlord", "story", "tenant"]
PATIENCE = 60


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """What came of each, begun at the same moment: its result, or what it raised."""
    ready = Barrier(len(deeds))

    def done(deed: Callable[[], Any]) -> Any:
        try:
            ready.wait(PATIENCE)
            return deed()
        except Exception as raised:  # what it raised is what is asked about
            return raised
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(done, deeds))

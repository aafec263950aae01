"""Files that are kept, looked through again: a virus may have been unknown when they came, or nobody looked then."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.core.files.storage import default_storage

from evenhand import clamd
from evenhand.cases import models


@dataclass(frozen=True, slots=True)
class LookedAt:
    """One kept file: where it is to be had, case and reference, and what was found in it; empty if nothing was.

    `missing`: there is no such file, which `evenhand restore` and a backup are about.
    """

    where: tuple[str, ...]
    found: str = ""
    missing: bool = False


def every(scanner: clamd.Address) -> Iterator[LookedAt]:
    """Every file of every case, each once. Raises `clamd.Unsure` when the scanner stops answering."""
    clamd.version(scanner, time.monotonic() + settings.CLAMD_SECONDS)  # where nothing is kept yet, too
    rows = models.Exhibit.objects.order_by("stored_as", "pk").values_list("stored_as", "case__reference", "reference")
    places: dict[str, list[str]] = {}
    for stored_as, case, reference in rows.iterator():
        places.setdefault(stored_as, []).append(f"{case} {reference}")
    for stored_as, where in places.items():
        yield _looked_at(scanner, stored_as, tuple(where))


def _looked_at(scanner: clamd.Address, stored_as: str, where: tuple[str, ...]) -> LookedAt:
    try:
        with default_storage.open(stored_as) as file:
            found = clamd.look_through(scanner, file, time.monotonic() + settings.CLAMD_SECONDS)
    except FileNotFoundError:
        return LookedAt(where, missing=True)
    except clamd.TooLarge:
        return LookedAt(where, found="longer than the scanner takes, so nobody knows")
    return LookedAt(where, found)

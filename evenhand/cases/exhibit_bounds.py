"""How many files a case may have, and a colleague may keep in a day, so that nobody can fill the landlord's disk."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet, Sum

from evenhand.cases import models
from evenhand.policy.promises import Promise
from evenhand.policy.refusal import Objection, Refused

MEGABYTE = 1024 * 1024
DAY = timedelta(days=1)
ELSEWHERE = "Send this without them, keep them where your landlord keeps its papers, and say here where they are."
LATER = "Send this without them, and add them tomorrow; if they cannot wait, ask a colleague to add them."


def room_for(files: Sequence[Any], case: models.Case, by: str, at: datetime) -> None:
    """Nothing, if these files may be kept beside those there are. Raises `Refused`, with what to do instead.

    The case's row is held meanwhile, so that two forms at once cannot pass together; the bound of a colleague's day is
    only looked at, and may be passed by what they send at the very same moment.
    """
    of_case = models.Exhibit.objects.filter(case=case)
    of_day = models.Exhibit.objects.filter(added_by=by, added_at__gt=at - DAY)
    bounds = (
        (of_case, settings.CASE_FILES, settings.CASE_MEGABYTES, "This case", ELSEWHERE),
        (of_day, settings.DAY_FILES, settings.DAY_MEGABYTES, "What you sent within a day", LATER),
    )
    for kept, most_files, most_megabytes, whose, instead in bounds:
        count, size = _held(kept)
        words = ""
        if count + len(files) > most_files:
            there = "there is 1 file" if count == 1 else f"there are {count} files"
            words = f"{whose} may have {most_files} files together, and {there} already."
        elif size + sum(file.size for file in files) > most_megabytes * MEGABYTE:
            there = f"there are {size / MEGABYTE:.1f} MB"
            words = f"{whose} may have {most_megabytes} MB of files together, and {there} already."
        if words:
            raise Refused(Objection(f"{words} {instead}", Promise.I1, field="attached"))


def _held(kept: QuerySet[models.Exhibit]) -> tuple[int, int]:
    """How many, and how many bytes. A file that came along when a report joined is counted where it now is too."""
    held = kept.aggregate(files=Count("pk"), bytes=Sum("size"))
    return held["files"], held["bytes"] or 0

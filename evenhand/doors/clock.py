"""The one place where the doors ask what time it is."""

from django.utils import timezone

from evenhand.cases.reading import Moment


def now() -> Moment:
    """The moment in UTC, and the day it falls on where the landlord is: half past midnight in July is another day."""
    at = timezone.now()
    return Moment(at, timezone.localdate(at))

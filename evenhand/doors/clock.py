"""The one place where the doors ask what time it is."""

from datetime import datetime

from django.utils import timezone
from django.utils.timezone import localtime

from evenhand.people.moment import Moment


def now() -> Moment:
    """The moment in UTC, and the day it falls on where the landlord is: half past midnight in July is another day."""
    at = timezone.now()
    return Moment(at, timezone.localdate(at))


def local(moment: Moment) -> datetime:
    """The same moment as the landlord's own clock shows it."""
    return localtime(moment.at)

"""Whether the register is new enough to rely on: who moved since is not in it, and nobody may be told otherwise."""

from datetime import date

from django.db.models import Max
from django.db.models.functions import TruncDate

from evenhand.people.models import RegisterImport
from evenhand.people.models.register import Brings, ImportState
from evenhand.policy.terms import Terms


def stale_since(day: date, terms: Terms) -> date | None:
    """The day the register was last brought in, if that is too long ago on `day`; None while it is new enough.

    A landlord who never brought one in has none that could be out of date. One query.
    """
    taken = RegisterImport.objects.filter(brings=Brings.REGISTER, state=ImportState.DONE, dry_run=False)
    last: date | None = taken.aggregate(last=Max(TruncDate("ended_at")))["last"]
    if last is None or day <= terms.working_days_after(last, terms.register_days):
        return None
    return last

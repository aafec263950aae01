"""Whether the register is new enough to rely on: who moved since is not in it, and nobody may be told otherwise."""

from datetime import date

from evenhand.people import landlord
from evenhand.policy.terms import Terms


def stale_since(day: date, terms: Terms) -> date | None:
    """The day the register was last brought in, if that is too long ago on `day`; None while it is new enough.

    A landlord who never brought one in has none that could be out of date. One query.
    """
    return too_old(landlord.setting().register_on, day, terms)


def too_old(last: date | None, day: date, terms: Terms) -> date | None:
    """The same of a register that is known to have come in last on this day."""
    return last if last is not None and day > terms.working_days_after(last, terms.register_days) else None

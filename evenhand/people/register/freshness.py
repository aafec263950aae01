"""Whether the register is new enough to rely on: who moved since is not in it, and nobody may be told otherwise."""

from datetime import date

from evenhand.people import landlord
from evenhand.people.models import Person, RegisterImport
from evenhand.policy.terms import Terms


def stale_since(day: date, terms: Terms) -> date | None:
    """The day the register was last brought in whole, if that is too long ago on `day`; None while it is new enough.

    Of several sources with live people it is the one furthest behind: who is asked about may live with somebody of
    another. A landlord who never brought one in has none that could be out of date. One query.
    """
    return too_old(landlord.setting().register_on, day, terms)


def too_old(last: date | None, day: date, terms: Terms) -> date | None:
    """The same of a register that is known to have come in last on this day."""
    return last if last is not None and day > terms.working_days_after(last, terms.register_days) else None


def is_whole(record: RegisterImport) -> bool:
    """Whether an import of files has just brought in its source's register, and not some rows of it.

    It has where the files were declared complete, or held at least half of the people of that source who are live now;
    a file without people never has. In: the import with its counts, once its rows are loaded. One query.
    """
    people = record.counts["people.csv"]
    loaded = people["read"] - people["not loaded"]
    live = Person.objects.filter(source=record.source, left_on=None).count()
    return loaded > 0 and (record.complete or 2 * loaded >= live)

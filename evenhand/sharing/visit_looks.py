"""Who looked at what by a list of visits: one line for each home or person answered for, all in one statement."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from evenhand.people.models import User
from evenhand.people.models.look import LookKind
from evenhand.sharing.visits import Checked

BY_COMMAND = "the command line"
# The person is named in the log by their own key, a home by its reference in the register.
_LOG = """
    INSERT INTO people_look (at, by_id, actor, kind, reference, person_id, purpose)
    SELECT %(at)s, %(by)s::bigint, %(actor)s, %(home)s, home.source || ':' || home.ref, NULL, %(purpose)s
    FROM people_home home WHERE home.id = ANY(%(homes)s)
    UNION ALL
    SELECT %(at)s, %(by)s::bigint, %(actor)s, %(person)s, person.source || ':' || person.ref, person.id, %(purpose)s
    FROM people_person person WHERE person.id = ANY(%(people)s)
"""


def log(found: Iterable[Checked], at: datetime, by: User | None, purpose: str, actor: str = BY_COMMAND) -> None:
    """Logs the looks. In: `by` is the colleague who asked; without one, `actor` says what did."""
    homes, people = set(), set()
    for one in found:
        homes.add(one.match.home)
        people.add(one.match.person)
    values = {
        "at": at,
        "by": by.pk if by else None,
        "actor": by.actor_id if by else actor,
        "home": LookKind.HOME.value,
        "person": LookKind.PERSON.value,
        "homes": list(homes - {None}),
        "people": list(people - {None}),
        "purpose": purpose,
    }
    with connection.cursor() as cursor:
        cursor.execute(_LOG, values)

"""Checked rows of alerts.csv become inherited alerts that wait for a person. None becomes a marker (rule 3)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from evenhand.people import terms_now
from evenhand.people.register.judging import refuse_references_to_nothing, refuse_repeats
from evenhand.people.register.sheet import Sheet


@dataclass(frozen=True, slots=True)
class From:
    """Where rows come from: the import, the system that warned, and the register whose references it uses."""

    import_id: int
    source: str
    register: str


def refuse(sheet: Sheet, register: tuple[Sheet, ...], come: From) -> None:
    """Reports, and keeps from being loaded, what comes twice or speaks of nobody. In: the four staged sheets too."""
    refuse_repeats(sheet, come.import_id, by=("whose", "plain"))
    homes, people = register[0], register[1]
    for to, column in ((people, "person_ref"), (homes, "home_ref")):
        refuse_references_to_nothing(sheet, to, column, come.import_id, come.register, needed=False)


_OF_PEOPLE = "JOIN people_person person ON person.source = %(register)s AND person.ref = staged.person_ref"
_HOMES = "people_home home ON home.source = %(register)s AND home.ref = staged.home_ref"
_EACH = (
    ("person.id", f"{_OF_PEOPLE} LEFT JOIN {_HOMES}", "(source, person_id, code) WHERE person_id IS NOT NULL", "<> ''"),
    ("NULL::bigint", f"JOIN {_HOMES}", "(source, home_id, code) WHERE person_id IS NULL", "= ''"),
)
_NEWS = ("home_id", "since", "review_on", "note")


def load(come: From, day: date) -> tuple[int, int]:
    """Out: (added, changed). Each is kept once; what was decided is never undone, and no deadline begins anew.

    How long a warning is told is fixed on the day it first comes.
    """
    now = terms_now.on(day)
    facts: dict[str, Any] = {
        "import": come.import_id,
        "source": come.source,
        "register": come.register,
        "day": day,
        "until": now.working_days_after(day, now.inherited_alert_days),
    }
    with connection.cursor() as cursor:
        done = []
        for person, join, once, named in _EACH:
            cursor.execute(_upsert(person, join, once, named), facts)
            done.append(cursor.fetchone())
    return sum(added for added, _ in done), sum(changed for _, changed in done)


def _upsert(person: str, join: str, once: str, named: str) -> str:
    differs = " OR ".join(f"kept.{name} IS DISTINCT FROM excluded.{name}" for name in _NEWS)
    return f"""
        WITH done AS (
            INSERT INTO people_inheritedalert AS kept (source, person_id, home_id, code, about, warns, since, review_on,
                note, received_on, until, settled, why, "case", last_changed_in_id)
            SELECT %(source)s, {person}, home.id, staged.plain, staged.about, staged.warns, staged.since,
                staged.review_on, staged.note, %(day)s, %(until)s, '', '', '', %(import)s
            FROM staged_alerts staged {join}
            WHERE staged.fit AND staged.person_ref {named} ORDER BY staged.line
            ON CONFLICT {once} DO UPDATE
            SET {", ".join(f"{name} = excluded.{name}" for name in _NEWS)},
                last_changed_in_id = excluded.last_changed_in_id
            WHERE kept.settled = '' AND ({differs})
            RETURNING xmax = 0 AS added
        ) SELECT count(*) FILTER (WHERE added), count(*) FILTER (WHERE NOT added) FROM done
    """

"""Every record that is one person, for many people at once: what applies to one record applies to all."""

from collections.abc import Iterable

from django.db import connection

_EACH = """
    WITH RECURSIVE joined(asked, id) AS (
        SELECT id, id FROM unnest(%s::bigint[]) AS id
        UNION
        SELECT joined.asked, CASE WHEN person.id = joined.id THEN person.merged_into_id ELSE person.id END
        FROM joined
        JOIN people_person person
            ON person.merged_into_id = joined.id OR (person.id = joined.id AND person.merged_into_id IS NOT NULL)
    )
    SELECT asked, array_agg(id ORDER BY id) FROM joined GROUP BY asked
"""


def records_of(people: Iterable[int]) -> dict[int, list[int]]:
    """For each id of a person's record the ids of all records of that person, its own among them. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_EACH, [sorted(set(people))])
        return dict(cursor.fetchall())

"""The checked rows become the register, a whole file in one statement. Rows that say nothing new are left alone.

Each function gives (added, changed). All of them, with those in `absence.py`, run in one transaction.
"""

from datetime import date

from django.db import connection

_COUNT = "SELECT count(*) FILTER (WHERE added), count(*) FILTER (WHERE NOT added) FROM done"


def homes(import_id: int, source: str) -> tuple[int, int]:
    """Homes by source and reference; one that had left the register and is there again has not left."""
    return _upsert(
        "people_home",
        ["uprn", "address_line", "town", "postcode", "kind", "search_address", "search_postcode"],
        "staged_homes",
        import_id,
        source,
        cleared=["left_on"],
    )


def tenancies(import_id: int, source: str) -> tuple[int, int]:
    """Tenancies by source and reference, each at its home. A last day in the file, or none, replaces what was known."""
    return _upsert(
        "people_tenancy",
        ["home_id", "tenure", "started_on", "ended_on"],
        "staged_tenancies",
        import_id,
        source,
        values={"home_id": "home.id"},
        join="JOIN people_home home ON home.source = %(source)s AND home.ref = staged.home_ref",
    )


def people(import_id: int, source: str) -> tuple[int, int]:
    """People by source and reference. A name that changes stays as a former one: it finds the person for ever."""
    named = "(kept.forename, kept.surname) IS DISTINCT FROM (excluded.forename, excluded.surname)"
    was = "trim(kept.forename || ' ' || kept.surname)"
    return _upsert(
        "people_person",
        [
            *("title", "forename", "surname", "date_of_birth", "phone", "phones", "email", "emails"),
            *("language", "communication_needs"),
        ],
        "staged_people",
        import_id,
        source,
        cleared=["left_on"],
        fixed={
            "former_names": (
                "'{}'",
                f"CASE WHEN {named} AND {was} <> '' AND NOT {was} = ANY (kept.former_names) "
                f"THEN kept.former_names || {was}::varchar ELSE kept.former_names END",
            ),
            "search_name": (
                "staged.search_name",
                f"CASE WHEN {named} THEN excluded.search_name || ' ' || kept.search_name ELSE kept.search_name END",
            ),
            "description": ("''", "kept.description"),
            "letter_format": ("''", "kept.letter_format"),
            "unsafe_channels": ("'{}'", "kept.unsafe_channels"),
            "unsafe_note": ("''", "kept.unsafe_note"),
            "is_local": ("false", "kept.is_local"),
        },
    )


def tenancy_people(import_id: int, source: str) -> tuple[int, int]:
    """Who is of which tenancy. Someone whose part had ended and who is in the file again is back."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH done AS (
                INSERT INTO people_tenancyperson AS kept (tenancy_id, person_id, role, last_changed_in_id)
                SELECT tenancy.id, person.id, staged.role, %(import)s
                FROM staged_tenancy_people staged
                JOIN people_tenancy tenancy ON tenancy.source = %(source)s AND tenancy.ref = staged.tenancy_ref
                JOIN people_person person ON person.source = %(source)s AND person.ref = staged.person_ref
                WHERE staged.fit ORDER BY staged.line
                ON CONFLICT (tenancy_id, person_id) DO UPDATE
                SET role = excluded.role, ended_on = NULL, last_changed_in_id = excluded.last_changed_in_id
                WHERE kept.role <> excluded.role OR kept.ended_on IS NOT NULL
                RETURNING xmax = 0 AS added
            ) {_COUNT}
            """,
            {"import": import_id, "source": source},
        )
        added, changed = cursor.fetchone()
        return added, changed


def needs(import_id: int, source: str, day: date) -> tuple[int, int]:
    """Needs the register names begin, those it no longer names end. What a colleague recorded is not touched.

    Out: (begun, ended). Where a person's cell held a code we do not know, none of their needs end.
    """
    with connection.cursor() as cursor:
        facts: dict[str, str | date] = {"source": source, "day": day}
        cursor.execute(
            """
            UPDATE people_need need SET ended_on = %(day)s
            FROM people_person person JOIN staged_people staged ON staged.ref = person.ref
            WHERE person.source = %(source)s AND staged.fit AND staged.needs_known
            AND need.person_id = person.id AND need.source = %(source)s AND need.ended_on IS NULL
            AND NOT need.kind = ANY (staged.needs)
            """,
            facts,
        )
        ended = cursor.rowcount
        cursor.execute(
            """
            INSERT INTO people_need (person_id, kind, detail, source, recorded_on)
            SELECT person.id, kind, '', %(source)s, %(day)s
            FROM staged_people staged
            JOIN people_person person ON person.source = %(source)s AND person.ref = staged.ref
            CROSS JOIN LATERAL unnest(staged.needs) AS kind
            WHERE staged.fit
            ON CONFLICT (person_id, kind, source) WHERE ended_on IS NULL DO NOTHING
            """,
            facts,
        )
        return cursor.rowcount, ended


def _upsert(
    table: str,
    columns: list[str],
    staged: str,
    import_id: int,
    source: str,
    *,
    cleared: list[str] | None = None,
    values: dict[str, str] | None = None,
    fixed: dict[str, tuple[str, str]] | None = None,
    join: str = "",
) -> tuple[int, int]:
    """One statement that adds the rows of a temporary table to `table` and changes those that differ.

    `columns` are compared and replaced; `values` says where one comes from if not from the column of its name;
    `cleared` ones become empty again; `fixed` ones give their value when added and when changed.
    """
    cleared, values, fixed = cleared or [], values or {}, fixed or {}
    given = [values.get(name, f"staged.{name}") for name in columns] + [new for new, _ in fixed.values()]
    sets = [f"{name} = excluded.{name}" for name in columns] + [f"{name} = NULL" for name in cleared]
    sets += [f"{name} = {changed}" for name, (_, changed) in fixed.items()]
    differs = [f"kept.{name} IS DISTINCT FROM excluded.{name}" for name in columns]
    differs += [f"kept.{name} IS NOT NULL" for name in cleared]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH done AS (
                INSERT INTO {table} AS kept (source, ref, last_changed_in_id, {", ".join([*columns, *fixed])})
                SELECT %(source)s, staged.ref, %(import)s, {", ".join(given)}
                FROM {staged} staged {join} WHERE staged.fit ORDER BY staged.line
                ON CONFLICT (source, ref) DO UPDATE
                SET last_changed_in_id = excluded.last_changed_in_id, {", ".join(sets)}
                WHERE {" OR ".join(differs)}
                RETURNING xmax = 0 AS added
            ) {_COUNT}
            """,
            {"import": import_id, "source": source},
        )
        added, changed = cursor.fetchone()
        return added, changed

"""Staged rows become matters and contacts, each file in a few statements. Rows that say nothing new are left alone.

All of it runs in one transaction, one at a time for each source: `alone_with`.
"""

from dataclasses import dataclass

from django.db import connection

from evenhand.contacts.sheet import DAYS

Written = tuple[int, int]
"""How many rows were added, and how many changed."""

SAID = (
    *("channel", "direction", "minutes", "team", "asked_for_senior", "offered_colleague", "specific", "exempt_kind"),
    *("new_information", "because_of_need", "caller"),
)
"""What is said of a contact and kept as it was said."""
_COLUMNS = ", ".join(SAID)
_STAGED = ", ".join(f"staged.{name}" for name in SAID)
_INTO = f"INSERT INTO contacts_contact (id, at, source, ref, person_id, matter_id, matter_ref, {_COLUMNS})"
_FROM = f"""
    staged.at, %(source)s, staged.ref, {{person}}, matter.id,
    CASE WHEN matter.id IS NULL THEN staged.matter_ref ELSE '' END, {_STAGED}
"""
_JOINS = """
    LEFT JOIN people_person person ON person.source = %(register)s AND person.ref = staged.person_ref
    LEFT JOIN contacts_matter matter ON matter.source = %(source)s AND matter.ref = staged.matter_ref
"""
# Only the keys that can be meant are looked at: a part of a long file speaks of a few of very many.
_SAME = "key.source = %(source)s AND key.ref >= %(low)s AND key.ref <= %(high)s"
_LOCK_OF_SOURCES = 7_310_224


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of staged rows. `waiting` counts the contacts among them that name nobody we know."""

    matters: Written = (0, 0)
    contacts: Written = (0, 0)
    waiting: int = 0

    def __add__(self, more: "Loaded") -> "Loaded":
        matters = (self.matters[0] + more.matters[0], self.matters[1] + more.matters[1])
        contacts = (self.contacts[0] + more.contacts[0], self.contacts[1] + more.contacts[1])
        return Loaded(matters, contacts, self.waiting + more.waiting)


def load(source: str, register: str) -> Loaded:
    """Writes everything that was staged and judged. In: the source of the rows, and that of the people they name.

    `alone_with` the source; `settle` once all is loaded.
    """
    return Loaded(matters(source, register), contacts(source, register), waiting())


def settle(source: str) -> None:
    """Links what came before what it speaks of: contacts to their matters, and to their people."""
    link_late_matters(source)
    match_late_people()


def alone_with(source: str) -> None:
    """Nobody else writes contacts of this source until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_LOCK_OF_SOURCES, source])


def matters(source: str, register: str) -> Written:
    """Matters by source and reference. Out: (added, changed)."""
    columns = ("person_id", "kind", "opened_on", *DAYS, "unknown")
    sets = ", ".join(f"{name} = excluded.{name}" for name in columns)
    differs = " OR ".join(f"kept.{name} IS DISTINCT FROM excluded.{name}" for name in columns)
    with connection.cursor() as cursor:
        facts = _facts(source, register, "staged_matters")
        known = _some_known("contacts_matter", facts)
        cursor.execute(
            f"""
            WITH done AS (
                INSERT INTO contacts_matter AS kept (source, ref, {", ".join(columns)})
                SELECT %(source)s, staged.ref, person.id, {", ".join(f"staged.{name}" for name in columns[1:])}
                FROM staged_matters staged JOIN people_person person ON person.source = %(register)s
                    AND person.ref = staged.person_ref
                {f"ON CONFLICT (ref, source) DO UPDATE SET {sets} WHERE {differs}" if known else ""}
                RETURNING xmax = 0 AS added
            ) SELECT count(*) FILTER (WHERE added), count(*) FILTER (WHERE NOT added) FROM done
            """,
            facts,
        )
        added, changed = cursor.fetchone()
        return added, changed


def contacts(source: str, register: str) -> Written:
    """Contacts by source and reference, each in its month. Out: (added, changed).

    In: the source of the contacts, and that of the people they name. `judging.set_aside_the_lost` has run.
    """
    with connection.cursor() as cursor:
        facts = _facts(source, register, "staged_contacts")
        known = _some_known("contacts_contactkey", facts)
        changed = _correct(facts) if known else 0
        new = f"NOT EXISTS (SELECT FROM contacts_contactkey key WHERE {_SAME} AND key.ref = staged.ref)"
        new = new if known else "true"
        _await(facts, f"WHERE {new}")
        # Both parts see the keys as they were before the first of them adds any.
        cursor.execute(
            f"""
            WITH keys AS (
                INSERT INTO contacts_contactkey (source, ref, contact, at, digest)
                SELECT %(source)s, ref, id, at, digest FROM staged_contacts staged WHERE {new}
            )
            {_INTO} SELECT staged.id, {_FROM.format(person="person.id")}
            FROM staged_contacts staged {_JOINS} WHERE {new}
            """,
            facts,
        )
        return int(cursor.rowcount), changed


def _facts(source: str, register: str, staged: str) -> dict[str, str]:
    """What the statements are told: the sources of the rows and of the people, and the first and last reference."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT min(ref), max(ref) FROM {staged}")
        low, high = cursor.fetchone()
    return {"source": source, "register": register, "low": low, "high": high}


def _some_known(table: str, facts: dict[str, str]) -> bool:
    """Whether the table has any row that the staged ones can mean. Where it has none, nothing is compared with it: the
    database would read a table without a row once for every staged row, and it grows meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS (SELECT FROM {table} key WHERE {_SAME})", facts)
        return bool(cursor.fetchone()[0])


_CORRECTED = f"""
    INSERT INTO corrected_contacts (id, was_at, staged_id)
    SELECT key.contact, key.at, staged.id
    FROM staged_contacts staged JOIN contacts_contactkey key ON {_SAME} AND key.ref = staged.ref
    WHERE key.digest <> staged.digest
"""
_TAKEN_OUT = """
    DELETE FROM contacts_contact kept USING corrected_contacts new
    WHERE kept.id = new.id AND kept.at = new.was_at
"""
_NAMED_AS_BEFORE = (
    "UPDATE staged_contacts staged SET id = new.id FROM corrected_contacts new WHERE staged.id = new.staged_id",
    "UPDATE lost_contacts lost SET id = new.id FROM corrected_contacts new WHERE lost.id = new.staged_id",
)
_PUT_BACK = f"""
    {_INTO} SELECT staged.id, {_FROM.format(person="coalesce(person.id, matched.person_id)")}
    FROM staged_contacts staged JOIN corrected_contacts USING (id) {_JOINS}
    LEFT JOIN contacts_unmatched matched ON matched.contact = staged.id
"""
_KEYS_AGREE = """
    UPDATE contacts_contactkey key SET at = staged.at, digest = staged.digest
    FROM staged_contacts staged JOIN corrected_contacts USING (id)
    WHERE key.source = %(source)s AND key.ref = staged.ref
"""


def _correct(facts: dict[str, str]) -> int:
    """Replaces the contacts of which the source now says something else, whichever month they lay in. Out: how many.

    Whom a person matched by hand stays matched, as long as the source still names nobody we know.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CORRECTED, facts)
        if not cursor.rowcount:
            return 0
        for statement in (_TAKEN_OUT, *_NAMED_AS_BEFORE):
            cursor.execute(statement)
        _await(facts, "JOIN corrected_contacts USING (id)")
        cursor.execute(_PUT_BACK, facts)
        cursor.execute(_KEYS_AGREE, facts)
        return int(cursor.rowcount)


def _await(facts: dict[str, str], which: str) -> None:
    """Contacts of nobody wait to be matched; those that now name somebody wait no more."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO contacts_unmatched AS kept (contact, at, person_source, person_ref, telephone, email, name,
                phones, emails, verdict)
            SELECT staged.id, staged.at, %(register)s, staged.person_ref, staged.telephone, staged.email, staged.name,
                staged.phones, staged.emails, ''
            FROM staged_contacts staged JOIN lost_contacts USING (id) {which}
            ON CONFLICT (contact) DO UPDATE SET at = excluded.at, person_ref = excluded.person_ref,
                telephone = excluded.telephone, email = excluded.email, name = excluded.name,
                phones = excluded.phones, emails = excluded.emails
            """,
            facts,
        )
        if which.startswith("JOIN"):
            cursor.execute(
                """
                DELETE FROM contacts_unmatched waited USING corrected_contacts new WHERE waited.contact = new.id
                AND NOT EXISTS (SELECT FROM lost_contacts lost WHERE lost.id = new.id)
                """
            )


def waiting() -> int:
    """How many of the staged contacts name nobody we know."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM lost_contacts")
        return int(cursor.fetchone()[0])


def link_late_matters(source: str) -> int:
    """Contacts that spoke of a matter which has come since belong to it. Out: how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE contacts_contact contact SET matter_id = matter.id, matter_ref = ''
            FROM contacts_matter matter WHERE contact.source = %(source)s AND contact.matter_ref <> ''
            AND matter.source = %(source)s AND matter.ref = contact.matter_ref
            """,
            {"source": source},
        )
        return int(cursor.rowcount)


def match_late_people() -> int:
    """Contacts whose person the register names by now are theirs: it was their own reference. Out: how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH known AS (
                DELETE FROM contacts_unmatched waited USING people_person person
                WHERE waited.verdict = '' AND waited.person_ref <> ''
                AND person.source = waited.person_source AND person.ref = waited.person_ref
                RETURNING waited.contact, waited.at, person.id AS person
            ), noted AS (
                INSERT INTO contacts_tojudge (contact, at) SELECT contact, at FROM known
                ON CONFLICT (contact) DO UPDATE SET at = excluded.at
            ), after_it AS (
                INSERT INTO contacts_camelate AS noted (person, since) SELECT person, min(at) FROM known GROUP BY person
                ON CONFLICT (person) DO UPDATE SET since = least(noted.since, excluded.since)
            )
            UPDATE contacts_contact contact SET person_id = known.person FROM known
            WHERE contact.id = known.contact AND contact.at = known.at
            """
        )
        return int(cursor.rowcount)

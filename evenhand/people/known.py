"""The person's part of what a verb is told: their needs, age, tenancies, and the colleagues too close to act."""

from datetime import date
from typing import Any

from evenhand.database import planned
from evenhand.people import reading
from evenhand.people.models import Person
from evenhand.people.models.home import TenancyRole
from evenhand.people.models.person import RepresentativeKind
from evenhand.policy.need import Channel, Need
from evenhand.policy.occasion import Known

MUST_BE_TOLD_TOO = (RepresentativeKind.PARENT, RepresentativeKind.GUARDIAN, RepresentativeKind.ATTORNEY)

_MERGED = """
        SELECT CASE WHEN person.id = {known}.id THEN person.merged_into_id ELSE person.id END
        FROM {known} JOIN people_person person
            ON person.merged_into_id = {known}.id OR (person.id = {known}.id AND person.merged_into_id IS NOT NULL)
"""
_LIVE = """
    ({row}.started_on IS NULL OR {row}.started_on <= %(day)s::date)
    AND ({row}.ended_on IS NULL OR {row}.ended_on >= %(day)s::date)
"""
_SAME = f"""
    same(id) AS (
        SELECT unnest(%(people)s::bigint[])
        UNION
        {_MERGED.format(known="same")}
    )
"""
"""Every record that is one of these people, as the first part of a WITH RECURSIVE."""
_CLOSE = f"""
    part AS (
        SELECT link.tenancy_id, link.role, tenancy.home_id
        FROM same JOIN people_tenancyperson link ON link.person_id = same.id
            JOIN people_tenancy tenancy ON tenancy.id = link.tenancy_id
        WHERE {_LIVE.format(row="link")} AND {_LIVE.format(row="tenancy")}
    ), close(id) AS (
        (
            SELECT id FROM same
            UNION
            SELECT link.person_id
            FROM people_tenancy tenancy JOIN people_tenancyperson link ON link.tenancy_id = tenancy.id
            WHERE tenancy.home_id IN (SELECT home_id FROM part UNION ALL SELECT unnest(%(homes)s::bigint[]))
                AND {_LIVE.format(row="link")} AND {_LIVE.format(row="tenancy")}
        )
        UNION
        {_MERGED.format(known="close")}
    )
"""
"""Their parts in tenancies that hold on the day, and every record of everyone who lives in those homes."""
_TOO_CLOSE = "SELECT actor_id FROM people_user WHERE person_id IN (SELECT id FROM close)"
_COLLEAGUES = f"WITH RECURSIVE {_SAME}, {_CLOSE} {_TOO_CLOSE}"
_PICTURE = f"""
    WITH RECURSIVE {_SAME}, {_CLOSE}, record AS (SELECT person.* FROM same JOIN people_person person USING (id))
    SELECT
        ARRAY(SELECT id FROM same),
        (SELECT max(date_of_birth) FROM record),
        (SELECT min(died_on) FROM record),
        ARRAY(SELECT unnest(unsafe_channels) FROM record),
        ARRAY(
            SELECT need.kind FROM people_need need WHERE need.person_id IN (SELECT id FROM same)
            AND need.recorded_on <= %(day)s::date AND (need.ended_on IS NULL OR need.ended_on > %(day)s::date)
        ),
        ARRAY(SELECT tenancy_id FROM part WHERE role = ANY(%(holding)s::varchar[])),
        ARRAY(
            SELECT link.person_id FROM part JOIN people_tenancyperson link USING (tenancy_id)
            WHERE part.role = ANY(%(holding)s::varchar[]) AND link.role = ANY(%(holding)s::varchar[])
            AND link.person_id NOT IN (SELECT id FROM same) AND {_LIVE.format(row="link")}
        ),
        EXISTS (
            SELECT FROM people_representative one WHERE one.person_id IN (SELECT id FROM same)
            AND one.safe AND one.kind = ANY(%(told)s::varchar[])
            AND one.recorded_on <= %(day)s::date AND (one.ended_on IS NULL OR one.ended_on >= %(day)s::date)
        ),
        ARRAY({_TOO_CLOSE})
"""
_LOCKED = f"""
    WITH RECURSIVE {_SAME}
    SELECT id FROM people_person WHERE id IN (SELECT id FROM same) ORDER BY id FOR UPDATE
"""
_WORDS = {
    "holding": [role.value for role in TenancyRole if role.holds],
    "told": [kind.value for kind in MUST_BE_TOLD_TOO],
}


def lock(person: Person) -> frozenset[int]:
    """Locks every record of a person until the transaction ends. Out: their ids.

    Joining two records waits for this lock too, so what is read under it stays whole.
    """
    return lock_all_of(person.pk)


def lock_all_of(person: int) -> frozenset[int]:
    """The same, where no more is known yet than the id of one of their records."""
    ids: frozenset[int] = frozenset()
    while not (found := _ids(_LOCKED, [person])) <= ids:
        ids = found
    return ids


def picture(person: Person, day: date) -> Known:
    """What is known of a person on a day, over all their records. Limits, markers and complaints are empty here."""
    return records_and_picture(person, day)[1]


def records_and_picture(person: Person, day: date) -> tuple[frozenset[int], Known]:
    """The ids of every record that is this person, and what is known of them on a day. One query.

    The caller holds the lock where it matters. Limits, markers and complaints are empty here: the floors above add
    them with `dataclasses.replace`. Tenancies and joint tenants are given by their ids as text, never by name.
    """
    with planned.cursor() as cursor:
        cursor.execute(_PICTURE, {"people": [person.pk], "homes": [], "day": day, **_WORDS})
        ids, born, died, unsafe, needs, held, joint, safe, close = cursor.fetchone()
    return frozenset(ids), Known(
        person=str(person.pk),
        # Where two records disagree, the younger: a child treated as an adult is the worse mistake.
        age=reading.age_on(day, born),
        died_on=died,
        needs=frozenset(map(Need, needs)),
        unsafe=frozenset(map(Channel, unsafe)),
        tenancies=frozenset(map(str, held)),
        joint_tenants=frozenset(map(str, joint)),
        safe_representative=safe,
        colleagues_too=frozenset(close),
    )


def colleagues_at(home: int, day: date) -> frozenset[str]:
    """The actor ids of colleagues who live in this home on the day (rule 21)."""
    return _ids(_COLLEAGUES, [], [home], day)


def colleagues_close_to(person: Person, day: date) -> frozenset[str]:
    """The actor ids of colleagues who are this person or live with them on the day (rule 21)."""
    return _ids(_COLLEAGUES, [person.pk], [], day)


def _ids(statement: str, people: list[int], homes: list[int] | None = None, day: date | None = None) -> frozenset[Any]:
    with planned.cursor() as cursor:
        cursor.execute(statement, {"people": people, "homes": homes, "day": day})
        return frozenset(key for (key,) in cursor.fetchall())

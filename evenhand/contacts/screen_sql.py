"""The statements that look over everybody's contacts at once, to find whom it is worth counting exactly."""

from evenhand.contacts.evidence_sql import MATTER, NOT_DONE, OVERDUE, SPEAKING

_PLAIN = f"""
    contact.direction = 'in' AND coalesce(contact.exempt_kind, '') = '' AND contact.because_of_need IS NOT TRUE
    AND contact.new_information IS NOT TRUE AND coalesce(contact.caller, '') NOT IN {SPEAKING}
    AND contact.person_id IS NOT NULL AND contact.at >= %(since)s AND contact.at < %(until)s
    AND (
        matter.id IS NULL
        OR NOT coalesce({OVERDUE.format(matter="matter", day="(contact.at AT TIME ZONE %(zone)s)::date")}, false)
        AND NOT coalesce({NOT_DONE.format(matter="matter", day="(contact.at AT TIME ZONE %(zone)s)::date")}, false)
    )
"""
"""Contacts that count, as far as a row and its matter tell: all that count are among them, and few others."""

WORTH_COUNTING = f"""
WITH plain AS (
    SELECT contact.person_id, contact.at, contact.minutes, contact.asked_for_senior, contact.specific,
        (contact.at AT TIME ZONE %(zone)s)::date > least(matter.settled, matter.exhausted) AS after
    FROM contacts_contact contact LEFT JOIN {MATTER} matter ON matter.id = contact.matter_id
    WHERE {_PLAIN}
),
spaced AS (
    SELECT *, lead(at, %(fewest)s - 1) OVER (PARTITION BY person_id ORDER BY at) - at AS takes FROM plain
)
SELECT person_id FROM spaced GROUP BY person_id
HAVING sum(minutes) >= %(minutes)s AND (
    bool_or(takes < %(window)s) OR count(*) FILTER (WHERE asked_for_senior) >= %(senior)s
    OR count(*) FILTER (WHERE NOT specific) >= %(vague)s OR count(*) FILTER (WHERE after) > %(settled)s
)
"""
"""Everyone who could reach a threshold: enough minutes, and enough contacts of one sort or close enough together."""

MINUTES = """
SELECT (at AT TIME ZONE %(zone)s)::date AS day, sum(minutes) FROM contacts_contact
WHERE direction = 'in' AND at >= %(since)s AND at < %(until)s GROUP BY 1
"""

OWN_FAILURES = f"""
SELECT matter.id, count(*), coalesce(sum(contact.minutes), 0), max(contact.at)
FROM contacts_contact contact JOIN {MATTER} matter ON matter.id = contact.matter_id
WHERE contact.direction = 'in' AND contact.at >= %(since)s AND contact.at < %(until)s
    AND ({OVERDUE.format(matter="matter", day="(contact.at AT TIME ZONE %(zone)s)::date")}
        OR {NOT_DONE.format(matter="matter", day="(contact.at AT TIME ZONE %(zone)s)::date")})
GROUP BY matter.id ORDER BY 3 DESC, 1 LIMIT %(most)s
"""
"""The landlord's own failure demand: contacts that each of its matters caused by being late, or closed and not done."""

SAMPLE = """
SELECT id FROM people_person WHERE abs(hashint8(id)) %% 10000 < %(share)s
"""
"""A sample of all customers, the same each time: chosen by their number, and by nothing that is known of them."""

"""The statements that look over everybody's contacts at once, to find whom it is worth counting exactly."""

from evenhand.contacts.evidence_sql import MATTER, NOT_DONE, OVERDUE, SPEAKING

_PLAIN = f"""
    SELECT person_id, matter_id, minutes, asked_for_senior, specific, at::date AS day,
        channel IN ('email', 'letter', 'webform', 'social') AS written
    FROM contacts_contact
    WHERE direction = 'in' AND coalesce(exempt_kind, '') = '' AND because_of_need IS NOT TRUE
        AND new_information IS NOT TRUE AND coalesce(caller, '') NOT IN {SPEAKING}
        AND person_id IS NOT NULL AND at >= %(since)s AND at < %(until)s
    OFFSET 0
"""
"""Contacts that count, as far as a row tells: all that count are among them, and few others. Days are of UTC here,
which is quicker to tell: a contact is passed over only if it would be by either day. Each day is told once (the offset
sees to it), as telling it takes longer than all that is asked of it."""

WORTH_COUNTING = f"""
SELECT person_id FROM (
    SELECT contact.person_id, sum(contact.minutes) AS minutes, count(*) FILTER (WHERE asked_for_senior) AS senior,
        count(*) FILTER (WHERE NOT specific) AS vague, count(*) FILTER (WHERE written) AS written,
        count(*) FILTER (WHERE day >= settled) AS after, count(*) FILTER (WHERE day >= exhausted) AS past,
        count(*) FILTER (WHERE given <= day + 1 AND day <= in_time_until) AS in_time
    FROM ({_PLAIN}) contact LEFT JOIN measured_matters matter ON matter.id = contact.matter_id
    WHERE matter.id IS NULL OR NOT coalesce(
        matter.respond_by < day AND (late_until IS NULL OR late_until > day)
        OR matter.closed_on <= day AND (finished IS NULL OR matter.closed_on < finished AND finished > day),
        false
    )
    GROUP BY contact.person_id, contact.matter_id
) of_matter
GROUP BY person_id HAVING sum(minutes) >= %(minutes)s AND (
    sum(senior) >= %(senior)s OR sum(vague) >= %(vague)s OR sum(written) >= %(written)s
    OR sum(in_time - 1) FILTER (WHERE in_time > %(repeated_each)s) >= %(repeated)s
    OR sum(in_time) FILTER (WHERE in_time >= %(burst)s) >= %(bursts)s
    OR sum(after - 1) FILTER (WHERE after > %(settled_each)s) >= %(settled)s
    OR sum(past - 1) FILTER (WHERE past > 1) >= %(exhausted)s
)
"""
"""Everyone who could reach a threshold: enough minutes, and enough contacts of one sort, of one matter if need be."""

MINUTES = """
SELECT at::date AS day, coalesce(sum(minutes), 0) FROM contacts_contact
WHERE direction = 'in' AND at >= %(since)s AND at < %(until)s GROUP BY 1
"""
"""All minutes of each day, of UTC: a share of many weeks' time does not change by the hour before midnight."""

_DAY = "(contact.at AT TIME ZONE %(zone)s)::date"
_INWARD = "{whose_contact} contact.direction = 'in' AND contact.at >= %(since)s AND contact.at < %(until)s"
_OWN_FAILURES = f"""
INSERT INTO contacts_ownfailure (matter_id, contacts, minutes, last_at)
WITH joined AS (SELECT * FROM unnest(%(records)s::bigint[], %(customers)s::bigint[]) AS joined (person_id, customer)),
late AS (
    SELECT id, coalesce(joined.customer, person_id) AS customer, respond_by, late_until
    FROM {{matters}} matter LEFT JOIN joined USING (person_id)
    WHERE {{whose_matter}} respond_by < coalesce(late_until, 'infinity')
),
about_nothing AS (
    SELECT contact.id, contact.at, contact.minutes, {_DAY} AS day,
        coalesce(joined.customer, contact.person_id) AS customer
    FROM contacts_contact contact LEFT JOIN joined USING (person_id) WHERE {_INWARD} AND contact.matter_id IS NULL
    OFFSET 0
),
caused AS (
    SELECT matter.id, contact.minutes, contact.at
    FROM contacts_contact contact JOIN {{matters}} matter ON matter.id = contact.matter_id
    WHERE {{whose_matter}} {_INWARD} AND (
        respond_by < coalesce(late_until, 'infinity') OR closed_on < coalesce(finished, 'infinity')
        OR reopened_on IS NOT NULL
    ) AND ({OVERDUE.format(matter="matter", day=_DAY)} OR {NOT_DONE.format(matter="matter", day=_DAY)})
    UNION ALL
    SELECT * FROM (
        SELECT DISTINCT ON (contact.id) late.id, contact.minutes, contact.at
        FROM about_nothing contact JOIN late USING (customer)
        WHERE {OVERDUE.format(matter="late", day="contact.day")}
        ORDER BY contact.id, late.respond_by, late.id
    ) of_none
)
SELECT id, count(*), coalesce(sum(minutes), 0), max(at) FROM caused GROUP BY id
"""
OWN_FAILURES = _OWN_FAILURES.format(matters="measured_matters", whose_matter="", whose_contact="")
"""The landlord's own failure demand: contacts that each of its matters caused by being late, or closed and not done.

One about nothing in particular, while any matter of the customer's is late, counts to the one late for longest then
(`contacts/own_failures.py` tells the same of one customer). `records` and `customers` are the records of a person that
are joined to another, and the one that stands for each. Most matters could never have caused one: they are passed over
before any day is told. A contact about nothing is held against several matters, so its day is told once (the offset).
"""

OWN_FAILURES_OF = _OWN_FAILURES.format(
    matters=MATTER,
    whose_matter="matter.person_id = ANY (%(people)s) AND",
    whose_contact="contact.person_id = ANY (%(people)s) AND",
)
"""The same of some people's matters, by what they themselves said of them; others who speak of them count at night."""

SAMPLE = """
SELECT id FROM people_person WHERE abs(hashint8(id)) %% 10000 < %(share)s
"""
"""A sample of all customers, the same each time: chosen by their number, and by nothing that is known of them."""

"""The statements that count contacts as `policy/demand` does, for a few customers or for very many.

They agree with its pure functions: `tests/contacts/test_evidence.py` holds them equal on logs made at random.
"""

from evenhand.policy.demand.log import GROWING

MATTER = f"""(
    SELECT id, person_id, kind, opened_on, respond_by, responded_on, closed_on, reopened_on,
        complaint_exhausted_on AS exhausted, finished,
        CASE WHEN 'told_on' = ANY (unknown) THEN opened_on ELSE told_on END AS given,
        CASE WHEN reopened_on >= greatest(closed_on, finished) THEN NULL
            WHEN closed_on IS NOT NULL AND finished IS NOT NULL THEN greatest(closed_on, finished) END AS settled,
        least(respond_by, closed_on, finished) AS in_time_until,
        least(finished, CASE WHEN responded_on <= respond_by THEN closed_on - 1 END) AS late_until,
        lower(kind) ~ '^({"|".join(GROWING)})' AS grows, 'done_on' = ANY (unknown) AS unsure
    FROM (
        SELECT *, CASE WHEN 'done_on' = ANY (unknown) THEN closed_on ELSE done_on END AS finished FROM contacts_matter
    ) finished
)"""
"""Each matter with what follows from its days, as `demand.log.Matter` and `demand.exclusion.overdue` tell it."""

_A_FEW = (
    "unnest(%(people)s::bigint[], %(customers)s::bigint[], %(helped)s::boolean[]) "
    "AS whose (person_id, customer, helped)"
)
"""Whose contacts to count: as the statement's own parameters, for a few."""

PREPARE = (
    "DROP TABLE IF EXISTS measured_people, measured_matters",
    "CREATE TEMP TABLE measured_people (person_id bigint PRIMARY KEY, customer bigint, helped boolean, "
    "compared boolean) ON COMMIT DROP",
    f"CREATE TEMP TABLE measured_matters ON COMMIT DROP AS SELECT * FROM {MATTER} matter",
    "CREATE UNIQUE INDEX ON measured_matters (id)",
    "ANALYZE measured_matters",
)
"""For many, whose contacts to count is a table of its own, and what follows from the matters' days is worked out once:
the planner then knows how many there are."""

OVERDUE = """(
    {matter}.respond_by < {day} AND ({matter}.late_until IS NULL OR {matter}.late_until >= {day})
)"""

NOT_DONE = """(
    {matter}.reopened_on <= {day} AND ({matter}.closed_on IS NULL OR {matter}.closed_on <= {matter}.reopened_on)
    OR {matter}.closed_on <= {day}
        AND ({matter}.finished IS NULL OR {matter}.closed_on < {matter}.finished AND {day} <= {matter}.finished)
)"""

SPEAKING = "('advocate', 'interpreter')"

_JUDGED = f"""
theirs AS MATERIALIZED (
    SELECT matter.*, whose.customer FROM {{whose}} JOIN {{matters}} matter USING (person_id)
),
late AS MATERIALIZED (
    SELECT customer, range_agg(daterange(respond_by + 1, late_until, '[]')) AS days
    FROM theirs WHERE respond_by IS NOT NULL AND (late_until IS NULL OR late_until > respond_by) GROUP BY customer
),
said AS (
    SELECT whose.customer, whose.helped, contact.id, contact.at, contact.matter_id, contact.minutes, contact.channel,
        contact.team, contact.asked_for_senior, contact.offered_colleague, contact.specific,
        contact.new_information, contact.because_of_need, contact.direction = 'in' AS inward,
        CASE WHEN contact.caller IN {SPEAKING} OR contact.exempt_kind IN {SPEAKING} THEN 'spoken for'
            WHEN contact.exempt_kind <> '' THEN 'exempt' END AS through,
        (contact.at AT TIME ZONE %(zone)s)::date AS day
    FROM {{whose}} JOIN contacts_contact contact USING (person_id)
    WHERE contact.at >= %(since)s AND contact.at < %(until)s
),
thread AS (
    SELECT *, lag(inward) OVER before AS after_inward, lag(day) OVER before AS day_before,
        max(at) FILTER (WHERE inward)
            OVER (before ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS heard_at
    FROM said WINDOW before AS (PARTITION BY customer, matter_id ORDER BY at, id)
),
judged AS MATERIALIZED (
    -- That it counts is a column of its own: how often a column is true the planner guesses well, a test of null badly.
    SELECT *, reason IS NULL AS counts FROM (
    SELECT thread.customer, thread.id, thread.at, thread.day, coalesce(thread.minutes, 0) AS minutes, thread.team,
        thread.matter_id, thread.channel, thread.asked_for_senior, thread.offered_colleague, thread.specific,
        matter.kind, matter.settled, matter.exhausted, matter.unsure,
        coalesce(
            matter.given <= thread.day AND matter.respond_by IS NOT NULL AND thread.day <= matter.in_time_until, false
        ) AS in_time,
        CASE
            WHEN NOT inward THEN 'outward'
            WHEN {OVERDUE.format(matter="matter", day="thread.day")} THEN 'overdue'
            WHEN matter.id IS NULL AND thread.day <@ late.days THEN 'overdue'
            WHEN {NOT_DONE.format(matter="matter", day="thread.day")} THEN 'not done'
            WHEN through IS NOT NULL THEN through
            WHEN because_of_need THEN 'need'
            WHEN helped AND matter.id IS NOT NULL AND at - heard_at <= interval '24 hours' THEN 'repeated for need'
            WHEN coalesce(new_information, matter.grows) THEN 'news'
            WHEN NOT after_inward AND thread.day - day_before <= %(reply_days)s
                AND ((heard_at AT TIME ZONE %(zone)s)::date < day_before) IS NOT FALSE THEN 'reply'
        END AS reason
    FROM thread LEFT JOIN {{matters}} matter ON matter.id = thread.matter_id
    LEFT JOIN late ON late.customer = thread.customer
    ) judged
)"""

_FAIR = """
opened AS (
    -- Of those opened on one day the longest covers the others. One that is settled has no days after that.
    SELECT customer, kind, opened_on, max(coalesce(finished, 'infinity')) AS finished
    FROM theirs GROUP BY customer, kind, opened_on
),
again AS MATERIALIZED (
    SELECT about.customer, about.matter_id,
        range_agg(daterange(other.opened_on - %(recurring_days)s, other.finished, '[]')) AS days
    FROM (
        SELECT customer, matter_id, kind, settled, max(day) + %(recurring_days)s AS until
        FROM judged WHERE counts AND day > settled
        GROUP BY customer, matter_id, kind, settled HAVING count(*) > %(back)s
    ) about
    JOIN opened other ON other.customer = about.customer AND other.kind = about.kind
        AND other.opened_on BETWEEN about.settled AND about.until
    WHERE other.finished >= other.opened_on - %(recurring_days)s
    GROUP BY about.customer, about.matter_id
),
restless AS MATERIALIZED (
    SELECT DISTINCT customer, matter_id, true AS soon FROM judged
    WHERE unsure AND reason IS DISTINCT FROM 'outward' AND day > settled AND day < settled + %(quiet_days)s
),
placed AS (
    SELECT judged.*, judged.day > exhausted IS TRUE AS past,
        (judged.day > settled AND judged.day <= coalesce(exhausted, 'infinity')
            AND NOT coalesce(judged.day <@ again.days, false) AND soon IS NOT TRUE) IS TRUE AS back
    FROM judged LEFT JOIN again USING (customer, matter_id) LEFT JOIN restless USING (customer, matter_id)
    WHERE counts
),
fair AS MATERIALIZED (
    SELECT customer, day, matter_id, minutes, team,
        (in_time AND day - lag(day) OVER waiting < %(repeated_days)s) IS TRUE AS repeated,
        channel IN ('email', 'letter', 'webform', 'social') AS written,
        (in_time AND ({burst})) IS TRUE AS burst,
        (asked_for_senior AND offered_colleague IS NOT FALSE) IS TRUE AS senior,
        specific IS FALSE AS vague,
        back AND row_number() OVER (PARTITION BY customer, matter_id, back ORDER BY at, id) > 1 AS settled,
        past AND row_number() OVER (PARTITION BY customer, matter_id, past ORDER BY at, id) > 1 AS exhausted
    FROM placed WINDOW waiting AS (PARTITION BY customer, matter_id, in_time ORDER BY at, id)
)"""

_WORTH = """
each AS (
    SELECT customer, sum(minutes) AS minutes, count(*) FILTER (WHERE repeated) AS repeated,
        count(*) FILTER (WHERE written) AS written, count(*) FILTER (WHERE burst) AS burst,
        count(*) FILTER (WHERE senior) AS senior, count(*) FILTER (WHERE vague) AS vague,
        count(*) FILTER (WHERE settled) AS settled, count(*) FILTER (WHERE exhausted) AS exhausted
    FROM fair GROUP BY customer, matter_id
),
worth AS MATERIALIZED (
    SELECT customer FROM each GROUP BY customer
    HAVING sum(minutes) >= %(minutes)s AND (
        sum(repeated) FILTER (WHERE repeated >= %(repeated_each)s) >= %(repeated)s OR sum(written) >= %(written)s
        OR sum(burst) >= %(bursts)s OR sum(senior) >= %(senior)s OR sum(vague) >= %(vague)s
        OR sum(settled) FILTER (WHERE settled >= %(settled_each)s) >= %(settled)s OR sum(exhausted) >= %(exhausted)s
    )
    UNION SELECT customer FROM measured_people WHERE compared
)"""
"""Of many, only those are told of who could still reach a threshold, and those whom others are compared with."""

_TALLIES = """
SELECT customer, day, coalesce(matter_id::text, '') COLLATE "C", reason COLLATE "C", count(*),
    sum(minutes), 0, 0, 0, 0, 0, 0, 0,
    array_agg(team)
FROM judged WHERE NOT counts {only} GROUP BY customer, day, matter_id, reason
UNION ALL
SELECT customer, day, coalesce(matter_id::text, '') COLLATE "C", NULL, count(*),
    sum(minutes), count(*) FILTER (WHERE repeated),
    count(*) FILTER (WHERE written), count(*) FILTER (WHERE burst), count(*) FILTER (WHERE senior),
    count(*) FILTER (WHERE vague), count(*) FILTER (WHERE settled), count(*) FILTER (WHERE exhausted),
    array_agg(team)
FROM fair WHERE true {only} GROUP BY customer, day, matter_id
ORDER BY 1, 2, 3, 4 NULLS FIRST
"""


def tallies(burst: int, *, many: bool) -> str:
    """Counts contacts day by day, as `demand.tally.Tally`: of those in `people`, or `PREPARE`d for if they are many.

    `burst` is the term of how many contacts make one.
    """
    whose, matters = ("measured_people whose", "measured_matters") if many else (_A_FEW, MATTER)
    judged = _JUDGED.format(whose=whose, matters=matters)
    fair = _FAIR.format(burst=_in_burst(burst))
    if not many:
        return f"WITH {judged}, {fair} {_TALLIES.format(only='')}"
    return f"WITH {judged}, {fair}, {_WORTH} {_TALLIES.format(only='AND customer IN (SELECT customer FROM worth)')}"


def _in_burst(size: int) -> str:
    """Whether a contact is one of `size` within the hours of a burst: with some before it and the rest after it."""
    return " OR ".join(
        f"{_at('lead', size - 1 - before)} - {_at('lag', before)} <= %(burst_span)s" for before in range(size)
    )


def _at(function: str, places: int) -> str:
    return f"{function}(at, {places}) OVER waiting" if places else "at"


_UNKNOWN = """
SELECT whose.customer, count(*), count(*) FILTER (WHERE exempt_kind IS NULL),
    count(*) FILTER (WHERE new_information IS NULL), count(*) FILTER (WHERE because_of_need IS NULL),
    count(*) FILTER (WHERE caller IS NULL), count(*) FILTER (WHERE offered_colleague IS NULL)
FROM {whose} JOIN contacts_contact contact USING (person_id)
WHERE contact.at >= %(since)s AND contact.at < %(until)s AND direction = 'in'
GROUP BY whose.customer
"""


def unknown(*, many: bool) -> str:
    """How many contacts to the landlord each customer made, and how many of them lack each column."""
    return _UNKNOWN.format(whose="measured_people whose" if many else _A_FEW)

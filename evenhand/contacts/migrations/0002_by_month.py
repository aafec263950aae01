"""Contacts lie in a partition for each month (in UTC), which the application may have made although it owns nothing.

Three functions run with the owner's rights, and can do no more than their names say: make the empty partition of a
month, drop one that is empty, and count rows so that questions are planned well.
"""

from django.db import migrations

TABLE = """
CREATE SEQUENCE contacts_contact_id_seq AS bigint CACHE 1;
CREATE TABLE contacts_contact (
    id bigint NOT NULL DEFAULT nextval('contacts_contact_id_seq'),
    at timestamptz NOT NULL,
    person_id bigint,
    matter_id bigint,
    minutes smallint CHECK (minutes >= 0),
    asked_for_senior boolean,
    offered_colleague boolean,
    specific boolean,
    new_information boolean,
    because_of_need boolean,
    channel varchar(20) NOT NULL DEFAULT '',
    direction varchar(3) NOT NULL DEFAULT '' CHECK (direction IN ('', 'in', 'out')),
    caller varchar(20),
    source varchar(60) NOT NULL,
    ref varchar(60) NOT NULL,
    team varchar(120) NOT NULL DEFAULT '',
    exempt_kind varchar(60),
    matter_ref varchar(60) NOT NULL DEFAULT '',
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
ALTER SEQUENCE contacts_contact_id_seq OWNED BY contacts_contact.id;
-- One person's history, latest first; and the whole portfolio between two moments.
CREATE INDEX contact_of_a_person ON contacts_contact (person_id, at) WHERE person_id IS NOT NULL;
CREATE INDEX contact_between ON contacts_contact USING brin (at) WITH (pages_per_range = 32);
-- Contacts whose matter has not come yet.
CREATE INDEX contact_awaits_matter ON contacts_contact (source, matter_ref) WHERE matter_ref <> '';
-- A net under the months: whatever writes here makes the month first, so it stays empty.
CREATE TABLE contacts_contact_default PARTITION OF contacts_contact DEFAULT;
"""

MAKE = """
CREATE FUNCTION contacts_make_month(moment timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    starts timestamp := date_trunc('month', moment AT TIME ZONE 'UTC');
    name text := 'contacts_contact_' || to_char(starts, 'YYYY_MM');
    lower_bound timestamptz := starts AT TIME ZONE 'UTC';
    upper_bound timestamptz := (starts + interval '1 month') AT TIME ZONE 'UTC';
BEGIN
    IF moment IS NULL OR starts < timestamp '2000-01-01' OR starts >= timestamp '2100-01-01' THEN
        RAISE EXCEPTION 'Contacts are kept for the years 2000 to 2099, not for %', moment;
    END IF;
    IF to_regclass('public.' || name) IS NOT NULL THEN
        RETURN false;
    END IF;
    PERFORM pg_advisory_xact_lock(7310223);
    IF to_regclass('public.' || name) IS NOT NULL THEN
        RETURN false;
    END IF;
    -- Made beside the others and then attached: unlike PARTITION OF, this lets everybody read and write meanwhile.
    EXECUTE format('CREATE TABLE public.%I (LIKE public.contacts_contact INCLUDING ALL)', name);
    EXECUTE format(
        'WITH strayed AS (DELETE FROM public.contacts_contact_default WHERE at >= %L AND at < %L RETURNING *) '
        'INSERT INTO public.%I SELECT * FROM strayed', lower_bound, upper_bound, name);
    EXECUTE format('ALTER TABLE public.contacts_contact ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
        name, lower_bound, upper_bound);
    RETURN true;
END $$;
REVOKE ALL ON FUNCTION contacts_make_month(timestamptz) FROM PUBLIC;
"""

DROP = """
CREATE FUNCTION contacts_drop_month(moment timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
    name text := 'contacts_contact_' || to_char(date_trunc('month', moment AT TIME ZONE 'UTC'), 'YYYY_MM');
    kept boolean;
BEGIN
    IF to_regclass('public.' || name) IS NULL THEN
        RETURN false;
    END IF;
    EXECUTE format('LOCK TABLE public.%I IN ACCESS EXCLUSIVE MODE', name);
    EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', name) INTO kept;
    IF kept THEN
        RETURN false;
    END IF;
    EXECUTE format('DROP TABLE public.%I', name);
    RETURN true;
END $$;
REVOKE ALL ON FUNCTION contacts_drop_month(timestamptz) FROM PUBLIC;
"""

LEARN = """
CREATE FUNCTION contacts_learn_sizes() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    ANALYZE public.contacts_contact;
    ANALYZE public.contacts_contactkey;
    ANALYZE public.contacts_matter;
END $$;
REVOKE ALL ON FUNCTION contacts_learn_sizes() FROM PUBLIC;
"""


class Migration(migrations.Migration):

    dependencies = [("contacts", "0001_first")]

    operations = [
        migrations.RunSQL(TABLE, "DROP TABLE contacts_contact"),
        migrations.RunSQL(MAKE, "DROP FUNCTION contacts_make_month(timestamptz)"),
        migrations.RunSQL(DROP, "DROP FUNCTION contacts_drop_month(timestamptz)"),
        migrations.RunSQL(LEARN, "DROP FUNCTION contacts_learn_sizes()"),
    ]

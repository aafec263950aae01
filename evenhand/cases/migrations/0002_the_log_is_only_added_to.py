"""The database itself refuses to change what happened. Facts may go, with their key, when they are disposed of."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION cases_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the record of a case is only ever added to (% on %)', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER event_is_for_ever BEFORE UPDATE OR DELETE ON cases_event
    FOR EACH ROW EXECUTE FUNCTION cases_refuse_change();
CREATE TRIGGER event_is_not_emptied BEFORE TRUNCATE ON cases_event
    FOR EACH STATEMENT EXECUTE FUNCTION cases_refuse_change();
CREATE TRIGGER facts_do_not_change BEFORE UPDATE ON cases_facts
    FOR EACH ROW EXECUTE FUNCTION cases_refuse_change();
CREATE TRIGGER facts_are_not_emptied BEFORE TRUNCATE ON cases_facts
    FOR EACH STATEMENT EXECUTE FUNCTION cases_refuse_change();
"""

ALLOW = """
DROP TRIGGER facts_are_not_emptied ON cases_facts;
DROP TRIGGER facts_do_not_change ON cases_facts;
DROP TRIGGER event_is_not_emptied ON cases_event;
DROP TRIGGER event_is_for_ever ON cases_event;
DROP FUNCTION cases_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]

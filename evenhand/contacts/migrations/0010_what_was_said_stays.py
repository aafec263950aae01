"""The database itself refuses to change what was said of contacts. It may go, when its time is over."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION contacts_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was said is only ever added to (% on %)', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER answers_do_not_change BEFORE UPDATE ON contacts_answered
    FOR EACH ROW EXECUTE FUNCTION contacts_refuse_change();
CREATE TRIGGER steps_do_not_change BEFORE UPDATE ON contacts_putrightstep
    FOR EACH ROW EXECUTE FUNCTION contacts_refuse_change();
"""

ALLOW = """
DROP TRIGGER steps_do_not_change ON contacts_putrightstep;
DROP TRIGGER answers_do_not_change ON contacts_answered;
DROP FUNCTION contacts_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("contacts", "0009_put_right")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]

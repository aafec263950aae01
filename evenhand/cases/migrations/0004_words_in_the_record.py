"""An index over every word of the record, so that a search reads it and not the facts themselves."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_letters_issued_again")]

    operations = [
        migrations.RunSQL(
            sql="""
                CREATE INDEX facts_words ON cases_facts USING gin (
                    jsonb_to_tsvector('english'::regconfig, (said)::jsonb, '["string"]'::jsonb)
                )
            """,
            reverse_sql="DROP INDEX facts_words",
        ),
    ]

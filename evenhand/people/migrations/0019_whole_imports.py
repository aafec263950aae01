"""Which imports brought the register of their source in whole: of those of before, all that came from files."""

from django.db import migrations, models

FROM_FILES = """
    UPDATE people_registerimport SET whole = true
    WHERE brings = 'register' AND state = 'done' AND NOT dry_run AND folder NOT LIKE 'key:%'
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0018_sessions")]

    operations = [
        migrations.AddField("registerimport", "whole", models.BooleanField(default=False)),
        migrations.RunSQL(FROM_FILES, migrations.RunSQL.noop),
        migrations.AddIndex(
            "person",
            models.Index(
                fields=["source"], condition=models.Q(left_on__isnull=True), name="person_live_by_source"
            ),
        ),
    ]

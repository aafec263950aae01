from django.db import migrations, models

# What other systems brought late was never held against a limit. The worker does that for whoever has one.
NOTE_ALL = """
INSERT INTO contacts_camelate (person, since)
SELECT person_id, min(at) FROM contacts_contact WHERE direction = 'in' AND person_id IS NOT NULL GROUP BY person_id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0006_measured_by"),
    ]

    operations = [
        migrations.CreateModel(
            name="CameLate",
            fields=[
                ("person", models.BigIntegerField(primary_key=True, serialize=False)),
                ("since", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="toread",
            name="late",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.RemoveIndex(model_name="toread", name="to_read_oldest_first"),
        migrations.AddIndex(
            model_name="toread",
            index=models.Index(
                condition=models.Q(("handled_at__isnull", True), ("late", False)),
                fields=["at", "id"],
                name="to_read_in_time",
            ),
        ),
        migrations.RunSQL(NOTE_ALL, migrations.RunSQL.noop),
    ]

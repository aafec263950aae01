from django.db import migrations, models

# Of those on the list already nobody kept since when: they stand since they were last measured.
SINCE = "UPDATE contacts_suggested SET since = measured_at WHERE since IS NULL"


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0010_what_was_said_stays"),
    ]

    operations = [
        migrations.AddField(model_name="suggested", name="since", field=models.DateTimeField(null=True)),
        migrations.RunSQL(SINCE, migrations.RunSQL.noop),
        migrations.AlterField(model_name="suggested", name="since", field=models.DateTimeField()),
    ]

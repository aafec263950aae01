"""A matter’s person is held by the register, as a contact’s is: to look again for each of a million rows takes seconds."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0011_since_when_suggested"),
        ("people", "0019_whole_imports"),
    ]

    operations = [
        migrations.AlterField(
            model_name="matter",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="matters",
                to="people.person",
            ),
        ),
    ]

"""A look is written for every check: two indexes that others serve as well go, and one keeps only colleagues' looks."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

LIGHT = {
    "blank": True,
    "db_index": False,
    "null": True,
    "on_delete": django.db.models.deletion.PROTECT,
    "related_name": "looks",
}


class Migration(migrations.Migration):
    dependencies = [("people", "0015_inherited_alerts")]

    operations = [
        migrations.AlterField("look", "by", models.ForeignKey(to=settings.AUTH_USER_MODEL, **LIGHT)),
        migrations.AlterField("look", "person", models.ForeignKey(to="people.person", **LIGHT)),
        migrations.AddIndex(
            "look",
            models.Index(fields=["by"], name="look_by_a_colleague", condition=models.Q(by__isnull=False)),
        ),
    ]

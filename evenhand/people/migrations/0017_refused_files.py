"""That a file with a virus was refused is a line in the trail."""

from django.db import migrations, models

KINDS = ["colleague", "team", "landlord", "terms", "policy", "register", "person", "home", "key", "webhook", "file"]


class Migration(migrations.Migration):
    dependencies = [("people", "0016_lighter_looks")]

    operations = [
        migrations.RemoveConstraint("change", "change_kind_known"),
        migrations.AlterField(
            "change",
            "kind",
            models.CharField(choices=[(kind, kind.capitalize()) for kind in KINDS], max_length=60),
        ),
        migrations.AddConstraint(
            "change", models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="change_kind_known")
        ),
    ]

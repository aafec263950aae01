import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KINDS = ["colleague", "team", "landlord", "terms", "policy", "register", "person"]


class Migration(migrations.Migration):
    """The trail of changes to the setting-up and to people's records; only ever added to."""

    dependencies = [("people", "0005_found_by_reference")]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("kind", models.CharField(choices=[(k, k.capitalize()) for k in KINDS], max_length=60)),
                ("about", models.CharField(max_length=240)),
                ("words", models.TextField()),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
                "indexes": [models.Index(fields=["-at", "-id"], name="change_by_moment")],
                "constraints": [models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="change_kind_known")],
            },
        ),
        migrations.RunSQL(
            """
            CREATE FUNCTION people_change_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'DELETE' AND current_setting('evenhand.disposing', true) = 'on' THEN
                    RETURN OLD;
                END IF;
                RAISE EXCEPTION 'Who changed what is only ever added to.' USING ERRCODE = 'insufficient_privilege';
            END $$;
            CREATE TRIGGER people_change_is_kept BEFORE UPDATE OR DELETE ON people_change
                FOR EACH ROW EXECUTE FUNCTION people_change_is_kept();
            """,
            "DROP TRIGGER people_change_is_kept ON people_change; DROP FUNCTION people_change_is_kept();",
        ),
    ]

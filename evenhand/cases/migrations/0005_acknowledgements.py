"""Who read a high marker's card and said so; only ever added to, until it is disposed of."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEPT = """
CREATE FUNCTION cases_acknowledgement_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('evenhand.disposing', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'What somebody said they had read is only ever added to.' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER cases_acknowledgement_is_kept BEFORE UPDATE OR DELETE ON cases_acknowledgement
    FOR EACH ROW EXECUTE FUNCTION cases_acknowledgement_is_kept();
"""
UNDONE = """
DROP TRIGGER cases_acknowledgement_is_kept ON cases_acknowledgement;
DROP FUNCTION cases_acknowledgement_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_words_in_the_record"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Acknowledgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(max_length=60)),
                ("control", models.CharField(max_length=12)),
                ("said", models.TextField(help_text="What they were asked to do, as the card led with it.")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acknowledgements",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["case", "control", "-at"], name="acknowledged_control"),
                    models.Index(fields=["actor", "-at"], name="acknowledged_by"),
                ],
            },
        ),
        migrations.RunSQL(KEPT, UNDONE),
    ]

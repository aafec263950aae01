from django.db import migrations, models

# Whoever objected before there was a day is owed an answer two weeks after; what was answered was told by hand.
OWED = """
UPDATE contacts_objected SET answer_by = received_on + 14, sent_on = answered_on WHERE answer_by IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0007_came_late"),
    ]

    operations = [
        migrations.AddField(model_name="objected", name="answer_by", field=models.DateField(null=True)),
        migrations.AddField(
            model_name="objected",
            name="looked_at",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddField(model_name="objected", name="sent_on", field=models.DateField(blank=True, null=True)),
        migrations.RunSQL(OWED, migrations.RunSQL.noop),
        migrations.AlterField(model_name="objected", name="answer_by", field=models.DateField()),
        migrations.AddIndex(
            model_name="objected",
            index=models.Index(
                condition=models.Q(("sent_on", None)), fields=["answer_by", "id"], name="objected_to_answer"
            ),
        ),
    ]

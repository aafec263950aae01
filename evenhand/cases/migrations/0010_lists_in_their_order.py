"""Lists of what is due and of what is reviewed are read in their order from an index, and no further than a page."""

import django.contrib.postgres.indexes
from django.db import migrations, models

OF_THEIR_CASE = """
    UPDATE cases_task SET reference = c.reference FROM cases_case c WHERE c.id = cases_task.case_id;
    UPDATE cases_livecontrol SET reference = c.reference FROM cases_case c WHERE c.id = cases_livecontrol.case_id;
"""


def newest(name: str, **only: bool) -> models.Index:
    return models.Index(fields=["-opened_at", "-id"], name=name, condition=models.Q(**only))


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_answer_letters")]

    operations = [
        migrations.RemoveIndex("task", "task_of_role"),
        migrations.RemoveIndex("task", "task_of_holder"),
        migrations.RemoveIndex("task", "task_soonest"),
        migrations.AddField("task", "reference", models.CharField(default="", max_length=16), preserve_default=False),
        migrations.AddField(
            "livecontrol", "reference", models.CharField(default="", max_length=16), preserve_default=False
        ),
        migrations.RunSQL(OF_THEIR_CASE, migrations.RunSQL.noop),
        migrations.AddIndex("task", models.Index(fields=["role", "on", "reference"], name="task_of_role")),
        migrations.AddIndex("task", models.Index(fields=["holder", "role", "on"], name="task_of_holder")),
        migrations.AddIndex("task", models.Index(fields=["on", "reference"], name="task_soonest")),
        migrations.AddIndex(
            "task",
            models.Index(
                fields=["on", "reference"], name="task_appeal", condition=models.Q(("verb", "appeal.decide"))
            ),
        ),
        migrations.AddIndex(
            "livecontrol",
            models.Index(
                fields=["review_on", "reference"],
                name="control_soonest",
                condition=models.Q(("review_on__isnull", False)),
            ),
        ),
        migrations.AddIndex("case", django.contrib.postgres.indexes.GinIndex(fields=["targets"], name="case_targets")),
        migrations.AddIndex("case", newest("case_referred", has_referral=True)),
        migrations.AddIndex("case", newest("case_appealed", appeal_open=True)),
        migrations.AddIndex("case", newest("case_closed", closed=True)),
        migrations.AddIndex(
            "case", models.Index(fields=["id"], name="case_sealed", condition=~models.Q(("matter", "conduct")))
        ),
    ]

"""The queue of letters owed in another format is counted without reading everything that is due."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_lists_in_their_order")]

    operations = [
        migrations.AddIndex(
            "task",
            models.Index(
                fields=["case"], name="task_format", condition=models.Q(("verb", "correspondence.deliver_format"))
            ),
        ),
    ]

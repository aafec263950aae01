"""When an answer to an objection was put into the file to print: only what was printed can have been posted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_formats_due")]

    operations = [migrations.AddField("answerletter", "printed_at", models.DateTimeField(null=True))]

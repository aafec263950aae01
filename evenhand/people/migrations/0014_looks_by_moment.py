"""An index over when somebody looked, small because looks are only ever added: who looked up many is read by it."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0013_webhooks")]

    operations = [migrations.AddIndex("look", BrinIndex(fields=["at"], name="look_by_moment"))]

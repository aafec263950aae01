import evenhand.sharing.models.booking
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0005_webhooks'),
    ]

    operations = [
        migrations.AddField(
            model_name='visitlist',
            name='wrong',
            field=models.JSONField(default=evenhand.sharing.models.booking.nothing_wrong),
        ),
    ]

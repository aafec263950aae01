"""Daily heads of the record. Rows are only ever added, and the database itself says so."""

import django.db.models.deletion
from django.db import migrations, models

TABLES = ("cases_head", "cases_headmember", "cases_headtold")
REFUSE = "".join(
    f"CREATE TRIGGER {table}_is_for_ever BEFORE UPDATE OR DELETE ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION cases_refuse_change();"
    f"CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION cases_refuse_change();"
    for table in TABLES
)
ALLOW = "".join(
    f"DROP TRIGGER {table}_is_not_emptied ON {table}; DROP TRIGGER {table}_is_for_ever ON {table};" for table in TABLES
)


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0005_acknowledgements'),
    ]

    operations = [
        migrations.CreateModel(
            name='Head',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(unique=True)),
                ('day', models.DateField()),
                ('until', models.DateTimeField()),
                ('made_at', models.DateTimeField()),
                ('note', models.CharField(blank=True, max_length=200)),
                ('salt', models.BinaryField(max_length=16)),
                ('previous', models.BinaryField(max_length=32)),
                ('head', models.BinaryField(max_length=32)),
            ],
            options={
                'indexes': [models.Index(fields=['until'], name='head_until')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('note', '')), fields=('day',), name='head_one_a_day')],
            },
        ),
        migrations.CreateModel(
            name='HeadMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('link', models.BinaryField(max_length=32)),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='heads', to='cases.case')),
                ('head', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='cases.head')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case', 'number'), name='head_member_once')],
            },
        ),
        migrations.CreateModel(
            name='HeadTold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(max_length=10)),
                ('to', models.CharField(max_length=400)),
                ('at', models.DateTimeField()),
                ('head', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='told', to='cases.head')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('way__in', ['e-mail', 'file'])), name='head_told_way_known'), models.UniqueConstraint(fields=('head', 'way', 'to'), name='head_told_once')],
            },
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]

"""Lists of what is to be disposed of, and the columns that find it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0006_daily_heads'),
        ('people', '0016_lighter_looks'),
    ]

    operations = [
        migrations.CreateModel(
            name='DisposalItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('category', models.CharField(choices=[('not conduct, or neither unacceptable nor unreasonable', 'Not conduct, or neither unacceptable nor unreasonable'), ('a finding, a limit on contact or a single contact', 'A finding, a limit on contact or a single contact'), ('a marker', 'A marker'), ('a marker about violence', 'A marker about violence'), ('a legal step', 'A legal step'), ('a counter-allegation or welfare notes', 'A counter-allegation or welfare notes')], max_length=60)),
                ('until', models.DateField()),
                ('done_at', models.DateTimeField(null=True)),
                ('trouble', models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name='DisposalList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('prepared_at', models.DateTimeField()),
                ('prepared_by', models.CharField(max_length=60)),
                ('sealed', models.BooleanField(default=False)),
                ('approved_at', models.DateTimeField(null=True)),
                ('approved_by', models.CharField(blank=True, max_length=60)),
                ('refused_at', models.DateTimeField(null=True)),
                ('refused_by', models.CharField(blank=True, max_length=60)),
                ('reason', models.TextField(blank=True)),
                ('done_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='case',
            name='clocks',
            field=models.JSONField(default=dict, help_text='From which day it is kept, by the name of each rule.'),
        ),
        migrations.AddField(
            model_name='case',
            name='disposed_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='case',
            name='held',
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('held', True)), fields=['id'], name='case_held'),
        ),
        migrations.AddField(
            model_name='disposalitem',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disposals', to='cases.case'),
        ),
        migrations.AddIndex(
            model_name='disposallist',
            index=models.Index(fields=['-prepared_at', '-id'], name='disposal_list_newest'),
        ),
        migrations.AddConstraint(
            model_name='disposallist',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by', models.F('prepared_by')), _negated=True), name='disposal_by_a_second_person'),
        ),
        migrations.AddConstraint(
            model_name='disposallist',
            constraint=models.CheckConstraint(condition=models.Q(('approved_at', None), models.Q(('approved_by', ''), _negated=True), _connector='OR'), name='disposal_approved_by_someone'),
        ),
        migrations.AddConstraint(
            model_name='disposallist',
            constraint=models.CheckConstraint(condition=models.Q(('approved_at', None), ('refused_at', None), _connector='OR'), name='disposal_approved_or_refused'),
        ),
        migrations.AddField(
            model_name='disposalitem',
            name='list',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='cases.disposallist'),
        ),
        migrations.AddConstraint(
            model_name='disposalitem',
            constraint=models.UniqueConstraint(fields=('list', 'case'), name='disposal_item_once'),
        ),
        migrations.AddConstraint(
            model_name='disposalitem',
            constraint=models.CheckConstraint(condition=models.Q(('category__in', ['not conduct, or neither unacceptable nor unreasonable', 'a finding, a limit on contact or a single contact', 'a marker', 'a marker about violence', 'a legal step', 'a counter-allegation or welfare notes'])), name='disposal_category_known'),
        ),
    ]

"""What an older system warned of, kept apart from markers until a person has decided about it."""

import django.db.models.deletion
import evenhand.people.models.register
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0014_looks_by_moment"),
    ]

    operations = [
        migrations.CreateModel(
            name="InheritedAlert",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=60)),
                ("code", models.CharField(max_length=20)),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("conduct", "Conduct"),
                            ("need", "Need"),
                            ("home", "Home"),
                            ("neither", "Neither"),
                            ("unknown", "Unknown"),
                        ],
                        max_length=60,
                    ),
                ),
                ("warns", models.BooleanField()),
                ("since", models.DateField(blank=True, null=True)),
                ("review_on", models.DateField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=400)),
                ("received_on", models.DateField()),
                ("until", models.DateField()),
                (
                    "settled",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("the incident behind it was reported", "The incident behind it was reported"),
                            ("recorded as a need", "Recorded as a need"),
                            ("recorded as a hazard of the home", "Recorded as a hazard of the home"),
                            ("let go", "Let go"),
                        ],
                        default="",
                        max_length=60,
                    ),
                ),
                ("settled_on", models.DateField(blank=True, null=True)),
                ("why", models.TextField(blank=True)),
                ("case", models.CharField(blank=True, max_length=20)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="registerimport",
            name="register_import_brings_known",
        ),
        migrations.AlterField(
            model_name="registerimport",
            name="brings",
            field=models.CharField(
                choices=[("register", "Register"), ("contacts", "Contacts"), ("alerts", "Alerts")],
                default=evenhand.people.models.register.Brings["REGISTER"],
                max_length=60,
            ),
        ),
        migrations.AddConstraint(
            model_name="registerimport",
            constraint=models.CheckConstraint(
                condition=models.Q(("brings__in", ["register", "contacts", "alerts"])),
                name="register_import_brings_known",
            ),
        ),
        migrations.AddField(
            model_name="inheritedalert",
            name="home",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="alerts",
                to="people.home",
            ),
        ),
        migrations.AddField(
            model_name="inheritedalert",
            name="last_changed_in",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.registerimport",
            ),
        ),
        migrations.AddField(
            model_name="inheritedalert",
            name="person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="alerts",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="inheritedalert",
            name="settled_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="inheritedalert",
            index=models.Index(
                condition=models.Q(("settled", "")), fields=["until", "id"], name="inherited_alert_open"
            ),
        ),
        migrations.AddIndex(
            model_name="inheritedalert",
            index=models.Index(condition=models.Q(("warns", True)), fields=["person"], name="inherited_alert_warns"),
        ),
        migrations.AddIndex(
            model_name="inheritedalert",
            index=models.Index(condition=models.Q(("warns", True)), fields=["home"], name="inherited_alert_warns_home"),
        ),
        migrations.AddConstraint(
            model_name="inheritedalert",
            constraint=models.CheckConstraint(
                condition=models.Q(("about__in", ["conduct", "need", "home", "neither", "unknown"])),
                name="inherited_alert_about_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="inheritedalert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "settled__in",
                        [
                            "the incident behind it was reported",
                            "recorded as a need",
                            "recorded as a hazard of the home",
                            "let go",
                            "",
                        ],
                    )
                ),
                name="inherited_alert_settled_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="inheritedalert",
            constraint=models.CheckConstraint(
                condition=models.Q(("person__isnull", False), ("home__isnull", False), _connector="OR"),
                name="inherited_alert_of_someone",
            ),
        ),
        migrations.AddConstraint(
            model_name="inheritedalert",
            constraint=models.UniqueConstraint(
                condition=models.Q(("person__isnull", False)),
                fields=("source", "person", "code"),
                name="inherited_alert_once_a_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="inheritedalert",
            constraint=models.UniqueConstraint(
                condition=models.Q(("person__isnull", True)),
                fields=("source", "home", "code"),
                name="inherited_alert_once_a_home",
            ),
        ),
    ]

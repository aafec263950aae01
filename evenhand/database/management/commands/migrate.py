"""`evenhand migrate`: Django's own, and then the application's role gets its rights. Run as the owner."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connections, transaction

from evenhand.database import rights


class Command(migrate.Command):
    """Brings the tables up to date, as their owner."""

    help = "Brings the tables up to date and gives the application’s role its rights."

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        only_looking = options["check_unapplied"] or options["plan"]
        if not only_looking:
            rights.add_extensions(connection)
        super().handle(*args, **options)
        if only_looking:
            return
        call_command("createcachetable", database=options["database"], verbosity=0)
        role = settings.APPLICATION_ROLE
        if role and role != connection.settings_dict["USER"]:
            with transaction.atomic(using=options["database"]):
                rights.grant(connection, role, settings.APPEND_ONLY_TABLES)

"""`evenhand prepare`: what `serve` and `demo` do before they begin. Run as the owner."""

import shutil
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from evenhand.database import prepared

ONE_AT_A_TIME = 141_421_356
DEMO, REAL = "demo", "real"
FILLED = """
SELECT whole.oid::regclass::text FROM pg_class whole JOIN pg_namespace ON pg_namespace.oid = whole.relnamespace
WHERE nspname = current_schema() AND whole.relkind IN ('r', 'p') AND NOT whole.relispartition
AND (pg_relation_size(whole.oid) > 0
    OR EXISTS (SELECT FROM pg_partition_tree(whole.oid) WHERE isleaf AND pg_relation_size(relid) > 0))
"""
REFUSED = (
    "This database holds a landlord’s own records, and the demonstration leaves those alone. Give the demonstration "
    "a place of its own: EVENHAND_VAR=/another/folder evenhand demo"
)


class Command(BaseCommand):
    """Brings tables and static files up to date and notes whether the database is a demonstration or the real thing."""

    # The checks look at every page and letter; that is `evenhand check`'s work, not each start's.
    requires_system_checks: list[str] = []
    help = "Makes everything ready to serve: tables, rights and static files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="An empty database becomes a demonstration.")
        parser.add_argument("--fresh", action="store_true", help="A demonstration is emptied first.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not prepared.static_is_ready():
            self.lay_out_static()
        with connection.cursor() as cursor:
            # Several machines may start at once; the tables are changed by one of them.
            cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
            if options["demo"] and prepared.provenance(connection.settings_dict) == REAL:
                raise CommandError(REFUSED)
            if options["fresh"]:
                self.empty()
            if not prepared.tables_are_ready(connection.settings_dict):
                self.bring_up_to_date()
            self.note_provenance(DEMO if options["demo"] else REAL)

    def lay_out_static(self) -> None:
        if not settings.BUILT.is_dir():
            self.stderr.write("The style sheets have not been built yet: run script/build-frontend.")
        self.stdout.write("Laying out style sheets and scripts …")
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        prepared.static_note().write_text(prepared.mark_of_static())

    def empty(self) -> None:
        """Empty a demonstration's database and the files beside it. Anything else was refused above."""
        if prepared.provenance(connection.settings_dict) != DEMO and self.in_use():
            raise CommandError(REFUSED)
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        self.empty_folders()

    def empty_folders(self) -> None:
        """Heads and disposals are of the record that was emptied: kept, they would accuse the new one. Those that lie
        elsewhere, as a landlord keeps its own, are nobody's to take away."""
        for place in (settings.MEDIA_ROOT, settings.EMAIL_FILE_PATH, settings.HEADS_FOLDER, settings.DISPOSALS_FILE):
            if not place.resolve().is_relative_to(settings.VAR.resolve()):
                continue
            if place.is_dir():
                shutil.rmtree(place, ignore_errors=True)
            else:
                place.unlink(missing_ok=True)

    def bring_up_to_date(self) -> None:
        self.stdout.write("Bringing the database’s tables up to date …")
        call_command("migrate", interactive=False, verbosity=0)
        table = connection.ops.quote_name(prepared.TABLE)
        self.count_anew()
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE IF NOT EXISTS {table} (mark text NOT NULL)")
            cursor.execute(f"DELETE FROM {table}")
            cursor.execute(f"INSERT INTO {table} VALUES (%s)", [prepared.mark_of_tables()])
            if settings.APPLICATION_ROLE:
                cursor.execute(f"GRANT SELECT ON {table} TO {connection.ops.quote_name(settings.APPLICATION_ROLE)}")

    def count_anew(self) -> None:
        """Until the database has counted what a new column or index holds, it reads past it: minutes of slow pages.

        A table without a row is left alone: once it is counted as empty, what is brought in first is joined with it as
        if it stayed so. (A month without contacts is counted with the others: nothing is joined with one month alone.)
        """
        with connection.cursor() as cursor:
            cursor.execute(FILLED)
            if tables := [name for (name,) in cursor.fetchall()]:
                cursor.execute(f"ANALYZE {', '.join(tables)}")

    def note_provenance(self, kind: str) -> None:
        """Say once what this database is. One in use that never said so is the real thing."""
        provenance = apps.get_model("people", "Provenance")
        if provenance.objects.exists():
            return
        if kind == DEMO and self.in_use():
            raise CommandError(REFUSED)
        provenance.objects.create(kind=kind, at=timezone.now())

    def in_use(self) -> bool:
        """Whether the database holds anybody: a customer or a colleague."""
        names = set(connection.introspection.table_names())
        models = [apps.get_model("people", name) for name in ("Person", "User")]
        return any(model.objects.exists() for model in models if model._meta.db_table in names)

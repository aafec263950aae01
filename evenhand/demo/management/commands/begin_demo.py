"""`evenhand begin-demo`: fills an empty demonstration. `evenhand demo` calls it on its first start."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from evenhand.demo import moved

REGISTER = Path(__file__).resolve().parents[2] / "register"


class Command(BaseCommand):
    """Imports the invented landlord's register and contacts, and plays the stories, with the application's rights."""

    # The checks look at every page and letter; that is `evenhand check`'s work, not each start's.
    requires_system_checks: list[str] = []
    help = "Fills an empty demonstration with an invented landlord and its cases."

    def handle(self, *args: Any, **options: Any) -> None:
        begun_as_demo = apps.get_model("people", "Provenance").objects.filter(kind="demo").exists()
        if not begun_as_demo or apps.get_model("people", "Person").objects.exists():
            raise CommandError("Only an empty database begun by “evenhand demo” can be filled with a demonstration.")
        self.stdout.write("Bringing in an invented landlord …")
        call_command("import_register", str(REGISTER), verbosity=0)
        self.stdout.write("Bringing in a year of contacts …")
        with TemporaryDirectory() as folder:
            moved.contact_log(timezone.localdate(), Path(folder))
            call_command("import_contacts", folder, verbosity=0)
        self.stdout.write("Playing its stories …")
        call_command("play_stories", verbosity=0)

"""`evenhand verify`: is the record still what was written?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from evenhand.cases import chain


class Command(BaseCommand):
    help = "Check the hash chain of every case. Exits with 1 and a line for each fault when something was changed."

    def handle(self, *args: Any, **options: Any) -> None:
        checked, faults = 0, 0
        for row in chain.cases():
            checked += 1
            for fault in chain.faults_in(row):
                faults += 1
                self.stderr.write(f"{fault.reference}: {fault.words}")
        if faults:
            raise CommandError(f"{faults} faults in {checked} cases. Keep a copy of the database before anything else.")
        self.stdout.write(f"{checked} cases checked: every link holds.")

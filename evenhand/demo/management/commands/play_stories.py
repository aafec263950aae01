"""`evenhand play-stories`: the demonstration's cases, played through the record so that they are always lawful."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from evenhand.demo import cast, surroundings
from evenhand.demo.stage import Stage
from evenhand.demo.stories import play
from evenhand.people.models import Person


class Command(BaseCommand):
    help = "Plays the demonstration’s stories about people and homes of the invented landlord."

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        cast.landlord(today)
        stage = Stage(cast.colleagues(), today)
        people = Person.objects.filter(
            date_of_birth__lt=today.replace(year=today.year - 25, day=1), left_on=None, tenancy_links__role="tenant"
        )
        surroundings.hazards_seen(stage)
        for name in play(stage, people.exclude(communication_needs__gt="").order_by("pk").iterator()):
            self.stdout.write(f"  {name}")

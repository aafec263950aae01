"""`evenhand demand --from DATE --to DATE`: whose contacts, in those days, are worth a look, and why."""

import json
from argparse import ArgumentParser
from dataclasses import replace
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from evenhand.contacts import lacking, screen, suggestion_json
from evenhand.contacts.screen import Suggestion
from evenhand.contacts.terms import demand_terms
from evenhand.people.models import Person
from evenhand.policy.demand import sentence
from evenhand.policy.demand.untold import Mark
from evenhand.policy.demand.window import Window


def day(text: str) -> date:
    return date.fromisoformat(text)


class Command(BaseCommand):
    help = (
        "Measures demand in everybody’s contacts and prints whom a manager may want to look at, strongest first: what "
        "was counted, with whom it was compared, and what was left out and why. Nothing is decided or kept."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="first", type=day, required=True, help="the first day, as 2025-11-01")
        parser.add_argument("--to", dest="last", type=day, required=True, help="the last day, as 2026-10-31")
        parser.add_argument("--format", choices=["json", "text"], default="text")

    def handle(self, *args: Any, first: date, last: date, format: str, **options: Any) -> None:
        if last < first:
            raise CommandError(f"--to {last} is before --from {first}: give the earlier day first.")
        asked = Window(first, last)
        found = [self._told(one, asked) for one in screen.everybody(asked, demand_terms()).suggestions]
        people = Person.objects.in_bulk([one.person for one in found])
        untold = lacking.of_everybody(asked)
        for mark in untold:
            self.stderr.write(lacking.cannot_be_measured(mark))
        if format == "json":
            listed = [self._data(people[one.person], one, untold) for one in found]
            self.stdout.write(json.dumps(listed, indent=2, ensure_ascii=False))
            return
        for one in found:
            self.stdout.write(self._line(people[one.person].ref, one))
        self.stdout.write(f"{len(found)} customers. These are for a person to weigh: nothing is decided.")

    def _told(self, one: Suggestion, asked: Window) -> Suggestion:
        return replace(one, measures=sentence.told_within(one.measures, asked))

    def _data(self, person: Person, one: Suggestion, untold: list[Mark]) -> dict[str, Any]:
        """With the register it comes from: two registers may have the same reference for different people."""
        told = suggestion_json.suggestion(person.ref, one.measures, untold)
        return {"source": person.source, **told}

    def _line(self, ref: str, one: Suggestion) -> str:
        first = one.measures[0]
        kinds = "; ".join(measure.kind.value for measure in one.measures)
        return (
            f"{ref}  {first.in_a_word} ({first.strength:.2f})  {kinds}: {first.figure} of {first.all_contacts} "
            f"contacts, {first.minutes} minutes, {first.window.first} to {first.window.last}"
        )

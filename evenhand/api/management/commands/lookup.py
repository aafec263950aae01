"""`evenhand lookup TEXT`: what a colleague or a contractor is told today about whoever the text means."""

import json
from argparse import ArgumentParser
from getpass import getuser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from evenhand.api.problem import Kind, Problem
from evenhand.api.told import told
from evenhand.cases import lookup
from evenhand.cases.lookup import Card, Found
from evenhand.doors import permission
from evenhand.doors.clock import local, now
from evenhand.people.models import Home, Look, Person
from evenhand.people.models.look import LookKind
from evenhand.people.text import tidy
from evenhand.policy.answer import Answer, AnswerCode, Asker
from evenhand.policy.staff import Actor, Role
from evenhand.sharing import ledger, telling
from evenhand.sharing.models.disclosure import How, RecipientKind

LONGEST = 200
NO_CARD, NOT_WORKING, SEVERAL = 1, 3, 4


def asker_named(name: str) -> Asker:
    """A kind of asker, or a colleague's role, by its name; hyphens stand for blanks. Raises `CommandError`."""
    plain = name.strip().lower().replace("-", " ")
    if plain in set(Asker):
        return Asker(plain)
    if plain not in set(Role):
        known = ", ".join(sorted({*Asker, *Role}))
        raise CommandError(f"Nobody asks as “{name}”. Choose one of: {known}.", returncode=2)
    actor = Actor("command", frozenset({Role(plain)}))
    if not actor.has(*permission.COLLEAGUES):
        raise CommandError(f"The check is not open to the role “{plain}”, here or on its page.", returncode=2)
    return permission.asker(actor)


class Command(BaseCommand):
    help = (
        "Finds a person or a home by a name, a telephone number, an email, an address, a postcode, a UPRN or a "
        "reference, and prints today’s answer. The look is logged. Exit code 0: an answer; 1: nobody matches, 4: "
        "several do, so there is none; 3: the check is not working, which says nothing about anyone."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text", nargs="+", help="what is known of them; two things together tell people apart")
        parser.add_argument(
            "--as",
            dest="asker",
            metavar="ROLE",
            default=Asker.COLLEAGUE.value,
            help="who asks, as it decides what they may see of why: contractor, or a role such as colleague or manager",
        )
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        words, asker = tidy(" ".join(options["text"]))[:LONGEST], asker_named(options["asker"])
        if not words:
            raise CommandError("Give a name, a telephone number, an address or a reference.", returncode=2)
        try:
            found, card, answer = asked(words, asker)
        except DatabaseError:
            if options["format"] == "json":
                self.stdout.write(json.dumps(Problem(Kind.UNAVAILABLE).body(), ensure_ascii=False, indent=2))
            raise CommandError(
                "The check is not working just now. That says nothing about anyone: take care as if there were a "
                "warning.",
                returncode=NOT_WORKING,
            ) from None
        shown = (
            as_json(words, found, card, answer, asker)
            if options["format"] == "json"
            else in_words(found, card, answer, asker)
        )
        self.stdout.write(shown)
        if card is None:
            raise SystemExit(SEVERAL if answer.code is AnswerCode.SEVERAL_MATCHES else NO_CARD)


def asked(words: str, asker: Asker) -> tuple[Found, Card | None, Answer]:
    """Who is meant, their card if there is no doubt, and the answer; logged, and on the ledger, before it is told."""
    moment, who = now(), f"command:{getuser()}"[:60]
    found = lookup.find(words, moment.day)
    meant: Person | Home | None = found.person or found.home
    kind = LookKind.CHECK if meant else LookKind.SEARCH
    person = found.person
    reference = f"{person.source}:{person.ref}" if person else words
    Look.objects.create(at=moment.at, actor=who, kind=kind, reference=reference, person=person, purpose=words)
    if meant is None:
        return found, None, lookup.unanswered(found, local(moment))
    card = lookup.card_of(meant, local(moment), asker)
    to = ledger.Recipient(RecipientKind.SYSTEM, who, "The command line")
    ledger.disclose(to, telling.told(card.held, card.person, card.home), How.COMMAND, moment.at, why=words)
    return found, card, card.answer


def as_json(words: str, found: Found, card: Card | None, answer: Answer, asker: Asker) -> str:
    """The answer exactly as a machine is sent it, with who is meant, or who it may be."""
    sent = told(answer, card.held if card else None, asker).model_dump(mode="json")
    sent["asked"] = words
    sent["matches"] = [] if asker is Asker.CONTRACTOR else matches(found)
    sent["more_matches"] = found.more_people or found.more_homes
    return json.dumps(sent, ensure_ascii=False, indent=2)


def matches(found: Found) -> list[dict[str, str]]:
    """People and homes, by name, where, and their register's reference."""
    people = [
        {"kind": "person", "name": each.person.name, "where": each.where, "reference": each.person.ref}
        for each in found.people
    ]
    homes = [{"kind": "home", "name": "", "where": home.address, "reference": home.ref} for home in found.homes]
    return people + homes


def in_words(found: Found, card: Card | None, answer: Answer, asker: Asker) -> str:
    """The answer for a person to read."""
    lines = []
    if asker is not Asker.CONTRACTOR:
        lines += [f"{' '.join(filter(None, (each['name'], each['where'])))}" for each in matches(found)]
        lines += ["… and others"] if found.more_people or found.more_homes else []
    lines += ["", answer.lead, ""]
    if card is not None:
        ways = (("Visit", answer.visit), ("They ring", answer.call_in), ("We ring", answer.call_out))
        for name, each in (*ways, ("Write", answer.message)):
            lines.append(f"{name}: {each.words} In an emergency: {each.emergency}")
        lines += [*answer.overdue, *answer.cautions, *answer.why]
    lines.append(f"Always gets through: {'; '.join(answer.exemptions)}.")
    return "\n".join(lines).strip()

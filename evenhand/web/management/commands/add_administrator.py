"""`evenhand add-administrator`: the first colleague, who adds the others on a page."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from evenhand.people import changes, colleague
from evenhand.people.models import User
from evenhand.people.models.change import ChangeKind
from evenhand.people.refusal import NotDone
from evenhand.policy.staff import Role
from evenhand.web import invitation


class Command(BaseCommand):
    help = (
        "Adds an administrator and prints a link with which they choose a password, once. Run again for the same "
        "address, it prints a new link as long as no password was chosen."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="their work email, with which they sign in")
        parser.add_argument("first_name")
        parser.add_argument("last_name")

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"].strip().lower()
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"“{options['email']}” is not an email address.") from None
        user = self.waiting(email) or self.added(email, options["first_name"], options["last_name"])
        self.stdout.write(f"{user.name} chooses a password here, once, within {invitation.DAYS} days:")
        self.stdout.write(settings.URL + invitation.address(user))

    def waiting(self, email: str) -> User | None:
        """An administrator with this address who has not chosen a password yet."""
        user = User.objects.filter(username=email, roles__contains=[Role.ADMINISTRATOR.value]).first()
        return user if user is not None and invitation.waits(user) else None

    @transaction.atomic
    def added(self, email: str, first_name: str, last_name: str) -> User:
        try:
            user = colleague.join(email, first_name, last_name, [Role.COLLEAGUE, Role.ADMINISTRATOR])
        except NotDone as no:
            raise CommandError(str(no)) from None
        words = "Added as an administrator, from the command line."
        changes.note(None, timezone.now(), ChangeKind.COLLEAGUE, user.actor_id, words)
        return user

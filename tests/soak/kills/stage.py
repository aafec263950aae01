"""In the world of kills: a register, colleagues who are signed in, and the addresses of the pages they act on.

`python -m tests.soak.kills.stage FILES PEOPLE SETTING` makes all this, and writes what everyone needs to know of it.
"""

import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from tests.bench.inside import ready

ready()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import NoReverseMatch, reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from evenhand.demo import cast  # noqa: E402
from evenhand.people.models import Person, User  # noqa: E402
from tests.soak.kills import course  # noqa: E402
from tests.soak.kills.setting import Setting  # noqa: E402

GROWN_UP = date(1995, 1, 1)
"""Born before: nobody whose age would have to be asked about."""


def main() -> None:
    files, most, told = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    call_command("import_register", files)
    cast.landlord(timezone.localdate())
    colleagues = cast.colleagues()
    with_email = Person.objects.filter(date_of_birth__lt=GROWN_UP, needs=None).exclude(email="").order_by("pk")[:most]
    Setting(
        people=[(person.pk, f"{person.forename} {person.surname}") for person in with_email],
        actors={name: user.actor_id for name, user in colleagues.items()},
        sessions={name: session(user) for name, user in colleagues.items() if name in course.ACTORS},
        cookie=settings.SESSION_COOKIE_NAME,
        pages={f"{verb} {subject}".strip(): page for verb in course.VERBS for subject, page in pages(verb)},
    ).keep(told)


def session(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def pages(verb: str) -> Iterator[tuple[str, str]]:
    """The addresses of a verb's page, with and without something in the case that the verb is done to."""
    for subject in ("SUBJECT", ""):
        for given in ([], ["REFERENCE"], ["REFERENCE", subject] if subject else []):
            with suppress(NoReverseMatch):
                if bool(subject) == (len(given) == 2):
                    yield subject, reverse(verb, args=given)


if __name__ == "__main__":
    main()

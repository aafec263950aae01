"""In one world: how long a long case's page, Today and one act take, and their bare equivalents. Prints JSON.

`python -m tests.bench.pages`
"""

import json
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from tests.bench.inside import ready

ready()

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.template import Context, engines  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.signals import template_rendered  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from django.utils import timezone  # noqa: E402

from evenhand.cases import models, record  # noqa: E402
from evenhand.cases.circumstances import Moment  # noqa: E402
from evenhand.people.models import Landlord, User  # noqa: E402
from evenhand.policy.staff import Role  # noqa: E402
from evenhand.policy.verbs import VERBS  # noqa: E402

TIMES = 25
WARMING = 3
ROLES = [Role.COLLEAGUE, Role.INVESTIGATOR, Role.MANAGER]


def colleague() -> User:
    found = User.objects.filter(email="bench@example.org").first()
    return found or User.objects.create(
        username="bench",
        email="bench@example.org",
        first_name="Bea",
        last_name="Bench",
        roles=[role.value for role in ROLES],
    )


def timed(ours: Callable[[], object], bare: Callable[[], object]) -> dict[str, float]:
    """The median seconds of each, done by turns, so that whatever else the machine does falls on both."""
    times: dict[str, list[float]] = {"ours": [], "bare": []}
    for _ in range(WARMING + TIMES):
        for name, do in (("ours", ours), ("bare", bare)):
            began = time.perf_counter()
            do()
            times[name].append(time.perf_counter() - began)
    return {name: median(each[WARMING:]) for name, each in times.items()}


class Asked:
    """Counts the statements sent to the database, and keeps them with the kind of cursor that sent them."""

    def __init__(self) -> None:
        self.statements: list[tuple[type, str, object]] = []

    def __call__(self, execute: Callable[..., object], sql: str, given: object, many: bool, context: Any) -> object:
        self.statements.append((type(context["cursor"].cursor), sql, given))
        return execute(sql, given, many, context)


def queries(do: Callable[[], object]) -> int:
    asked = Asked()
    with connection.execute_wrapper(asked):
        do()
    return len(asked.statements)


def page(client: Client, address: str) -> dict[str, float]:
    """A page through the whole of Django, and its template alone rendered from the same context as a dictionary."""

    def get() -> None:
        answer = client.get(address)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"

    seen: list[tuple[str, dict[str, object]]] = []

    def notice(sender: object, template: object, context: object, **_: object) -> None:
        if not seen:
            seen.append((template.name, context.flatten()))  # type: ignore[attr-defined]

    template_rendered.connect(notice)
    get()
    template_rendered.disconnect(notice)
    name, context = seen[0]
    template = engines["django"].get_template(name)
    return {**timed(get, lambda: template.template.render(make_context(context))), "queries": queries(get)}


def make_context(context: dict[str, object]) -> Context:
    return Context({key: value for key, value in context.items() if key not in ("True", "False", "None")})


def act() -> dict[str, float]:
    """One act that calls for a letter, on a case of ordinary length, rolled back each time; and the statements it
    sends, by themselves: those that are planned once are, in the one as in the other."""
    said = {"address": "1 Quay Street", "telephone": "0161 496 0100", "email": "hello@harbourhomes.example"}
    Landlord.objects.update_or_create(name="Harbour Homes", defaults=said)
    row = (
        models.Case.objects.filter(closed=False, decided=False, untriaged=False, last_number__lt=30)
        .exclude(holder="")
        .order_by("pk")
        .first()
    )
    assert row is not None, "the world has no case under investigation"
    who = User.objects.get(email="bench@example.org").actor
    asked = Asked()

    def do() -> None:
        moment = Moment(timezone.now(), timezone.localdate())
        with transaction.atomic():
            record.act_on(
                row.reference,
                record.Ask(who, moment),
                VERBS["investigation.invite"],
                how="By telephone, by a visit or in writing.",
            )
            transaction.set_rollback(True)

    with connection.execute_wrapper(asked):
        do()
    statements = asked.statements

    def again() -> None:
        cursors = {kind: kind(connection.connection) for kind, _, _ in statements}
        connection.connection.execute("BEGIN")
        for kind, sql, given in statements:
            cursors[kind].execute(sql, given)
        connection.connection.execute("ROLLBACK")

    return {**timed(do, again), "queries": len(statements)}


def main() -> None:
    setup_test_environment()
    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    client.force_login(colleague())
    found: dict[str, object] = {"today": page(client, "/")}
    longest = models.Case.objects.order_by("-last_number").first()
    shorter = models.Case.objects.filter(last_number__lt=30, decided=True).order_by("pk").first()
    if longest and longest.last_number >= 200:
        found["case"] = page(client, f"/cases/{longest.reference}/")
        found["shorter"] = page(client, f"/cases/{shorter.reference}/") if shorter else None
        found["act"] = act()
    print(json.dumps(found))


if __name__ == "__main__":
    main()

"""Two colleagues who link two cases to each other at once: one link is written, and neither waits for ever."""

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.db import connection

from evenhand.cases import effects, models, record
from evenhand.people.models import Person
from evenhand.policy.refusal import Refused
from evenhand.policy.verbs import VERBS
from tests.cases.test_record import ask, report

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_who_link_the_same_cases_to_each_other_at_once_make_one_link(monkeypatch: pytest.MonkeyPatch) -> None:
    people = [Person.objects.create(source="t", ref=ref, forename="Jo", surname="Bell") for ref in ("1", "2")]
    references = [report(person) for person in people]
    both, real = threading.Barrier(2), effects.elsewhere
    ends: list[str] = []

    def meet(*given: Any) -> Any:
        with suppress(threading.BrokenBarrierError):
            both.wait(timeout=1)  # each holds its own case, and is about to ask for the other's
        return real(*given)

    def link(one: str, other: str) -> Callable[[], None]:
        def act() -> None:
            try:
                record.act_on(one, ask(), VERBS["handling.link"], other=other, reason="One household.")
                ends.append("linked")
            except Refused as refused:
                ends.append(str(refused))
            finally:
                connection.close()

        return act

    monkeypatch.setattr(effects, "elsewhere", meet)
    threads = [threading.Thread(target=link(*pair)) for pair in (references, references[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends) == ["Those cases are already linked.", "linked"]
    assert models.Event.objects.filter(kind="CaseLinked").count() == 2

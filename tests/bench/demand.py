"""In one world: demand measured for everybody and for one who calls more than anyone, and bare sums. Prints JSON.

`python -m tests.bench.demand`
"""

import json
import time
from collections.abc import Callable
from datetime import timedelta

from tests.bench.inside import ready

ready()

from django.db import connection  # noqa: E402

from evenhand.contacts import evidence, screen  # noqa: E402
from evenhand.people.models import Person  # noqa: E402
from evenhand.policy.demand.terms import DemandTerms  # noqa: E402
from evenhand.policy.demand.window import Window  # noqa: E402
from tests.bench import invent  # noqa: E402
from tests.bench.pages import timed  # noqa: E402

SPAN = Window(invent.TODAY - timedelta(days=364), invent.TODAY)
EVERYBODY = """
    SELECT person_id, count(*), sum(minutes), min(at), max(at) FROM contacts_contact
    WHERE at >= %s AND at < %s AND person_id IS NOT NULL GROUP BY person_id
"""
ONE = """
    SELECT count(*), sum(minutes), min(at), max(at) FROM contacts_contact
    WHERE at >= %s AND at < %s AND person_id = %s
"""


def once(do: Callable[[], object]) -> float:
    """The better of two: the first may find the disk cold."""
    times = []
    for _ in range(2):
        began = time.perf_counter()
        do()
        times.append(time.perf_counter() - began)
    return min(times)


def asked(statement: str, *values: object) -> list[tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [*evidence.moments(SPAN), *values])
        return cursor.fetchall()


def main() -> None:
    terms = DemandTerms()
    often = Person.objects.get(ref=invent.person_ref(0))
    one = timed(lambda: evidence.of(often, SPAN, terms), lambda: asked(ONE, often.pk))
    print(
        json.dumps(
            {
                "rows": sum(row[1] for row in asked(EVERYBODY)),
                "everybody": once(lambda: screen.everybody(SPAN, terms)),
                "everybody_bare": once(lambda: asked(EVERYBODY)),
                "one_rows": asked(ONE, often.pk)[0][0],
                "one": one["ours"],
                "one_bare": one["bare"],
            }
        )
    )


if __name__ == "__main__":
    main()

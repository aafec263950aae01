"""In one world: ten thousand visits checked at once, and one join that finds the same rows. Prints JSON.

`python -m tests.bench.visits`
"""

import json
import sys

from tests.bench.inside import ready

ready()

from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from evenhand.cases.circumstances import Moment  # noqa: E402
from evenhand.policy.answer import Asker  # noqa: E402
from evenhand.sharing import matching, visits  # noqa: E402
from tests.bench import invent  # noqa: E402
from tests.bench.pages import timed  # noqa: E402

VISITS = 10_000
JOIN = """
    SELECT asked.place, home.id, control.id
    FROM unnest(%s::int[], %s::text[]) AS asked(place, uprn)
    LEFT JOIN people_home home ON home.uprn = asked.uprn AND home.uprn <> ''
    LEFT JOIN people_tenancy tenancy ON tenancy.home_id = home.id AND tenancy.ended_on IS NULL
    LEFT JOIN people_tenancyperson link ON link.tenancy_id = tenancy.id AND link.ended_on IS NULL
    LEFT JOIN cases_livecontrol control ON control.person_id = link.person_id
"""


def main(homes: int) -> None:
    uprns = [invent.uprn(number * 7 % homes) for number in range(VISITS)]
    at = timezone.localtime()
    moment = Moment(timezone.now(), timezone.localdate())
    asked = [visits.Visit(matching.where(uprn=uprn), at, Asker.COLLEAGUE) for uprn in uprns]

    def join() -> list[object]:
        with connection.cursor() as cursor:
            cursor.execute(JOIN, [list(range(VISITS)), uprns])
            return cursor.fetchall()

    found = visits.check_many(asked, moment)
    held = sum(one.held is not None for one in found)
    print(
        json.dumps(
            {
                **timed(lambda: visits.check_many(asked, moment), join),
                "rows": len(found),
                "held": held,
            }
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))

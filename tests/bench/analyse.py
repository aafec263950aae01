"""The planner told what the tables hold, as PostgreSQL would find out by itself some minutes later."""

import os

from tests.bench.inside import ready

os.environ["EVENHAND_ACT_AS"] = "owner"
ready()

from django.db import connection  # noqa: E402

if __name__ == "__main__":
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")

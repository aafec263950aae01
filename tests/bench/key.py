"""Keys for a world's machines' door, printed one a line: several, so that no key's own ceiling is what is measured.

`python -m tests.bench.key HOW_MANY`
"""

import secrets
import sys

from tests.bench.inside import ready

ready()

from django.utils import timezone  # noqa: E402

from evenhand.people.models import User  # noqa: E402
from evenhand.policy.staff import Role  # noqa: E402
from evenhand.sharing import key  # noqa: E402
from evenhand.sharing.models.key import Audience, Scope  # noqa: E402


def main() -> None:
    administrator, _ = User.objects.get_or_create(
        email="keys@example.org",
        defaults={"username": "keys", "first_name": "Kay", "roles": [Role.ADMINISTRATOR.value]},
    )
    for _ in range(int(sys.argv[1])):
        _, secret = key.make(
            administrator,
            timezone.now(),
            name=f"Bench {secrets.token_hex(4)}",
            owner="The bench",
            audience=Audience.COLLEAGUES,
            scopes=[Scope.CHECK],
            calls_a_minute=key.CALLS_A_MINUTE[2],
            people_a_day=key.PEOPLE_A_DAY[2],
        )
        print(secret)


if __name__ == "__main__":
    main()

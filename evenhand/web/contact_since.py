"""E1: what a limit's review weighs: how often the person contacted us since it began, and how much came outside it."""

from datetime import datetime, time
from typing import Any

from django.utils.timezone import make_aware

from evenhand.cases.reading import CaseFile
from evenhand.contacts import log
from evenhand.people import reading
from evenhand.policy.standing.expectation import Limit
from evenhand.policy.standing.single_contact import Contact


def since_it_began(file: CaseFile, limit: Limit | Contact) -> list[dict[str, str]]:
    """The counts, each with its words, for a summary list; none before the limit began. Three queries."""
    if file.person is None or limit.starts_on is None or limit.starts_on > file.day:
        return []
    first = make_aware(datetime.combine(limit.starts_on, time.min))
    found = log.since(reading.identities(file.person), first, file.reference, limit.id)
    outside = f"{found.outside}"
    if found.hazards:
        outside += f", {found.hazards} of which told of a hazard or a danger"
    if found.to_read:
        outside += f", and {found.to_read} that wait{'s' if found.to_read == 1 else ''} to be read for a hazard"
    told: list[tuple[str, Any]] = [
        ("They contacted us", found.inward),
        ("Of these, such as always get through", found.exempt),
        ("Logged as outside the limit", outside),
    ]
    return [{"key": key, "value": str(value)} for key, value in told]

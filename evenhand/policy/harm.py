"""C4, rule 17: what follows from a colleague having been affected: care the same day, injuries reported in time."""

from datetime import date, timedelta

from evenhand.policy.events.event import stamp
from evenhand.policy.events.incident import ColleagueAffected, Injury
from evenhand.policy.occasion import Occasion

REPORTABLE_WITHIN = {Injury.OVER_SEVEN_DAYS: 15, Injury.SPECIFIED: 10}
"""Calendar days to report an injury."""


def affected(
    now: Occasion, incident: str, happened_on: date, colleague: str | None, name: str, injury: Injury
) -> ColleagueAffected:
    """`colleague` is an actor id, or None for someone who is known by name alone."""
    within = REPORTABLE_WITHIN.get(injury)
    return ColleagueAffected(
        **stamp(now),
        incident=incident,
        colleague=colleague,
        name=name,
        injury=injury,
        aftercare_by=now.day,
        report_injury_by=happened_on + timedelta(days=within) if within else None,
    )

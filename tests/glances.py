"""What the glance at a telephone number sees, without a system that asks: nothing is let in, counted or noted."""

from datetime import date

from evenhand.cases import glance
from evenhand.cases.glance import Seen
from evenhand.database import planned

_GLANCE = f"WITH admitted AS (SELECT 1), {glance.SEEN} SELECT seen.*, setting.* {glance.FOUND}"


def seen_by_telephone(number: str, day: date) -> list[Seen]:
    """Everyone with the number (E.164)."""
    with planned.cursor() as cursor:
        cursor.execute(_GLANCE, {"number": number, "day": day, **glance.VALUES})
        return [seen for row in cursor.fetchall() if (seen := glance.read(row))]

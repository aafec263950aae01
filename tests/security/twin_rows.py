"""What the database holds of all that is not sealed, and the lists of it that somebody can page through."""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.test import Client

from tests.security.crawl import Fetched, everything, roots

NUMBERS = ["id", "case_id", "event_id", "letter_id"]
"""Numbers of rows run on through all cases, and are told to nobody (decision 133)."""
WITHOUT_NUMBERS = "(told - %s::text[])::text"
HANG_ON_A_CASE = """
    SELECT table_name FROM information_schema.columns
    WHERE table_schema = current_schema() AND column_name = 'case_id' AND table_name LIKE 'cases\\_%%'
"""
OF_A_CASE = "JOIN cases_case c ON c.id = t.case_id WHERE c.matter = 'conduct'"


def not_sealed() -> tuple[tuple[str, str], ...]:
    """Every row of the cases that are not sealed, and of every table that hangs on a case, byte for byte."""
    with connection.cursor() as cursor:
        found = _rows(cursor, "cases_case", "SELECT to_jsonb(c) FROM cases_case c WHERE c.matter = 'conduct'")
        cursor.execute(HANG_ON_A_CASE.replace("%%", "%"))
        for (table,) in cursor.fetchall():
            hung = f"SELECT to_jsonb(t) || jsonb_build_object('of', c.reference) FROM {table} t {OF_A_CASE}"
            found += _rows(cursor, table, hung)
    return tuple(sorted(found))


def _rows(cursor: Any, table: str, asked: str) -> list[tuple[str, str]]:
    cursor.execute(f"SELECT {WITHOUT_NUMBERS} FROM ({asked}) AS rows_of(told)", [NUMBERS])
    return [(table, told) for (told,) in cursor.fetchall()]


def lists(client: Client, references: Iterable[str]) -> dict[str, Fetched]:
    """Every page that needs nothing to be known, and every further page of it; and each list from a place that is
    the reference of a sealed matter, as somebody types it who has heard of it."""
    typed = [f"{root}?after={reference}" for reference in references for root in ("/cases/", "/letters/", "/reviews/")]
    return everything(client, [*roots(), *typed], only="after=")

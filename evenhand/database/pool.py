"""The web's connections: back within a moment once the database is."""

from psycopg_pool import base

FIRST_PAUSE, GROWS_BY = 0.1, 1.5
"""Seconds before a connection that failed is tried again, and what each further pause is multiplied by."""


def back_soon() -> None:
    """Lets every pool of this process try again soon. As it comes, it waits a second, two, four, eight: a database that
    was away for a moment would be missed for many, by colleagues who wait for a page."""
    base.AttemptWithBackoff.INITIAL_DELAY = FIRST_PAUSE
    base.AttemptWithBackoff.DELAY_BACKOFF = GROWS_BY

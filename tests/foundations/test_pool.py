"""After the database was away for a moment, connections come again within a moment."""

import pytest
from psycopg_pool import base

from evenhand.database import pool


def test_a_pool_tries_again_soon_and_then_less_and_less_often(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("INITIAL_DELAY", "DELAY_BACKOFF"):
        monkeypatch.setattr(base.AttemptWithBackoff, name, getattr(base.AttemptWithBackoff, name))
    pool.back_soon()
    attempt, pauses = base.AttemptWithBackoff(timeout=300.0), list[float]()
    for _ in range(6):
        attempt.update_delay(0.0)
        pauses.append(attempt.delay)
    assert pauses[0] < 0.2 and pauses[-1] < 2.0
    assert pauses == sorted(pauses)

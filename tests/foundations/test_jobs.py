"""Jobs outlive workers that die and databases that go away for a while."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from procrastinate.contrib.django import app
from psycopg import errors

from evenhand.cases import one_by_one
from evenhand.database import client, jobs
from evenhand.database.management.commands import work


def asked(question: str, *given: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, given)
        return list(cursor.fetchall()) if cursor.description else []


def worker(silent_for: int) -> int:
    """A worker that gave its last sign of life so many seconds ago."""
    add = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s)) RETURNING id"
    return int(asked(add, silent_for)[0][0])


def begun(by: int | None, attempts: int = 0) -> int:
    """A job that this worker is at, or nobody any more."""
    job = app.configure_task("take_up_jobs", queueing_lock="mine").defer(timestamp=0)
    change = "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s, attempts = %s WHERE id = %s"
    asked(change, by, attempts, job)
    return job


def state(job: int) -> list[tuple[Any, ...]]:
    return asked("SELECT status::text, attempts FROM procrastinate_jobs WHERE id = %s", job)


@pytest.mark.django_db
@pytest.mark.parametrize("left_by", [lambda: worker(60), lambda: None])
def test_a_job_whose_worker_died_is_done_again(left_by: Callable[[], int | None]) -> None:
    job = begun(left_by())
    assert jobs.take_up() == 1
    assert state(job) == [("todo", 1)]
    assert jobs.take_up() == 0


@pytest.mark.django_db
def test_a_job_whose_worker_lives_is_left_to_it() -> None:
    job = begun(worker(5))
    assert jobs.take_up() == 0
    assert state(job) == [("doing", 0)]


@pytest.mark.django_db
def test_a_job_of_a_dead_worker_goes_where_one_like_it_waits() -> None:
    job = begun(worker(60))
    waiting = app.configure_task("take_up_jobs", queueing_lock="mine").defer(timestamp=0)
    assert jobs.take_up() == 0
    assert state(job) == [] and state(waiting) == [("todo", 0)]


@pytest.mark.django_db
def test_a_job_that_kills_whoever_does_it_is_told_of_and_not_begun_for_ever(caplog: pytest.LogCaptureFixture) -> None:
    job = begun(worker(60), attempts=jobs.MOST_TIMES)
    assert jobs.take_up() == 0
    assert state(job) == [("failed", jobs.MOST_TIMES)]
    assert "take_up_jobs" in caplog.text


def done(*what: object) -> tuple[object, int]:
    """A job in which these happen one after another: what it gave, and how often it was begun."""
    times, happens = 0, list(what)

    async def job() -> object:
        nonlocal times
        times += 1
        now = happens.pop(0)
        if isinstance(now, Exception):
            raise now
        return now

    context = type("Context", (), {"job": type("Job", (), {"task_name": "a job"})})
    with ThreadPoolExecutor(1) as apart:
        # A browser that another test opened keeps a loop running in this thread.
        return apart.submit(asyncio.run, jobs.waits_for_the_database(job, context, None)).result(), times


def test_a_job_that_lost_the_database_is_done_again_once_it_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "PAUSES", (0.0, 0.0))
    assert done(OperationalError("gone"), InterfaceError("closed"), "done") == ("done", 3)
    with pytest.raises(OperationalError):
        done(*[OperationalError("gone")] * 3)


def test_a_job_that_fails_for_a_reason_of_its_own_fails_at_once() -> None:
    with pytest.raises(ValueError, match="wrong"):
        done(ValueError("wrong"), "done")


def because(cause: Exception) -> OperationalError:
    raised = OperationalError(str(cause))
    raised.__cause__ = cause
    return raised


def test_a_job_waits_for_room_on_the_disk_and_for_whoever_holds_its_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "PAUSES", (0.0,) * 4)
    passing = (errors.DiskFull(), errors.TooManyConnections(), errors.DeadlockDetected(), errors.AdminShutdown())
    assert done(*map(because, passing), "done") == ("done", 5)


@pytest.mark.parametrize("cause", [errors.QueryCanceled(), errors.StatementTooComplex(), errors.IoError()])
def test_a_job_that_waiting_does_not_help_fails_at_once(cause: Exception) -> None:
    """One that took too long would take as long again, and a fault stays one."""
    with pytest.raises(OperationalError):
        done(because(cause), "done")


def test_a_thing_whose_rows_others_held_stops_no_other_thing_and_is_done_again_with_the_job() -> None:
    deeds: list[str] = []

    def deed(thing: str) -> str:
        deeds.append(thing)
        if thing == "held" and deeds.count("held") == 1:
            raise because(errors.LockNotAvailable())
        return thing

    with pytest.raises(one_by_one.SomeFailed, match="1 could not be done; 2 were") as failed:
        one_by_one.each(["one", "held", "other"], deed)
    assert deeds == ["one", "held", "other"]
    assert done(failed.value, "done") == ("done", 2)


def test_a_database_that_is_away_is_away_for_every_thing() -> None:
    def deed(thing: str) -> str:
        raise because(errors.AdminShutdown())

    with pytest.raises(OperationalError):
        one_by_one.each(["one", "other"], deed)


def test_every_worker_waits_for_the_database() -> None:
    assert settings.PROCRASTINATE_WORKER_DEFAULTS["worker_middleware"] == [jobs.waits_for_the_database]


def test_whoever_waits_for_the_database_or_copies_it_comes_with_the_same_certificates(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Else the worker would knock for ever at a database that is back, and lets in only whom it can trust."""
    options = {"sslmode": "verify-full", "sslrootcert": "ours.pem", "pool": {"max_size": 2}}
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", options)
    for told in (work.parameters(), client.address_of(connection.settings_dict)):
        assert told["sslrootcert"] == "ours.pem" and told["dbname"] and "pool" not in told

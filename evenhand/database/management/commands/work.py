"""`evenhand worker`: does what waits to be done in the background, until it is asked to stop."""

import asyncio
import signal
from typing import Any

import psycopg
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException

from evenhand.database.client import KEYWORDS
from evenhand.database.pool import back_soon
from evenhand.database.trouble import trouble_in

PAUSE = 0.2
"""Seconds between one look whether the database is back and the next."""


class Command(BaseCommand):
    help = "Do what waits to be done in the background, until asked to stop. A database that goes away is waited for."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--queues", help="only these queues, parted by commas (default: all)")
        parser.add_argument("--concurrency", type=int, help="how many jobs at once")

    def handle(self, *args: Any, **options: Any) -> None:
        queues = options["queues"]
        given = {"queues": queues.split(",") if queues else None, "concurrency": options["concurrency"]}
        asyncio.run(self.work({name: value for name, value in given.items() if value}))

    async def work(self, options: dict[str, Any]) -> None:
        """Works until asked to stop; begins anew whenever the database was lost and is back."""
        back_soon()
        asked = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, asked.set)
        while not asked.is_set():
            try:
                await at_work(asked, options)
            except (ConnectorException, psycopg.Error) as error:
                # A table that is missing, say, would not be there the next time either.
                if not (trouble := trouble_in(error)):
                    raise
                self.stderr.write(f"{trouble.value}: {' '.join(str(error.__cause__ or error).split())}")
            if not asked.is_set():
                self.stderr.write("The worker lost the database, and goes on once it answers.")
                await until_it_answers(asked)


async def at_work(asked: asyncio.Event, options: dict[str, Any]) -> None:
    """One go: until asked to stop, or until something on which the worker depends has failed."""
    with app.replace_connector(app.connector.get_worker_connector()) as mine:  # type: ignore[attr-defined]
        async with mine.open_async():
            going = asyncio.create_task(mine.run_worker_async(install_signal_handlers=False, **options))
            stopped = asyncio.create_task(asked.wait())
            await asyncio.wait({going, stopped}, return_when=asyncio.FIRST_COMPLETED)
            stopped.cancel()
            if not going.done():
                # It finishes the jobs that it is at, and then goes.
                going.cancel()
            await asyncio.gather(going, return_exceptions=asked.is_set())


async def until_it_answers(asked: asyncio.Event) -> None:
    """Wait until the database takes a connection, or until asked to stop."""
    while not asked.is_set():
        try:
            there = await psycopg.AsyncConnection.connect(**parameters())
        except psycopg.OperationalError:
            await asyncio.sleep(PAUSE)
        else:
            await there.close()
            return


def parameters() -> dict[str, Any]:
    """What psycopg needs to connect, without what only Django understands."""
    return {name: value for name, value in connection.get_connection_params().items() if name in KEYWORDS}

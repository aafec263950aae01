"""Django's PostgreSQL engine, but whether a kept connection still lives is read off its socket.

Django would ask the server, once more for every request. A server that ended a connection has said so, or hung up, and
then there is something to read; only then is it asked. One that falls silent is looked after (`silence.py`). Django
looks for an engine in a module of this name.
"""

import select

import psycopg
from django.conf import settings
from django.db.backends.postgresql import base
from psycopg_pool import ConnectionPool

from evenhand.database.silence import listen


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to PostgreSQL. One that the server ended while nobody used it is never lent."""

    def get_new_connection(self, conn_params: dict[str, object]) -> psycopg.Connection:
        connection: psycopg.Connection = super().get_new_connection(conn_params)
        while self.pool and ended(connection):
            # Given back closed, the pool throws it away and makes another.
            connection.close()
            self.pool.putconn(connection)
            connection = super().get_new_connection(conn_params)
        listen(connection, settings.EMBEDDED, for_a_page=bool(self.pool))
        return connection


def ended(connection: psycopg.Connection) -> bool:
    """Whether the server ended an idle connection."""
    socket = select.poll()
    socket.register(connection.fileno(), select.POLLIN)
    if not socket.poll(0):
        return False
    try:
        ConnectionPool.check_connection(connection)
    except psycopg.Error:
        return True
    return False

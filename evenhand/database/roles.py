"""The roles of the embedded database, and the database itself, made whenever one is missing."""

import psycopg
from psycopg import sql

from evenhand.database.cluster import SUPERUSER
from evenhand.database.place import APPLICATION, DATABASE, OWNER, Place


def ensure_roles(place: Place) -> None:
    """Make the two roles and the database, if missing: the owner, and the application's role that owns nothing."""
    with psycopg.connect(place.address(SUPERUSER, SUPERUSER), autocommit=True) as server:
        found = {row[0] for row in server.execute("SELECT rolname FROM pg_roles")}
        if OWNER not in found:
            server.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(sql.Identifier(OWNER)))
        if APPLICATION not in found:
            server.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(APPLICATION)))
            # So that the owner may try what the application may do: the tests come in this way.
            server.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(APPLICATION), sql.Identifier(OWNER)))
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            names = {"name": sql.Identifier(DATABASE), "owner": sql.Identifier(OWNER)}
            server.execute(sql.SQL("CREATE DATABASE {name} OWNER {owner}").format(**names))

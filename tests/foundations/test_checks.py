"""What `evenhand check` says of the foundations, and how they speak in a log."""

import json
import logging
import logging.config
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from evenhand import logs
from evenhand.database import checks


def test_one_role_for_everything_is_warned_of_before_going_live(settings: Settings) -> None:
    assert checks.two_roles(None) == []
    settings.APPLICATION_ROLE = ""
    (warning,) = checks.two_roles(None)
    assert "could change the record" in warning.msg
    assert warning.hint and "DATABASE_OWNER_URL" in warning.hint


def test_a_right_to_change_history_is_found(
    settings: Settings, as_owner: Callable[[], AbstractContextManager[None]]
) -> None:
    settings.ACTING_AS_OWNER = False
    assert checks.nothing_to_change_history_with(None, databases=["default"]) == []
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f"GRANT DELETE ON cases_event TO {settings.APPLICATION_ROLE}")
    (error,) = checks.nothing_to_change_history_with(None, databases=["default"])
    assert "DELETE on cases_event" in error.msg


def test_the_record_is_among_what_cannot_be_changed(settings: Settings, db: None) -> None:
    names = set(connection.introspection.table_names())
    assert {"cases_event", "people_look"} <= set(settings.APPEND_ONLY_TABLES) <= names


@pytest.mark.parametrize("as_json", [True, False])
def test_what_is_logged_can_be_read_by_a_store_or_a_person(as_json: bool, capsys: pytest.CaptureFixture[str]) -> None:
    described = logs.described("INFO", as_json=as_json)
    logger = logging.Logger("evenhand.tried")
    handler = logging.StreamHandler()
    formatter = described["formatters"]["event"]
    handler.setFormatter(formatter["()"](**{key: value for key, value in formatter.items() if key != "()"}))
    logger.addHandler(handler)
    logger.warning("letter %s claimed", 7)
    line = capsys.readouterr().err.strip()
    if as_json:
        said = json.loads(line)
        assert (said["event"], said["level"], said["logger"]) == ("letter 7 claimed", "warning", "evenhand.tried")
    else:
        assert "letter 7 claimed" in line and "warning" in line

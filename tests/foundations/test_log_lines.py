"""What a log line may hold: never what a variable held, and no trace for a page that was only refused."""

import logging
import logging.config
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings

from evenhand.logs import described


@pytest.fixture(params=[False, True], ids=["lines", "json"])
def as_json(request: pytest.FixtureRequest) -> Iterator[bool]:
    yield request.param
    logging.config.dictConfig(settings.LOGGING)


def our_logger(as_json: bool) -> logging.Logger:
    """The logger of refused and failed pages, with no handler but ours: pytest's own would write the trace first."""
    logging.config.dictConfig(described("WARNING", as_json=as_json))
    return logging.getLogger("django.request")


def fail(customer: str) -> None:
    raise ValueError("the page could not be made")


def test_a_fault_says_where_and_never_whose_case_it_was(as_json: bool, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        fail("Jo" + " Bell")
    except ValueError:
        our_logger(as_json).error("Internal Server Error", exc_info=sys.exc_info())
    said = capsys.readouterr().err
    assert "could not be made" in said and "in fail" in said and "Jo Bell" not in said


def test_a_refused_page_is_one_line(as_json: bool, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        raise PermissionError
    except PermissionError:
        our_logger(as_json).warning("Forbidden: /cases/", exc_info=sys.exc_info())
    said = capsys.readouterr().err
    assert "Forbidden" in said and "Traceback" not in said and said.count("\n") == 1

"""Everything the contract allows, and much it does not, sent to every call: none may fail or answer otherwise.

One check of schemathesis is left out where it cannot hold: a question may be in form and yet be refused, such as a name
without a second identifier, and the contract says so in words that a schema cannot.
"""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from evenhand.sharing.models.key import Scope
from tests.api.calling import Keyring

pytestmark = pytest.mark.django_db

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())
MOST = 6_000
bounded = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def secret(keys: Keyring) -> Iterator[str]:
    """The secret of a key that may do everything. The test's transaction outlives each call, as in Django's client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield keys.system(*Scope, calls_a_minute=MOST, people_a_day=100_000).secret
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@bounded
def test_no_call_answers_otherwise_than_the_contract_says(case: schemathesis.Case, secret: str) -> None:
    case.call_and_validate(headers={"Authorization": f"Bearer {secret}"}, excluded_checks=[positive_data_acceptance])

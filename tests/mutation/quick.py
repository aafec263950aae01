"""The conftest of the copy: properties are tried with few examples, always the same; none looks for a smaller one."""

import sys

import hypothesis
import pytest

FEW = 25

hypothesis.settings.register_profile(
    "mutation",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=FEW,
    phases=(hypothesis.Phase.explicit, hypothesis.Phase.generate),
    suppress_health_check=list(hypothesis.HealthCheck),
)
hypothesis.settings.load_profile("mutation")


def pytest_sessionstart() -> None:
    """Each change is tried in a copy of one process: cases that were told before it are told again."""
    told = sys.modules.get("tests.policy.refusals")
    if told is not None:
        told.places.cache_clear()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        test = getattr(item, "obj", None)
        asked = getattr(test, "_hypothesis_internal_use_settings", None)
        if asked is not None and asked.max_examples > FEW:
            test._hypothesis_internal_use_settings = hypothesis.settings(asked, max_examples=FEW, derandomize=True)

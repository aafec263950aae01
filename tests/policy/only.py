"""A case of which a verb sees the threads it declares, and no other."""

from typing import Any

from evenhand.policy.case import Case


class Only:
    """Reading a thread that was not declared is an error; `touched` is told of those that are read."""

    __slots__ = ("_case", "_reads", "_touched")

    def __init__(self, case: Case, reads: frozenset[str], touched: set[str] | None = None) -> None:
        self._case, self._reads, self._touched = case, reads, touched

    def __getattr__(self, name: str) -> Any:
        if name not in self._reads:
            raise AssertionError(f"a thread that was not declared is read: {name}")
        if self._touched is not None:
            self._touched.add(name)
        return getattr(self._case, name)

"""What was asked and answered, and what the receiver of webhooks took: handed to the judge."""

from dataclasses import dataclass

from tests.soak.asking import Asked


@dataclass(frozen=True)
class Evidence:
    """`taken` are the messages in the order they came, with their headers."""

    asked: list[Asked]
    taken: list[tuple[dict[str, str], str]]

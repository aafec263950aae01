"""The product's own commands, asked at the end by each judge whether they find fault."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

from django.core.management import CommandError, call_command


def commanded(name: str, **options: Any) -> Iterator[str]:
    """What one command finds fault with, in its words; nothing where it is content."""
    said = StringIO()
    try:
        call_command(name, stdout=StringIO(), stderr=said, **options)
    except CommandError as fault:
        yield f"{said.getvalue()}{fault}"

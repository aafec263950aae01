"""What people read is spelt in one way: "email" without a hyphen, and apostrophes that are curly."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import evenhand
from evenhand.policy.events.marker import Control

PRODUCT = Path(evenhand.__file__).parent
HYPHENATED = re.compile(r"\be-mail", re.IGNORECASE)
STRAIGHT = re.compile(r"[a-z]'(?:s|t|re|ve|ll|d|m)\b|s' [a-z]")
NOT_SHOWN = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|^\s*(?:#|//).*?$", re.MULTILINE | re.DOTALL)
"""Of a template, a wording or a letter: what its maker wrote for the machine, and comments."""
KEPT = {"e-mail", Control.ASK_FIRST.value}
"""Values that records hold from before: an act is never written again, so they are put right where they are shown."""


def written() -> Iterator[tuple[str, str]]:
    """Every template, wording and letter, and every text of the code that is no docstring, by where it stands."""
    for kind in ("*.html", "*.txt", "*.toml", "*.typ"):
        for path in sorted((PRODUCT / "templates").rglob(kind)) + sorted((PRODUCT / "letters").rglob(kind)):
            yield str(path.relative_to(PRODUCT)), NOT_SHOWN.sub("", path.read_text())
    for path in sorted(PRODUCT.rglob("*.py")):
        if "migrations" not in path.parts:
            yield from texts(path)


def texts(path: Path) -> Iterator[tuple[str, str]]:
    tree = ast.parse(path.read_text())
    unread = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in unread:
            yield f"{path.relative_to(PRODUCT)}:{node.lineno}", "" if node.value in KEPT else node.value


@pytest.mark.parametrize(
    ("never", "say"),
    [(HYPHENATED, "write “email” without a hyphen"), (STRAIGHT, "write the apostrophe as ’")],
    ids=["email", "apostrophes"],
)
def test_everything_people_read_is_spelt_in_one_way(never: re.Pattern[str], say: str) -> None:
    wrong = [f"{place}: {say}: {found[0]}" for place, words in written() for found in never.finditer(words)]
    assert wrong == []


def test_the_spelling_is_looked_at_wherever_people_read() -> None:
    places = {place.partition(":")[0] for place, words in written() if "email" in words}
    assert {"letters/wording/shared.toml", "templates/account/password_reset.html", "web/landlord.py"} <= places


@pytest.mark.parametrize("words", ["the customer's account", "we don't", "three days' notice"])
def test_a_straight_apostrophe_is_noticed(words: str) -> None:
    assert STRAIGHT.search(words) and not STRAIGHT.search(words.replace("'", "’"))

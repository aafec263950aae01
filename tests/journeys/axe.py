"""Whether a page can be used by everyone, as far as a machine can tell: axe-core, run inside the page."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
# WCAG 2.2 to AA, and what axe-core calls good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def axe_source() -> str:
    """The text of axe-core, which script/build-frontend fetches with the other packages."""
    if not AXE.is_file():
        raise FileNotFoundError("axe-core is missing: run script/build-frontend --force.")
    return AXE.read_text()


def violations(page: Page) -> list[dict[str, Any]]:
    """What axe-core finds wrong on the page as it stands now."""
    # Evaluated through the browser's debugger, which the page's content policy does not bind.
    page.evaluate(axe_source())
    return page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}}).then(found => found.violations)", RULES
    )


def in_words(found: list[dict[str, Any]]) -> str:
    """Each violation with the rule, what it asks, and where it was broken."""
    lines = []
    for violation in found:
        lines.append(f"{violation['id']} ({violation['impact']}): {violation['help']}")
        lines += [f"    {node['html'][:200]}\n    {node['failureSummary'][:300]}" for node in violation["nodes"][:5]]
    return "\n".join(lines)


def is_too_wide(page: Page) -> bool:
    """Whether the page has to be scrolled sideways to be read."""
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")


def assert_accessible(page: Page) -> None:
    """Fail, saying where and why, if axe-core finds anything or the page needs scrolling sideways."""
    found = violations(page)
    assert not found, f"{page.url}\n{in_words(found)}"
    assert not is_too_wide(page), f"{page.url} has to be scrolled sideways at {page.viewport_size}"

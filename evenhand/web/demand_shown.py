"""C2: how often a customer contacted us, as a page shows it and a case keeps it: words and numbers, and nothing else.

What a case keeps is what somebody saw on that day, in the words they saw: whatever is measured, worded or corrected
afterwards, it stays.
"""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from evenhand.policy.demand import VERSION, sentence
from evenhand.policy.demand.measure import Measure
from evenhand.policy.demand.untold import Mark
from evenhand.web import demand_chart, demand_list
from evenhand.web.demand_measured import Measured
from evenhand.web.fields import in_words
from evenhand.web.templatetags.words import day

SHOWN = 20
"""How many of the contacts the page lists; the lists behind the numbers have them all."""
COLUMNS = [
    {"words": "When"},
    {"words": "How"},
    {"words": "Minutes", "numeric": True},
    {"words": "About"},
    {"words": "Does it count?"},
]
Page = dict[str, Any]


def page_of(made: Measured) -> Page:
    """Everything the page says and draws, fit to be kept as JSON: `opened` makes it a page again."""
    listed = demand_list.rows(made.log, made.terms, made.found)
    window, others, own = made.beside
    beside, this = demand_chart.distribution(others, own) if others else ([], "")
    drawn = demand_chart.timeline(made.log, demand_list.left_out(made.log, made.terms), made.day)
    return {
        "definitions": VERSION,
        "span": f"{day(made.days.first)} to {day(made.days.last)}",
        "summary": demand_list.summary(listed),
        "kinds": [_told(one) for one in made.found],
        "not_shown": _not_shown(made),
        "unknown": _unknown(made),
        "chart": {**drawn, "lines": [asdict(line) for line in drawn["lines"]]},
        "reasons": demand_list.reasons(listed),
        "beside": beside,
        "beside_this": this,
        "beside_caption": f"Customers by minutes that count, {day(window.first)} to {day(window.last)}",
        "contacts": [one.row for one in listed],
    }


def opened(page: Page, to_list: Callable[[str], str], to_csv: Callable[[str], str]) -> dict[str, Any]:
    """What the template needs. In: the address of the list behind one kind's figure, and of a chart or list as CSV.

    A page that was kept before each kind said its figure has only the names of `others`.
    """
    contacts = page["contacts"]
    return {
        **page,
        "kinds": [{**kind, "list": to_list(kind["slug"])} for kind in page["kinds"]],
        "chart": {**page["chart"], "lines": [demand_chart.Line.kept(line) for line in page["chart"]["lines"]]},
        "csv": {which: to_csv(which) for which in ("matters", "reasons", "beside", "contacts")},
        "columns": COLUMNS,
        "rows": [cells(row) for row in reversed(contacts)][:SHOWN],
        "more": max(len(contacts) - SHOWN, 0),
    }


def cells(row: demand_list.Row) -> list[Any]:
    """One contact as a row of `COLUMNS`."""
    return [row["when"], row["how"], {"words": row["minutes"], "numeric": True}, row["about"], row["verdict"]]


def _told(one: Measure) -> dict[str, Any]:
    """One kind in sentences: what was ours first."""
    return {
        "slug": demand_list.slug(one.kind),
        "kind": in_words(one.kind),
        "from": one.window.first.isoformat(),
        "to": one.window.last.isoformat(),
        "figure": one.figure,
        "strength": one.in_a_word.value,
        "fair": sentence.fair_reading(one),
        "shown": sentence.shown(one),
        "beside": sentence.beside_others(one),
        "left_out": sentence.left_out(one),
        "cautions": sentence.cautions(one),
    }


def _not_shown(made: Measured) -> list[dict[str, str]]:
    """The kinds that do not show, in the policy's order, each with its figure in a sentence."""
    return [{"slug": demand_list.slug(kind), "kind": in_words(kind), "words": words} for kind, words in made.short]


def _unknown(made: Measured) -> str:
    """What is said before the kinds where nothing can be measured: without minutes there is no time to compare."""
    if Mark.MINUTES not in made.untold:
        return ""
    return (
        "Our records do not show how long many of these contacts took, so it cannot be measured whether they took more "
        "of our time than usual."
    )

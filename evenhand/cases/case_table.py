"""docs/case.md: every verb of the policy, what it looks at, and every event a case can have, read from the code."""

from collections.abc import Iterator
from dataclasses import fields
from itertools import groupby
from sys import modules

from evenhand.policy.case import THREADS, Case
from evenhand.policy.events.catalogue import KINDS
from evenhand.policy.events.event import Event
from evenhand.policy.refusal import Verb
from evenhand.policy.verbs import VERBS


def written() -> str:
    """The document, as Markdown."""
    return "\n".join([*_opening(), *_threads(), *_verbs(), *_events()]) + "\n"


def _opening() -> Iterator[str]:
    yield "# What a case is made of"
    yield ""
    yield "Made from the code by `evenhand documents`. A verb is asked, it answers with events or refuses with reasons;"
    yield "where a case stands is the fold of its events, in threads that never read one another."
    yield ""


def _threads() -> Iterator[str]:
    yield "## Threads"
    yield ""
    for field in fields(Case):
        module = modules[THREADS[field.name].__module__]
        yield f"- `{field.name}`: {_first_line(module.__doc__)}"
    yield ""


def _verbs() -> Iterator[str]:
    yield "## Verbs"
    yield ""
    for concept, names in groupby(VERBS, key=lambda name: name.split(".")[0]):
        found = [(name, VERBS[name]) for name in names]
        yield f"### {concept.replace('_', ' ')}"
        yield ""
        yield _first_line(modules[found[0][1].__module__].__doc__)
        yield ""
        yield "| verb | what it does | threads it reads |"
        yield "| --- | --- | --- |"
        for name, verb in found:
            yield f"| `{name}` | {_first_line(verb.__doc__)} | {_reads(verb)} |"
        yield ""


def _events() -> Iterator[str]:
    yield "## Events"
    yield ""
    yield "| event | what it says |"
    yield "| --- | --- |"
    for kind, event in KINDS.items():
        yield f"| `{kind}` | {', '.join(f'`{name}`' for name in _facts(event)) or 'that it happened'} |"


def _facts(event: type[Event]) -> list[str]:
    return [field.name for field in fields(event) if field.name not in ("at", "on", "by")]


def _reads(verb: Verb) -> str:
    return ", ".join(f"`{thread}`" for thread in sorted(verb.reads))


def _first_line(words: str | None) -> str:
    return (words or "").strip().split("\n")[0]

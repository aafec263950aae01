"""docs/promises.md: for each promise, the verbs that keep it, the letters that tell it, its pages and its tests.

Read from the code itself: a verb keeps the promises that its module's first line names.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from sys import modules

from django.urls import get_resolver

from evenhand.policy.events.correspondence import LetterKind
from evenhand.policy.promises import Promise
from evenhand.policy.verbs import VERBS

COMING: Mapping[Promise, str] = {Promise.R2: "monitoring comes with its charts"}
"""Promises that nothing keeps yet, and why the check lets them pass."""

LETTERS: Mapping[Promise, tuple[LetterKind, ...]] = {
    Promise.I2: (LetterKind.INVITATION, LetterKind.REMINDER, LetterKind.COUNTER_ALLEGATION_OUTCOME),
    Promise.S1: (LetterKind.INVITATION, LetterKind.REMINDER),
    Promise.S2: (LetterKind.REFERRAL,),
    Promise.D1: (LetterKind.FINDING, LetterKind.NO_ACTION, LetterKind.WARNING),
    Promise.D2: (LetterKind.APPEAL_RECEIVED, LetterKind.APPEAL_OUTCOME),
    Promise.E1: (LetterKind.WARNING, LetterKind.LIMITS, LetterKind.LIMIT_ENDED, LetterKind.REVIEW_OUTCOME),
    Promise.E2: (LetterKind.SINGLE_CONTACT, LetterKind.LIMIT_ENDED),
    Promise.M1: (LetterKind.MARKER, LetterKind.MARKER_ENDED),
    Promise.M2: (LetterKind.REVIEW_NOTICE, LetterKind.REVIEW_OUTCOME),
    Promise.M3: (LetterKind.APPEAL_RECEIVED, LetterKind.APPEAL_OUTCOME),
    Promise.L1: (LetterKind.LEGAL,),
    Promise.L2: (LetterKind.LEGAL,),
}

PAGES: Mapping[Promise, tuple[str, ...]] = {
    Promise.C2: (
        "demand",
        "demand.person",
        "demand.list",
        "demand.statement",
        "demand.answer",
        "demand.object",
        "demand.take",
    ),
    Promise.R1: ("policy",),
}
"""Pages that keep a promise without a verb, by the names of their addresses."""


def kept_by(verb: str) -> frozenset[Promise]:
    """The promises that a verb's module names in its first line, before the colon."""
    said = (modules[VERBS[verb].__module__].__doc__ or "").split(":")[0]
    return frozenset(Promise[id] for id in re.findall(r"\b[CISDEMPLR]\d\b", said))


def verbs_of(promise: Promise) -> list[str]:
    return [verb for verb in VERBS if promise in kept_by(verb)]


def pages_of(promise: Promise, verbs: Iterable[str]) -> list[str]:
    """The names of addresses that exist today."""
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    return [name for name in (*verbs, *PAGES.get(promise, ())) if name in names]


def tests_of(promise: Promise, verbs: Iterable[str], folder: Path) -> list[str]:
    """Test files that speak of the promise by its id, or of a concept whose verbs keep it by its name."""
    concepts = {verb.split(".")[0] for verb in verbs}
    found = []
    for file in sorted(folder.rglob("test_*.py")):
        about = file.stem.removeprefix("test_")
        if about in concepts or re.search(rf"\b{promise.name}\b", file.read_text()):
            found.append(file.relative_to(folder.parent).as_posix())
    return found


def rows(folder: Path) -> Iterator[tuple[Promise, list[str], tuple[LetterKind, ...], list[str], list[str]]]:
    """One row a promise: verbs, letters, pages, tests. `folder` is where the tests lie."""
    for promise in Promise:
        verbs = verbs_of(promise)
        yield promise, verbs, LETTERS.get(promise, ()), pages_of(promise, verbs), tests_of(promise, verbs, folder)


def broken(folder: Path) -> list[str]:
    """Promises that nothing keeps, or that no page or test shows, unless they are listed as coming."""
    faults = []
    for promise, verbs, _, pages, tests in rows(folder):
        missing = [what for what, found in (("page", pages), ("test", tests)) if not found]
        if not verbs and promise not in PAGES:
            missing.insert(0, "verb")
        if missing and promise not in COMING:
            faults.append(f"{promise.name} has no {', no '.join(missing)}")
    return faults


def written(folder: Path) -> str:
    """The document, as Markdown."""
    lines = [
        "# Every promise, and where it is kept",
        "",
        "Made from the code by `evenhand documents`; the check fails when it is stale or when a promise has no home.",
        "",
    ]
    for promise, verbs, letters, pages, tests in rows(folder):
        lines += [f"## {promise.name}: {promise.value}", ""]
        if promise in COMING:
            lines += [f"Coming: {COMING[promise]}.", ""]
        for title, found in (("Verbs", verbs), ("Letters", letters), ("Pages", pages), ("Tests", tests)):
            if found:
                lines.append(f"- {title}: {', '.join(f'`{one}`' for one in found)}")
        lines.append("")
    return "\n".join(lines)

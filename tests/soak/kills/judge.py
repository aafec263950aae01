"""After the kills: is everything written that was promised, once, and nothing by halves? Prints JSON.

`python -m tests.soak.kills.judge FOLDER`, with the acts that were answered and the messages the mail server took.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench.inside import ready

ready()

from evenhand.cases import log, models  # noqa: E402
from evenhand.policy.events.event import Event  # noqa: E402
from tests.soak.commanded import commanded  # noqa: E402
from tests.soak.kills import course, letters  # noqa: E402

DONE_WITH_IT = frozenset(course.WRITES.values())


def main() -> None:
    folder = Path(sys.argv[1])
    done: list[dict[str, Any]] = json.loads((folder / "done.json").read_text())
    taken: dict[str, int] = json.loads((folder / "taken.json").read_text())
    cases = [(row, log.entries_of(row)) for row in models.Case.objects.order_by("pk")]
    faults = {
        "cases half-written": list(half_written(cases)),
        "acts lost or done twice": list(lost_or_twice(cases, done)),
        "adverse decisions without a letter": list(letters.missing(cases)),
        "letters sent twice": list(letters.sent_twice(taken)),
        "letters lost unseen": list(letters.lost(taken)),
        "faults found by evenhand verify": list(commanded("verify")),
        "faults found by evenhand rebuild --check": list(commanded("rebuild", check=True)),
    }
    counts = {"cases": len(cases), "events": sum(len(entries) for _, entries in cases), **letters.counts(taken)}
    print(json.dumps({"counts": counts, "faults": faults}))


def half_written(cases: list[tuple[models.Case, list[log.Entry]]]) -> Iterator[str]:
    """Cases without a beginning, events without facts, letters not as the log says, forms without a result."""
    for row, entries in cases:
        if not entries or row.last_number != entries[-1].number or len(entries) != row.events.count():
            yield f"{row.reference} has {len(entries)} events with facts and {row.events.count()} in all"
        in_log = {letter.id: letter.post for letter in log.case_of(entries).correspondence.letters}
        in_file = dict(models.Letter.objects.filter(case=row).values_list("letter", "post"))
        if in_log != in_file:
            yield f"{row.reference}: letters {in_log} in its log, and {in_file} on file"
    for token in models.FormToken.objects.filter(reference=""):
        yield f"a form of {token.by} was taken and has no result"


def lost_or_twice(cases: list[tuple[models.Case, list[log.Entry]]], done: list[dict[str, Any]]) -> Iterator[str]:
    """Every act that a colleague was told is saved is in the log once.

    At the very end an act may be saved whose colleague was not told any more: only such, and one a case, may be over.
    """
    logs = {row.reference: kinds(entry.event for entry in entries) for row, entries in cases}
    told: dict[str, Counter[str]] = {}
    for each in done:
        told.setdefault(each["reference"], Counter())[course.WRITES[each["verb"]]] += 1
    tokens = set(models.FormToken.objects.values_list("token", flat=True))
    yield from (f"{each['verb']} in {each['reference']}" for each in done if each["token"] not in tokens)
    answered = {each["token"] for each in done}
    untold = Counter(models.FormToken.objects.exclude(token__in=answered).values_list("reference", flat=True))
    for reference, found in logs.items():
        more = found - told.get(reference, Counter())
        less = told.get(reference, Counter()) - found
        if less or more.total() != untold[reference]:
            yield f"{reference}: lost {dict(less)}, too many {dict(more)} and {untold[reference]} nobody was told of"


def kinds(events: Any) -> Counter[str]:
    said: Iterator[Event] = iter(events)
    return Counter(name for event in said if (name := type(event).__name__) in DONE_WITH_IT)


if __name__ == "__main__":
    main()

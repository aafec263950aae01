"""In the soak's world, at the end: was every answer right, and is everything written down? Prints JSON.

`python -m tests.soak.judge SETTING JOURNAL ASKED TAKEN`
"""

import json
import pickle
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tests.bench.inside import ready

ready()

from django.utils import timezone  # noqa: E402

from tests.soak import looks, receiver, setting, settle, webhooks  # noqa: E402
from tests.soak.asking import Asked  # noqa: E402
from tests.soak.commanded import commanded  # noqa: E402
from tests.soak.compare import Compared, Judge  # noqa: E402
from tests.soak.journal import History, Journal  # noqa: E402
from tests.soak.watch import held  # noqa: E402

SHOWN = 10
"""How many faults of a kind are told in words."""

TELLING = frozenset(
    {
        "marker placed",
        "marker changed on appeal",
        "marker removed",
        "provisional marker placed",
        "provisional marker removed",
        "limit lifted",
        "appeal upheld",
        "records joined",
        "records parted",
    }
)
"""Acts after which something else is held of somebody: else the comparison would compare nothing."""


def main() -> None:
    waiting = list(settle.still_waiting())
    told = setting.read(Path(sys.argv[1]))
    journal: Journal = pickle.loads(Path(sys.argv[2]).read_bytes())
    asked: list[Asked] = pickle.loads(Path(sys.argv[3]).read_bytes())
    history = History(journal)
    judge = Judge(told, history)
    compared = [judge.compared(each) for each in asked]
    received = webhooks.read(told, receiver.read(Path(sys.argv[4])))
    faults = {
        "wrong answers": list(wrong(compared)),
        "acts not done": [f"{act.words}: {act.trouble}" for act in journal.acts if act.trouble],
        "acts that changed nothing": [act.words for act in journal.acts if act.words in TELLING and not act.changed],
        "states that changed by themselves": list(strayed(history, journal)),
        "looks not logged exactly once": list(looks.not_logged_once(asked)),
        "looks logged of another": list(looks.logged_of_another(compared)),
        "not on the ledger as told": list(looks.not_on_the_ledger(told, compared)),
        "ended and not called back": list(looks.not_recalled()),
        "changed and not called back": list(looks.not_called_back_to_the_newest()),
        "changes lost": list(webhooks.lost(told, received)),
        "changes out of order": list(webhooks.out_of_order(received)),
        "receiver knows otherwise": list(webhooks.known_otherwise(history, received)),
        "jobs lost": list(webhooks.jobs_lost()),
        "left waiting": waiting,
        "faults found by evenhand verify": list(commanded("verify")),
        "faults found by evenhand rebuild --check": list(commanded("rebuild", check=True)),
    }
    print(json.dumps({"counts": counts(compared, journal, received), "faults": shortened(faults)}))


def wrong(compared: Iterable[Compared]) -> Iterator[str]:
    for each in compared:
        if each.wrong:
            question = each.asked.question
            expected = [json.dumps(said) for said in each.expected]
            yield f"{question} at {each.asked.begun}: {each.asked.body} and not {' or '.join(dict.fromkeys(expected))}"


def strayed(history: History, journal: Journal) -> Iterator[str]:
    """Of whom something else was held at the end than the last act left, or is held now that the worker is done."""
    people = [key for kind, key in journal.first if kind == "person"]
    homes = [key for kind, key in journal.first if kind == "home"]
    now = held(people, homes, timezone.localdate())
    for subject, state in now.items():
        if not history.now(subject) == journal.last[subject] == state:
            yield f"{subject[0]} {subject[1]}"


def counts(compared: list[Compared], journal: Journal, received: list[Any]) -> dict[str, Any]:
    said = [act.words for act in journal.acts if not act.trouble]
    return {
        "answers_compared": sum(each.asked.status == 200 for each in compared),
        "answers_that_told_of_something": sum(any(s and s.held.told for s in each.fits) for each in compared),
        "answers_during_an_act_on_them": sum(each.raced for each in compared),
        "acts": len(said),
        "acts_by_kind": {words: said.count(words) for words in sorted(set(said))},
        "ledger_rows_waiting": looks.ended_rows(),
        "messages_received": len(received),
        **webhooks.counts(),
    }


def shortened(faults: dict[str, list[str]]) -> dict[str, dict[str, Any]]:
    return {kind: {"count": len(found), "first": found[:SHOWN]} for kind, found in faults.items()}


if __name__ == "__main__":
    main()

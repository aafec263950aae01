"""How well demand is measured, and how that moves with each reason and each number: tables for docs/demand.md.

`python -m tests.policy.demand` scores the invented landlords of the tests; with a FOLDER that holds a landlord's export
and its truth.csv, that landlord.
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from evenhand.policy.demand.exclusion import Reason
from evenhand.policy.demand.terms import DemandTerms
from evenhand.policy.demand.window import Window
from tests.policy.demand import disturbed, folder
from tests.policy.demand.habits import LACKING, NAMED, at_random
from tests.policy.demand.invented import SPAN, Habits, Landlord, landlord
from tests.policy.demand.scoring import Score, score, suggested

TRIED = (0.5, 0.75, 1.5, 2)


def row(name: str, found: Score) -> str:
    wrong = ", ".join(f"{number} {pattern}" for pattern, number in sorted(found.wrong.items())) or "nobody"
    return f"| {name} | {found.recall:.3f} | {found.least:.2f} | {found.precision:.3f} | {wrong} |"


def heading(first: str) -> str:
    return f"\n| {first} | recall | recall of the worst kind | precision | wrongly pointed at |\n|---|---|---|---|---|"


def numbers(made: Landlord, span: Window) -> Iterator[str]:
    """The score at several settings of each number, within its bounds."""
    usual = DemandTerms()
    for name, field in DemandTerms.__dataclass_fields__.items():
        now, least, most = getattr(usual, name), field.metadata["least"], field.metadata["most"]
        tried = sorted({min(most, max(least, round(now * times))) for times in TRIED} - {now})
        for value in tried:
            found = score(made, suggested(made, span, replace(usual, **{name: value})))
            yield row(f"{field.metadata['words']}: {value} instead of {now}", found)


def main() -> None:
    if len(sys.argv) > 1:
        made, span = folder.read(Path(sys.argv[1]))
        print(heading("landlord"))
        print(row("as it is", score(made, suggested(made, span))))
    else:
        print(heading("landlord"))
        everyone = {**NAMED, **{f"without `{column}`": habits for column, habits in LACKING.items()}}
        for name, habits in {**everyone, **{f"at random, {n}": at_random(n) for n in range(1, 41)}}.items():
            invented = landlord(habits)
            print(row(name, score(invented, suggested(invented, SPAN))), flush=True)
        made, span = landlord(Habits()), SPAN
    print(heading("held against them"))
    for reason in Reason:
        found = score(made, suggested(made, span, without=frozenset({reason})))
        print(row(f"contacts that {reason.words}", found), flush=True)
    print(heading("the log"))
    for name, changed in (*disturbed.without(made), *disturbed.disturbances(made)):
        print(row(name, score(changed, suggested(changed, span))), flush=True)
    print(heading("number"))
    for line in numbers(made, span):
        print(line, flush=True)


if __name__ == "__main__":
    main()

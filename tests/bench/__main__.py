"""`script/bench [--small] [--fresh] [--json FILE] [--write] [LINE …]`: one table, and the same as JSON."""

import argparse
import sys
from pathlib import Path

from tests.bench.figure import Figure, kept, table
from tests.bench.line import LINES
from tests.bench.world import ROOT, World

DOCUMENT = ROOT / "docs" / "benchmarks.md"
MARK = "<!-- the table, written by script/bench --write -->"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("lines", nargs="*", choices=[*LINES, []], help="which lines of the table (default: all)")
    parser.add_argument("--small", action="store_true", help="a tenth of the data")
    parser.add_argument("--fresh", action="store_true", help="make the data again")
    parser.add_argument("--json", type=Path, default=ROOT / "var" / "bench" / "figures.json", metavar="FILE")
    parser.add_argument("--write", action="store_true", help="also put the table into docs/benchmarks.md")
    return parser.parse_args()


def main() -> int:
    asked = arguments()
    share = 10 if asked.small else 1
    large = World(
        "small" if asked.small else "large", 125_000 // share, 5_000_000 // share, 20_000 // share, 3_000 // share
    )
    figures: list[Figure] = []
    for name in asked.lines or LINES:
        print(f"Line {name} …", file=sys.stderr, flush=True)
        figures += LINES[name](large, asked.fresh)
    print(table(figures))
    kept(figures, asked.json)
    if asked.write:
        before, mark, _ = DOCUMENT.read_text().partition(MARK)
        DOCUMENT.write_text(f"{before}{mark}\n\n{table(figures)}\n")
    return 0 if all(figure.met for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())

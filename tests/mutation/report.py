"""What the tool found, read from the files it leaves beside its changed modules."""

import difflib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.mutation.copied import POLICY

KILLED = {1, 3}
SURVIVED = 0
UNTESTED = 33
NOT_RUN = None


class Result:
    """One module: how many changes there were, and what became of them."""

    def __init__(self, copy: Path, module: Path) -> None:
        self.copy, self.module = copy, module
        self.name = str(module.relative_to(POLICY).with_suffix(""))
        self.file = copy / "mutants" / f"{module}.meta"
        self.said = json.loads(self.file.read_text()) if self.file.exists() else {"exit_code_by_key": {}}
        self.ended: dict[str, int | None] = self.said["exit_code_by_key"]

    @property
    def alive(self) -> list[str]:
        return [name for name, code in self.ended.items() if code in (SURVIVED, UNTESTED)]

    @property
    def line(self) -> str:
        ends = list(self.ended.values())
        other = [code for code in ends if code not in KILLED | {SURVIVED, UNTESTED, NOT_RUN}]
        return (
            f"{self.name:34}{len(ends):6} changed {sum(code in KILLED for code in ends):6} killed "
            f"{ends.count(SURVIVED):5} survived {len(other):4} timeout {ends.count(UNTESTED):4} no test "
            f"{ends.count(NOT_RUN):4} not run"
        )

    def forget_survivors(self) -> None:
        """So that the tool tries them again."""
        for name in self.alive:
            self.ended[name] = NOT_RUN
        if self.ended:
            self.file.write_text(json.dumps(self.said))

    def changes(self) -> Iterator[str]:
        """Each survivor: the line as it is, and as it was changed."""
        spans = json.loads((self.copy / "mutants" / f"{self.module}.spans").read_text())["spans"]
        lines = (self.copy / "mutants" / self.module).read_text("utf-8").splitlines()

        def source(name: str) -> list[str]:
            first, last = spans[name]
            return "\n".join(lines[first - 1 : last]).replace(name, "").splitlines()

        for name in self.alive:
            changed = name.rpartition(".")[2]
            original = changed.partition("__mutmut_")[0] + "__mutmut_orig"
            difference = difflib.unified_diff(source(original), source(changed), n=0, lineterm="")
            yield f"{name}{' (no test)' if self.ended[name] == UNTESTED else ''}"
            yield from (f"    {line}" for line in difference if not line.startswith(("---", "+++", "@@")))


def results(copy: Path, modules: Iterable[Path]) -> list[Result]:
    return [result for result in (Result(copy, module) for module in modules) if result.ended]


def survivors(copy: Path, modules: Iterable[Path]) -> Iterator[str]:
    for result in results(copy, modules):
        yield f"\n{result.line}"
        yield from result.changes()

"""python -m tests.mutation [--survivors] [module …]: what `script/mutate` runs."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from tests.mutation.copied import POLICY, ROOT, make
from tests.mutation.report import Result, results, survivors

FOLDER = ROOT / "var" / "mutation"
TOOL = Path(__file__).with_name("trials.py")


def main() -> None:
    asked = argparse.ArgumentParser(prog="script/mutate")
    asked.add_argument("module", nargs="*", help="as decision, or demand/kind; all when none is named")
    asked.add_argument("--survivors", action="store_true", help="only what survived the last run")
    asked.add_argument("--children", type=int, default=1, help="how many changes are tried at once")
    given = asked.parse_args()
    modules = [paths_of(name) for name in given.module] or [modules_of_the_policy()]
    chosen = [path for paths in modules for path in paths]
    copy = FOLDER / "copy"
    if given.survivors:
        for path in chosen:
            Result(copy, path).forget_survivors()
    make(copy, chosen)
    run(copy, given.children)
    for result in results(copy, chosen):
        print(result.line)
    (FOLDER / "survivors.txt").write_text("\n".join(survivors(copy, chosen)) + "\n", "utf-8")
    print(f"The survivors are in {(FOLDER / 'survivors.txt').relative_to(ROOT)}.")


def paths_of(name: str) -> list[Path]:
    """A module by its name, or all of a package."""
    found = [path for path in modules_of_the_policy() if path == POLICY / f"{name}.py" or path.parent == POLICY / name]
    return found or sys.exit(f"There is no module {name} in {POLICY}.")


def modules_of_the_policy() -> list[Path]:
    return sorted(path.relative_to(ROOT) for path in (ROOT / POLICY).rglob("*.py"))


def run(copy: Path, children: int) -> None:
    """The tool, in the copy; it remembers what it has tried of functions that are as they were."""
    environment = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONHASHSEED": "0"}
    command = [sys.executable, str(TOOL), "--children", str(children)]
    if subprocess.run(command, cwd=copy, env=environment).returncode:
        sys.exit("The run ended early; what it said stands above.")


if __name__ == "__main__":
    main()

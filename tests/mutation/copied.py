"""A copy of the policy and of its quick tests, apart from the tree, which the tool may fill with changed functions."""

import shutil
from collections.abc import Iterable
from pathlib import Path

import libcst as cst

ROOT = Path(__file__).resolve().parents[2]
POLICY = Path("evenhand/policy")
TESTS = Path("tests/policy")
DEMAND = TESTS / "demand"
"""What is measured of demand stands apart from cases, and so do its tests: no other is run when it alone is changed."""

SLOW = ("test_every_history.py",)
"""Walks for minutes; left out of the copy."""

LEFT_OUT = (
    "tests/policy/test_verbs.py::test_a_verb_looks_at_no_thread_but_those_it_declares_before_anyone_types",
    "tests/policy/test_verbs.py::test_nor_once_it_is_answered",
    "tests/policy/test_verbs.py::test_every_remedy_names_a_verb",
    "tests/policy/test_verbs.py::test_every_deadline_names_the_verb_that_answers_it",
    "tests/policy/test_objections.py::test_every_answer_that_can_be_left_empty_is_asked_for_in_words",
    "tests/policy/demand/test_score.py::test_nor_does_it_depend_on_habits_that_somebody_chose",
    "tests/policy/demand/test_score.py::test_whatever_is_not_taken_out_is_held_against_someone_innocent",
)
"""Slow, or they read the source, in which the tool has written every change at once."""

CACHES = {"cache", "lru_cache"}
SETTINGS = """
[tool.pytest.ini_options]
addopts = "-q"

[tool.mutmut]
source_paths = ["evenhand"]
only_mutate = [{modules}]
also_copy = ["tests"]
pytest_add_cli_args = ["-p", "no:cacheprovider", "-p", "_hypothesis_pytestplugin", {left_out}]
pytest_add_cli_args_test_selection = ["{tests}"]
track_dependencies = false
use_git_change_detection = false
use_setproctitle = false
"""


def make(folder: Path, modules: Iterable[Path]) -> None:
    """The copy in the folder, as the tree is now. Of the policy only the `modules`, paths in the tree, are changed."""
    changed = {str(module) for module in modules}
    for part in (POLICY, TESTS):
        (folder / part).parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(folder / part, ignore_errors=True)
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__", *SLOW))
    for part in ("evenhand", "tests"):
        shutil.copy(ROOT / part / "__init__.py", folder / part)
    shutil.copy(Path(__file__).with_name("quick.py"), folder / TESTS / "conftest.py")
    for file in (folder / POLICY).rglob("*.py"):
        if str(file.relative_to(folder)) in changed:
            file.write_text(undecorated(file.read_text("utf-8")), "utf-8")
    left_out = ", ".join(f'"--deselect={name}"' for name in LEFT_OUT)
    named = ", ".join(f'"{module}"' for module in sorted(changed))
    tests = DEMAND if all(Path(module).parent.name == "demand" for module in changed) else TESTS
    (folder / "pyproject.toml").write_text(SETTINGS.format(modules=named, left_out=left_out, tests=tests), "utf-8")


def undecorated(source: str) -> str:
    """The same module with its decorators called below what they decorate, for the tool passes over whatever has one.

    A cache goes altogether: it would remember what was worked out before the change.
    """
    module = cst.parse_module(source)
    body = [statement for each in module.body for statement in _apart(each)]
    return module.with_changes(body=body).code


def _apart(statement: cst.BaseStatement) -> list[cst.BaseStatement]:
    if isinstance(statement, cst.ClassDef) and isinstance(statement.body, cst.IndentedBlock):
        within = [found for each in statement.body.body for found in _apart(each)]
        return [statement.with_changes(body=statement.body.with_changes(body=within))]
    if not isinstance(statement, cst.FunctionDef) or not statement.decorators:
        return [statement]
    words = [cst.Module([]).code_for_node(each.decorator) for each in statement.decorators]
    if words in (["classmethod"], ["staticmethod"]):
        return [statement]
    name = statement.name.value
    made = name
    for word in reversed(words):
        if word.partition("(")[0] not in CACHES:
            made = f"{word}({made})"
    after = [cst.parse_statement(f"{name} = {made}")] if made != name else []
    return [statement.with_changes(decorators=[]), *after]

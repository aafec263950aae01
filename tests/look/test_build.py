"""Building the style and scripts: only when something has changed, and with a Node of its own where there is none."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NPM = """#!/bin/sh
echo "npm $*" >> "{told}"
case "$*" in *build*) mkdir -p evenhand/static/built && touch evenhand/static/built/evenhand.css;; esac
"""
PIP = """#!/bin/sh
echo "pip $*" >> "{told}"
cp "{ready}"/* "{bin}"
"""


class Project:
    """A copy of the sources, in a folder whose only tools are ones that write down how they were called."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.told, self.bin, self.ready = (
            folder / name for name in ("project", "told", "env/bin", "ready")
        )
        for made in (self.folder / "script", self.bin, self.ready):
            made.mkdir(parents=True)
        for name in ("package.json", "package-lock.json", ".npmrc", "script/build-frontend"):
            shutil.copy(ROOT / name, self.folder / name)
        shutil.copytree(ROOT / "frontend", self.folder / "frontend")

    def tool(self, folder: Path, name: str, text: str) -> None:
        path = folder / name
        path.write_text(text.format(told=self.told, bin=self.bin, ready=self.ready))
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    def node(self, folder: Path, version: str = "v22.1.0") -> None:
        self.tool(folder, "node", f"#!/bin/sh\necho {version}\n")
        self.tool(folder, "npm", NPM)

    def build(self, *options: str) -> subprocess.CompletedProcess[str]:
        tools = f"{self.folder.parent / 'tools'}:/bin"
        return subprocess.run(
            [sys.executable, self.folder / "script" / "build-frontend", *options],
            env={"PATH": tools, "VIRTUAL_ENV": str(self.bin.parent)},
            capture_output=True,
            text=True,
        )

    def calls(self) -> list[str]:
        return self.told.read_text().splitlines() if self.told.exists() else []


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "tools").mkdir()
    # /bin holds the shell; where it also holds a Node, the one put in front of it is found first.
    return Project(tmp_path)


def test_nothing_is_built_twice(project: Project, tmp_path: Path) -> None:
    project.node(tmp_path / "tools")

    assert project.build().returncode == 0
    assert [call.split()[1] for call in project.calls()] == ["ci", "run"]
    assert project.build().stdout == ""
    assert len(project.calls()) == 2


@pytest.mark.parametrize("changed", ["package-lock.json", "frontend/style/_tokens.scss", "frontend/build.mjs"])
def test_a_change_is_built(project: Project, tmp_path: Path, changed: str) -> None:
    project.node(tmp_path / "tools")
    project.build()

    with (project.folder / changed).open("a") as file:
        file.write("\n")
    project.build()

    assert len(project.calls()) == 4


def test_an_old_node_is_not_used_and_a_new_one_is_put_in_the_environment(project: Project, tmp_path: Path) -> None:
    project.node(tmp_path / "tools", version="v12.0.0")
    project.node(project.ready)
    project.tool(project.bin, "python", PIP)

    said = project.build()

    assert said.returncode == 0, said.stderr
    assert "--require-hashes" in project.calls()[0]
    assert [call.split()[1] for call in project.calls()[1:]] == ["ci", "run"]


def test_a_build_that_fails_says_what_to_do_and_is_tried_again(project: Project, tmp_path: Path) -> None:
    project.node(tmp_path / "tools")
    project.tool(tmp_path / "tools", "npm", "#!/bin/sh\nexit 7\n")

    said = project.build()

    assert said.returncode == 1
    assert "Run script/build-frontend again" in said.stderr
    assert not os.path.exists(project.folder / "evenhand" / "static" / "built" / ".stamp")


def test_the_lock_names_no_registry() -> None:
    """Whoever builds uses the registry they have set."""
    lock = (ROOT / "package-lock.json").read_text()

    assert '"resolved"' not in lock
    assert "index-url" not in (ROOT / "requirements" / "node.txt").read_text()

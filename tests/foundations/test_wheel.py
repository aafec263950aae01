"""`pip install .` gives the command `evenhand` with everything it shows and sends inside."""

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from evenhand.database.place import Place
from tests.foundations.conftest import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as pip builds it; the build backend is taken from the environment, so nothing is fetched."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir"]
    subprocess.run([*command, folder, ROOT], check=True, capture_output=True)
    return next(folder.glob("evenhand-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with nothing but the wheel in it; its dependencies are lent by ours."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    command = [sys.executable, "-m", "pip", "--python", folder / "bin" / "python", "install", "--no-deps", "--no-index"]
    subprocess.run([*command, wheel], check=True, capture_output=True)
    lent = next(path for path in sys.path if path.endswith("site-packages"))
    next((folder / "lib").glob("python3*")).joinpath("site-packages", "lent.pth").write_text(f"{lent}\n")
    return folder


def evenhand(installed: Path, var: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run the installed command from a folder that is not the project's."""
    environment = {"EVENHAND_VAR": str(var), "PATH": "/usr/bin:/bin"}
    command = [installed / "bin" / "evenhand", *arguments]
    return subprocess.run(command, cwd=installed, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize(
    "kind", ["templates/base.html", "static/built/evenhand.css", "letters/", "cases/migrations/0001", "demo/register/"]
)
def test_the_wheel_holds_what_is_shown_sent_and_begun_with(wheel: Path, kind: str) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert [name for name in names if name.startswith(f"evenhand/{kind}")]


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"evenhand"}


def test_every_template_and_letter_of_ours_is_in_the_wheel(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    kinds = ("*.html", "*.typ", "*.txt", "*.css", "*.js", "*.ttf", "*.otf", "*.woff2", "*.csv")
    ours = {str(path.relative_to(ROOT)) for kind in kinds for path in (ROOT / "evenhand").rglob(kind)}
    assert ours - names == set()


def test_the_command_works_where_it_was_installed(installed: Path, place: Place) -> None:
    said = evenhand(installed, place.var, "help", "serve")
    assert (said.returncode, "--port" in said.stdout) == (0, True)
    ready = evenhand(installed, place.var, "prepare")
    assert ready.returncode == 0, ready.stderr
    assert list((place.var / "static").glob("evenhand.*.css"))
    assert evenhand(installed, place.var, "check").returncode == 0

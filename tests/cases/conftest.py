"""What the tests of cases share."""

import shutil
from pathlib import Path

import pytest

from evenhand.cases.letter_folder import PACKED
from tests.web.conftest import cast, home, landlord, story, tenant

__all__ = ["cast", "home", "landlord", "own_letters", "story", "tenant"]


@pytest.fixture
def own_letters(tmp_path: Path) -> Path:
    """A landlord's own copy of the letters, without the fonts, which still come from Evenhand."""
    return shutil.copytree(PACKED, tmp_path / "letters", ignore=shutil.ignore_patterns("fonts"))

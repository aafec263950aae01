"""What is kept already is looked through again: found, named by its case, and left where it is."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import Client

from evenhand.cases import models
from evenhand.people.models import User
from tests.security.scanners import HARMLESS, MOST, NAME, Daemon
from tests.web.conftest import as_, cast, clock, home, landlord, tenant
from tests.web.stories import Cast
from tests.web.test_exhibit import PNG, picture, report_with

__all__ = ["as_", "cast", "clock", "home", "landlord", "tenant"]
pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def kept(settings: Any, tmp_path: Path, cast: Cast, as_: SignIn) -> list[models.Exhibit]:
    """Three files that came while nobody looked for viruses."""
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    }
    report_with(as_(cast.colleague), picture("a.png"), picture("b.png", PNG + HARMLESS), picture("c.png"))
    return list(models.Exhibit.objects.order_by("pk"))


def where(exhibit: models.Exhibit) -> str:
    return f"{exhibit.case.reference} {exhibit.reference}"


def test_a_kept_file_with_a_virus_is_named_and_stays(
    kept: list[models.Exhibit], real_scanner: Daemon, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.CLAMD = real_scanner.path
    with pytest.raises(CommandError, match="1 to look into.* Nothing was found in 2 files"):
        call_command("look_through")
    assert f"{where(kept[1])}: {NAME}" in capsys.readouterr().err
    assert default_storage.exists(kept[1].stored_as)
    default_storage.delete(kept[1].stored_as)
    long = Path(default_storage.path(kept[2].stored_as))
    long.write_bytes(PNG + bytes(MOST))
    with pytest.raises(CommandError, match="2 to look into.* Nothing was found in 1 file"):
        call_command("look_through")
    told = capsys.readouterr().err
    assert f"{where(kept[1])}: the file is missing" in told
    assert f"{where(kept[2])}: longer than the scanner takes" in told


def test_files_of_a_report_that_joined_a_case_are_looked_through_once(
    kept: list[models.Exhibit], real_scanner: Daemon, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    models.Exhibit.objects.filter(pk=kept[2].pk).update(stored_as=kept[0].stored_as)
    settings.CLAMD = ("127.0.0.1", real_scanner.port)
    models.Exhibit.objects.filter(pk=kept[1].pk).update(stored_as=kept[0].stored_as)
    call_command("look_through")
    assert "Nothing was found in 1 file." in capsys.readouterr().out


def test_without_an_answer_nothing_is_called_clean(settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    settings.CLAMD = "/nowhere/clamd.ctl"
    with pytest.raises(CommandError, match="stopped answering after 0 files"):
        call_command("look_through")
    models.Exhibit.objects.all().delete()
    with pytest.raises(CommandError, match="stopped answering after 0 files"):
        call_command("look_through")
    settings.CLAMD = None
    with pytest.raises(CommandError, match="CLAMD_URL says where it is"):
        call_command("look_through")
    assert "Nothing was found" not in capsys.readouterr().out

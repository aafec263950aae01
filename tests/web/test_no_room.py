"""A disk that is full, or cannot be written to, where files are kept: said in words, and nothing is lost or by half.

A small disk can be made only by root, and not everywhere (foundations/test_disk.py). Elsewhere what a disk says is said
for it.
"""

import errno
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from evenhand.cases import head, head_told, models, typesetting
from evenhand.cases.circumstances import Moment
from evenhand.database import archive
from evenhand.people.models import RegisterImport, User
from tests.foundations.test_disk import MAY_MOUNT, disk, fill, read_only
from tests.web.stories import START, Cast, Story
from tests.web.test_exhibit import PNG, picture, report_with

__all__ = ["disk"]
As = Callable[[User], Client]
Disk = Callable[[Path, int], None]
NIGHT = Moment(datetime(START.year, START.month, START.day + 1, 0, 25, tzinfo=UTC), START.replace(day=START.day + 1))
SAYS = [OSError(errno.ENOSPC, "No space left on device"), OSError(errno.EROFS, "Read-only file system")]


@pytest.fixture
def files(settings: LazySettings, tmp_path: Path) -> Path:
    """Where files lie, as in earnest."""
    settings.VAR, settings.MEDIA_ROOT, settings.HEADS_FOLDER = tmp_path, tmp_path / "files", tmp_path / "heads"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    }
    for folder in (tmp_path / "files", tmp_path / "heads"):
        folder.mkdir()
    return tmp_path


def kept_words(answer: HttpResponse) -> None:
    page = answer.content.decode()
    assert answer.status_code == 503 and "or the disk cannot be written to. Your words are still here" in page
    assert "He shouted in the hallway." in page and "Choose the files again" in page
    assert not models.Case.objects.exists() and not models.Exhibit.objects.exists()


def left_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.django_db
@pytest.mark.parametrize("says", SAYS, ids=str)
def test_a_photograph_that_cannot_be_kept_costs_nobody_their_words(
    says: OSError, cast: Cast, as_: As, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = as_(cast.colleague)
    save, wrote = FileSystemStorage._save, list[str]()

    def second_fails(self: FileSystemStorage, name: str, content: Any) -> str:
        if wrote:
            raise says
        wrote.append(save(self, name, content))
        return wrote[0]

    monkeypatch.setattr(FileSystemStorage, "_save", second_fails)
    kept_words(report_with(browser, picture(), picture("stairs.png", PNG + b"2")))
    assert wrote and left_in(files / "files") == []


@pytest.mark.django_db
def test_a_letter_that_cannot_be_made_is_not_half_approved(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever makes the PDF finds no room: the letter waits as it was, and goes once there is some."""
    story.decide()
    before = [list(kind.objects.order_by("pk").values()) for kind in (models.Letter, models.Event)]

    def full(*_: object, **__: object) -> bytes:
        raise SAYS[0]

    with monkeypatch.context() as patch, pytest.raises(OSError, match="No space"):
        patch.setattr(typesetting, "typeset", full)
        story.approve()
    assert [list(kind.objects.order_by("pk").values()) for kind in (models.Letter, models.Event)] == before
    story.approve()
    assert models.Event.objects.filter(kind="LetterIssued").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("says", SAYS, ids=str)
def test_an_import_that_cannot_be_kept_says_so_and_leaves_nothing(
    says: OSError, cast: Cast, as_: As, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = as_(cast.administrator)
    browser.raise_request_exception = False
    write = Path.open

    def full(self: Path, mode: str = "r", *more: Any, **how: Any) -> Any:
        if "w" in mode or "x" in mode:
            raise says
        return write(self, mode, *more, **how)

    monkeypatch.setattr(Path, "open", full)
    chosen = [SimpleUploadedFile("contacts.csv", b"contact_ref,at\nK1,2026-03-03\n")]
    answer = browser.post(reverse("contacts.bring_in"), {"chosen": chosen, "source": "crm", "register": "housing"})
    assert answer.status_code == 503 and "no room left" in answer.content.decode(), answer.content.decode()
    assert not RegisterImport.objects.exists() and left_in(files) == []


@pytest.mark.django_db(transaction=True)
def test_a_head_that_cannot_be_written_leaves_no_half_and_goes_out_the_next_time(
    story: Story, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.report()
    head.make_missing(NIGHT)

    def half(self: Path, said: str, *_: Any, **__: Any) -> int:
        self.write_bytes(said[:20].encode())
        raise SAYS[0]

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", half)
        assert head_told.tell(NIGHT.at) == 1, "It is sent all the same."
        assert left_in(files) == []
    assert head_told.tell(NIGHT.at) == 1 and len(left_in(files / "heads")) == 1


def test_a_backup_that_finds_no_room_leaves_nothing_and_touches_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one").write_bytes(b"1" * 5000)
    archive.write(tmp_path / "monday", {}, [("files/one", tmp_path / "one")])
    before = (tmp_path / "monday").read_bytes()

    def full(*_: object) -> None:
        raise SAYS[0]

    monkeypatch.setattr(archive.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        archive.write(tmp_path / "tuesday", {}, [("files/one", tmp_path / "one")])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["monday", "one"]
    assert (tmp_path / "monday").read_bytes() == before


if MAY_MOUNT:

    @pytest.mark.django_db
    def test_on_a_disk_that_is_really_full_or_read_only_words_are_kept_and_go_once_it_is_put_right(
        cast: Cast, as_: As, files: Path, disk: Disk
    ) -> None:
        disk(files / "files", 1)
        browser = as_(cast.colleague)
        filler = fill(files / "files")
        kept_words(report_with(browser, picture(content=PNG + b"0" * 200_000)))
        filler.unlink()
        with read_only(files / "files"):
            kept_words(report_with(browser, picture()))
        assert report_with(browser, picture()).status_code == 302
        assert len(left_in(files / "files")) == 1 and models.Exhibit.objects.count() == 1

    @pytest.mark.django_db(transaction=True)
    def test_a_head_and_a_backup_on_a_disk_that_is_really_full(story: Story, files: Path, disk: Disk) -> None:
        story.report()
        head.make_missing(NIGHT)
        disk(files / "heads", 1)
        filler = fill(files / "heads")
        assert head_told.tell(NIGHT.at) == 1
        (files / "much").write_bytes(b"x" * 3_000_000)
        with pytest.raises(OSError, match="No space"):
            archive.write(files / "heads" / "backup", {}, [("files/much", files / "much")])
        assert left_in(files / "heads") == [filler]
        filler.unlink()
        assert head_told.tell(NIGHT.at) == 1 and len(left_in(files / "heads")) == 1

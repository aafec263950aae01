"""Files that are not what they say: pictures that are scripts, names that are paths, archives that swell, lists that
never end. What is kept comes back as a file to save, and nothing is written where its name would have it.
"""

import io
import os
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.cases import models
from evenhand.cases.exhibit_kind import NotKept, content_type, safe_name
from evenhand.people.csv_file import CsvFile, Unreadable
from evenhand.people.models import User
from evenhand.people.refusal import NotDone
from evenhand.people.register import upload
from tests.web.asking import errors
from tests.web.stories import Cast
from tests.web.test_exhibit import PNG, picture, report_with, stored

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
HEADER = b"home_ref,uprn,address_line,town,postcode,kind\n"
ROW = b"H1,100,3 Ferry Row,Ashmere,ZH1 4JQ,House\n"


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Path) -> None:
    """What is kept here is kept in a folder of this test's own, as files, as in earnest."""
    settings.MEDIA_ROOT, settings.VAR = tmp_path / "files", tmp_path / "var"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    }


def packed(**inside: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in inside.items():
            made.writestr(name, data)
    return kept.getvalue()


NOT_PICTURES = {
    "script.png": b"<script>alert(document.cookie)</script>",
    "page.jpg": b"<!DOCTYPE html><html><body onload=alert(1)>",
    "drawing.png": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "program.jpg": b"MZ\x90\x00\x03" + b"\0" * 100,
    "shell.txt": b"#!/bin/sh\nrm -rf /\n",
    "page.txt": b"hello <ScRiPt src=//evil.example></script>",
    "page.html": b"<p>hello</p>",
    "macros.docx": packed(**{"word/document.xml": b"<w/>", "word/vbaProject.bin": b"x"}),
    "java.gif": b"\xca\xfe\xba\xbe" + b"\0" * 50,
    "archive.pdf": packed(a=b"x"),
    "empty.png": b"",
    "pdf.jpg": b"%PDF-1.7\n1 0 obj",
}


@pytest.mark.parametrize("name", sorted(NOT_PICTURES))
def test_what_is_not_what_its_name_says_is_not_kept(name: str, cast: Cast, as_: SignIn) -> None:
    answer = report_with(as_(cast.colleague), picture(name, NOT_PICTURES[name]))
    assert answer.status_code == 200 and errors(answer), f"{name} was kept"
    assert stored() == [] and not models.Case.objects.exists()


def test_a_picture_that_is_a_script_as_well_comes_back_as_a_file_that_runs_nowhere(cast: Cast, as_: SignIn) -> None:
    """What is in front is a picture, what follows is a page: no browser may take it for the page."""
    both = b"GIF89a/*" + b"\0" * 8 + b"*/=1;<script>alert(1)</script><html><body>"
    report_with(as_(cast.colleague), picture("both.gif", both))
    kept = models.Exhibit.objects.get()
    got = as_(cast.manager).get(reverse("exhibit", args=[kept.case.reference, kept.reference]))
    assert got["Content-Type"] == "image/gif" and got["Content-Disposition"].startswith("attachment")
    assert got["X-Content-Type-Options"] == "nosniff" and got["Content-Security-Policy"].startswith("sandbox")


NAMES = (
    "../../../etc/passwd.png", "..\\..\\windows\\x.png", "/etc/cron.d/x.png", "C:\\x.png", "a\0b.png", ".htaccess.png",
    "x.php.png", 'a";filename="evil.html.png', "a\r\nSet-Cookie: x=1.png", "\u202egnp.exe.png", "é" * 300 + ".png",
    "con.png", "....//....//x.png", "%2e%2e%2fx.png", "<img src=x onerror=alert(1)>.png",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_never_a_path_nor_more_than_a_name(name: str, cast: Cast, as_: SignIn, tmp_path: Path) -> None:
    sent = SimpleUploadedFile("x.png", PNG, "image/png")
    sent._name = name  # type: ignore[attr-defined]  # past what the framework would have taken away
    answer = report_with(as_(cast.colleague), sent)
    if answer.status_code == 200:
        assert errors(answer)
        return
    kept = models.Exhibit.objects.get()
    assert not {"/", "\\", "\0", "\r", "\n", '"', "<", ">"} & set(kept.name) and len(kept.name) <= 120
    assert "\u202e" not in kept.name and not kept.name.startswith(".")
    lies = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert [file.parent for file in lies] == [tmp_path / "files" / "exhibits"] and lies[0].stat().st_mode & 0o077 == 0
    got = as_(cast.manager).get(reverse("exhibit", args=[kept.case.reference, kept.reference]))
    assert "\n" not in got["Content-Disposition"] and "Set-Cookie" not in got.headers


@given(name=st.text(max_size=200), data=st.binary(max_size=300))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_sent_is_a_kind_we_keep_or_refused_in_words(name: str, data: bytes) -> None:
    clean = safe_name(name)
    assert "/" not in clean and "\\" not in clean and "\0" not in clean and clean not in ("", ".", "..")
    try:
        kind = content_type(clean, io.BytesIO(data))
    except NotKept as refused:
        assert str(refused).endswith(".")
    else:
        assert kind.split("/")[0] in ("image", "audio", "video", "text", "application") and "html" not in kind


# Archives and lists -------------------------------------------------------------------------------------------------


class Sent:
    """A file as a form gives it."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name, self.file = name, io.BytesIO(data)


FOUR = ("homes.csv", "people.csv", "tenancies.csv", "tenancy_people.csv")


def test_names_in_an_archive_lead_nowhere_else(tmp_path: Path) -> None:
    inside = {f"../../../{name}": HEADER for name in FOUR} | {"/etc/cron.d/x": b"x", "..\\..\\evil.exe": b"x"}
    folder = upload.receive([Sent("register.zip", packed(**inside))])
    assert sorted(file.name for file in folder.iterdir()) == sorted(FOUR)
    every = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert {file.parent for file in every} == {folder}


def test_an_archive_that_swells_is_stopped_and_nothing_of_it_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A few kilobytes that would unpack to far more than any register: read a piece at a time, and no further."""
    monkeypatch.setattr(upload, "MOST_BYTES", 8 * 1024 * 1024)
    swelling = packed(**dict.fromkeys(FOUR, b"\0" * 16 * 1024 * 1024))
    assert len(swelling) < 100_000
    tracemalloc.start()
    with pytest.raises(NotDone, match="too large"):
        upload.receive([Sent("register.zip", swelling)])
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 8 * 1024 * 1024
    assert not any(file.is_file() for file in tmp_path.rglob("*"))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK",
        b"PK\x03\x04" + b"\0" * 100,
        packed(a=b"x")[:-10],
        os.urandom(2000),
        packed(**{n: HEADER for n in FOUR})[:200],
    ],
    ids=["empty", "two letters", "a beginning", "cut short", "noise", "no end"],
)
def test_an_archive_that_cannot_be_opened_says_so_and_nothing_stays(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(NotDone) as refused:
        upload.receive([Sent("register.zip", data)])
    assert str(refused.value).endswith(".")
    assert not any(file.is_file() for file in tmp_path.rglob("*"))


def test_an_archive_with_a_password_is_refused_in_words(tmp_path: Path) -> None:
    data = bytearray(packed(**dict.fromkeys(FOUR, HEADER)))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(sign)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(sign, place + 1)
    with pytest.raises(NotDone, match="without a password"):
        upload.receive([Sent("register.zip", bytes(data))])


def test_a_gigabyte_that_is_no_list_is_refused_without_being_read_whole(tmp_path: Path) -> None:
    """A gigabyte, of which the disk holds next to nothing: a list that stops in the middle and goes on as nothing."""
    file = tmp_path / "homes.csv"
    with file.open("wb") as made:
        made.write(HEADER + ROW * 1000)
        made.truncate(1024**3)
    tracemalloc.start()
    with pytest.raises(Unreadable, match="more than a million characters"):
        for _ in CsvFile("homes.csv", file).lines():
            pass
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 16 * 1024 * 1024


class Endless(io.RawIOBase):
    """A list of so many bytes that is on no disk: the same row again and again."""

    def __init__(self, size: int) -> None:
        self.left, self.piece = size, ROW * 800

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        piece = (self.piece if self.left else b"")[: len(into)]
        into[: len(piece)] = piece
        self.left = max(self.left - len(piece), 0)
        return len(piece)


def test_a_long_list_is_read_a_line_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four megabytes of rows take no more room than a few of them: so would a gigabyte."""
    file = tmp_path / "homes.csv"
    file.write_bytes(HEADER)
    read = CsvFile("homes.csv", file)
    monkeypatch.setattr(CsvFile, "_encoding", lambda self, raw: "")
    monkeypatch.setattr(Path, "open", lambda self, *mode: io.BufferedReader(Endless(4 * 1024 * 1024)))
    monkeypatch.setattr("evenhand.people.csv_file._ends_with_newline", lambda raw: True)
    tracemalloc.start()
    count = sum(1 for _ in read.lines())
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count > 90_000 and most < 1024 * 1024


def lists() -> st.SearchStrategy[bytes]:
    """Bytes as somebody might take for a list: rows and noise, cut anywhere, in several encodings."""
    text = st.lists(st.text(alphabet="aéł王,;\t\"'\n\r\0=1 ", max_size=30), max_size=8).map("\n".join)
    encoded = st.builds(
        lambda words, how: words.encode(how, "replace"), text, st.sampled_from(["utf-8", "cp1252", "utf-16"])
    )
    return st.one_of(
        st.binary(max_size=200),
        encoded,
        encoded.map(lambda rows: HEADER + ROW + rows),
        encoded.map(lambda r: (HEADER + r)[: len(r)]),
    )


@given(data=lists())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_bytes_are_read_as_a_list_or_refused_in_words(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "homes.csv"
    file.write_bytes(data)
    try:
        lines = list(CsvFile("homes.csv", file).lines())
    except Unreadable as refused:
        assert str(refused).endswith(".") and "homes.csv" in str(refused)
    else:
        assert all(line.wrong or len(line.cells) == len(lines[0].cells) for line in lines)

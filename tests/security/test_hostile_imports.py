"""Files to bring in that are not what they should be, by every command that takes one: refused in words, or read as far
as they can be; never a fault, never half of them in silence.
"""

import html
import os
import tracemalloc
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from evenhand.contacts import tasks as contact_tasks
from evenhand.contacts.models import Contact, Matter
from evenhand.people import tasks as people_tasks
from evenhand.people.csv_file import CsvFile, Unreadable
from evenhand.people.models import Home, InheritedAlert, Person, RegisterImport, User
from evenhand.people.models.register import ImportState
from evenhand.sharing.models import Booking, VisitList
from evenhand.sharing.models.booking import ListState
from evenhand.sharing.models.key import Scope
from tests.api.calling import Keyring
from tests.contacts.conftest import HEADERS as LOG_HEADERS
from tests.contacts.conftest import ROWS as LOG_ROWS
from tests.people.register.conftest import HEADERS, ROWS
from tests.people.register.test_alerts import GOOD
from tests.people.register.test_alerts import HEADER as ALERTS
from tests.web.stories import Cast

pytestmark = pytest.mark.django_db
GIGABYTE = 1024**3
As = Callable[[User], Client]


def lines(header: str, rows: list[str], delimiter: str = ",") -> str:
    return "\r\n".join([header, *rows, ""]).replace(",", delimiter)


VISITS = lines("reference,uprn,date", ["V1,100,2026-11-23", "V2,200,2026-11-23"])
REGISTER = {name: lines(HEADERS[name], ROWS[name]) for name in HEADERS}
LOG = {name: lines(LOG_HEADERS[name], LOG_ROWS[name]) for name in LOG_HEADERS}

# By command: the good files, the one that is spoilt, and what is given to the command.
COMMANDS: dict[str, tuple[dict[str, str], str, str]] = {
    "import_register": (REGISTER, "people", "."),
    "import_contacts": (LOG, "contacts", "."),
    "import_alerts": ({"alerts": lines(ALERTS, GOOD)}, "alerts", "alerts.csv"),
    "check_visits": ({"visits": VISITS}, "visits", "visits.csv"),
}


def cut(text: str) -> bytes:
    """Cut off in the middle of the last row, as a transfer leaves it."""
    return text.encode().rstrip()[:-12]


def sparse(file: Path, text: str) -> None:
    """A gigabyte that the disk holds next to nothing of: rows, and then nothing for ever."""
    with file.open("wb") as made:
        made.write(text.encode())
        made.truncate(GIGABYTE)


def wide(file: Path, text: str) -> None:
    with file.open("wb") as made:
        made.write(text.encode("utf-16"))
        made.truncate(GIGABYTE)


SPOILT: dict[str, Callable[[str], bytes]] = {
    "cut off": cut,
    "empty": lambda text: b"",
    "only its mark": lambda text: b"\xef\xbb\xbf",
    "noise": lambda text: b"\0" + os.urandom(5000),
    "a workbook": lambda text: b"PK\x03\x04" + os.urandom(5000),
    "a PDF": lambda text: b"%PDF-1.7\n" + text.encode(),
    "semicolons": lambda text: text.replace(",", ";").encode(),
    "tabs": lambda text: text.replace(",", "\t").encode(),
    "another header": lambda text: ("name,colour\r\n" + text.partition("\n")[2]).encode(),
    "no header": lambda text: text.partition("\n")[2].encode(),
    "a quotation mark that never ends": lambda text: text.encode() + b'"for ever\r\n' + b"and on\r\n" * 50,
    "half of wide letters": lambda text: text.encode("utf-16").rstrip()[:-25],
    "wide letters that are none": lambda text: b"\xff\xfe" + text.encode("utf-16-le") + b"\x00\xd8A\x00" * 40,
}
GIGABYTES = {"a gigabyte of nothing": sparse, "a gigabyte of wide nothing": wide}


def kept() -> list[int]:
    return [kind.objects.count() for kind in (Home, Person, Contact, Matter, InheritedAlert)]


def given(command: str, folder: Path, spoil: Callable[[Path, str], object]) -> Path:
    files, spoilt, what = COMMANDS[command]
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, newline="")
    spoil(folder / f"{spoilt}.csv", files[spoilt])
    return folder / what


def refusal(command: str, what: Path) -> str:
    """What the command says when it refuses; it does nothing then."""
    before = kept()
    with pytest.raises(CommandError) as refused:
        call_command(command, str(what), stdout=StringIO(), stderr=StringIO())
    assert refused.value.returncode == 1 and kept() == before
    return str(refused.value)


@pytest.mark.parametrize("kind", SPOILT)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_that_is_not_what_it_should_be_is_refused_whole_and_in_words(
    command: str, kind: str, tmp_path: Path
) -> None:
    words = refusal(command, given(command, tmp_path, lambda file, text: file.write_bytes(SPOILT[kind](text))))
    assert words.endswith(("Nothing was loaded.", "Nothing was checked.")), words
    assert COMMANDS[command][1] in words and "Error" not in words


@pytest.mark.parametrize("kind", GIGABYTES)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_gigabyte_is_refused_without_being_read_whole(command: str, kind: str, tmp_path: Path) -> None:
    what = given(command, tmp_path, GIGABYTES[kind])
    tracemalloc.start()
    words = refusal(command, what)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "more than a million characters" in words or "is not a text file" in words
    assert most < 32 * 1024 * 1024


def test_one_file_may_mix_encodings_and_loses_no_name(tmp_path: Path) -> None:
    """As where exports of two systems were joined: each line is read as what it is."""
    people = b"".join(
        (
            (HEADERS["people"] + "\r\n").encode(),
            "P1,Ms,Małgorzata,Wójcik,1980-02-29,,,pl,\r\n".encode(),
            "P2,,Seán,Muñoz,,,,en,\r\n".encode("cp1252"),
            "P3,Mr,伟,王,2015-06-01,,,zh,\r\n".encode(),
        )
    )
    folder = given("import_register", tmp_path, lambda file, text: file.write_bytes(people))
    call_command("import_register", str(folder), stdout=StringIO())
    assert set(Person.objects.values_list("forename", "surname")) == {
        ("Małgorzata", "Wójcik"), ("Seán", "Muñoz"), ("伟", "王")
    }  # fmt: skip


def test_wide_letters_are_read_a_line_at_a_time(tmp_path: Path) -> None:
    """Eight megabytes of rows take no more room than a few of them."""
    row = "P1,Ms,Małgorzata,Wójcik,,,,,\r\n"
    (tmp_path / "people.csv").write_text(HEADERS["people"] + "\r\n" + row * 130_000, encoding="utf-16", newline="")
    read = CsvFile("people.csv", tmp_path / "people.csv")
    tracemalloc.start()
    count = sum(1 for line in read.lines() if not line.wrong)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 130_001 and most < 1024 * 1024 and read.bytes_read > 0.9 * read.size


def test_a_line_without_an_end_in_wide_letters_is_refused(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("x" * 1_100_000, encoding="utf-16")
    with pytest.raises(Unreadable, match="more than a million characters"):
        list(CsvFile("people.csv", tmp_path / "people.csv").lines())


@pytest.mark.parametrize("kind", ["noise", "a workbook", "semicolons", "another header", "empty"])
def test_a_list_of_visits_that_is_none_is_refused_on_its_page(kind: str, cast: Cast, as_: As) -> None:
    browser = as_(cast.planner)
    chosen = SimpleUploadedFile("visits.csv", SPOILT[kind](VISITS))
    page = browser.post(reverse("visits.check"), {"chosen": chosen, "source": "repairs"}, follow=True)
    refused = VisitList.objects.filter(state=ListState.REFUSED).values_list("message", flat=True)
    shown = html.unescape(page.content.decode())
    assert "There is a problem" in shown or [each for each in refused if each in shown]
    assert not Booking.objects.exists()


@pytest.mark.parametrize("kind", sorted(SPOILT.keys() - {"empty"}))
@pytest.mark.parametrize(
    "page, job", [("register.bring_in", "import_register"), ("contacts.bring_in", "import_contacts")]
)
def test_what_was_uploaded_and_is_none_of_it_is_refused_in_words_and_goes(
    page: str, job: str, kind: str, cast: Cast, as_: As, tmp_path: Path, settings: LazySettings
) -> None:
    settings.VAR = tmp_path
    files, spoilt, _ = COMMANDS[job]
    told = {name: text.encode() for name, text in files.items()} | {spoilt: SPOILT[kind](files[spoilt])}
    browser, before = as_(cast.administrator), kept()
    chosen = [SimpleUploadedFile(f"{name}.csv", data) for name, data in told.items()]
    sent = browser.post(reverse(page), {"chosen": chosen, "source": "crm", "register": "housing"})
    if sent.status_code == 302:
        record = RegisterImport.objects.get()
        (contact_tasks if job == "import_contacts" else people_tasks).__dict__[job](register_import=record.pk)
        shown = browser.get(reverse("register.import", args=[record.pk])).content.decode()
        record.refresh_from_db()
        assert record.state == ImportState.REFUSED and record.message.split(".")[0] in html.unescape(shown)
    else:
        assert "There is a problem" in sent.content.decode()
    assert kept() == before and not [file for file in (tmp_path / "imports").rglob("*") if file.is_file()]


HOSTILE_BODIES: dict[str, bytes] = {
    "noise": os.urandom(3000),
    "cut off": b'{"homes": [{"ref": "H1", "address": "3 Fer',
    "Latin-1": '{"contacts": [{"ref": "Seán"}]}'.encode("latin-1"),
    "wide": '{"contacts": []}'.encode("utf-16"),
    "a list": b"[1, 2]",
    "a number": b"NaN",
    "deep": b'{"homes": ' + b"[" * 50_000 + b"]" * 50_000 + b"}",
    "a CSV": VISITS.encode(),
    "too large": b'{"homes": "' + b"x" * 6_000_000 + b'"}',
}


@pytest.mark.parametrize("kind", HOSTILE_BODIES)
@pytest.mark.parametrize("path", ["register", "contacts"])
def test_what_a_machine_sends_to_be_brought_in_is_refused_as_a_problem(path: str, kind: str, keys: Keyring) -> None:
    system = keys.system(*Scope)
    before = kept()
    answer: Any = system.raw(path, HOSTILE_BODIES[kind], **{"Idempotency-Key": f"hostile-{kind}"})
    assert answer.status_code in (400, 413, 422), answer.content
    assert answer["Content-Type"] == "application/problem+json" and kept() == before

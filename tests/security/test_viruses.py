"""Files in which something harmful is found, and files that nobody could look through: neither is kept, everyone is
told what to do, and those who watch over it see that it happened. ClamAV's own daemon looks; see scanners.py.
"""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from evenhand.cases import models
from evenhand.doors.looked_through import FilesLookedThrough
from evenhand.people.models import Change, RegisterImport, User
from evenhand.people.models.change import ChangeKind
from evenhand.sharing.models import VisitList
from evenhand.web import register_upload
from tests.security import routes
from tests.security.scanners import HARMLESS, MOST, NAME, Daemon, answering, saying, silent
from tests.web.asking import errors, page_of, send, words
from tests.web.stories import Cast, Story
from tests.web.test_exhibit import PNG, picture, report_with, stored
from tests.web.test_register_upload import GOOD

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
ILL = PNG + HARMLESS
DOCUMENT = "word/document.xml"


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT, settings.VAR = tmp_path / "files", tmp_path / "var"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    }


@pytest.fixture
def scanned(real_scanner: Daemon, settings: Any) -> None:
    settings.CLAMD = real_scanner.path


def packed(inside: dict[str, bytes], called: str) -> SimpleUploadedFile:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in inside.items():
            archive.writestr(name, data)
    return SimpleUploadedFile(called, made.getvalue())


def lying(tmp_path: Path) -> list[Path]:
    """Every file that was left anywhere."""
    return [file for file in tmp_path.rglob("*") if file.is_file()]


# What is found ------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("scanned")
def test_a_file_with_a_virus_is_refused_by_name_and_the_words_are_kept(
    as_: SignIn, cast: Cast, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    sent = report_with(as_(cast.colleague), picture("Mrs Ash at the door.png", ILL))

    assert sent.status_code == 200
    assert "“Mrs Ash at the door.png” was not kept" in errors(sent) and "can be sent without it" in errors(sent)
    assert "He shouted in the hallway." in words(sent)
    assert not models.Case.objects.exists() and not models.Exhibit.objects.exists() and lying(tmp_path) == []
    line = Change.objects.get()
    assert (line.by, line.kind) == (cast.colleague, ChangeKind.FILE) and NAME in line.words
    assert "Report an incident" in line.words
    told = f"{line.about} {line.words} {caplog.text}"
    assert NAME in caplog.text and cast.colleague.actor_id in caplog.text and "Ash" not in told


@pytest.mark.usefixtures("scanned")
def test_a_clean_file_is_kept_as_it_was_sent(as_: SignIn, cast: Cast) -> None:
    assert report_with(as_(cast.colleague), picture(), picture("stairs.png", PNG + b"2")).status_code == 302

    kept = models.Exhibit.objects.order_by("pk")[0]
    got = as_(cast.manager).get(reverse("exhibit", args=[kept.case.reference, kept.reference]))
    assert b"".join(got.streaming_content) == PNG and len(stored()) == 2
    assert not Change.objects.exists()


@pytest.mark.usefixtures("scanned")
def test_one_bad_file_among_good_ones_is_named_and_the_others_are_asked_for_again(as_: SignIn, cast: Cast) -> None:
    sent = report_with(as_(cast.colleague), picture("a.png"), picture("b.png", ILL), picture("c.png"))
    assert "“b.png” was not kept" in errors(sent) and "Choose the other files again" in errors(sent)
    assert "“a.png”" not in errors(sent) and stored() == []


@pytest.mark.usefixtures("scanned")
def test_a_virus_packed_into_a_document_is_found(as_: SignIn, cast: Cast) -> None:
    sent = report_with(as_(cast.colleague), packed({DOCUMENT: b"<w/>", "word/media/a.bin": HARMLESS}, "notes.docx"))
    assert "“notes.docx” was not kept" in errors(sent) and stored() == []


@pytest.mark.usefixtures("scanned")
def test_what_a_customer_gave_us_is_looked_through_too(as_: SignIn, cast: Cast, story: Story) -> None:
    story.investigate()
    said = {"speaker": "the customer", "channel": "phone", "words": "I was afraid for my son."}
    there = page_of(story, "investigation.hear")
    browser, before = as_(cast.investigator), models.Event.objects.count()

    sent = send(browser, there, **said, attached=[picture("text.png", ILL)])

    assert "“text.png” was not kept" in errors(sent) and "I was afraid for my son." in words(sent)
    assert models.Event.objects.count() == before and stored() == []
    assert send(browser, there, **said, attached=[picture("text.png")]).status_code == 302 and len(stored()) == 1


def bring_in(browser: Client, page: str, *files: Any) -> HttpResponse:
    told = {"chosen": list(files), "source": "housing", "register": "housing"}
    return browser.post(reverse(page), told)


@pytest.mark.usefixtures("scanned")
@pytest.mark.parametrize("page", ["register.bring_in", "contacts.bring_in", "visits.check"])
def test_lists_that_are_brought_in_are_looked_through(as_: SignIn, cast: Cast, tmp_path: Path, page: str) -> None:
    who = cast.planner if page.startswith("visits") else cast.administrator
    sent = bring_in(as_(who), page, SimpleUploadedFile("people.csv", b"person_ref,title\n1," + HARMLESS))

    assert sent.status_code == 200 and "“people.csv” was not kept" in errors(sent)
    assert "without it" not in errors(sent), "this form is about its file"
    assert not RegisterImport.objects.exists() and not VisitList.objects.exists() and lying(tmp_path) == []
    assert Change.objects.get().by == who


@pytest.mark.usefixtures("scanned")
def test_a_register_in_a_zip_is_looked_through_as_it_would_be_kept(as_: SignIn, cast: Cast, tmp_path: Path) -> None:
    """A list so large that the daemon reads no further inside the zip: it is given what is in it too."""
    inside = {name: text.encode() for name, text in GOOD.items()}
    long = {**inside, "homes.csv": inside["homes.csv"] + bytes(MOST * 2)}
    browser = as_(cast.administrator)

    sent = bring_in(browser, "register.bring_in", packed(long, "register.zip"))
    assert "“homes.csv” is too large for the virus scanner" in errors(sent)
    sent = bring_in(browser, "register.bring_in", packed({**inside, "people.csv": HARMLESS}, "register.zip"))
    assert "“register.zip” was not kept" in errors(sent) and "“people.csv” was not kept" in errors(sent)
    assert Change.objects.count() == 1 and lying(tmp_path) == []
    assert bring_in(browser, "register.bring_in", packed(inside, "register.zip")).status_code == 302
    assert RegisterImport.objects.count() == 1


@pytest.mark.usefixtures("scanned")
@pytest.mark.parametrize(
    "data", [b"PK", packed({"homes.csv": b"x" * 999}, "x").read()[:60]], ids=["two letters", "cut"]
)
def test_a_zip_that_cannot_be_opened_is_refused_as_ever(as_: SignIn, cast: Cast, data: bytes) -> None:
    sent = bring_in(as_(cast.administrator), "register.bring_in", SimpleUploadedFile("register.zip", data))
    assert "The zip cannot be opened" in errors(sent)


@pytest.mark.usefixtures("scanned")
def test_a_zip_whose_content_is_spoilt_is_refused_as_ever(as_: SignIn, cast: Cast, tmp_path: Path) -> None:
    """Its list of contents is whole, so that it opens, and what it holds cannot be read to its end."""
    whole = bytearray(packed({name: text.encode() * 50 for name, text in GOOD.items()}, "x").read())
    whole[50:90] = bytes(40)
    sent = bring_in(as_(cast.administrator), "register.bring_in", SimpleUploadedFile("register.zip", bytes(whole)))
    assert "The zip cannot be opened" in errors(sent) and lying(tmp_path) == []


# What cannot be looked through --------------------------------------------------------------------------------------


def test_without_an_answer_nothing_is_kept_and_the_report_can_go_without_files(
    as_: SignIn, cast: Cast, settings: Any
) -> None:
    settings.CLAMD = "/nowhere/clamd.ctl"
    browser = as_(cast.colleague)

    sent = report_with(browser, picture("a.png"), picture("b.png"))

    assert "“a.png” could not be looked through for viruses just now" in errors(sent)
    assert "try again in a few minutes" in errors(sent) and "can be sent without it" in errors(sent)
    assert "He shouted in the hallway." in words(sent) and stored() == [] and not models.Case.objects.exists()
    assert not Change.objects.exists(), "nothing was found"
    assert report_with(browser).status_code == 302


def test_a_scanner_that_is_slow_is_waited_for_once_and_not_for_each_file(
    as_: SignIn, cast: Cast, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.CLAMD_SECONDS = 1
    with answering(silent) as settings.CLAMD:
        sent = report_with(as_(cast.colleague), *(picture(f"{number}.png") for number in range(8)))
    assert "“0.png” could not be looked through" in errors(sent) and "“1.png”" not in errors(sent) and stored() == []
    assert "did not answer in time" in caplog.text


def test_an_answer_that_makes_no_sense_is_not_taken_for_clean(as_: SignIn, cast: Cast, settings: Any) -> None:
    with answering(saying(b"stream: OK, I think\0")) as settings.CLAMD:
        sent = report_with(as_(cast.colleague), picture())
    assert "could not be looked through" in errors(sent) and stored() == []


def test_what_the_scanner_says_cannot_mark_up_a_page(as_: SignIn, cast: Cast, settings: Any) -> None:
    with answering(saying(b"stream: <script>\n\x1b[31malert(1)</script> FOUND\0")) as settings.CLAMD:
        sent = report_with(as_(cast.colleague), picture())
    assert stored() == [] and errors(sent)
    with answering(saying(b"stream: <script>alert(1)</script>\x1b[31m FOUND\0")) as settings.CLAMD:
        report_with(as_(cast.colleague), picture())
    page = as_(cast.administrator).get(reverse("files")).content.decode()
    assert "&lt;script&gt;alert(1)" in page and "<script>alert" not in page and "\x1b" not in Change.objects.get().words


@pytest.mark.usefixtures("scanned")
def test_a_file_the_scanner_does_not_take_whole_is_refused(as_: SignIn, cast: Cast) -> None:
    sent = report_with(as_(cast.colleague), picture("long.png", PNG + bytes(MOST + 1)))
    assert "“long.png” is too large for the virus scanner" in errors(sent) and stored() == []


def test_the_scanner_is_not_asked_before_the_form_is_right_otherwise(as_: SignIn, cast: Cast, settings: Any) -> None:
    """Nor when somebody is only looked for: files are sent then as well."""
    asked = []
    with answering(asked.append) as settings.CLAMD:
        assert errors(report_with(as_(cast.colleague), picture(), account=""))
        report_with(as_(cast.colleague), picture(), find="person", person_words="Nobody")
        assert errors(report_with(as_(cast.colleague), picture("page.png", b"<html>")))
    assert asked == []


def test_where_no_scanner_is_set_up_files_are_kept_as_ever(as_: SignIn, cast: Cast, settings: Any) -> None:
    settings.CLAMD = None
    assert report_with(as_(cast.colleague), picture("a.png", ILL)).status_code == 302 and len(stored()) == 1


# Nothing escapes ----------------------------------------------------------------------------------------------------


def test_every_form_with_files_has_them_looked_through() -> None:
    views = {routes.view_of(page) for page in routes.every().values()}
    with_files = [
        view for view in views if any(isinstance(field, forms.FileField) for field in fields_of(view).values())
    ]
    assert len(with_files) == 5, "a report, an account, the register, contacts, visits"
    for view in with_files:
        assert isinstance(view, type) and issubclass(view, FilesLookedThrough), view
        assert "post" not in vars(view) or view.__name__ == "Report", view
    assert issubclass(register_upload.Upload, FilesLookedThrough)


def fields_of(view: object) -> dict[str, Any]:
    return getattr(getattr(view, "form_class", None), "base_fields", {})


def test_other_systems_send_no_files() -> None:
    """What they send is words and numbers, judged one by one. Should that change, files are looked through there."""
    told = Client().get("/api/v1/openapi.json").json()
    calls = [call for path in told["paths"].values() for call in path.values()]
    sent = {kind for call in calls for kind in call.get("requestBody", {}).get("content", {})}
    assert sent == {"application/json"}

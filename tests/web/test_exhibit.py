"""Files kept with incidents and accounts: what may be kept, who may have it back, and that nothing is half-written."""

import hashlib
import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from evenhand.cases import exhibit_kind, exhibits, models, record
from evenhand.people.models import Look, User
from evenhand.policy.conduct import Conduct
from tests.web.asking import errors, page_of, send, words
from tests.web.stories import START, Cast, Story

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
SCRIPT = b"<html><script>alert(1)</script></html>"


def picture(name: str = "hallway.png", content: bytes = PNG) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/png")


def report_with(browser: Client, *files: SimpleUploadedFile, **changed: Any) -> HttpResponse:
    told: dict[str, Any] = {
        "conducts": [Conduct.SHOUTING.value],
        "account": "He shouted in the hallway.",
        "happened_on": START,
        "channel": "visit",
        "described": "Tall, red van",
        "mine": "no",
        "attached": list(files),
    }
    return send(browser, "/report", **{**told, **changed})


def stored() -> list[str]:
    """What lies in the store, by name."""
    try:
        return sorted(default_storage.listdir("exhibits")[1])
    except FileNotFoundError:
        return []


@pytest.fixture(autouse=True)
def empty_store(settings: Any, tmp_path: Any) -> None:
    """A folder of this test's own, as in earnest."""
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    }


def test_a_photograph_is_kept_with_the_report_and_comes_back_as_it_was(as_: As, cast: Cast) -> None:
    sent = report_with(as_(cast.colleague), picture(), picture("stairs.png", PNG + b"2"))

    assert sent.status_code == 302, errors(sent)
    row = models.Case.objects.get()
    kept = models.Exhibit.objects.order_by("id")[0]
    assert (kept.name, kept.about, kept.part, kept.size) == ("hallway.png", "I1", "report", len(PNG))
    assert kept.sha256 == hashlib.sha256(PNG).hexdigest() and "hallway" not in kept.stored_as
    got = as_(cast.manager).get(reverse("exhibit", args=[row.reference, kept.reference]))
    assert b"".join(got.streaming_content) == PNG
    assert got["Content-Disposition"] == 'attachment; filename="hallway.png"'
    assert got["X-Content-Type-Options"] == "nosniff" and got["Content-Security-Policy"].startswith("sandbox")
    assert Look.objects.filter(by=cast.manager, kind="file", reference=f"{row.reference}/{kept.reference}").exists()


def test_the_reporter_has_their_own_photograph_back_and_others_find_nothing(as_: As, cast: Cast) -> None:
    report_with(as_(cast.colleague), picture())
    kept = models.Exhibit.objects.get()
    address = reverse("exhibit", args=[kept.case.reference, kept.reference])

    assert as_(cast.colleague).get(address).status_code == 200
    for other in (cast.partner, cast.administrator, cast.protection):
        assert as_(other).get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_a_recording_given_with_an_account_is_not_for_the_reporter(as_: As, story: Story, cast: Cast) -> None:
    story.investigate()
    said = {"speaker": "the customer", "channel": "phone", "words": "I was frightened.", "attached": [picture()]}
    sent = send(as_(cast.investigator), page_of(story, "investigation.hear"), **said)
    kept = models.Exhibit.objects.get()
    address = reverse("exhibit", args=[story.reference, kept.reference])

    assert sent.status_code == 302 and kept.part == "account"
    assert as_(cast.investigator).get(address).status_code == 200
    assert as_(cast.colleague).get(address).status_code == 404


def test_a_file_of_one_case_is_not_to_be_had_through_another(as_: As, story: Story, cast: Cast) -> None:
    report_with(as_(cast.colleague), picture())
    story.report()
    address = reverse("exhibit", args=[story.reference, models.Exhibit.objects.get().reference])
    assert as_(cast.manager).get(address).status_code == 404


def test_a_script_named_as_a_picture_is_refused_and_nothing_is_kept(as_: As, cast: Cast) -> None:
    sent = report_with(as_(cast.colleague), picture(), picture("holiday.jpg", SCRIPT))

    assert "“holiday.jpg” is called a picture, but what is in it is not" in errors(sent)
    assert "He shouted in the hallway." in words(sent)
    assert not models.Case.objects.exists() and stored() == []


def test_a_file_too_large_or_one_too_many_is_refused(as_: As, cast: Cast, settings: Any) -> None:
    settings.EXHIBIT_MEGABYTES, settings.EXHIBIT_FILES = 1, 2
    large = picture("film.png", PNG + b"0" * 1024 * 1024)

    sent = report_with(as_(cast.colleague), large, picture("b.png"), picture("c.png"))

    assert "“film.png” is larger than 1 MB" in errors(sent) and "at most 2 files" in errors(sent)
    assert stored() == []


def test_a_case_has_so_many_files_and_no_more(as_: As, story: Story, cast: Cast, settings: Any) -> None:
    settings.CASE_FILES = 2
    story.investigate()
    page, told = page_of(story, "investigation.hear"), hearing()
    browser = as_(cast.investigator)
    assert send(browser, page, **told, attached=[picture()]).status_code == 302
    refused = send(browser, page, **told, attached=[picture("a.png"), picture("b.png")])
    assert "This case may have 2 files together, and there is 1 file already" in errors(refused)
    assert "Send this without them" in errors(refused) and told["words"] in words(refused)
    assert models.Exhibit.objects.count() == 1 and len(stored()) == 1
    assert send(browser, page, **told, attached=[picture("b.png")]).status_code == 302


def test_the_files_of_a_case_have_a_size_together(as_: As, story: Story, cast: Cast, settings: Any) -> None:
    settings.CASE_MEGABYTES = 1
    story.investigate()
    page, half = page_of(story, "investigation.hear"), PNG + b"0" * 600 * 1024
    browser = as_(cast.investigator)
    assert send(browser, page, **hearing(), attached=[picture("a.png", half)]).status_code == 302
    refused = send(browser, page, **hearing(), attached=[picture("b.png", half)])
    assert "may have 1 MB of files together, and there are 0.6 MB already" in errors(refused)
    assert models.Exhibit.objects.count() == 1 and len(stored()) == 1


def test_a_colleague_sends_so_many_files_in_a_day_whatever_they_are_about(
    as_: As, cast: Cast, settings: Any, clock: Callable[..., None]
) -> None:
    settings.DAY_FILES = 2
    report_with(as_(cast.colleague), picture(), picture("b.png"))
    refused = report_with(as_(cast.colleague), picture("c.png"))
    assert "What you sent within a day may have 2 files together" in errors(refused) and len(stored()) == 2
    assert models.Case.objects.count() == 1, "A report whose files are refused is not half saved."
    assert report_with(as_(cast.duty), picture("c.png")).status_code == 302
    clock(START + timedelta(days=1), 16)
    assert report_with(as_(cast.colleague), picture("c.png")).status_code == 302


def hearing() -> dict[str, Any]:
    return {"speaker": "the customer", "channel": "phone", "words": "I was asleep."}


def test_when_the_report_is_refused_its_files_are_asked_for_again(as_: As, cast: Cast) -> None:
    sent = report_with(as_(cast.colleague), picture(), account="")
    assert "Choose the files again" in errors(sent) and stored() == []


def test_a_report_sent_twice_keeps_its_photograph_once(as_: As, cast: Cast) -> None:
    browser = as_(cast.colleague)
    sent = report_with(browser, picture())
    first = models.FormToken.objects.get()
    again = report_with(browser, picture(), token=first.token)

    assert again["Location"] == sent["Location"]
    assert models.Exhibit.objects.count() == 1 and len(stored()) == 1


def test_a_failure_after_the_file_was_written_leaves_neither(
    as_: As, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(**_: Any) -> None:
        raise OperationalError("the connection was lost")

    monkeypatch.setattr(models.Exhibit.objects, "create", fails)

    sent = report_with(as_(cast.colleague), picture())

    assert sent.status_code == 503 and "Your words are still here" in words(sent)
    assert stored() == [] and not models.Case.objects.exists()


def test_a_report_that_joins_a_case_brings_its_photographs(as_: As, story: Story, cast: Cast) -> None:
    story.investigate()
    into = story.reference
    about = {"person_words": "Bell", "person": str(story.person.pk) if story.person else ""}
    report_with(as_(cast.colleague), picture(), **about)
    joining = models.Case.objects.exclude(reference=into).get().reference

    address = reverse("incident.triage", args=[joining])
    sent = send(as_(cast.manager), address, outcome="joins a case", joins=into, reason="The same week.")

    kept = models.Exhibit.objects.get(case__reference=into)
    assert sent.status_code == 302 and kept.about == "I2"
    assert as_(cast.investigator).get(reverse("exhibit", args=[into, kept.reference])).status_code == 200


def word_file(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name in ("[Content_Types].xml", *names):
            packed.writestr(name, "<x/>")
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.jpeg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01", "image/jpeg"),
        ("photo.jpg", PNG, "image/png"),  # a telephone's app gives the wrong ending: still a picture
        ("IMG_1.HEIC", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "image/heif"),
        ("clip.mp4", b"\x00\x00\x00 ftypisom\x00\x00\x02\x00isomiso2avc1mp41", "video/mp4"),
        ("letter.pdf", b"%PDF-1.7\n%\xe2\xe3", "application/pdf"),
        ("log.txt", "She said: “I’ll be back” – £5".encode(), "text/plain"),
        ("old.txt", "£5 café".encode("cp1252"), "text/plain"),
        ("account.docx", word_file("word/document.xml"), exhibit_kind.WORD),
    ],
)
def test_what_colleagues_have_is_kept_by_what_is_in_it(name: str, content: bytes, kind: str) -> None:
    assert exhibit_kind.content_type(name, io.BytesIO(content)) == kind


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("run.exe", b"MZ\x90\x00" + b"\x00" * 60),
        ("page.html", SCRIPT),
        ("drawing.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
        ("notes.txt", SCRIPT),
        ("script.txt", b"#!/bin/sh\nrm -rf /\n"),
        ("macros.docx", word_file("word/document.xml", "word/vbaProject.bin")),
        ("archive.docx", word_file("other.xml")),
        ("film.mp4", PNG),
        ("noending", PNG),
        ("picture.png", b"\x00" * 200),
    ],
)
def test_what_could_do_something_is_refused_with_what_to_do(name: str, content: bytes) -> None:
    with pytest.raises(exhibit_kind.NotKept) as refused:
        exhibit_kind.content_type(name, io.BytesIO(content))
    assert name in str(refused.value)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.png", "passwd.png"),
        ("C:\\Users\\sam\\photo.jpg", "photo.jpg"),
        ('a"b\r\nSet-Cookie: x.png', "a_b Set-Cookie_ x.png"),
        ("Ọláyínká\u202e.gnp.png", "Ọláyínká.gnp.png"),
        ("..", "file"),
        ("x" * 300 + ".jpeg", "x" * 115 + ".jpeg"),
    ],
)
def test_a_name_is_kept_as_a_name_and_nothing_more(given: str, kept: str) -> None:
    assert exhibit_kind.safe_name(given) == kept


def test_files_belong_to_an_incident_or_an_account_only(story: Story, cast: Cast) -> None:
    story.investigate()
    ask = record.Ask(cast.manager.actor, story.moment)
    done = record.Done(story.reference)
    with pytest.raises(ValueError, match="an incident, an account, or a look"):
        exhibits.keep_with(lambda: done, [picture()], ask)
    assert stored() == []

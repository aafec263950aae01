"""A contact log brought in from a browser, in the way a register is."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from evenhand.contacts import tasks
from evenhand.contacts.models import Contact, Matter
from evenhand.people.models import Change, Person, RegisterImport, User
from evenhand.people.models.register import ImportState
from tests.web.stories import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
MATTERS = "matter_ref,person_ref,kind,opened_on\nM1,P1,repair,2026-02-01\n"
CONTACTS = (
    "contact_ref,at,person_ref,channel,direction,matter_ref\n"
    "K1,2026-02-02T10:00:00Z,P1,phone,in,M1\nK2,2026-02-03T10:00:00Z,P1,fax,in,\nK3,soon,P1,phone,in,\n"
)


@pytest.fixture(autouse=True)
def var(settings: object, tmp_path: Path) -> Iterator[Path]:
    settings.VAR = tmp_path  # type: ignore[attr-defined]
    yield tmp_path


def files(**texts: str) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(f"{name}.csv", text.encode()) for name, text in texts.items()]


def send(browser: Client, chosen: list[SimpleUploadedFile], **told: str) -> str:
    there = {"chosen": chosen, "source": "crm", "register": "housing", **told}
    return browser.post(reverse("contacts.bring_in"), there, follow=True).content.decode()


def work() -> RegisterImport:
    """What the worker does with the job that the page left for it."""
    job = ProcrastinateJob.objects.filter(task_name="import_contacts").latest("id")
    tasks.import_contacts(**job.args)
    return RegisterImport.objects.get(pk=job.args["register_import"])


def test_both_files_are_brought_in_and_what_was_wrong_is_told(
    cast: Cast, tenant: Person, as_: SignIn, var: Path
) -> None:
    browser = as_(cast.administrator)
    send(browser, files(matters=MATTERS, contacts=CONTACTS))
    record = work()
    assert (record.state, record.by, record.register) == (ImportState.DONE, cast.administrator, "housing")
    assert Contact.objects.filter(person=tenant).count() == 2 and Matter.objects.count() == 1
    page = browser.get(reverse("register.import", args=[record.pk])).content.decode()
    for words in ("An import of contacts", "contacts.csv", "fax", "soon", "The row was not loaded", "Waiting"):
        assert words in page
    assert list((var / "imports").iterdir()) == []
    assert Change.objects.get().words == "Started an import of contacts."
    assert "Contacts" in browser.get(reverse("register")).content.decode()


def test_one_of_the_two_will_do_and_a_trial_changes_nothing(cast: Cast, tenant: Person, as_: SignIn) -> None:
    send(as_(cast.administrator), files(contacts=CONTACTS), dry_run="on")
    record = work()
    assert record.message == "Nothing was changed: this was a trial." and record.counts["contacts.csv"]["added"] == 2
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    ("chosen", "told", "words"),
    [
        (lambda: files(people="x"), {}, "people.csv is not of the contact log"),
        (lambda: files(contacts=CONTACTS), {"source": "by hand"}, "is for contacts logged here"),
        (lambda: files(contacts=CONTACTS), {"register": ""}, "Name the register"),
    ],
)
def test_what_is_no_contact_log_is_refused(
    cast: Cast, as_: SignIn, chosen: Callable[[], list[SimpleUploadedFile]], told: dict[str, str], words: str
) -> None:
    assert words in send(as_(cast.administrator), chosen(), **told)
    assert not RegisterImport.objects.exists()


def test_only_administrators_bring_contacts_in(cast: Cast, as_: SignIn) -> None:
    assert as_(cast.manager).get(reverse("contacts.bring_in")).status_code == 403

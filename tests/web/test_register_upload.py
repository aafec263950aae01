"""An administrator brings in the register from a browser: tried, followed, confirmed, and told what was wrong."""

import io
import os
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from evenhand.people import tasks
from evenhand.people.models import Change, Home, Person, RegisterImport, RejectedRow, User
from evenhand.people.models.register import Brings, ImportState
from evenhand.people.refusal import NotDone
from evenhand.people.register import running, upload
from tests.web.stories import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
PEOPLE = "person_ref,title,forename,surname,date_of_birth,phone,email,language,communication_needs\n"
GOOD = {
    "homes.csv": "home_ref,uprn,address_line,town,postcode,kind\nH1,,1 Mill Lane,Zedham,ZH1 1AA,flat\n",
    "people.csv": PEOPLE + "P1,Ms,Ann,Lee,1980-01-01,,,,\nP2,Mr,Bo,Ray,not a day,,,,\n",
    "tenancies.csv": "tenancy_ref,home_ref,tenure,started_on,ended_on\nT1,H1,assured,2020-01-01,\n",
    "tenancy_people.csv": "tenancy_ref,person_ref,role\nT1,P1,tenant\nT1,P2,joint_tenant\nT9,P1,tenant\n",
}


@pytest.fixture(autouse=True)
def var(settings: object, tmp_path: Path) -> Iterator[Path]:
    settings.VAR = tmp_path  # type: ignore[attr-defined]
    yield tmp_path


def files(**changed: str) -> list[SimpleUploadedFile]:
    told = {**GOOD, **{f"{name}.csv": text for name, text in changed.items()}}
    return [SimpleUploadedFile(name, text.encode()) for name, text in told.items()]


def zipped(names: dict[str, str], called: str = "register.zip") -> SimpleUploadedFile:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in names.items():
            packed.writestr(name, text)
    return SimpleUploadedFile(called, made.getvalue())


def start(browser: Client, chosen: object, **told: str) -> RegisterImport:
    answer = browser.post(reverse("register.bring_in"), {"chosen": chosen, "source": "housing", **told})
    assert answer.status_code == 302, answer.content.decode()
    record = RegisterImport.objects.latest("pk")
    assert answer["Location"] == reverse("register.import", args=[record.pk]) + "?watch=1"
    return record


def work(record: RegisterImport) -> RegisterImport:
    """What the worker does with the job that the page left for it."""
    job = ProcrastinateJob.objects.filter(task_name="import_register").latest("id")
    assert job.args == {"register_import": record.pk}
    tasks.import_register(**job.args)
    record.refresh_from_db()
    return record


def test_four_files_are_brought_in_and_what_was_wrong_is_told(cast: Cast, as_: SignIn, var: Path) -> None:
    browser = as_(cast.administrator)
    record = work(start(browser, files()))
    assert record.state == ImportState.DONE and record.by == cast.administrator
    assert Home.objects.count() == 1 and Person.objects.count() == 2
    page = browser.get(reverse("register.import", args=[record.pk])).content.decode()
    for words in ("people.csv", "date_of_birth", "not a day", "T9", "The row was not loaded"):
        assert words in page
    assert "up to date" not in page and "Done, without 1 row" in page
    assert "But 1 row was not loaded, and 1 detail was left out of rows that were loaded: see what was wrong." in page
    assert "Done, without 1 row" in browser.get(reverse("register")).content.decode()
    csv = browser.get(reverse("register.wrong", args=[record.pk]))
    assert csv.content.decode("utf-8-sig").splitlines()[0] == "file,line,column,value,reason,loaded"
    assert "not a day" in csv.content.decode()
    assert list((var / "imports").iterdir()) == [], "the files are personal: they go when the import is over"
    assert Change.objects.get().words == "Started an import of the register."


def test_where_nothing_was_wrong_the_register_is_said_to_be_up_to_date(cast: Cast, as_: SignIn) -> None:
    right = {
        "people": PEOPLE + "P1,Ms,Ann,Lee,1980-01-01,,,,\n",
        "tenancy_people": "tenancy_ref,person_ref,role\nT1,P1,tenant\n",
    }
    browser = as_(cast.administrator)
    record = work(start(browser, files(**right)))
    page = browser.get(reverse("register.import", args=[record.pk])).content.decode()
    assert "The register is up to date." in page and "without" not in page


def test_one_zip_will_do_even_with_folders_in_it(cast: Cast, as_: SignIn) -> None:
    inside = {f"export/{name}": text for name, text in GOOD.items()} | {"__MACOSX/export/homes.csv": "rubbish"}
    record = work(start(as_(cast.administrator), [zipped(inside)]))
    assert record.state == ImportState.DONE and Person.objects.count() == 2


def test_a_trial_changes_nothing(cast: Cast, as_: SignIn) -> None:
    browser = as_(cast.administrator)
    record = work(start(browser, files(), dry_run="on"))
    assert record.state == ImportState.DONE and not Person.objects.exists()
    page = browser.get(reverse("register.import", args=[record.pk])).content.decode()
    assert "Nothing was changed: this was a trial." in page


def test_the_page_comes_again_by_itself_until_told_not_to_or_until_it_is_over(cast: Cast, as_: SignIn) -> None:
    browser = as_(cast.administrator)
    record = start(browser, files())
    there = reverse("register.import", args=[record.pk])
    watched = browser.get(there, {"watch": "1"})
    assert watched["Refresh"] == "5" and "Stop that" in watched.content.decode()
    assert "Refresh" not in browser.get(there)
    work(record)
    assert "Refresh" not in browser.get(there, {"watch": "1"})


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        (lambda: files()[:3], "tenancy_people.csv is missing"),
        (lambda: files()[1:2], "homes.csv, tenancies.csv and tenancy_people.csv are missing"),
        (lambda: [*files(), SimpleUploadedFile("payroll.csv", b"x")], "payroll.csv is not of the register"),
        (lambda: [*files(), files()[0]], "homes.csv comes twice"),
        (lambda: [SimpleUploadedFile("register.zip", b"not a zip")], "The zip cannot be opened"),
        (lambda: [zipped({"homes.csv": "x"})], "are missing"),
        (lambda: [zipped({"../../people.csv": "x", "C:\\homes.csv": "x"})], "are missing"),
    ],
)
def test_files_that_are_not_a_register_are_not_kept(
    cast: Cast, as_: SignIn, var: Path, chosen: Callable[[], list[SimpleUploadedFile]], words: str
) -> None:
    answer = as_(cast.administrator).post(reverse("register.bring_in"), {"chosen": chosen(), "source": "housing"})
    assert words in answer.content.decode()
    assert not RegisterImport.objects.exists() and not ProcrastinateJob.objects.exists()
    assert list((var / "imports").iterdir()) == []


def test_a_zip_that_unpacks_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch, var: Path) -> None:
    monkeypatch.setattr(upload, "MOST_BYTES", 1000)
    with pytest.raises(NotDone, match="too large"):
        upload.receive([zipped({**GOOD, "people.csv": PEOPLE + "x" * 10_000})])
    assert list((var / "imports").iterdir()) == []


def many(count: int) -> str:
    return PEOPLE + "".join(f"P{n},,Ann,Lee{n},,,,,\n" for n in range(1, count + 1))


def test_when_many_have_left_an_administrator_confirms_first(cast: Cast, as_: SignIn, var: Path) -> None:
    browser = as_(cast.administrator)
    work(start(browser, files(people=many(50))))
    record = work(start(browser, files(people=many(40)), complete="on"))
    assert record.state == ImportState.TO_CONFIRM and not Person.objects.exclude(left_on=None).exists()
    assert len(list((var / "imports").iterdir())) == 1, "its files wait"
    there = reverse("register.import", args=[record.pk])
    assert "Have they all left?" in browser.get(there).content.decode()
    confirm = reverse("register.confirm", args=[record.pk])
    assert as_(cast.manager).post(confirm).status_code == 403
    browser.post(confirm)
    browser.post(confirm)
    assert RegisterImport.objects.count() == 3, "said twice, it runs once"
    again = work(RegisterImport.objects.latest("pk"))
    assert again.state == ImportState.DONE and Person.objects.exclude(left_on=None).count() == 10
    assert "Have they all left?" not in browser.get(there).content.decode()
    assert list((var / "imports").iterdir()) == []


def test_an_import_that_is_over_cannot_be_confirmed(cast: Cast, as_: SignIn) -> None:
    browser = as_(cast.administrator)
    record = work(start(browser, files()))
    answer = browser.post(reverse("register.confirm", args=[record.pk]), follow=True)
    assert "not waiting to be confirmed" in answer.content.decode() and RegisterImport.objects.count() == 1


def test_an_import_whose_worker_was_killed_says_so(cast: Cast, as_: SignIn) -> None:
    browser = as_(cast.administrator)
    record = start(browser, files())
    there = reverse("register.import", args=[record.pk])
    assert "Nothing moves" not in browser.get(there).content.decode()
    RegisterImport.objects.update(state=ImportState.LOADING)
    assert "broken off" in browser.get(there).content.decode()
    with running.alone():
        assert running.is_running()
        assert "broken off" not in browser.get(there).content.decode()


def test_files_nobody_confirmed_go_after_a_week(var: Path) -> None:
    old, new = (upload.receive(files()) for _ in range(2))
    week = time.time() - upload.KEPT_SECONDS - 60
    os.utime(old, (week, week))
    assert upload.forget_old() == 1 and not old.exists() and new.exists()
    assert not upload.forget(var), "only an upload's own folder is ever removed"


def test_everything_wrong_is_shown_page_by_page(cast: Cast, as_: SignIn) -> None:
    browser = as_(cast.administrator)
    bad = PEOPLE + "".join(f"P{n},,Ann,Lee,wrong{n:03},,,,\n" for n in range(1, 71))
    record = work(start(browser, files(people=bad)))
    there = reverse("register.import", args=[record.pk])
    first = browser.get(there).content.decode()
    assert "wrong050" in first and "wrong051" not in first
    last = record.rejected.get(value="wrong050").pk
    assert "wrong051" in browser.get(there, {"after": last}).content.decode()


def test_the_latest_imports_stand_newest_first_whatever_they_brought(cast: Cast, as_: SignIn) -> None:
    brought = (Brings.CONTACTS, Brings.REGISTER, Brings.ALERTS, Brings.CONTACTS, Brings.REGISTER)
    hours = (11, 13, 10, 14, 12)
    for hour, brings in zip(hours, brought, strict=True):
        at = datetime(2026, 3, 3, hour, tzinfo=UTC)
        one = RegisterImport.objects.create(source="housing", brings=brings, started_at=at, state=ImportState.DONE)
        RejectedRow.objects.create(register_import=one, file="x.csv", line=hour, reason="No.", whole_row=hour > 11)
    page = as_(cast.administrator).get(reverse("register")).content.decode()
    assert re.findall(r"3 March 2026, (\w+)</a>", page) == ["2pm", "1pm", "midday", "11am", "10am"]

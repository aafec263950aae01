"""A contact log brought in from two files: tried, loaded, corrected, and never half."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections

from evenhand.contacts import course, importing, months, staging
from evenhand.contacts.models import Contact, Matter
from evenhand.people.models import RegisterImport
from evenhand.people.models.register import Brings, ImportState
from evenhand.people.register.running import LOCK, Progress
from tests.contacts.conftest import DAY, NOW, ROWS, wrong

pytestmark = pytest.mark.django_db
Write = Callable[..., Path]
Import = Callable[..., RegisterImport]


def test_matters_and_contacts_are_brought_in(write: Write, bring_in: Import) -> None:
    record = bring_in(write())
    assert (record.state, record.brings, record.message) == (
        ImportState.DONE, Brings.CONTACTS, "The contacts are up to date."
    )  # fmt: skip
    assert [record.counts[name]["added"] for name in ("matters.csv", "contacts.csv")] == [2, 3]
    first = Contact.objects.select_related("matter", "person").get(ref="K1")
    assert first.matter is not None and first.person is not None
    assert (first.matter.ref, first.person.ref, first.minutes, first.caller) == ("M1", "P1", 7, "self")
    assert (first.asked_for_senior, first.specific, first.exempt_kind) == (False, True, "")
    assert Matter.objects.get(ref="M1").done_on is None and Matter.objects.get(ref="M1").unknown == []


def test_a_column_that_is_not_there_is_unknown_and_not_no(write: Write, bring_in: Import) -> None:
    heads = {
        "matters": "matter_ref,person_ref,kind,opened_on,respond_by,closed_on",
        "contacts": "at,contact_ref,person_ref,channel,direction",
    }
    folder = write(
        heads,
        matters=["M1,P1,repair,2026-09-01,2026-09-20,2026-09-21"],
        contacts=["2026-09-03T08:30:00Z,K1,P1,phone,in"],
    )
    assert wrong(bring_in(folder)) == []
    assert set(Matter.objects.get().unknown) == {
        "told_on", "responded_on", "done_on", "reopened_on", "complaint_exhausted_on"
    }  # fmt: skip
    kept = Contact.objects.get()
    assert (kept.specific, kept.new_information, kept.exempt_kind, kept.caller, kept.minutes) == (None,) * 5


def test_a_trial_changes_nothing_and_reports_everything(write: Write, bring_in: Import) -> None:
    folder = write(contacts=[*ROWS["contacts"], "K3,2026-10-06T12:00:00Z,P2,phone,out,,,,,,,,,", "K9,,P1,,,,,,,,,,,"])
    record = bring_in(folder, dry_run=True)
    assert record.message == "Nothing was changed: this was a trial."
    assert record.counts["contacts.csv"]["added"] == 3
    assert wrong(record) == [("contacts.csv", 5, "contact_ref"), ("contacts.csv", 6, "at")]
    assert not Contact.objects.exists() and not Matter.objects.exists()


def test_rows_out_of_order_that_come_twice_are_told_whether_they_agree(write: Write, bring_in: Import) -> None:
    first, second, third = ROWS["contacts"]
    record = bring_in(write(contacts=[third, first, second, first, second.replace("email", "letter")]))
    reasons = list(record.rejected.order_by("line").values_list("line", "reason"))
    assert reasons == [
        (5, "Line 3 already says the same."),
        (6, "Line 4 already says something else of it; that one was kept."),
    ]
    assert Contact.objects.get(ref="K2").channel == "email"


def test_a_correction_in_a_later_file_replaces_the_contact_in_whichever_month(write: Write, bring_in: Import) -> None:
    bring_in(write())
    moved = ROWS["contacts"][0].replace("2026-09-03", "2026-07-03").replace(",7,", ",9,")
    record = bring_in(write(contacts=[moved, *ROWS["contacts"][1:]]))
    counts = record.counts["contacts.csv"]
    assert (counts["added"], counts["changed"], counts["unchanged"]) == (0, 1, 2)
    assert list(Contact.objects.filter(ref="K1").values_list("at__month", "minutes")) == [(7, 9)]
    assert months.strayed() == 0


def test_either_file_may_come_alone_and_the_other_first(write: Write, bring_in: Import) -> None:
    folder = write()
    (folder / "matters.csv").rename(folder / "later")
    assert wrong(bring_in(folder)) == [("contacts.csv", line, "matter_ref") for line in (2, 3, 4)]
    (folder / "contacts.csv").unlink()
    (folder / "later").rename(folder / "matters.csv")
    bring_in(folder)
    assert set(Contact.objects.values_list("matter__ref", "matter_ref")) == {("M1", ""), ("M2", "")}


def test_a_file_that_is_cut_short_loads_nothing_of_either(write: Write, bring_in: Import) -> None:
    folder = write()
    file = folder / "contacts.csv"
    file.write_bytes(file.read_bytes()[:-40])
    record = bring_in(folder)
    assert record.state == ImportState.REFUSED and "stops in the middle of line 4" in record.message
    assert not Contact.objects.exists() and not Matter.objects.exists()


def test_a_folder_with_neither_file_is_refused_with_exit_code_1(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="neither matters.csv nor contacts.csv") as refused:
        call_command("import_contacts", str(tmp_path))
    assert refused.value.returncode == 1


def test_the_command_says_what_it_did(write: Write, people: object) -> None:
    out = StringIO()
    call_command("import_contacts", str(write()), "--source", "crm", "--register", "housing", stdout=out)
    assert "contacts.csv: 3 read, 0 not loaded, 3 added, 0 changed, 0 unchanged, 0 waiting" in out.getvalue()
    assert Contact.objects.filter(source="crm", person__source="housing").count() == 3


def test_progress_is_told_and_the_connection_is_left_clean(write: Write, people: object) -> None:
    told: list[Progress] = []
    record = importing.begin(write(), "housing", NOW)
    importing.run(record.pk, day=DAY, clock=lambda: NOW, progress=told.append)
    assert [(each.file, each.rows) for each in told] == [("matters.csv", 2), ("contacts.csv", 3)]
    assert told[-1].bytes_done == told[-1].bytes_total > 0
    with connection.cursor() as cursor:
        for table in staging.TABLES:
            cursor.execute("SELECT to_regclass('pg_temp.' || %s)", [table])
            assert cursor.fetchone()[0] is None


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of fifty rows is long: read by sevens, written by twenties."""
    monkeypatch.setattr(course, "BLOCK", 7)
    monkeypatch.setattr(course, "PART", 20)


def fifty(*order: int) -> list[str]:
    return [f"K{n:03},2026-09-03T08:30:00Z,P1,phone,in,7,Repairs,N,Y,,M1,N,N,self" for n in order or range(50)]


def test_a_long_file_is_written_in_parts(write: Write, bring_in: Import, small: None) -> None:
    rows = fifty()
    rows[30] = rows[30].replace("phone", "pigeon")
    folder = write(contacts=rows)
    record = bring_in(folder)
    assert wrong(record) == [("contacts.csv", 32, "channel")]
    assert (Contact.objects.count(), record.counts["contacts.csv"]["added"]) == (50, 50)
    again = bring_in(folder)
    assert (again.counts["contacts.csv"]["unchanged"], again.counts["contacts.csv"]["changed"]) == (50, 0)


def test_a_row_that_comes_twice_is_found_though_parts_were_already_written(
    write: Write, bring_in: Import, small: None
) -> None:
    record = bring_in(write(contacts=[*fifty(), *fifty(3)]))
    assert list(record.rejected.values_list("line", "reason")) == [(52, "Line 5 already says the same.")]
    counts = record.counts["contacts.csv"]
    assert (counts["read"], counts["added"], counts["not loaded"], Contact.objects.count()) == (51, 50, 1, 50)


def test_a_long_file_that_is_cut_short_leaves_nothing(write: Write, bring_in: Import, small: None) -> None:
    folder = write(contacts=fifty())
    file = folder / "contacts.csv"
    file.write_bytes(file.read_bytes()[:-40])
    assert bring_in(folder).state == ImportState.REFUSED
    assert not Contact.objects.exists() and not Matter.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_others_see_how_far_it_is_and_nothing_of_it_before_it_is_whole(
    write: Write, people: object, small: None
) -> None:
    record = importing.begin(write(contacts=fifty()), "housing", NOW)
    apart = connections[DEFAULT_DB_ALIAS].copy()
    seen: list[tuple[int, int]] = []

    def look(so_far: Progress) -> None:
        with apart.cursor() as cursor:
            cursor.execute(
                "SELECT bytes_done, (SELECT count(*) FROM contacts_contact) FROM people_registerimport WHERE id = %s",
                [record.pk],
            )
            seen.append(cursor.fetchone())

    try:
        importing.run(record.pk, day=DAY, clock=lambda: NOW, progress=look)
    finally:
        apart.close()
    assert seen[0][0] > 0, "the page shows progress while the import runs"
    assert {contacts for _, contacts in seen} == {0} and Contact.objects.count() == 50


def test_what_an_import_locks_it_gives_back(write: Write, bring_in: Import) -> None:
    with connection.cursor() as cursor:
        other = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s"
        cursor.execute(other, [LOCK])
        assert cursor.fetchone()[0] == 0
    assert bring_in(write()).state == ImportState.DONE
    with connection.cursor() as cursor:
        cursor.execute(other, [LOCK])
        assert cursor.fetchone()[0] == 0


def test_text_that_copy_would_misread_is_kept_as_it_was(write: Write, bring_in: Import) -> None:
    team = '"Repairs\\N, ""east"""'
    bring_in(write(contacts=[f"K1,2026-09-03T08:30:00Z,P1,phone,in,7,{team},N,Y,,,N,N,self"]))
    assert Contact.objects.get().team == 'Repairs\\N, "east"'


def test_a_file_with_only_the_columns_that_are_needed_is_brought_in(write: Write, bring_in: Import) -> None:
    heads = {"contacts": "contact_ref,at,person_ref,matter_ref"}
    record = bring_in(write(heads, contacts=["K1,2026-09-03T08:30:00Z,P1,M1", "K2,2026-10-05T12:00:00Z,P2,"]))
    assert (wrong(record), record.counts["contacts.csv"]["added"]) == ([], 2)
    assert set(Contact.objects.values_list("ref", "person__ref", "matter__ref")) == {
        ("K1", "P1", "M1"),
        ("K2", "P2", None),
    }

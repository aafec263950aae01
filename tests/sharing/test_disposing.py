"""What two people agreed to let go of is gone everywhere, and nothing else is; the record still verifies."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction

from evenhand.cases import disposing, models, reading, search
from evenhand.cases.record import NoSuchCase
from evenhand.people.models import Look
from evenhand.people.models.look import LookKind
from evenhand.policy.events.disposal import CaseDisposed
from evenhand.policy.terms import months_after
from evenhand.sharing.models import Change, Disclosure, Followed, Recall
from tests.sharing.over import THEN, WORDS, Owner, agree, dispose, outside, over, verified
from tests.web.conftest import clock
from tests.web.stories import Story

__all__ = ["clock", "outside", "over"]
pytestmark = pytest.mark.django_db


def test_everything_it_said_is_gone_and_the_chain_still_verifies(over: Story, as_owner: Owner) -> None:
    stored_as = models.Exhibit.objects.get().stored_as
    agree(over)
    assert f"{over.reference}: disposed of." in dispose(as_owner)
    row = models.Case.objects.get(reference=over.reference)
    (kept,) = models.Facts.objects.filter(event__case=row)
    assert kept.event.kind == CaseDisposed.__name__ and WORDS not in kept.said
    assert (row.person, row.home, row.targets, row.reporters, row.conducts) == (None, None, [], [], [])
    assert row.disposed_on == THEN
    for rows in (row.letters, row.exhibits, row.controls, row.tasks, row.acknowledgements):
        assert not rows.exists()
    assert not models.EarlierIssue.objects.exists()
    assert not default_storage.exists(stored_as)
    assert not Look.objects.filter(reference__startswith=over.reference).exists()
    for kind in (Followed, Disclosure, Change):
        assert not kind.objects.filter(case=over.reference).exists()
    assert not Recall.objects.exists()
    assert verified() == []
    call_command("verify")


def test_nothing_of_it_is_left_in_any_table(over: Story, as_owner: Owner) -> None:
    """Every column of every table is read, so that a table which is added later cannot be forgotten."""
    agree(over)
    dispose(as_owner)
    secret = (WORDS, "Two colleagues heard it", "I sleep badly", "photo.jpg", "nobody had rung me back")
    with as_owner(), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(
                f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE ANY (%s)', [[f"%{s}%" for s in secret]]
            )
            assert cursor.fetchone() == (0,), table


def test_whoever_knew_of_it_finds_it_no_more_and_nothing_can_be_added(over: Story, as_owner: Owner) -> None:
    manager = over.cast.manager
    assert search.by_words("front door", manager, THEN)
    agree(over)
    dispose(as_owner)
    assert not search.by_words("front door", manager, THEN)
    with pytest.raises(reading.NotFound):
        reading.case_file(over.reference, manager, THEN)
    with pytest.raises(NoSuchCase):
        over.act("handling.reopen", manager, reasons="More.")


def test_the_tombstone_names_the_two_and_is_noted_outside_the_database(
    over: Story, as_owner: Owner, outside: Path
) -> None:
    agree(over)
    dispose(as_owner)
    (noted,) = disposing.noted((outside / "disposals.jsonl").read_text().splitlines())
    assert noted["case"] == over.reference
    assert noted["facts"]["prepared_by"] == over.cast.protection.actor_id
    assert noted["facts"]["approved_by"] == over.cast.director.actor_id
    assert WORDS not in json.dumps(noted)


def test_without_a_note_outside_nothing_goes(over: Story, as_owner: Owner, settings: LazySettings) -> None:
    agree(over)
    Path(settings.EMAIL_FILE_PATH).write_text("a file where a folder should be")
    settings.DISPOSALS_FILE = Path(settings.EMAIL_FILE_PATH) / "disposals.jsonl"
    with as_owner(), pytest.raises(CommandError, match="a restore would bring it back"):
        call_command("dispose", stdout=StringIO())
    assert models.Facts.objects.filter(event__case__reference=over.reference, said__contains=WORDS).exists()
    assert verified() == []


def test_the_application_itself_cannot_dispose(over: Story) -> None:
    agree(over)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        call_command("dispose", stdout=StringIO())


def test_a_message_in_the_outbox_goes_with_its_letter_and_others_stay(
    over: Story, as_owner: Owner, settings: LazySettings, outside: Path
) -> None:
    settings.EMAIL_BACKEND = disposing.OUTBOX
    models.Letter.objects.filter(case__reference=over.reference).update(message_id="<one@evenhand>")
    (outside / "outbox").mkdir()
    (outside / "outbox" / "a.log").write_text("Message-ID: <one@evenhand>\nDear Ms Bell")
    (outside / "outbox" / "b.log").write_text("Message-ID: <two@evenhand>\nDear Mr Ahmed")
    agree(over)
    dispose(as_owner)
    assert [file.name for file in (outside / "outbox").iterdir()] == ["b.log"]


def test_looks_are_forgotten_in_their_own_time_but_not_at_what_is_held(over: Story, as_owner: Owner) -> None:
    other = Look.objects.create(at=over.moment.at, actor="colleague:x", kind=LookKind.SEARCH, reference="bell")
    over.act("disposal.hold", over.cast.senior, reason="A claim.", review_on=months_after(THEN, 3))
    dispose(as_owner)
    assert set(Look.objects.values_list("reference", flat=True)) >= {"bell", over.reference}
    with as_owner():
        disposing.forget_looks(months_after(THEN, 25))
    assert not Look.objects.filter(pk=other.pk).exists()
    assert Look.objects.filter(reference=over.reference).exists()


def test_a_file_that_was_left_when_the_machine_stopped_is_taken_away(over: Story) -> None:
    left = default_storage.save("exhibits/left", ContentFile(b"x"))
    at = over.moment.at.replace(year=2099)
    assert disposing.sweep_orphans(at) >= 1
    assert default_storage.exists(models.Exhibit.objects.get().stored_as) and not default_storage.exists(left)


def test_whoever_has_not_heard_that_a_marker_ended_is_still_told_though_the_case_is_gone(
    over: Story, as_owner: Owner
) -> None:
    Recall.objects.update(confirmed_at=None, confirmed_how="", confirmed_by="")
    agree(over)
    dispose(as_owner)
    assert Disclosure.objects.filter(case=over.reference).exists()
    heard = {"confirmed_at": over.moment.at, "confirmed_how": "in writing", "confirmed_by": "colleague:x"}
    Recall.objects.update(**heard)
    dispose(as_owner)
    assert not Disclosure.objects.filter(case=over.reference).exists()


def test_a_database_brought_back_to_an_earlier_moment_lets_go_again(
    over: Story, as_owner: Owner, outside: Path
) -> None:
    agree(over)
    point = transaction.savepoint()
    dispose(as_owner)
    transaction.savepoint_rollback(point)
    assert search.by_words("front door", over.cast.manager, THEN)
    out = StringIO()
    with as_owner():
        call_command("dispose", again=outside / "disposals.jsonl", stdout=out)
        call_command("dispose", again=outside / "disposals.jsonl", stdout=out)
    assert out.getvalue().count(f"{over.reference}: disposed of again.") == 1
    assert not search.by_words("front door", over.cast.manager, THEN)
    assert verified() == []

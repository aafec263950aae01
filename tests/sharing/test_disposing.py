"""What two people agreed to let go of is gone everywhere, and nothing else is; the record still verifies."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction

from evenhand.cases import chain, disposal_list, disposing, models, reading, record, search
from evenhand.cases.record import Ask, Moment, NoSuchCase
from evenhand.people import colleague
from evenhand.people.models import Look, User
from evenhand.people.models.look import LookKind
from evenhand.people.refusal import NotDone
from evenhand.policy.events.disposal import CaseDisposed
from evenhand.policy.events.incident import Triage
from evenhand.policy.staff import SYSTEM, Role
from evenhand.policy.terms import months_after
from evenhand.policy.verbs import VERBS
from evenhand.sharing.models import Change, Disclosure, Followed, Recall
from tests.web.conftest import clock
from tests.web.stories import START, Story

__all__ = ["clock"]

pytestmark = pytest.mark.django_db
Owner = Callable[[], AbstractContextManager[None]]
WORDS = "She shouted abuse at the front door"
THEN = months_after(START, 25)


@pytest.fixture(autouse=True)
def outside(settings: LazySettings, tmp_path: Path) -> Path:
    settings.DISPOSALS_FILE = tmp_path / "disposals.jsonl"
    settings.HEADS_FOLDER = tmp_path / "heads"
    settings.EMAIL_FILE_PATH = tmp_path / "outbox"
    return tmp_path


@pytest.fixture
def over(story: Story, clock: Callable[..., None]) -> Story:
    """A case with a marker, a letter, a file, looks and somebody who was told: all over for two years."""
    story.mark().approve()
    row = models.Case.objects.get(reference=story.reference)
    stored_as = default_storage.save("exhibits/abc", ContentFile(b"a photograph"))
    models.Exhibit.objects.create(
        case=row, reference="e1", part="report", name="photo.jpg", content_type="image/jpeg", size=12, sha256="0" * 64,
        stored_as=stored_as, added_at=story.moment.at, added_by=story.cast.colleague.actor_id,
    )  # fmt: skip
    for kind, reference in ((LookKind.CASE, row.reference), (LookKind.LETTER, f"{row.reference}/T1")):
        Look.objects.create(at=story.moment.at, actor="colleague:x", kind=kind, reference=reference)
    told = {"case": row.reference, "control": "M1", "kind": "marker"}
    Followed.objects.create(**told, person=story.person, over=True)
    made = Disclosure.objects.create(
        **told, person=story.person, to_kind="contractor", to_id="Firm", to_name="Firm", why="A visit",
        how="tonight’s visits", first_at=story.moment.at, last_at=story.moment.at, version=1,
    )  # fmt: skip
    at = story.moment.at
    heard = {"confirmed_at": at, "confirmed_how": "in writing", "confirmed_by": "colleague:x"}
    Recall.objects.create(disclosure=made, what="ended", version=1, at=at, **heard)
    Change.objects.create(
        kind="ended", control_kind="marker", case=row.reference, control="M1", version=1, at=at, on=story.day
    )  # fmt: skip
    story.acts += 1
    record.act_on(row.reference, Ask(SYSTEM, story.moment), VERBS["handling.record_death"], died_on=story.day)
    clock(THEN)
    story.day = THEN
    return story


def agree(story: Story, by: User | None = None, second: User | None = None) -> models.DisposalList:
    (made,) = disposal_list.prepare(by or story.cast.protection, story.moment, [story.reference])
    disposal_list.approve(made.pk, second or story.cast.director, story.moment)
    return made


def dispose(as_owner: Owner) -> str:
    out = StringIO()
    with as_owner():
        call_command("dispose", stdout=out)
    return out.getvalue()


def verified() -> list[chain.Fault]:
    return [fault for row in chain.cases() for fault in (*chain.faults_in(row), *chain.stale_in(row))]


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


def test_nobody_agrees_to_their_own_list(over: Story) -> None:
    (made,) = disposal_list.prepare(over.cast.director, over.moment, [over.reference])
    with pytest.raises(NotDone, match="somebody else"):
        disposal_list.approve(made.pk, over.cast.director, over.moment)
    with pytest.raises(IntegrityError), transaction.atomic():
        models.DisposalList.objects.update(approved_by=over.cast.director.actor_id, approved_at=over.moment.at)


def test_nothing_goes_before_a_second_person_agreed_or_once_they_refused(over: Story, as_owner: Owner) -> None:
    (made,) = disposal_list.prepare(over.cast.protection, over.moment, [over.reference])
    assert "0 cases" in dispose(as_owner)
    disposal_list.refuse(made.pk, over.cast.director, over.moment, "A claim may come.")
    assert "0 cases" in dispose(as_owner)
    assert [each.reference for each in disposal_list.due(over.cast.protection, THEN)] == [over.reference]


def test_a_hold_placed_after_the_list_was_agreed_to_keeps_the_case(over: Story, as_owner: Owner) -> None:
    made = agree(over)
    over.act("disposal.hold", over.cast.senior, reason="A claim.", review_on=months_after(THEN, 3))
    assert "stays. A legal hold is in force." in dispose(as_owner)
    assert models.Facts.objects.filter(said__contains=WORDS).exists()
    (item,) = made.items.all()
    assert "legal hold" in item.trouble
    assert disposal_list.due(over.cast.protection, THEN) == []


def test_a_case_whose_time_is_not_over_is_not_put_forward(over: Story) -> None:
    early = months_after(START, 24)
    assert disposal_list.due(over.cast.protection, early) == []
    with pytest.raises(NotDone):
        disposal_list.prepare(over.cast.protection, Moment(over.moment.at, early), [over.reference])


def test_the_application_itself_cannot_dispose(over: Story) -> None:
    agree(over)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        call_command("dispose", stdout=StringIO())


def test_a_sealed_matter_is_due_only_to_those_named_in_it(
    story: Story, as_owner: Owner, clock: Callable[..., None]
) -> None:
    clock(THEN)
    ask = Ask(story.cast.director.actor, story.moment)
    told = {"about": "EH-AAAA-AAAA", "colleague": story.cast.protection.actor_id, "note": "Shaken."}
    sealed = record.open_case(ask, VERBS["welfare.open"], **told).reference
    other = Story(story.cast, story.person, story.home).report()
    other.act("incident.triage", story.cast.investigator, outcome=Triage.NOT_CONDUCT, reason="A neighbour’s dog.")
    story.day, both = THEN, [sealed, other.reference]
    unnamed = colleague.join("dora@example.org", "Dora", "Ash", [Role.COLLEAGUE, Role.DIRECTOR])
    assert {each.reference for each in disposal_list.due(story.cast.director, THEN)} == set(both)
    assert [each.reference for each in disposal_list.due(unnamed, THEN)] == [other.reference]
    made = disposal_list.prepare(story.cast.director, story.moment, both)
    assert sorted(each.sealed for each in made) == [False, True]
    assert len(disposal_list.lists(story.cast.director, THEN)) == 2
    assert [each.sealed for each in disposal_list.lists(unnamed, THEN)] == [False]
    (hidden,) = (each for each in made if each.sealed)
    with pytest.raises(NotDone, match="no such list"):
        disposal_list.approve(hidden.pk, unnamed, story.moment)
    with pytest.raises(NotDone, match="no such list"):
        disposal_list.refuse(hidden.pk, unnamed, story.moment, "What is this?")
    for each in made:
        disposal_list.approve(each.pk, story.cast.protection, story.moment)
    assert "2 cases" in dispose(as_owner)
    assert [each.sealed for each in disposal_list.lists(unnamed, THEN)] == [False]
    assert models.Case.objects.get(reference=sealed).matter == "welfare"
    assert verified() == []


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


def test_what_was_due_is_found_from_the_summary_alone(
    over: Story, django_assert_max_num_queries: Callable[[int], AbstractContextManager[None]]
) -> None:
    for _ in range(3):
        Story(over.cast, over.person, over.home, day=date(2028, 1, 4)).report()
    with django_assert_max_num_queries(8):
        assert len(disposal_list.due(over.cast.protection, THEN)) == 1


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

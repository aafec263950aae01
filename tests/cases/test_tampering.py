"""Whoever owns the database changes the record in every way they can: Evenhand finds it, and so does anyone offline."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection

from evenhand.cases import log, models
from evenhand.cases.circumstances import Moment
from tests.cases.kept_record import Record, sealed_by
from tests.web.stories import START, Story

pytestmark = pytest.mark.django_db(transaction=True)

SHOUTED, WHISPERED = "She shouted abuse", "She whispered a word"


def night(day: date) -> Moment:
    """Shortly after midnight, when the head of the day before is made."""
    return Moment(datetime(day.year, day.month, day.day, 0, 25, tzinfo=UTC), day)


@pytest.fixture
def record(
    story: Story,
    tmp_path: Path,
    settings: LazySettings,
    as_owner: Callable[[], AbstractContextManager[None]],
) -> Record:
    """Two cases: one that went on for two days, each with its head, and one of the first day."""
    settings.HEADS_FOLDER = tmp_path / "heads"
    Story(story.cast, story.person, story.home).report(account="He swore at us.")
    story.triage() if story.reference else story.report().triage()
    sealed_by(night(START + timedelta(days=1)))
    story.later().act("investigation.open", story.cast.manager, investigator=story.cast.investigator.actor_id)
    sealed_by(night(START + timedelta(days=2)))
    return Record(tmp_path, as_owner)


def sql(record: Record, statement: str, *values: object) -> None:
    with record.unguarded(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def other_than(story: Story) -> str:
    return models.Case.objects.exclude(reference=story.reference).get().reference


def found_by_both(record: Record, words: str) -> None:
    assert words in record.verify()
    assert words in record.check(record.export("--facts"))


def test_nothing_is_found_where_nothing_was_changed(record: Record) -> None:
    assert record.verify() == ""
    assert record.check(record.export("--facts")) == ""
    assert record.check(record.export()) == ""
    assert len(list((record.folder / "heads").glob("*.json"))) == 2


def test_a_changed_fact_is_found(record: Record) -> None:
    sql(record, "UPDATE cases_facts SET said = replace(said, %s, %s)", SHOUTED, WHISPERED)
    found_by_both(record, "the facts of event 1 are not what was written")


def test_a_changed_fact_with_a_new_key_and_digest_is_found(record: Record, story: Story) -> None:
    event = models.Event.objects.select_related("facts").get(case__reference=story.reference, number=1)
    said, key = event.facts.said.replace(SHOUTED, WHISPERED), b"k" * 32
    sql(record, "UPDATE cases_facts SET said = %s, key = %s WHERE event_id = %s", said, key, event.pk)
    sql(record, "UPDATE cases_event SET digest = %s WHERE id = %s", log.digest_of(said, key), event.pk)
    found_by_both(record, f"{story.reference}: event 1 was changed")


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'CaseClosed'",
        "by = 'colleague:somebody'",
        "at = at - interval '1 day'",
        '"on" = "on" + 1',
        "digest = sha256('x')",
        "link = sha256('x')",
    ],
)
def test_a_changed_event_is_found(record: Record, story: Story, change: str) -> None:
    event = models.Event.objects.get(case__reference=story.reference, number=2)
    sql(record, f"UPDATE cases_event SET {change} WHERE id = {event.pk}")
    found_by_both(record, f"{story.reference}: event 2 was changed")


def test_a_removed_event_is_found(record: Record, story: Story) -> None:
    event = models.Event.objects.get(case__reference=story.reference, number=2)
    sql(record, "DELETE FROM cases_facts WHERE event_id = %s", event.pk)
    sql(record, "DELETE FROM cases_event WHERE id = %s", event.pk)
    found_by_both(record, f"{story.reference}: event 2 is missing")


def test_a_last_event_that_was_cut_off_is_found_by_the_head(record: Record, story: Story) -> None:
    row = models.Case.objects.get(reference=story.reference)
    event = models.Event.objects.get(case=row, number=row.last_number)
    sql(record, "DELETE FROM cases_facts WHERE event_id = %s", event.pk)
    sql(record, "DELETE FROM cases_event WHERE id = %s", event.pk)
    sql(record, "UPDATE cases_case SET last_number = last_number - 1 WHERE id = %s", row.pk)
    found_by_both(record, f"{story.reference} is not what it was: event {event.number} was changed, moved or removed")


def test_facts_that_were_taken_away_without_a_tombstone_are_found(record: Record, story: Story) -> None:
    event = models.Event.objects.get(case__reference=story.reference, number=1)
    sql(record, "DELETE FROM cases_facts WHERE event_id = %s", event.pk)
    assert "nothing says that they were disposed of" in record.verify()
    for options in ("--facts",), ():
        assert "are gone, and no tombstone says so" in record.check(record.export(*options))


def test_an_event_put_in_between_is_found(record: Record, story: Story) -> None:
    row = models.Case.objects.get(reference=story.reference)
    for event in models.Event.objects.filter(case=row, number__gte=2).order_by("-number"):
        sql(record, "UPDATE cases_event SET number = number + 1 WHERE id = %s", event.pk)
    made = models.Event.objects.get(case=row, number=1)
    made.pk, made.number = None, 2
    with record.unguarded():
        made.save(force_insert=True)
        models.Facts.objects.create(event=made, said="{}", key=b"k")
    found_by_both(record, f"{story.reference}: event 2 was changed")


def test_two_events_that_changed_places_are_found(record: Record, story: Story) -> None:
    second, third = models.Event.objects.filter(case__reference=story.reference, number__in=(2, 3)).order_by("number")
    for event, number in ((second, 99), (third, 2), (second, 3)):
        sql(record, "UPDATE cases_event SET number = %s WHERE id = %s", number, event.pk)
    found_by_both(record, f"{story.reference}: event 2 was changed")


def test_events_swapped_between_cases_are_found(record: Record, story: Story) -> None:
    one = models.Event.objects.get(case__reference=story.reference, number=1)
    two = models.Event.objects.get(case__reference=other_than(story), number=1)
    for event, case, number in ((one, two.case_id, 99), (two, one.case_id, 1), (one, two.case_id, 1)):
        sql(record, "UPDATE cases_event SET case_id = %s, number = %s WHERE id = %s", case, number, event.pk)
    found_by_both(record, f"{story.reference}: event 1 was changed")
    assert f"{other_than(story)}: event 1 was changed" in record.verify()


def test_a_whole_case_that_was_removed_is_found_by_the_head(record: Record, story: Story) -> None:
    row = models.Case.objects.get(reference=other_than(story))
    with record.unguarded(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_facts USING cases_event e WHERE e.id = event_id AND e.case_id = %s", [row.pk])
        cursor.execute("DELETE FROM cases_event WHERE case_id = %s", [row.pk])
        cursor.execute("UPDATE cases_case SET last_number = 0 WHERE id = %s", [row.pk])
    found_by_both(record, f"{row.reference} is not what it was: event 2 was changed, moved or removed")


def test_a_case_rewritten_whole_with_every_hash_made_again_is_found_by_the_head(record: Record, story: Story) -> None:
    record.rewrite(story.reference, 1, SHOUTED, WHISPERED)
    found = record.verify()
    assert f"{story.reference}: " not in found.replace(f"{story.reference} is", "")
    found_by_both(record, f"{story.reference} is not what it was")


def test_so_is_one_whose_heads_were_made_again_too_by_the_heads_that_were_kept(record: Record, story: Story) -> None:
    record.rewrite(story.reference, 1, SHOUTED, WHISPERED)
    record.rewrite_heads()
    export = record.export("--facts")
    assert record.check(export, heads=False) == ""
    assert "head 1 is not the one in the record" in record.check(export)
    assert "head 1 is another one here" in record.verify()


def test_an_act_written_into_the_past_is_found(record: Record, story: Story) -> None:
    row = models.Case.objects.get(reference=other_than(story))
    last = models.Event.objects.filter(case=row).select_related("facts").order_by("number").last()
    assert last
    made = models.Event(case=row, number=last.number + 1, kind=last.kind, at=last.at, on=last.on, by=last.by)
    made.digest = log.digest_of(last.facts.said, b"k")
    made.link = log.link_of(bytes(last.link), row.reference, made)
    with record.unguarded():
        made.save()
        models.Facts.objects.create(event=made, said=last.facts.said, key=b"k")
        models.Case.objects.filter(pk=row.pk).update(last_number=made.number)
    found_by_both(record, f"{row.reference}: event {made.number} claims to be older than head 1")


def test_a_head_that_was_removed_or_changed_is_found(record: Record) -> None:
    sql(record, "UPDATE cases_head SET day = day - 7 WHERE number = 2")
    found_by_both(record, "it was changed, or")
    sql(record, "DELETE FROM cases_headtold")
    sql(record, "DELETE FROM cases_headmember m USING cases_head h WHERE h.id = m.head_id AND h.number = 1")
    sql(record, "DELETE FROM cases_head WHERE number = 1")
    found_by_both(record, "head 1 is missing")


def test_heads_that_were_cut_off_at_the_end_are_found_by_those_that_were_kept(record: Record) -> None:
    sql(record, "DELETE FROM cases_headtold")
    sql(record, "DELETE FROM cases_headmember m USING cases_head h WHERE h.id = m.head_id AND h.number = 2")
    sql(record, "DELETE FROM cases_head WHERE number = 2")
    assert "head 2 is not in this database" in record.verify()
    assert "head 2 is not the one in the record" in record.check(record.export())


def test_a_folder_of_saved_messages_is_compared_whatever_their_names(record: Record, story: Story) -> None:
    saved = record.folder / "saved"
    saved.mkdir()
    for file in (record.folder / "heads").glob("*.json"):
        (saved / f"{file.stem}.eml").write_text(
            f"Subject: Head of the record\n\nPlease keep this.\n\n{file.read_text()}"
        )
    assert record.verify("--heads", str(saved)) == ""
    record.rewrite(story.reference, 1, SHOUTED, WHISPERED)
    record.rewrite_heads()
    assert "head 1 is another one here" in record.verify("--heads", str(saved))


def test_heads_that_were_named_and_are_not_there_are_never_passed_over(record: Record) -> None:
    assert "There is no" in record.verify("--heads", str(record.folder / "nowhere"))
    empty = record.folder / "empty"
    empty.mkdir()
    assert "nothing outside was compared" in record.verify("--heads", str(empty))

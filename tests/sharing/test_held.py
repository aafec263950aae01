"""A legal hold wins: over a list that was agreed to, over a disposal that was noted and never took effect, and for
every report that joined the case that is held.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evenhand.cases import disposal_list, disposal_queue, disposing, exhibits, kept_with, models, record
from evenhand.cases.record import Ask, Moment
from evenhand.people.models import Look
from evenhand.people.models.look import LookKind
from evenhand.policy import disposal
from evenhand.policy.events.incident import Triage
from evenhand.policy.terms import months_after
from evenhand.sharing import retention
from evenhand.sharing.models import Change
from tests.sharing.over import THEN, WORDS, Owner, agree, dispose, outside, over, verified
from tests.web.conftest import clock
from tests.web.stories import START, Story

__all__ = ["clock", "outside", "over"]
pytestmark = pytest.mark.django_db
HELD = {"reason": "A claim.", "review_on": months_after(THEN, 3)}


def hold(story: Story) -> None:
    story.act("disposal.hold", story.cast.senior, **HELD)


def still_says(reference: str) -> bool:
    return models.Facts.objects.filter(event__case__reference=reference, said__contains=WORDS).exists()


@pytest.fixture
def joined(over: Story) -> Story:
    """A report with a photograph that joined the case two years ago."""
    report = Story(over.cast, over.person, over.home, day=START).report()
    row = models.Case.objects.get(reference=report.reference)
    stored_as = default_storage.save("exhibits/joined", ContentFile(b"another photograph"))
    models.Exhibit.objects.create(
        case=row, reference="e2", part="report", name="two.jpg", content_type="image/jpeg", size=18, sha256="1" * 64,
        stored_as=stored_as, added_at=report.moment.at, added_by=over.cast.colleague.actor_id, about="I1",
    )  # fmt: skip
    report.acts += 1
    ask = Ask(over.cast.manager.actor, report.moment)

    def join() -> record.Done:
        return record.join(report.reference, over.reference, ask, reason="The same evening.")

    exhibits.carry(join, report.reference)
    report.day = THEN
    return report


def due(story: Story) -> set[str]:
    return {each.reference for each in disposal_list.due(story.cast.protection, THEN)}


def test_a_report_is_kept_while_the_case_it_joined_is_held(joined: Story, over: Story, as_owner: Owner) -> None:
    assert due(over) == {over.reference, joined.reference}
    agree(joined)
    hold(over)
    assert due(over) == set()
    assert f"stays. It joined case {over.reference}, which a legal hold keeps" in dispose(as_owner)
    assert still_says(joined.reference) and default_storage.exists("exhibits/joined")
    over.act("disposal.lift", over.cast.senior, "K1", reason="Settled.")
    assert due(over) == {over.reference, joined.reference}
    agree(joined)
    assert f"{joined.reference}: disposed of." in dispose(as_owner)
    # The case has the photograph still: it is the same file.
    assert not still_says(joined.reference) and default_storage.exists("exhibits/joined")
    assert verified() == []


def test_who_looked_at_a_report_is_kept_while_the_case_it_joined_is_held(
    joined: Story, over: Story, as_owner: Owner
) -> None:
    Look.objects.create(at=over.moment.at, actor="colleague:x", kind=LookKind.CASE, reference=joined.reference)
    hold(over)
    with as_owner():
        disposing.forget_looks(months_after(THEN, 40))
    assert Look.objects.filter(reference=joined.reference).exists()


def test_a_report_that_joined_one_that_joined_a_held_case_is_held_too(joined: Story, over: Story) -> None:
    """As columns and as logs say it: an upgrade makes the columns only when they are made again."""
    assert kept_with.joined_by(joined.reference) == [over.reference]
    hold(over)
    assert kept_with.held() == {over.reference, joined.reference}
    models.Case.objects.filter(reference=over.reference).update(joined=joined.reference)
    assert kept_with.held() == {over.reference, joined.reference}, "A circle comes to its end."
    assert kept_with.holder_of(joined.reference) == over.reference


def before_and_after(what: Any, name: str, monkeypatch: pytest.MonkeyPatch, when: str) -> None:
    """The machine stops just before this is done, or just after."""
    done = getattr(what, name)

    def stopped(*given: Any, **more: Any) -> None:
        if when == "after":
            done(*given, **more)
        raise Stopped

    monkeypatch.setattr(what, name, stopped)


class Stopped(BaseException):
    """As a machine stops: nothing that catches failures catches it."""


STEPS = [
    (record, "act_on", "before"),
    (record, "act_on", "after"),
    (disposing, "_let_go", "after"),
    (disposing, "_note", "before"),
    (disposing, "_note", "after"),
    (disposal_queue, "done", "before"),
    (disposal_queue, "done", "after"),
]


@pytest.mark.parametrize("what, name, when", STEPS)
def test_a_hold_placed_after_the_machine_stopped_in_a_disposal_keeps_the_case_for_good(
    what: Any, name: str, when: str, over: Story, as_owner: Owner, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether or not it had been noted: not the next disposal, nor one done again from the list, nor a restore."""
    agree(over)
    with monkeypatch.context() as patch, pytest.raises(Stopped), as_owner_after(as_owner):
        before_and_after(what, name, patch, when)
        call_command("dispose", stdout=StringIO())
    over.acts += 10
    hold(over)
    assert "stays. A legal hold is in force." in dispose(as_owner)
    noted = outside / "disposals.jsonl"
    noted.touch()
    out = StringIO()
    with as_owner():
        call_command("dispose", again=noted, stdout=out)
    if noted.read_text():
        assert f"{over.reference}: stays. Something happened in it after its disposal was noted" in out.getvalue()
        assert "1 of them never took effect" in out.getvalue()
    assert still_says(over.reference) and verified() == []


def as_owner_after(as_owner: Owner) -> AbstractContextManager[None]:
    """The owner's rights, in a transaction of a run that is broken off: nothing of it stays in the database."""
    stack = ExitStack()
    stack.enter_context(as_owner())
    stack.enter_context(transaction.atomic())
    return stack


def test_a_hold_on_the_case_it_joined_keeps_a_report_whose_disposal_was_noted_and_never_done(
    joined: Story, over: Story, as_owner: Owner, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    agree(joined)
    with monkeypatch.context() as patch, pytest.raises(Stopped), as_owner_after(as_owner):
        before_and_after(disposing, "_note", patch, "after")
        call_command("dispose", stdout=StringIO())
    held_at = Moment(timezone.now() + timedelta(minutes=1), THEN)
    record.act_on(over.reference, Ask(over.cast.senior.actor, held_at), disposal.hold, None, **HELD)
    out = StringIO()
    with as_owner():
        call_command("dispose", again=outside / "disposals.jsonl", stdout=out)
    assert f"{joined.reference}: stays." in out.getvalue() and still_says(joined.reference)


def test_a_hold_that_was_let_go_of_before_the_disposal_does_not_bring_the_case_back(
    over: Story, as_owner: Owner, outside: Path
) -> None:
    """As a backup has it that was taken while the hold was in force."""
    hold(over)
    point = transaction.savepoint()
    over.act("disposal.lift", over.cast.senior, "K1", reason="Settled.")
    agree(over)
    assert f"{over.reference}: disposed of." in dispose(as_owner)
    transaction.savepoint_rollback(point)
    out = StringIO()
    with as_owner():
        call_command("dispose", again=outside / "disposals.jsonl", stdout=out)
    assert f"{over.reference}: disposed of again." in out.getvalue() and not still_says(over.reference)


def test_a_hold_placed_before_anybody_agreed_keeps_the_case(over: Story, as_owner: Owner) -> None:
    (made,) = disposal_list.prepare(over.cast.protection, over.moment, [over.reference])
    hold(over)
    disposal_list.approve(made.pk, over.cast.director, over.moment)
    assert "stays. A legal hold is in force." in dispose(as_owner) and still_says(over.reference)


def test_a_message_that_told_of_a_control_is_kept_while_its_case_is_held(over: Story, as_owner: Owner) -> None:
    hold(over)
    years = Moment(over.moment.at + timedelta(days=4000), months_after(THEN, 120))
    retention.forget(years)
    assert Change.objects.filter(case=over.reference).exists()
    over.act("disposal.lift", over.cast.senior, "K1", reason="Settled.")
    retention.forget(years)
    assert not Change.objects.filter(case=over.reference).exists()


def test_what_is_due_and_held_costs_the_same_however_many_there_are(
    over: Story, django_assert_num_queries: Callable[[int], AbstractContextManager[Any]]
) -> None:
    def ask() -> list[object]:
        viewer = over.cast.protection
        return [disposal_list.due(viewer, THEN), list(disposal_list.held(viewer, THEN))]

    with CaptureQueriesContext(connection) as few:
        ask()
    for number in range(6):
        other = Story(over.cast, over.person, over.home, day=START).report()
        other.act("incident.triage", over.cast.manager, outcome=Triage.NOT_CONDUCT, reason="A dog.")
        if number % 2:
            other.day = THEN
            hold(other)
    with django_assert_num_queries(len(few) + 1):  # one more, as some reports may have joined those that are held
        found, held = ask()
    assert len(found) == 4 and len(held) == 3  # type: ignore[arg-type]

"""Rules 14 and 19: what is over is kept for a time, and nobody who is still to be told is ever forgotten."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from evenhand.cases import log, models
from evenhand.cases.circumstances import Moment
from evenhand.people.models import Landlord
from evenhand.policy.events.disposal import CaseDisposed, Category
from evenhand.policy.events.handling import Matter
from evenhand.policy.terms import months_after
from evenhand.sharing import changes, following, ledger, retention, tasks
from evenhand.sharing.ledger import Recipient, Told
from evenhand.sharing.models import Change, Delivery, Disclosure, Followed, Recall
from evenhand.sharing.models.change import ControlKind
from evenhand.sharing.models.disclosure import ConfirmedHow, How, RecipientKind
from evenhand.sharing.retention import Forgotten
from tests.sharing.sending import Told as Add
from tests.sharing.sending import follow, removed, send
from tests.web.stories import Cast, Story

pytestmark = pytest.mark.django_db
OPERATIVE = Recipient(RecipientKind.COLLEAGUE, "colleague:1", "Kofi Asante")
FIRM = Recipient(RecipientKind.CONTRACTOR, "able repairs", "Able Repairs")


def on(day: date) -> Moment:
    return Moment(datetime(day.year, day.month, day.day, 4, tzinfo=UTC), day)


def after(story: Story, months: int, days: int = 0) -> Moment:
    """So long after the day that the story has come to."""
    return on(months_after(story.day, months) + timedelta(days=days))


def shown(story: Story, *to: Recipient) -> None:
    told = Told(story.reference, "M1", ControlKind.MARKER, person=story.person.pk if story.person else None)
    for one in to:
        ledger.disclose(one, [told], How.CHECK, story.moment.at + timedelta(minutes=40))


def heard(story: Story, *by: Recipient) -> None:
    for one in by:
        ledger.confirm(one, story.reference, "M1", story.moment.at, by="colleague:1", how=ConfirmedHow.TELEPHONE)


def over(story: Story, *told: Recipient) -> Story:
    """A marker that came and went, of which some were told."""
    story.mark().approve()
    follow(story)
    shown(story, *told)
    removed(story)
    follow(story)
    return story


def disposed(story: Story) -> None:
    row, at = models.Case.objects.get(reference=story.reference), story.moment
    gone = CaseDisposed(
        at=at.at, on=at.day, by="system", upto=row.last_number, category=Category.MARKER, prepared_by="colleague:2",
        approved_by="colleague:3", matter=Matter.CONDUCT,
    )  # fmt: skip
    log.append(row, [gone])
    row.save()


def left() -> tuple[int, int, int, int]:
    """How many pieces of news, of who was told, of word to them, and of controls that are followed."""
    return tuple(table.objects.count() for table in (Change, Disclosure, Recall, Followed))  # type: ignore[return-value]


def test_news_of_a_marker_that_is_over_is_forgotten_after_its_months_and_who_was_told_is_not(story: Story) -> None:
    over(story, OPERATIVE)
    heard(story, OPERATIVE)
    assert retention.forget(after(story, 12)) == Forgotten()
    assert retention.forget(after(story, 12, days=1)) == Forgotten(news=2)
    assert left() == (0, 1, 1, 1)
    assert retention.forget(after(story, 12, days=1)) == Forgotten()


def test_the_landlord_decides_how_many_months(story: Story, landlord: Landlord) -> None:
    Landlord.objects.update(terms={"keep_news_months": 3})
    over(story)
    assert retention.forget(after(story, 3, days=1)).news == 2


def test_news_of_a_marker_that_stands_is_kept_for_whoever_begins_to_listen(story: Story) -> None:
    story.mark().approve()
    follow(story)
    assert retention.forget(after(story, 120)) == Forgotten()
    assert [each.change.control for each in changes.since(0, 10, OPERATIVE, after(story, 1)).news] == ["M1"]


def test_no_call_takes_away_news_of_what_stands(story: Story) -> None:
    story.mark().approve()
    follow(story)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sharing_forget_news(%s, 'M1')", [story.reference])
        assert cursor.fetchone() == (0,)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Change.objects.all().delete()
    assert Change.objects.count() == 1


def test_who_was_told_is_kept_while_the_case_is_and_goes_when_it_is_disposed_of(story: Story) -> None:
    over(story, OPERATIVE, FIRM)
    heard(story, OPERATIVE, FIRM)
    retention.forget(after(story, 120))
    assert Disclosure.objects.count() == 2, "a case that is held back is not disposed of, and so neither is this"
    disposed(story)
    assert retention.forget(after(story, 120)) == Forgotten(told=2)
    assert left() == (0, 0, 0, 0)


def test_who_has_not_confirmed_is_never_forgotten_whatever_became_of_the_case(story: Story) -> None:
    over(story, OPERATIVE, FIRM)
    heard(story, OPERATIVE)
    disposed(story)
    assert retention.forget(after(story, 120)) == Forgotten(told=1)
    assert [row.disclosure.to_name for row in ledger.unconfirmed(FIRM)] == ["Able Repairs"]
    assert left() == (2, 1, 1, 1)
    heard(story, FIRM)
    assert retention.forget(after(story, 120)) == Forgotten(news=2, told=1)
    assert left() == (0, 0, 0, 0)


def test_who_was_told_in_the_moment_of_the_end_is_told_of_it_before_anything_is_forgotten(story: Story) -> None:
    over(story)
    shown(story, FIRM)
    disposed(story)
    retention.forget(after(story, 12, days=1))
    assert left()[:2] == (2, 1)
    following.follow(after(story, 12, days=2))
    assert [row.what for row in ledger.unconfirmed(FIRM)] == ["ended"]


def test_a_message_that_still_waits_keeps_the_news_it_tells(story: Story, told: Add) -> None:
    to, _ = told()
    over(story)
    waits = Delivery.objects.filter(endpoint=to, state="waiting")
    assert waits.exists()
    assert retention.forget(after(story, 24)) == Forgotten()
    send(to, after(story, 24).at)
    assert not waits.exists()
    assert retention.forget(after(story, 24)) == Forgotten(news=2)
    assert not Delivery.objects.exists()


def test_what_was_forgotten_is_not_found_anew(story: Story) -> None:
    over(story, OPERATIVE)
    heard(story, OPERATIVE)
    retention.forget(after(story, 13))
    assert following.follow(after(story, 13)) == []
    disposed(story)
    retention.forget(after(story, 13))
    assert following.follow(after(story, 14)) == []


def test_another_case_is_left_alone(story: Story, cast: Cast) -> None:
    over(story, OPERATIVE)
    heard(story, OPERATIVE)
    other = over(Story(cast, story.person, story.home, day=story.day), FIRM)
    heard(other, FIRM)
    disposed(story)
    retention.forget(after(story, 1))
    assert set(Disclosure.objects.values_list("case", flat=True)) == {other.reference}
    assert set(Change.objects.values_list("case", flat=True)) == {other.reference}


def test_a_worker_does_it(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    over(story)
    monkeypatch.setattr(tasks, "now", lambda: after(story, 13))
    tasks.forget_what_was_told(timestamp=0)
    assert not Change.objects.exists()

"""What becomes of limits and markers is found once, in order, with nothing missing, and brought to who was told."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction

from evenhand.cases import feed, models
from evenhand.cases.circumstances import Moment
from evenhand.people import merging
from evenhand.people.models import Person
from evenhand.policy.conduct import Conduct
from evenhand.policy.events.marker import Audience, Control, Risk
from evenhand.policy.terms import Terms
from evenhand.sharing import following, ledger
from evenhand.sharing.ledger import Recipient, Told
from evenhand.sharing.models import Change, Followed, Follower, Recall
from evenhand.sharing.models.change import ControlKind
from evenhand.sharing.models.disclosure import How, RecipientKind
from tests.web.stories import Story

pytestmark = pytest.mark.django_db
QUIET = 13
"""Queries of a look at everything in which nothing is new, the savepoint included."""
OPERATIVE = Recipient(RecipientKind.COLLEAGUE, "colleague:1", "Kofi Asante")


def after(story: Story, hours: float = 1) -> Moment:
    return Moment(story.moment.at + timedelta(hours=hours), story.day)


def news(story: Story, hours: float = 1) -> list[tuple[str, str, bool]]:
    return [(str(c.kind), c.control, c.asks) for c in following.follow(after(story, hours))]


def shown(story: Story, to: Recipient = OPERATIVE, hours: float = 1) -> Told:
    """The marker shown to somebody."""
    told = Told(story.reference, "M1", ControlKind.MARKER, person=story.person.pk if story.person else None)
    ledger.disclose(to, [told], How.CHECK, after(story, hours).at)
    return told


def recalls() -> list[tuple[str, int, bool]]:
    return [(r.what, r.version, r.confirmed_at is not None) for r in Recall.objects.order_by("id")]


def test_a_marker_is_found_once(story: Story) -> None:
    story.mark()
    assert news(story) == [("started", "M1", True)]
    assert news(story) == []
    assert news(story, hours=2) == []


def test_a_case_without_limits_or_markers_tells_nothing(story: Story) -> None:
    story.decide()
    assert news(story) == []


def provisional(story: Story) -> Story:
    return story.report(Conduct.THREATS).mark_provisionally()


def confirm(story: Story) -> None:
    """The provisional marker confirmed by a finding, with one thing more to do about it."""
    story.later().decide()
    story.act(
        "marker.place",
        story.cast.manager,
        "M1",
        incident="I1",
        risk=Risk.THREATS,
        controls=(Control.PAIRS, Control.RING_FIRST),
        audience=Audience.ALL,
        reasons="She threatened an operative on 3 March 2026.",
    )


def test_a_marker_that_asks_for_more_is_a_new_version(story: Story) -> None:
    provisional(story)
    assert news(story) == [("started", "M1", True)]
    confirm(story)
    assert news(story) == [("changed", "M1", True)]
    assert Followed.objects.get().version == 2


def test_an_appeal_changes_what_a_marker_says_and_not_what_it_asks(story: Story) -> None:
    story.mark()
    news(story)
    story.later().approve().later().appeal("M1")
    following.follow(after(story))
    assert [(c.kind, c.asks, c.version) for c in Change.objects.order_by("id")][1:] == [("changed", False, 1)]


def test_a_marker_quashed_on_appeal_is_withdrawn_from_everyone_who_was_told(story: Story) -> None:
    story.mark().approve()
    news(story)
    shown(story)
    shown(story, Recipient(RecipientKind.SYSTEM, "key:1", "Scheduler"))
    story.later().appeal("M1").later().uphold()
    assert news(story) == [("withdrawn", "M1", True)]
    assert recalls() == [("withdrawn", 1, False), ("withdrawn", 1, False)]
    assert Followed.objects.get().asks == "", "nothing of what it said can be guessed back from a digest"


def test_a_marker_removed_after_it_had_its_time_has_ended(story: Story) -> None:
    story.mark().approve()
    news(story)
    shown(story)
    story.later().act("marker.remove", story.cast.manager, "M1", reasons="Nothing has happened since.")
    assert news(story) == [("ended", "M1", True)]
    assert recalls() == [("ended", 1, False)]
    assert news(story, hours=30) == []


def test_a_change_is_brought_to_those_who_knew_the_older_version_only(story: Story) -> None:
    provisional(story)
    news(story)
    shown(story)
    confirm(story)
    news(story)
    shown(story, Recipient(RecipientKind.COLLEAGUE, "colleague:2", "Ann Lee"))
    following.follow(after(story, 2))
    assert [r.disclosure.to_id for r in Recall.objects.select_related("disclosure")] == ["colleague:1"]


def test_news_of_a_change_is_overtaken_by_the_end(story: Story) -> None:
    provisional(story)
    news(story)
    shown(story)
    confirm(story)
    news(story)
    story.later().act("marker.remove", story.cast.manager, "M1", reasons="Nothing has happened since.")
    news(story)
    assert recalls() == [("changed", 2, True), ("ended", 2, False)]


def test_whoever_was_told_in_the_moment_it_ended_is_told_too(story: Story) -> None:
    story.mark().approve()
    news(story)
    story.later().act("marker.remove", story.cast.manager, "M1", reasons="Nothing has happened since.")
    news(story)
    shown(story)
    assert news(story, hours=1.1) == [], "the log has no news of it"
    assert news(story, hours=2) == [("ended", "M1", True)]
    assert recalls() == [("ended", 1, False)]
    assert news(story, hours=4) == []


def test_a_marker_that_came_and_went_before_anyone_looked_at_the_log_is_recalled_from_who_saw_it(story: Story) -> None:
    story.mark().approve()
    shown(story)
    story.later().act("marker.remove", story.cast.manager, "M1", reasons="Nothing has happened since.")
    assert news(story) == [("ended", "M1", True)]
    assert recalls() == [("ended", 1, False)]
    assert news(story, hours=4) == []


def test_a_review_becomes_overdue_by_its_date_alone_and_is_told_once(story: Story) -> None:
    story.mark()
    news(story)
    due = models.LiveControl.objects.get().review_on
    assert due is not None
    story.day = due
    assert news(story) == []
    story.later()
    assert news(story) == [("review_overdue", "M1", False)]
    assert news(story, hours=3) == []


def test_a_limit_starts_on_the_day_its_letter_counts_as_delivered_and_ends_by_its_date(story: Story) -> None:
    story.limit()
    assert news(story) == [], "the customer is yet to be told"
    story.approve("T2")
    starts = models.LiveControl.objects.get(control="L1").starts_on
    ends = models.LiveControl.objects.get(control="L1").ends_on
    assert starts and ends
    story.day = starts - timedelta(days=1)
    assert news(story) == []
    story.day = starts
    assert news(story) == [("started", "L1", True)]
    story.day = ends
    assert [each for each in news(story) if each[0] == "ended"] == []
    story.later()
    assert news(story) == [("ended", "L1", True)]
    assert Change.objects.get(kind="ended").cause == "came to its end"


def test_joining_two_records_tells_whom_it_concerns_and_parting_them_too(
    story: Story, person: Callable[..., Person]
) -> None:
    story.mark()
    news(story)
    assert story.person
    other = person("Joanne", "Bell")
    joined = merging.merge(other, story.person, story.cast.manager, story.moment.at, day=story.day, terms=Terms())
    assert joined
    assert news(story, hours=2) == [("changed", "M1", True)]
    assert Followed.objects.get().refs == sorted([other.pk, story.person.pk])
    merging.undo(joined, story.cast.manager, story.moment.at)
    assert news(story, hours=3) == [("changed", "M1", True)]


def test_a_death_ends_a_marker_at_once(story: Story) -> None:
    story.mark()
    news(story)
    story.later().act("handling.record_death", story.cast.manager, died_on=story.day)
    assert news(story) == [("ended", "M1", True)]


def test_a_withheld_notice_hides_nothing_from_those_who_visit(story: Story) -> None:
    story.mark_provisionally()
    assert news(story) == [("started", "M1", True)]
    assert [(c.kind, c.control) for c in Change.objects.all()] == [("started", "M1")]


def test_much_news_is_followed_piece_by_piece(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "ROWS", 3)
    story.mark()
    assert news(story) == [("started", "M1", True)]
    assert Follower.objects.get().position == models.Event.objects.order_by("-pk")[0].pk


@pytest.mark.django_db(transaction=True)
def test_a_row_that_is_seen_late_is_not_missed(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow act draws its numbers in the log first and is seen last; meanwhile another act is done and seen."""
    monkeypatch.setattr(feed, "PATIENCE", 2)
    written, go_on = threading.Event(), threading.Event()

    def act_slowly() -> None:
        with transaction.atomic():
            Story(story.cast, None, story.home).report()
            written.set()
            go_on.wait(10)
        connection.close()

    slow = threading.Thread(target=act_slowly)
    slow.start()
    assert written.wait(10)
    story.report()
    highest = models.Event.objects.order_by("-pk")[0].pk
    assert feed.settled(0) == 0, "the slow act has a lower number that nobody sees yet"
    go_on.set()
    slow.join()
    assert feed.settled(0) == highest
    assert len(feed.news(0, highest, 500)[1]) == 2


@pytest.mark.django_db(transaction=True)
def test_two_followers_at_once_find_everything_once(story: Story) -> None:
    assert news(story) == []
    story.mark()
    found: list[list[Change]] = []

    def another() -> None:
        found.append(following.follow(after(story)))
        connection.close()

    with transaction.atomic():
        assert following._held() is not None
        thread = threading.Thread(target=another)
        thread.start()
        thread.join()
    assert found == [[]], "it leaves the work to whoever is at it"
    assert news(story) == [("started", "M1", True)]


def test_looking_at_everything_takes_the_same_number_of_queries_whatever_there_is(
    story: Story, django_assert_num_queries: Callable
) -> None:
    story.mark()
    news(story)
    for _ in range(3):
        Story(story.cast, story.person, story.home).mark()
    news(story, 2)
    assert Followed.objects.count() == 4
    with django_assert_num_queries(QUIET):
        assert following.follow(after(story, 30)) == []

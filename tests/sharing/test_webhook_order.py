"""Webhooks: each message once and in order of each person; what is over, dead, replayed or switched on again."""

import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection

from evenhand.people.refusal import NotDone
from evenhand.sharing import delivery, endpoint, key, ledger, replay
from evenhand.sharing.models import Delivery, Endpoint, Recall
from evenhand.sharing.models.disclosure import ConfirmedHow
from evenhand.sharing.models.key import Audience, Scope
from evenhand.sharing.models.webhook import DeliveryState
from tests.sharing.receiver import Receiver
from tests.sharing.sending import Told, follow, placed, removed, send, states
from tests.web.stories import Story

pytestmark = pytest.mark.django_db


def test_one_persons_next_message_waits_for_the_one_before_and_others_do_not(
    told: Told, story: Story, receiver: Receiver, person: Callable
) -> None:
    to, _ = told()
    story.mark().approve()
    follow(story)
    story.later().appeal("M1")
    other = Story(story.cast, person("Ann", "Lee", date_of_birth=date(1970, 5, 5)), story.home, day=story.day)
    follow(story)
    other.mark()
    at = follow(other)
    receiver.answers = [500]
    send(to, at)
    assert receiver.types() == ["marker.started", "marker.started"]
    assert [d.state for d in Delivery.objects.order_by("id")] == ["waiting", "waiting", "arrived"]
    send(to, at + timedelta(minutes=20))
    assert receiver.types()[2:] == ["marker.started", "marker.changed"]
    sequence = [each.said["data"]["sequence"] for each in receiver.sent[2:]]
    assert sequence == sorted(sequence)


def test_whoever_was_told_hears_that_it_is_over_and_nobody_else(told: Told, story: Story, receiver: Receiver) -> None:
    to, _ = told()
    placed(story, to)
    later, _ = told(name="Came later")
    removed(story)
    at = follow(story)
    send(to, at)
    send(later, at)
    assert receiver.types() == ["marker.started", "marker.ended"]
    assert "now" not in receiver.sent[1].said["data"]
    news = Recall.objects.get()
    assert (news.told_at, news.confirmed_at) == (at, None), "that it took the message is not yet that it let go"


def test_what_is_over_before_it_was_sent_is_never_sent(told: Told, story: Story, receiver: Receiver) -> None:
    to, _ = told()
    receiver.answers = [503]
    Endpoint.objects.filter(pk=to.pk).update(url="http://127.0.0.1:9/hooks")
    at = placed(story, to)
    removed(story)
    follow(story)
    Endpoint.objects.filter(pk=to.pk).update(url=receiver.url)
    send(to, at + timedelta(days=1, hours=1))
    assert receiver.sent == []
    assert states() == [DeliveryState.NEEDLESS] * 2


def test_after_three_days_a_message_is_dead_and_can_be_sent_again(told: Told, story: Story, receiver: Receiver) -> None:
    to, _ = told()
    receiver.answers = [500] * 100
    story.mark().approve()
    at = begun = follow(story)
    due = send(to, at)
    while due is not None:
        at = due
        due = send(to, at)
    assert states() == [DeliveryState.DEAD]
    assert timedelta(days=3) <= at - begun < timedelta(days=3, minutes=1)
    assert 12 < len(receiver.sent) < 25
    receiver.answers = []
    replay.send_again(Delivery.objects.select_related("endpoint").get(), story.cast.administrator, at)
    send(to, at)
    assert states() == [DeliveryState.ARRIVED]


def test_a_message_that_waited_three_days_for_a_silent_receiver_is_dead_too(told: Told, story: Story) -> None:
    to, _ = told()
    story.mark().approve()
    at = follow(story)
    send(to, at + timedelta(days=3, minutes=1))
    assert states() == [DeliveryState.DEAD]


def test_everything_since_a_moment_is_sent_again_in_order(told: Told, story: Story, receiver: Receiver) -> None:
    to, _ = told()
    at = placed(story, to)
    story.later().appeal("M1")
    send(to, follow(story))
    before = [each.id for each in receiver.sent]
    assert replay.replay(to, story.cast.administrator, at - timedelta(hours=1), story.moment.at) == 2
    send(to, story.moment.at + timedelta(hours=2))
    assert [each.id for each in receiver.sent[2:]] == before
    assert receiver.types()[2:] == ["marker.started", "marker.changed"]


def test_a_receiver_added_later_can_be_brought_what_holds(told: Told, story: Story, receiver: Receiver) -> None:
    story.mark().approve()
    at = follow(story)
    to, _ = told()
    assert replay.replay(to, story.cast.administrator, at - timedelta(days=1), at) == 1
    send(to, at)
    assert receiver.types() == ["marker.started"]


def test_switched_on_again_it_is_sent_what_it_missed(told: Told, story: Story, receiver: Receiver) -> None:
    to, _ = told()
    boss = story.cast.administrator
    endpoint.switch_off(to, boss, story.moment.at, why="Being replaced.")
    at = placed(story, to)
    assert states() == []
    with pytest.raises(NotDone):
        replay.try_out(to, boss, at)
    assert endpoint.switch_on(to, boss, at + timedelta(hours=1)) == 1
    send(to, at + timedelta(hours=1))
    assert receiver.types() == ["marker.started"]


def test_nobody_but_an_administrator_touches_a_receiver(told: Told, story: Story) -> None:
    to, _ = told()
    at, manager = story.moment.at, story.cast.manager
    for act in (
        lambda: endpoint.rotate(to, manager, at, overlap_days=0),
        lambda: endpoint.switch_off(to, manager, at, why="No."),
        lambda: endpoint.switch_on(to, manager, at),
        lambda: replay.replay(to, manager, at, at),
        lambda: replay.try_out(to, manager, at),
    ):
        with pytest.raises(NotDone):
            act()


def test_a_message_that_somebody_was_sending_and_never_finished_is_sent(
    told: Told, story: Story, receiver: Receiver
) -> None:
    to, _ = told()
    story.mark().approve()
    at = follow(story)
    Delivery.objects.update(claimed_at=at)
    Endpoint.objects.filter(pk=to.pk).update(sending_until=at + delivery.FORGOTTEN)
    assert send(to, at + timedelta(seconds=30)) is None
    assert receiver.sent == []
    assert delivery.due(at + timedelta(minutes=3)) == [to.pk]
    send(to, at + timedelta(minutes=3))
    assert receiver.types() == ["marker.started"]


def test_a_withheld_marker_is_sent_with_word_that_the_person_does_not_know(
    told: Told, story: Story, receiver: Receiver
) -> None:
    to, _ = told()
    story.mark()
    story.act("marker.withhold_notice", story.cast.senior, "M1", reasons="It would put somebody in danger.")
    send(to, follow(story))
    assert receiver.sent[0].said["data"]["now"]["told_the_person"] is False


@pytest.mark.django_db(transaction=True)
def test_three_workers_at_once_send_each_message_once_and_in_order(
    told: Told, story: Story, receiver: Receiver
) -> None:
    to, _ = told()
    receiver.slow = 0.05
    story.mark().approve()
    follow(story)
    story.later().appeal("M1")
    at = follow(story)
    for _ in range(4):
        replay.try_out(to, story.cast.administrator, at)

    def work() -> None:
        for _ in range(8):
            send(to, at)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(receiver.types()) == ["marker.changed", "marker.started", *["test"] * 4]
    about = [kind for kind in receiver.types() if kind != "test"]
    assert about == ["marker.started", "marker.changed"]
    assert len({each.id for each in receiver.sent}) == 6


def test_the_systems_key_confirms_what_its_webhook_was_told(told: Told, story: Story, receiver: Receiver) -> None:
    made, _ = key.make(
        story.cast.administrator, story.moment.at, name="Repairs", owner="Digital team",
        audience=Audience.COLLEAGUES, scopes=[Scope.CHECK],
    )  # fmt: skip
    to, _ = told(key=made)
    placed(story, to)
    removed(story)
    at = follow(story)
    me = ledger.system(made)
    assert [row.what for row in ledger.unconfirmed(me)] == ["ended"]
    word = {"by": made.actor_id, "how": ConfirmedHow.API}
    assert ledger.confirm(me, story.reference, "M1", at, **word) == 1
    assert not ledger.unconfirmed(me).exists()


def test_a_message_that_is_sent_again_never_comes_back_as_an_end(told: Told, story: Story, receiver: Receiver) -> None:
    to, _ = told()
    receiver.answers = [500]
    at = placed(story, to)
    removed(story)
    later = follow(story)
    send(to, later)
    first, *others = receiver.sent
    assert receiver.types() == ["marker.started", "marker.ended"]
    assert first.id != others[0].id
    assert others[0].said["data"]["sequence"] > first.said["data"]["sequence"]
    assert others[0].said["timestamp"] > first.said["timestamp"] and at < later

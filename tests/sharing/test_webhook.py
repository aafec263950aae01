"""Other systems are told at least once, in order of each person, signed, and again for three days."""

import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

from evenhand.cases.circumstances import Moment
from evenhand.people.refusal import NotDone
from evenhand.policy.events.marker import Audience as Shown
from evenhand.sharing import delivery, endpoint, following, key, ledger, replay, wire
from evenhand.sharing.models import Delivery, Disclosure, Endpoint, Recall
from evenhand.sharing.models.change import ControlKind
from evenhand.sharing.models.disclosure import ConfirmedHow
from evenhand.sharing.models.key import Audience, Scope
from evenhand.sharing.models.webhook import DeliveryState
from tests.sharing.receiver import Receiver
from tests.web.stories import Story

pytestmark = pytest.mark.django_db
Told = Callable[..., tuple[Endpoint, str]]


def send(to: Endpoint, at: datetime) -> datetime | None:
    return delivery.send_due(to.pk, lambda: Moment(at, at.date()))


def follow(story: Story) -> datetime:
    at = story.moment.at + timedelta(minutes=30)
    following.follow(Moment(at, story.day))
    return at


def placed(story: Story, to: Endpoint) -> datetime:
    """A marker placed and sent."""
    story.mark().approve()
    at = follow(story)
    send(to, at)
    return at


def removed(story: Story) -> None:
    story.later().act("marker.remove", story.cast.manager, "M1", reasons="Nothing has happened since.")


def states() -> list[str]:
    return [str(state) for state in Delivery.objects.order_by("id").values_list("state", flat=True)]


def test_a_marker_is_sent_with_what_to_do_and_nothing_of_what_happened(
    told: Told, story: Story, receiver: Receiver
) -> None:
    to, _ = told()
    placed(story, to)
    assert receiver.types() == ["marker.started"]
    data = receiver.sent[0].said["data"]
    assert data["id"] == f"{story.reference}.M1"
    assert data["people"] == [{"source": "housing", "person_ref": "P1"}]
    assert data["now"]["instructions"] == ["visit in pairs", "ring before visiting"]
    codes = (data["now"]["risk"], data["now"]["ukhds"], data["now"]["hact"])
    assert codes == ("threats or verbal abuse", "RISK2.02", "1")
    body = receiver.sent[0].body.decode()
    for secret in ("Bell", "shouted", "Ferry Row", "07700", "colleague:"):
        assert secret not in body


def test_a_contractor_is_sent_no_dates_and_nothing_of_how_it_stands(
    told: Told, story: Story, receiver: Receiver
) -> None:
    to, _ = told(Audience.CONTRACTOR)
    placed(story, to)
    assert receiver.sent[0].said["data"]["now"] == {
        "instructions": ["visit in pairs", "ring before visiting"],
        "risk": "threats or verbal abuse",
        "ukhds": "RISK2.02",
        "hact": "1",
        "high": False,
        "ask": "0113 496 0001",
    }
    story.later().appeal("M1")
    send(to, follow(story))
    assert len(receiver.sent) == 1, "that it is under appeal is nothing for a contractor"


def test_a_contractor_hears_nothing_of_a_marker_that_is_for_colleagues(
    told: Told, story: Story, receiver: Receiver
) -> None:
    to, _ = told(Audience.CONTRACTOR)
    story.mark(audience=Shown.COLLEAGUES).approve()
    send(to, follow(story))
    removed(story)
    send(to, follow(story))
    assert receiver.sent == []
    assert states() == [DeliveryState.NEEDLESS] * 2
    assert not Disclosure.objects.exists()


def test_a_contractor_may_not_be_sent_limits(told: Told) -> None:
    with pytest.raises(NotDone):
        told(Audience.CONTRACTOR, ControlKind.LIMIT)


def test_the_receiver_can_prove_who_sent_it(told: Told, story: Story, receiver: Receiver) -> None:
    to, secret = told()
    replay.try_out(to, story.cast.administrator, timezone.now())
    send(to, timezone.now())
    one = receiver.sent[0]
    assert Webhook(secret).verify(one.body, one.headers)["type"] == "test"
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(one.body + b" ", one.headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(one.body, one.headers | {"webhook-id": "msg_other"})


def test_while_a_secret_is_changed_both_prove_it(told: Told, story: Story, receiver: Receiver) -> None:
    to, old = told()
    now = timezone.now()
    new = endpoint.rotate(to, story.cast.administrator, now, overlap_days=1)
    for at in (now, now + timedelta(days=2)):
        replay.try_out(to, story.cast.administrator, at)
        send(to, at)
    first, second = receiver.sent
    assert new != old
    for secret in (old, new):
        Webhook(secret).verify(first.body, first.headers)
    assert len(first.headers["webhook-signature"].split(" ")) == 2
    assert len(second.headers["webhook-signature"].split(" ")) == 1


def test_a_secret_is_in_no_row(told: Told) -> None:
    to, secret = told()
    kept = [str(value) for value in Endpoint.objects.values_list().get()]
    assert not any(secret.removeprefix("whsec_")[:20] in value for value in kept)
    assert bytes(to.salt) not in secret.encode()


def test_what_failed_is_sent_again_under_the_same_name(told: Told, story: Story, receiver: Receiver) -> None:
    to, _ = told()
    receiver.answers = [500]
    at = placed(story, to)
    assert states() == [DeliveryState.WAITING]
    assert send(to, at + timedelta(seconds=1)) == Delivery.objects.get().next_at, "not before its time"
    assert len(receiver.sent) == 1
    send(to, at + timedelta(seconds=10))
    assert states() == [DeliveryState.ARRIVED]
    assert receiver.sent[0].id == receiver.sent[1].id
    assert Delivery.objects.get().tries == 2


def test_a_receiver_that_is_gone_is_switched_off_and_sent_nothing_more(
    told: Told, story: Story, receiver: Receiver
) -> None:
    to, _ = told()
    receiver.answers = [410]
    at = placed(story, to)
    to.refresh_from_db()
    assert (to.is_on, to.off_why) == (False, endpoint.GONE)
    send(to, at + timedelta(hours=1))
    assert len(receiver.sent) == 1


def test_a_receiver_that_never_answers_does_not_keep_a_worker(
    told: Told, story: Story, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "SECONDS", 0.3)
    to, _ = told()
    receiver.slow = 1
    at = placed(story, to)
    one = Delivery.objects.get()
    assert (one.status, one.trouble) == (None, "No answer within 0.3 seconds.")
    assert Disclosure.objects.count() == 1, "it may have read the message before it fell silent"
    to.refresh_from_db()
    assert to.resting_until is not None and to.resting_until > at, "other people's messages wait too"


def test_a_receiver_that_is_not_there_was_told_nothing(told: Told, story: Story) -> None:
    to, _ = told()
    Endpoint.objects.filter(pk=to.pk).update(url="http://127.0.0.1:9/hooks")
    placed(story, to)
    assert Delivery.objects.get().trouble.startswith("Could not connect")
    assert not Disclosure.objects.exists()


def test_a_redirect_is_not_followed(told: Told, story: Story, receiver: Receiver) -> None:
    to, _ = told()
    receiver.answers = [{"status": 307, "Location": receiver.url}]
    placed(story, to)
    assert (len(receiver.sent), Delivery.objects.get().status) == (1, 307)


def test_a_receiver_that_asks_to_wait_is_left_alone_as_long(told: Told, story: Story, receiver: Receiver) -> None:
    to, _ = told()
    receiver.answers = [{"status": 429, "Retry-After": "900"}]
    at = placed(story, to)
    assert Delivery.objects.get().next_at == at + timedelta(seconds=900)
    send(to, at + timedelta(seconds=899))
    assert len(receiver.sent) == 1


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

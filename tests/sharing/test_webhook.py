"""Other systems are told at least once, in order of each person, signed, and again for three days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

from evenhand.cases.circumstances import Moment
from evenhand.people.refusal import NotDone
from evenhand.policy import contact_plan
from evenhand.policy.answer import Asker
from evenhand.policy.events.marker import Audience as Shown
from evenhand.policy.held import Held, HeldInstruction
from evenhand.policy.terms import Terms
from evenhand.sharing import endpoint, message, replay, wire
from evenhand.sharing.models import Delivery, Disclosure, Endpoint
from evenhand.sharing.models.change import ControlKind
from evenhand.sharing.models.key import Audience
from evenhand.sharing.models.webhook import DeliveryState
from tests.sharing.receiver import Receiver
from tests.sharing.sending import Told, follow, placed, removed, send, states
from tests.web.stories import Story

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("audience", [Audience.CONTRACTOR, Audience.COLLEAGUES])
def test_a_contractor_is_sent_of_a_safety_instruction_what_every_other_door_tells_one(audience: Audience) -> None:
    words = "Ring first. Do not go in while the dog is loose."
    control = HeldInstruction(case="EH-NMFP-C4XZ", id="H1", words=words, until=date(2026, 12, 1))
    held = Held(instructions=(control,), telephone="0113 496 0100", of_home=True)
    asker = Asker.CONTRACTOR if audience is Audience.CONTRACTOR else Asker.COLLEAGUE
    at = datetime(2026, 11, 24, 10, tzinfo=UTC)
    told = contact_plan.answer(held, at, asker, Terms()).visit.words
    sent = message.now_of(control, held, Moment(at, at.date()), for_contractor=audience is Audience.CONTRACTOR)
    assert sent["instructions"][0].rstrip(".") in told
    assert (words in str(sent)) is (audience is Audience.COLLEAGUES)

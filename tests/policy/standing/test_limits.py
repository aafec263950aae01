"""A limit and a single contact, after each thing that may happen to one of two: what holds, and what waits."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from evenhand.policy.events.correspondence import FormatDelivered, LetterDrafted, LetterIssued, ReceiptProved
from evenhand.policy.events.event import Event
from evenhand.policy.events.expectation import (
    ExpectationEnded,
    ExpectationExtended,
    ExpectationSet,
    ExpectationVaried,
    LimitReviewAnswered,
    LimitReviewNotified,
    LimitReviewRequested,
    LimitUnsuited,
    Plan,
)
from evenhand.policy.events.single_contact import (
    SingleContactAppointed,
    SingleContactChanged,
    SingleContactEnded,
    SingleContactExtended,
    SingleContactLeft,
)
from evenhand.policy.need import Channel
from evenhand.policy.standing import expectation, single_contact, told
from evenhand.policy.standing.change import Change
from evenhand.policy.standing.expectation import Expectation, Limit
from evenhand.policy.standing.single_contact import Contact, SingleContact
from evenhand.policy.standing.told import Told
from tests.policy.answers import BY_EMAIL_OR_LETTER, BY_LETTER
from tests.policy.standing.happened import event
from tests.policy.stories import MONDAY

WEEK = timedelta(days=7)
END, REVIEW, NOTICE = MONDAY + 9 * WEEK, MONDAY + 7 * WEEK, MONDAY + 6 * WEEK
AFRESH: dict[str, Any] = {"ends_on": END + 9 * WEEK, "review_on": END + 7 * WEEK, "notify_review_on": END + 6 * WEEK}
SPAN: dict[str, Any] = {"ends_on": END, "review_on": REVIEW, "notify_review_on": NOTICE}
PENDING = [event(LimitReviewRequested, limit="X1", answer_by=MONDAY), event(LimitUnsuited, limit="X1")]
EXTENDED = event(ExpectationExtended, limit="X1", by="ann", **AFRESH)
CONTACT_EXTENDED = event(SingleContactExtended, limit="X1", by="ann", **AFRESH)
VARIED = event(ExpectationVaried, limit="X1", plan=BY_EMAIL_OR_LETTER)


def limits(*events: Event) -> Expectation:
    """Two limits, and what happened to the first of them."""
    thread = Expectation()
    for each in (*(event(ExpectationSet, limit=id, plan=BY_LETTER, **SPAN) for id in ("X1", "X2")), *events):
        thread = expectation.moved(thread, each)
    assert thread.get("X2") == limits_untouched(), "the other limit stays as it was"
    return thread


def limits_untouched() -> Limit | None:
    return expectation.moved(Expectation(), event(ExpectationSet, limit="X2", plan=BY_LETTER, **SPAN)).get("X2")


def contacts(*events: Event) -> Contact:
    """The first of two single contacts, after what happened to it."""
    thread = SingleContact()
    for each in (*(event(SingleContactAppointed, limit=id, **SPAN) for id in ("X1", "X2")), *events):
        thread = single_contact.moved(thread, each)
    first, second = thread.contacts
    assert second == replace(untouched(), id="X2"), "the other contact stays as it was"
    return first


def untouched() -> Contact:
    (contact,) = single_contact.moved(SingleContact(), event(SingleContactAppointed, limit="X1", **SPAN)).contacts
    return contact


def first(*events: Event) -> Limit:
    return limits(*events).limits[0]


def drafted(letter: str) -> LetterDrafted:
    return event(LetterDrafted, letter=letter, about="X1")


def read(letter: str, on: Any = MONDAY) -> LetterIssued:
    return event(LetterIssued, letter=letter, about="X1", deemed_on=on)


@pytest.mark.parametrize("answer", [VARIED, EXTENDED, event(LimitReviewAnswered, limit="X1")], ids=["v", "e", "k"])
def test_a_customer_who_asked_for_their_limit_to_end_awaits_nothing_once_it_was_looked_at(answer: Event) -> None:
    assert first(PENDING[0]).answer_by == MONDAY
    assert first(PENDING[0], answer).answer_by is None


def test_a_limit_that_did_not_suit_and_was_changed_awaits_no_change() -> None:
    assert first(PENDING[1]).change_by == MONDAY and first(PENDING[1], VARIED).change_by is None


def test_a_limit_that_ended_awaits_nothing_and_the_other_goes_on() -> None:
    thread = limits(*PENDING, event(ExpectationEnded, limit="X1"))
    assert thread.limits[0].answer_by is None and [x.id for x in thread.live(MONDAY)] == ["X2"]


def test_what_an_appeal_changed_holds_at_once_and_whatever_was_awaited_is_over() -> None:
    by_phone = Plan(channels=frozenset({Channel.PHONE}))
    appealed = event(ExpectationVaried, limit="X1", plan=by_phone, by_appeal=True)
    changed = first(*PENDING, VARIED, drafted("D1"), read("D1", REVIEW), *PENDING, appealed)
    assert replace(changed, told=Told()) == replace(first(), plan=by_phone)
    assert changed.plan_on(MONDAY) == by_phone


def test_a_changed_plan_holds_from_when_its_own_letter_counts_as_read() -> None:
    waits = first(VARIED, drafted("D1"), drafted("D2"))
    assert waits.change.letter == "D1", "the first letter after the decision tells of it"
    assert first(VARIED, drafted("D1"), read("D9")).plan == BY_LETTER
    unread = event(LetterIssued, letter="D1", about="X1", awaits_format=True)
    assert first(VARIED, drafted("D1"), unread).plan == BY_LETTER
    changed = first(VARIED, drafted("D1"), read("D1", REVIEW))
    assert (changed.plan, changed.plan_from, changed.change) == (BY_EMAIL_OR_LETTER, REVIEW, Change())
    assert changed.plan_on(REVIEW - timedelta(days=1)) == BY_LETTER


def test_a_decision_that_nobody_made_is_told_by_no_letter() -> None:
    assert Change().told_by(drafted("D1")) == Change()


def test_an_extension_told_of_in_time_leaves_no_day_open() -> None:
    assert Change().between(END, END) == Change() == Change().between(END, MONDAY)
    late = Change().between(END, END + timedelta(days=2))
    assert late.leaves_open(END + timedelta(days=1)) and not late.leaves_open(END)


def whole(extended: Limit | Contact) -> None:
    """The end, review and notice are those of the decision; the notice of the old review counts no more."""
    assert {name: getattr(extended, name) for name in AFRESH} == AFRESH
    assert (extended.review_notified, extended.by, extended.change) == (False, "ann", Change())


def test_an_extended_limit_is_reviewed_on_its_new_day_and_its_customer_is_told_of_that_afresh() -> None:
    whole(first(event(LimitReviewNotified, limit="X1"), EXTENDED, drafted("D1"), read("D1")))


def test_an_extended_single_contact_is_too_once_its_own_letter_is_read() -> None:
    notified = event(LimitReviewNotified, limit="X1")
    whole(contacts(notified, CONTACT_EXTENDED, drafted("D1"), read("D1")))
    assert contacts(CONTACT_EXTENDED, drafted("D1"), read("D9")).ends_on == END
    unread = event(LetterIssued, letter="D1", about="X1", awaits_format=True)
    assert contacts(CONTACT_EXTENDED, drafted("D1"), unread).ends_on == END
    assert replace(contacts(drafted("D1"), read("D1")), told=Told()) == contacts(), (
        "a letter of no decision extends none"
    )


def test_an_extension_told_late_leaves_the_days_between_open() -> None:
    late = contacts(CONTACT_EXTENDED, drafted("D1"), read("D1", END + WEEK))
    assert late.change.leaves_open(END + timedelta(days=1)) and late.ends_on == AFRESH["ends_on"]


def test_a_customer_whose_contact_was_changed_has_the_new_colleague_by_the_new_ways_and_awaits_none() -> None:
    ways = frozenset({Channel.EMAIL})
    changed = event(SingleContactChanged, limit="X1", colleague="ann", channels=ways)
    found = contacts(event(SingleContactLeft, limit="X1"), changed)
    assert (found.colleague, found.channels, found.change_by) == ("ann", ways, None)


@pytest.mark.parametrize("answer", [CONTACT_EXTENDED, event(LimitReviewAnswered, limit="X1")], ids=["e", "k"])
def test_a_customer_who_asked_for_their_single_contact_to_end_awaits_nothing_once_looked_at(answer: Event) -> None:
    assert contacts(PENDING[0]).answer_by == MONDAY and contacts(PENDING[0], answer).answer_by is None


def test_nor_once_it_ended() -> None:
    ended = contacts(PENDING[0], event(SingleContactEnded, limit="X1"))
    assert ended.ended and ended.answer_by is None


def test_whoever_was_told_that_their_single_contact_is_reviewed_is_not_told_again() -> None:
    assert contacts(event(LimitReviewNotified, limit="X1")).review_notified is True


LATER = [
    event(LetterIssued, about="F1", appealable=True, appeal_by=REVIEW, deemed_on=MONDAY),
    event(FormatDelivered, about="F1", appeal_by=REVIEW, delivered_on=MONDAY),
    event(ReceiptProved, about="F1", appeal_by=REVIEW),
]


@pytest.mark.parametrize("telling", LATER, ids=["letter", "format", "receipt"])
def test_a_last_day_to_appeal_only_ever_moves_later(telling: Event) -> None:
    assert told.moved(Told(MONDAY, END), "F1", telling).appeal_by == END
    assert told.moved(Told(MONDAY, NOTICE), "F1", telling).appeal_by == REVIEW


def test_what_is_no_letter_tells_nobody_anything() -> None:
    with pytest.raises(TypeError, match="of no letter"):
        told.read_on(event(SingleContactLeft))

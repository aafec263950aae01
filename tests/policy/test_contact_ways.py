"""Rule 2: which ways stay open to a person, and by which we reach them, where limits, needs and danger leave few."""

from collections.abc import Iterable

from evenhand.policy.contact_ways import ALL, OURS, Ways, ways
from evenhand.policy.held import Held
from evenhand.policy.need import Channel, Need
from tests.policy.held import contact, limit, plan

BY_NEITHER = frozenset({Need.FINDS_WRITING_HARD, Need.DEAF})
"""Neither writing nor the telephone suits: a visit and the office are left."""


def left(*limited: Channel, needs: Iterable[Need] = (), unsafe: Iterable[Channel] = ()) -> Ways:
    return ways(Held(limits=(limit(plan(*limited)),), needs=frozenset(needs), unsafe=frozenset(unsafe)))


def test_somebody_whom_nothing_limits_contacts_us_by_any_way() -> None:
    assert ways(Held()) == Ways(ALL, OURS, OURS)
    assert ways(Held(unsafe=frozenset({Channel.PHONE}))) == Ways(ALL, OURS - {Channel.PHONE}, OURS - {Channel.PHONE})


def test_limits_that_leave_a_way_that_suits_are_kept_and_we_use_it_too() -> None:
    assert left(Channel.EMAIL, Channel.PHONE) == Ways(
        frozenset({Channel.EMAIL, Channel.PHONE}), frozenset({Channel.EMAIL, Channel.PHONE}), OURS
    )
    by_form = left(Channel.WEBFORM)
    assert (by_form.theirs, by_form.ours) == ({Channel.WEBFORM}, OURS), "we write to nobody by a form"


def test_a_limit_that_leaves_nothing_that_suits_opens_every_way_that_does() -> None:
    suits = OURS - {Channel.EMAIL, Channel.LETTER}
    opened = left(Channel.EMAIL, needs={Need.FINDS_WRITING_HARD})
    assert opened == Ways(frozenset({Channel.EMAIL}) | suits, suits, suits, widened=True)


def test_two_limits_that_never_agree_open_the_ways_of_either_that_suit_and_we_use_no_other() -> None:
    held = Held(limits=(limit(plan(Channel.PHONE)),), contacts=(contact(channels=frozenset({Channel.EMAIL})),))
    both = frozenset({Channel.PHONE, Channel.EMAIL})
    assert ways(held) == Ways(both, both, OURS, widened=True)


def test_where_the_way_that_suits_is_none_that_we_use_we_reach_them_by_any_that_suits() -> None:
    held = Held(
        limits=(limit(plan(Channel.PHONE)),),
        contacts=(contact(channels=frozenset({Channel.WEBFORM})),),
        needs=frozenset({Need.DEAF}),
    )
    suits = OURS - {Channel.PHONE}
    assert ways(held) == Ways(frozenset({Channel.WEBFORM}), suits, suits, widened=True)


def test_where_what_suits_is_not_safe_whatever_is_safe_is_open() -> None:
    unsafe = frozenset({Channel.VISIT, Channel.OFFICE})
    found = left(Channel.EMAIL, needs=BY_NEITHER, unsafe=unsafe)
    assert found.theirs == ALL - unsafe and found.ours == OURS - unsafe


def test_where_nothing_is_safe_they_still_have_every_way_and_we_have_none() -> None:
    assert left(Channel.EMAIL, unsafe=Channel) == Ways(ALL, frozenset(), frozenset(), widened=True)

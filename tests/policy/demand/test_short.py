"""C2: each of the seven kinds says its figure, also where it does not show, and what it falls short of."""

from collections import Counter
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from evenhand.policy.conduct import Conduct
from evenhand.policy.demand import short_sentence
from evenhand.policy.demand.figure import Why
from evenhand.policy.demand.log import Contact, unknown
from evenhand.policy.demand.measure import Customer, measures
from evenhand.policy.demand.portfolio import Portfolio
from evenhand.policy.demand.short import short_of
from evenhand.policy.demand.tally import KINDS, tally
from evenhand.policy.demand.untold import Mark, unseen, untold
from evenhand.policy.need import Need
from tests.policy.demand.test_definitions import DAY, REPAIR, SPAN, TERMS, after, contact, daily, history

YEAR = "That was from 1 January 2026 to 31 December 2026."


def told(*contacts: Contact, usual: Any = (), others: int = 40, **more: Any) -> dict[Conduct, str]:
    """What is said of each kind that does not show, of a customer beside others who each rang once a week."""
    log = history(*contacts, **more)
    lacks = unknown(log.contacts, log.matters.values())
    own = Customer("own", tuple(tally(log, TERMS)), tuple(log.matters.values()), log.needs, lacks)
    theirs = history(*(contact(DAY + timedelta(weeks=n), minutes=1) for n in range(-8, 40)), *usual)
    fields = Portfolio([own, *(Customer(f"p{n}", tuple(tally(theirs, TERMS)), (REPAIR,)) for n in range(others))])
    shows = frozenset(one.kind for one in measures(own, SPAN, fields, TERMS))
    found = short_of(own, SPAN, fields, TERMS, shows)
    assert [one.kind for one in found] == [kind for kind in KINDS if kind not in shows]
    return {one.kind: short_sentence.said(one, SPAN, TERMS, untold(log.contacts)) for one in found}


def test_a_kind_either_shows_or_says_what_it_falls_short_of_and_never_both() -> None:
    """On logs made at random: what is asked of a kind that does not show is what would have shown it."""
    why: Counter[Why] = Counter()
    theirs = history(*(contact(DAY + timedelta(weeks=n), minutes=1, specific=n > -4) for n in range(-8, 40)))
    others = [Customer(f"p{n}", tuple(tally(theirs, TERMS)), (REPAIR,)) for n in range(40)]
    for seed in range(60):
        own = at_random(Random(seed))
        fields = Portfolio([own, *others])
        shows = {one.kind: one for one in measures(own, SPAN, fields, TERMS)}
        for one in short_of(own, SPAN, fields, TERMS, but=()):
            why[one.why] += one.kind not in shows
            if one.kind in shows:
                assert one.figure >= shows[one.kind].figure >= one.least
            elif one.why is Why.USUAL:
                assert one.figure < one.least
            else:
                assert (one.figure < one.least) is (one.why in (Why.NONE, Why.FEWER))
    assert set(why) == set(Why) - {Why.NEED} and min(why.values()) > 0


def at_random(chance: Random) -> Customer:
    """Somebody who contacts us often or seldom, briefly or at length, and is marked often or seldom."""
    often, marked, minutes = chance.randint(1, 60), chance.random(), chance.choice([2, 5, 15])
    last = chance.choice([1, 7, 35])
    moments = sorted({(chance.randint(0, last), chance.randint(9, 16)) for _ in range(often)})
    log = history(
        *(
            after(
                day,
                hour=hour,
                minutes=minutes,
                channel=chance.choice(["phone", "email"]),
                asked_for_senior=chance.random() < marked,
                specific=chance.random() < marked,
            )
            for day, hour in moments
        )
    )
    return Customer("own", tuple(tally(log, TERMS)), (REPAIR,))


def test_someone_who_asked_twice_reads_twice_and_how_many_we_look_at() -> None:
    said = told(after(1, asked_for_senior=True), after(9, asked_for_senior=True))
    assert said[Conduct.SENIOR_ONLY] == f"Twice they asked for someone more senior. {YEAR} We look at 6 and more."


def test_a_kind_of_which_there_is_nothing_says_so() -> None:
    said = told(contact())
    assert list(said) == list(KINDS)
    assert said[Conduct.EXCESSIVE_EMAILS] == (
        "They sent no emails or other written messages that count. We look at 16 and more."
    )
    assert all("We look at" in words for words in said.values())


def test_one_message_is_one_message() -> None:
    assert told(contact(channel="email"))[Conduct.EXCESSIVE_EMAILS].startswith("They sent 1 email or other written")


def test_enough_of_them_in_little_time_says_how_little() -> None:
    said = told(*(after(n, minutes=2, asked_for_senior=True) for n in range(7)))[Conduct.SENIOR_ONLY]
    assert said.startswith("7 times they asked for someone more senior.")
    assert "The contacts that count took 14 minutes of our colleagues’ time." in said
    assert said.endswith("We look at 60 minutes more than that.")


def test_a_forceful_customer_who_took_hours_is_never_said_to_take_no_more_than_usual() -> None:
    said = told(*(after(n, minutes=200, about="") for n in range(10)))
    assert all("more time than usual" not in words for words in said.values())


def test_a_small_part_of_many_contacts_says_that_it_is_one() -> None:
    rare = [after(n, hour=15, asked_for_senior=True) for n in range(6)]
    assert told(*daily(25), *rare)[Conduct.SENIOR_ONLY].endswith(
        "when it is 34 in 100 of the contacts that count, or more."
    )


def test_what_comes_close_together_on_two_days_says_how_many_we_look_at() -> None:
    bursts = [after(n, hour=9 + hour / 10) for n in (1, 9) for hour in range(5)]
    assert told(*bursts)[Conduct.IMMEDIATE_RESPONSES].endswith("We look at it when it happens on 3 days or more.")


def test_what_others_with_as_much_open_often_do_says_so() -> None:
    usual = [contact(DAY + timedelta(days=n), hour=15, minutes=1, specific=False) for n in range(5)]
    said = told(*daily(14, specific=False), usual=usual)[Conduct.NOT_SPECIFIC]
    assert said.endswith("Others with as much open often do the same, so here we look at 15 and more.")


def test_who_needs_to_write_is_not_counted_for_writing() -> None:
    needs = frozenset({Need.DEAF})
    assert told(contact(channel="email"), needs=needs)[Conduct.EXCESSIVE_EMAILS] == short_sentence.NEED


@pytest.mark.parametrize(
    ("lacks", "kind", "words"),
    [
        ({"asked_for_senior": None}, Conduct.SENIOR_ONLY, "whether they asked for someone more senior"),
        ({"specific": None}, Conduct.NOT_SPECIFIC, "whether they said what it was about"),
        ({"channel": ""}, Conduct.EXCESSIVE_EMAILS, "how they contacted us"),
    ],
)
def test_where_the_mark_is_missing_nobody_is_said_to_have_done_nothing(
    lacks: dict[str, Any], kind: Conduct, words: str
) -> None:
    rows = [after(n, **lacks) if n in (0, 1) else after(n) for n in range(10)]
    assert told(*rows)[kind] == f"Our records do not show {words}, so this cannot be measured."
    assert "cannot be measured" not in told(*rows[1:], after(11))[kind]


def test_where_no_length_was_noted_no_time_is_compared() -> None:
    said = told(*(after(n, minutes=0, timed=False, asked_for_senior=True) for n in range(7)))[Conduct.SENIOR_ONLY]
    assert said.startswith("7 times they asked") and "contacts took, so this cannot be measured" in said
    assert "took 0 minutes" not in said


def test_ours_to_them_are_not_asked_for_a_mark_and_what_shows_all_the_same_lacks_nothing() -> None:
    assert untold([contact(inward=False, asked_for_senior=None), contact()]) == frozenset() == untold([])
    marks = {Mark.MINUTES, Mark.SENIOR, Mark.SPECIFIC}
    assert unseen([Conduct.SENIOR_ONLY], marks) == [Mark.SPECIFIC, Mark.MINUTES]

"""C2: what counts for each of the seven kinds, what is taken out first, and with whom a customer is compared."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from evenhand.policy.conduct import Conduct
from evenhand.policy.demand.comparison import Basis, Field, Peer, compare
from evenhand.policy.demand.exclusion import Reason, exclusions
from evenhand.policy.demand.log import Column, Contact, History, Matter, unknown
from evenhand.policy.demand.measure import Customer, Measure, measures
from evenhand.policy.demand.portfolio import Portfolio
from evenhand.policy.demand.strength import Strength
from evenhand.policy.demand.tally import NO_HITS, tally
from evenhand.policy.demand.terms import DemandTerms
from evenhand.policy.demand.window import Window
from evenhand.policy.need import Need

TERMS = DemandTerms()
DAY = date(2026, 3, 2)
SPAN = Window(date(2026, 1, 1), date(2026, 12, 31))
REPAIR = Matter("M", "repair", DAY, told=DAY, respond_by=DAY + timedelta(days=28))
SETTLED = replace(REPAIR, responded=DAY, closed=DAY, done=DAY)


def contact(day: date = DAY, hour: float = 9, about: str = "M", **more: Any) -> Contact:
    at = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hour)
    usual: dict[str, Any] = {"minutes": 10, "matter": about, "asked_for_senior": False, "specific": True}
    return Contact(f"{at:%m%d%H%M}{more.get('team', '')}", at, day, **{**usual, **more})


def after(days: float, **more: Any) -> Contact:
    return contact(DAY + timedelta(days=int(days)), **more)


def history(
    *contacts: Contact, matters: tuple[Matter, ...] = (REPAIR,), needs: frozenset[Need] = frozenset()
) -> History:
    return History(tuple(sorted(contacts, key=lambda c: c.at)), {m.ref: m for m in matters}, needs)


def reasons(*contacts: Contact, **more: Any) -> list[Reason | None]:
    """Why each contact is taken out, or None, in order."""
    log = history(*contacts, **more)
    found = exclusions(log, TERMS)
    return [found.get(one.ref) for one in log.contacts]


def shown(kind: Conduct, *contacts: Contact, **more: Any) -> int:
    at = list(c for c in Conduct if not c.is_behaviour).index(kind)
    return sum(one.hits[at] for one in tally(history(*contacts, **more), TERMS))


def measured(*contacts: Contact, others: int = 40, terms: DemandTerms = TERMS, **more: Any) -> list[Measure]:
    """The measures of a customer beside others who each rang once about a repair of their own."""
    log = history(*contacts, **more)
    own = Customer(
        "own",
        tuple(tally(log, terms)),
        tuple(log.matters.values()),
        log.needs,
        unknown(log.contacts, log.matters.values()),
    )
    # Each rang once in every week, so that everyone contacted us in whichever weeks are compared.
    usual = history(*(contact(DAY + timedelta(weeks=n), minutes=1) for n in range(-8, 40)))
    peers = [Customer(f"p{n}", tuple(tally(usual, terms)), (REPAIR,)) for n in range(others)]
    return measures(own, SPAN, Portfolio([own, *peers]), terms)


class TestWhatIsTakenOut:
    def test_a_contact_while_we_are_late_is_ours(self) -> None:
        assert reasons(after(28), after(29)) == [None, Reason.OVERDUE]

    def test_late_runs_until_the_work_is_done_and_not_only_answered(self) -> None:
        late = replace(
            REPAIR, responded=DAY + timedelta(days=35), closed=DAY + timedelta(days=36), done=DAY + timedelta(days=40)
        )
        assert reasons(after(38), after(40), after(41), matters=(late,)) == [Reason.OVERDUE, Reason.OVERDUE, None]

    def test_answered_in_time_and_never_done_is_late_all_the_same(self) -> None:
        assert reasons(after(40), matters=(replace(REPAIR, responded=DAY),)) == [Reason.OVERDUE]

    def test_a_contact_about_nothing_in_particular_counts_for_the_customer_while_anything_is_late(self) -> None:
        assert reasons(after(40, about="")) == [Reason.OVERDUE]
        assert reasons(after(40, about=""), matters=(replace(REPAIR, theirs=False),)) == [None]

    def test_a_contact_about_another_matter_that_is_in_time_is_judged_by_that_matter(self) -> None:
        other = replace(REPAIR, ref="N", opened=DAY + timedelta(days=30), respond_by=DAY + timedelta(days=90))
        assert reasons(after(40, about="N"), matters=(REPAIR, other)) == [None]

    def test_work_closed_and_not_done_is_ours(self) -> None:
        closed = replace(REPAIR, responded=DAY, closed=DAY + timedelta(days=5))
        assert reasons(after(4), after(5), after(50), matters=(closed,)) == [None, Reason.NOT_DONE, Reason.NOT_DONE]

    def test_work_that_had_to_be_opened_again_was_not_done(self) -> None:
        again = replace(SETTLED, reopened=DAY + timedelta(days=10))
        assert reasons(after(9), after(10), matters=(again,)) == [None, Reason.NOT_DONE]

    @pytest.mark.parametrize(
        ("mark", "reason"),
        [
            ({"inward": False}, Reason.OUTWARD),
            ({"caller": "advocate"}, Reason.SPOKEN_FOR),
            ({"caller": "interpreter"}, Reason.SPOKEN_FOR),
            ({"exempt": "advocate"}, Reason.SPOKEN_FOR),
            ({"exempt": "councillor"}, Reason.EXEMPT),
            ({"exempt": "emergency_repair"}, Reason.EXEMPT),
            ({"because_of_need": True}, Reason.NEED),
            ({"new_information": True}, Reason.NEWS),
        ],
    )
    def test_a_contact_with_a_good_reason_is_taken_out(self, mark: dict[str, Any], reason: Reason) -> None:
        assert reasons(contact(**mark)) == [reason]

    def test_someone_who_needs_help_to_communicate_may_say_it_again_within_a_day(self) -> None:
        twice = (contact(hour=9), contact(hour=12), after(3))
        assert reasons(*twice, needs=frozenset({Need.BSL})) == [None, Reason.REPEATED_FOR_NEED, None]
        assert reasons(*twice, needs=frozenset({Need.CARER})) == [None, None, None]

    def test_an_answer_to_us_is_not_counted_and_the_one_after_it_is(self) -> None:
        log = (contact(hour=9, inward=False), contact(hour=12), contact(hour=15))
        assert reasons(*log) == [Reason.OUTWARD, Reason.REPLY, None]
        assert reasons(contact(inward=False), after(8)) == [Reason.OUTWARD, None]

    def test_what_is_sent_after_our_answer_of_the_same_day_is_no_answer_to_us(self) -> None:
        answered = (contact(hour=9), contact(hour=10, inward=False), after(2))
        assert reasons(*answered) == [None, Reason.OUTWARD, None]
        we_wrote_again = (*answered[:2], after(1, inward=False), after(2))
        assert reasons(*we_wrote_again) == [None, Reason.OUTWARD, Reason.OUTWARD, Reason.REPLY]
        about_another = (contact(hour=9, about="N"), contact(hour=10, inward=False), after(2))
        assert reasons(*about_another) == [None, Reason.OUTWARD, Reason.REPLY]


class TestTheSevenKinds:
    def test_contacts_before_the_date_promised_beyond_the_first_are_repeated(self) -> None:
        assert shown(Conduct.REPEATED_CONTACT, contact(), after(1), after(2)) == 2

    def test_a_contact_before_we_gave_a_date_is_not(self) -> None:
        untold = replace(REPAIR, told=None)
        assert shown(Conduct.REPEATED_CONTACT, contact(), after(1), matters=(untold,)) == 0
        unknown_when = replace(untold, unknown=frozenset({Column.TOLD}))
        assert shown(Conduct.REPEATED_CONTACT, contact(), after(1), matters=(unknown_when,)) == 1

    def test_asking_once_a_week_leaves_time_to_respond(self) -> None:
        assert shown(Conduct.REPEATED_CONTACT, contact(), after(7), after(14), after(21)) == 0

    def test_the_date_promised_holds_after_our_answer_until_the_matter_is_closed(self) -> None:
        answered = replace(REPAIR, responded=DAY + timedelta(days=1))
        closed = replace(answered, closed=DAY + timedelta(days=2), done=DAY + timedelta(days=2))
        log = (contact(), after(1), after(2), after(3))
        assert shown(Conduct.REPEATED_CONTACT, *log, matters=(answered,)) == 3
        assert shown(Conduct.REPEATED_CONTACT, *log, matters=(closed,)) == 2

    def test_several_contacts_within_hours_are_a_burst(self) -> None:
        assert shown(Conduct.IMMEDIATE_RESPONSES, contact(hour=9), contact(hour=12), contact(hour=17)) == 3
        assert shown(Conduct.IMMEDIATE_RESPONSES, contact(hour=9), contact(hour=12), contact(hour=17.1)) == 0

    def test_asking_for_a_manager_is_not_refusing_others_if_nobody_else_was_offered(self) -> None:
        asked = {"asked_for_senior": True}
        assert shown(Conduct.SENIOR_ONLY, contact(**asked)) == 1
        assert shown(Conduct.SENIOR_ONLY, contact(**asked, offered_colleague=True)) == 1
        assert shown(Conduct.SENIOR_ONLY, contact(**asked, offered_colleague=False)) == 0

    def test_going_back_to_a_settled_matter_counts_from_the_second_time(self) -> None:
        assert shown(Conduct.SETTLED_ISSUES, after(1), after(20), after(40), matters=(SETTLED,)) == 2

    def test_a_matter_opened_again_was_never_settled(self) -> None:
        again = replace(SETTLED, reopened=DAY + timedelta(days=60))
        assert shown(Conduct.SETTLED_ISSUES, after(1), after(20), after(40), matters=(again,)) == 0

    def test_a_fault_that_came_back_is_not_an_old_issue(self) -> None:
        new = Matter("N", "repair", DAY + timedelta(days=25), done=DAY + timedelta(days=45))
        log = (after(1), after(10), after(20), after(45), after(46))
        assert shown(Conduct.SETTLED_ISSUES, *log, matters=(SETTLED, new)) == 2

    def test_an_exhausted_complaint_is_pursued_from_the_second_time(self) -> None:
        exhausted = replace(SETTLED, exhausted=DAY + timedelta(days=10))
        log = (after(5), after(10), after(11), after(12))
        assert shown(Conduct.EXHAUSTED_COMPLAINT, *log, matters=(exhausted,)) == 1
        assert shown(Conduct.SETTLED_ISSUES, *log, matters=(exhausted,)) == 1


def daily(number: int, **more: Any) -> list[Contact]:
    return [after(n, **more) for n in range(number)]


class TestAMeasure:
    def test_daily_contact_for_four_weeks_is_worth_a_look(self) -> None:
        (measure,) = measured(*daily(25))
        assert measure.kind is Conduct.REPEATED_CONTACT
        assert measure.figure == 24
        assert measure.in_a_word is Strength.STRONG
        assert measure.comparison.basis is Basis.SAME
        assert measure.comparison.rank == 1

    def test_a_forceful_customer_who_asked_for_a_manager_twice_is_not(self) -> None:
        asked = [after(n, minutes=45, asked_for_senior=True) for n in (0, 2)]
        assert measured(*asked, after(10, minutes=60)) == []

    def test_the_worst_weeks_are_found_and_not_only_the_last(self) -> None:
        later = replace(
            REPAIR,
            ref="N",
            opened=DAY + timedelta(days=150),
            told=DAY + timedelta(days=150),
            respond_by=DAY + timedelta(days=178),
        )
        (measure,) = measured(*daily(25), *[after(150 + n, about="N") for n in range(8)], matters=(REPAIR, later))
        assert measure.window.holds(DAY)

    def test_contact_that_takes_no_more_time_than_others_do_is_not(self) -> None:
        assert measured(*daily(25, minutes=2)) == []

    def test_asking_once_after_each_of_twelve_repairs_is_not(self) -> None:
        matters = tuple(replace(REPAIR, ref=f"M{n}") for n in range(12))
        asked = [contact(DAY + timedelta(days=n % 7), 8 + n / 2, f"M{n}", minutes=12) for n in range(12)]
        again = [contact(DAY + timedelta(days=6 + n % 7), 8 + n / 2, f"M{n}", minutes=12) for n in range(12)]
        assert measured(*asked, *again, matters=matters) == []

    def test_one_bad_day_is_not_expecting_immediate_answers(self) -> None:
        bad_day = [contact(hour=8 + n) for n in range(10)]
        assert Conduct.IMMEDIATE_RESPONSES not in {one.kind for one in measured(*bad_day)}

    def test_writing_is_not_excess_for_someone_who_cannot_use_the_telephone(self) -> None:
        letters = [after(n, about="", channel="email") for n in range(25)]
        assert [one.kind for one in measured(*letters)] == [Conduct.EXCESSIVE_EMAILS]
        assert measured(*letters, needs=frozenset({Need.DEAF})) == []

    def test_several_kinds_show_at_once(self) -> None:
        kinds = {one.kind for one in measured(*daily(25, channel="email", specific=False))}
        assert kinds == {Conduct.REPEATED_CONTACT, Conduct.EXCESSIVE_EMAILS, Conduct.NOT_SPECIFIC}

    def test_what_was_left_out_is_shown_with_why(self) -> None:
        (measure,) = measured(*daily(25), *[after(29 + n, hour=15) for n in range(3)], contact(hour=20, exempt="gas"))
        assert measure.left_out == {Reason.EXEMPT: 1}
        (measure,) = measured(
            *daily(25), *[contact(DAY + timedelta(days=n), 20, team="x", new_information=True) for n in range(3)]
        )
        assert (measure.left_out, measure.all_contacts, measure.counted) == ({Reason.NEWS: 3}, 28, 25)

    def test_a_recorded_need_weakens_it_and_is_shown(self) -> None:
        (plain,), (weaker,) = measured(*daily(25)), measured(*daily(25), needs=frozenset({Need.ILLNESS}))
        assert weaker.strength < plain.strength
        assert weaker.needs == {Need.ILLNESS}

    def test_a_column_the_log_lacks_weakens_it_and_is_named(self) -> None:
        (plain,), (weaker,) = measured(*daily(25)), measured(*daily(25, new_information=None))
        assert weaker.strength < plain.strength
        assert weaker.missing == (Column.NEWS,)

    def test_too_few_to_compare_with_weakens_it_and_is_said(self) -> None:
        (plain,), (weaker,) = measured(*daily(25)), measured(*daily(25), others=20)
        assert weaker.strength < plain.strength
        assert weaker.comparison.basis is Basis.TOO_FEW
        assert "too few" in weaker.comparison.basis.words

    def test_what_everybody_does_there_is_not_excess(self) -> None:
        """Three in four customers write six times in those weeks: eighteen is what it takes, and not sixteen."""
        mine = [after(n, about="", channel="email") for n in range(17)]
        log = history(*mine)
        own = Customer("own", tuple(tally(log, TERMS)), (REPAIR,))
        six = tuple(tally(history(*[after(n, about="", channel="email", minutes=1) for n in range(6)]), TERMS))
        everyone = Portfolio([own, *(Customer(f"p{n}", six, (REPAIR,)) for n in range(40))])
        assert measures(own, SPAN, everyone, TERMS) == []


class TestComparison:
    def test_nobody_is_compared_with_themselves(self) -> None:
        own = Peer("own", 100, NO_HITS, ())
        found = compare(own, 0, Field.of([own, *(Peer(f"p{n}", 100, NO_HITS, ()) for n in range(30))], 3100), TERMS)
        assert (found.peers, found.rank, found.percentile) == (30, 1, 0)

    def test_someone_with_four_repairs_is_compared_with_those_who_had_four(self) -> None:
        four, one = (("repair", 4),), (("repair", 1),)
        peers = [
            *(Peer(f"f{n}", 80, NO_HITS, four) for n in range(30)),
            *(Peer(f"o{n}", 5, NO_HITS, one) for n in range(99)),
        ]
        assert compare(Peer("own", 90, NO_HITS, four), 0, Field.of(peers, 3000), TERMS).median == 80

    def test_or_repair_for_repair_where_too_few_had_four(self) -> None:
        four, one = (("repair", 4),), (("repair", 1),)
        peers = [Peer(f"o{n}", 20, NO_HITS, one) for n in range(99)]
        found = compare(Peer("own", 90, NO_HITS, four), 0, Field.of(peers, 3000), TERMS)
        assert (found.basis, found.median) == (Basis.FOR_EACH, 80)

"""What colleagues record of a person: needs, danger, death, the format of letters, who speaks for them."""

from collections.abc import Callable
from datetime import date

import pytest

from evenhand.people import reading, recording
from evenhand.people.known import picture
from evenhand.people.models import Need, Person, User
from evenhand.people.models.person import RepresentativeKind
from evenhand.people.refusal import NotDone
from evenhand.policy.need import Channel, LetterFormat
from evenhand.policy.need import Need as NeedKind

DAY = date(2026, 11, 20)
LATER = date(2026, 12, 1)
Make = Callable[..., Person]


def test_a_need_said_twice_is_one_need_with_the_newer_words(person: Make, works_here: Callable[..., User]) -> None:
    someone, by = person(), works_here()
    recording.need(someone, NeedKind.MENTAL_HEALTH, by=by, day=DAY)
    recording.need(someone, NeedKind.MENTAL_HEALTH, by=by, day=LATER, detail="Mornings are hardest")
    assert [(need.detail, need.recorded_on) for need in someone.needs.all()] == [("Mornings are hardest", DAY)]


def test_a_need_that_ended_no_longer_counts_from_that_day(person: Make, works_here: Callable[..., User]) -> None:
    someone = person()
    recorded = recording.need(someone, NeedKind.ILLNESS, by=works_here(), day=DAY)
    recording.need_ended(recorded, LATER)
    assert picture(someone, DAY).needs == {NeedKind.ILLNESS}
    assert picture(someone, LATER).needs == frozenset()
    assert recording.need(someone, NeedKind.ILLNESS, by=works_here(), day=LATER) != recorded


def test_a_need_of_the_register_is_ended_in_the_register(person: Make) -> None:
    recorded = Need.objects.create(person=person(), kind="deaf", source="housing", recorded_on=DAY)
    with pytest.raises(NotDone, match="housing system"):
        recording.need_ended(recorded, DAY)


def test_a_death_can_be_recorded_and_taken_back_but_not_foretold(person: Make) -> None:
    someone = person()
    with pytest.raises(NotDone, match="future"):
        recording.death(someone, LATER, day=DAY)
    assert picture(recording.death(someone, DAY, day=DAY), DAY).died_on == DAY
    assert picture(recording.death(someone, None, day=DAY), DAY).died_on is None


def test_one_way_to_reach_a_person_is_always_left(person: Make) -> None:
    someone = person()
    with pytest.raises(NotDone, match="Leave one way"):
        recording.unsafe(someone, Channel, "Everything is watched")
    with pytest.raises(NotDone, match="Say why"):
        recording.unsafe(someone, [Channel.LETTER], " ")
    recording.unsafe(someone, [Channel.PHONE, Channel.LETTER], "Post is opened by someone else")
    assert picture(someone, DAY).unsafe == {Channel.PHONE, Channel.LETTER}
    recording.unsafe(someone, [], "")
    assert (someone.unsafe_channels, someone.unsafe_note) == ([], "")


def test_a_person_gets_letters_in_the_format_they_asked_for(person: Make) -> None:
    someone = recording.letter_format(person(), LetterFormat.LARGE_PRINT)
    assert reading.letter_format(someone, DAY) is LetterFormat.LARGE_PRINT
    assert reading.letter_format(recording.letter_format(someone, None), DAY) is LetterFormat.STANDARD


def test_an_attorney_needs_the_paper_that_makes_them_one(person: Make) -> None:
    someone, kind = person(), RepresentativeKind.ATTORNEY
    with pytest.raises(NotDone, match="power of attorney"):
        recording.representative(someone, "Inês", kind, day=DAY, contact="", authority="", safe=True)
    with pytest.raises(NotDone, match="name"):
        recording.representative(someone, " ", kind, day=DAY, contact="", authority="x", safe=True)
    spoken = recording.representative(
        someone, "Inês", kind, day=DAY, contact="07700 900123", authority="Registered 3 May 2024", safe=True
    )
    assert picture(someone, DAY).safe_representative
    recording.representative_ended(spoken, DAY)
    assert not picture(someone, LATER).safe_representative

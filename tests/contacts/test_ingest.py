"""Contacts from another system as they happen: late, out of order, and again."""

from datetime import UTC, datetime

import pytest

from evenhand.contacts import ingest, loading, months
from evenhand.contacts.ingest import Taken
from evenhand.contacts.models import Contact, ContactKey, Matter, Unmatched
from evenhand.people.models import Person
from tests.contacts.conftest import DAY

pytestmark = pytest.mark.django_db
CALL = {"contact_ref": "A1", "at": "2026-09-03T08:30:00Z", "person_ref": "P1", "channel": "phone", "direction": "in"}
MATTER = {"matter_ref": "M9", "person_ref": "P1", "kind": "Repair", "opened_on": "2026-09-01"}


def take(*rows: dict[str, object]) -> Taken:
    return ingest.batch(rows, "housing", today=DAY)


def test_one_contact_is_taken_in_with_what_is_unknown_left_unknown(people: dict[str, Person]) -> None:
    taken = take({**CALL, "minutes": 7, "specific": True})
    assert (taken.added, taken.changed, taken.waiting, taken.wrong) == (1, 0, 0, ())
    kept = Contact.objects.get()
    assert (kept.person, kept.minutes, kept.specific) == (people["P1"], 7, True)
    assert (kept.asked_for_senior, kept.exempt_kind, kept.caller, kept.new_information) == (None, None, None, None)


def test_an_empty_kind_of_exemption_is_none_and_a_missing_one_unknown(people: dict[str, Person]) -> None:
    take({**CALL, "exempt_kind": ""}, {**CALL, "contact_ref": "A2"})
    assert dict(Contact.objects.values_list("ref", "exempt_kind")) == {"A1": "", "A2": None}


def test_the_same_again_changes_nothing(people: dict[str, Person]) -> None:
    take(CALL)
    before = Contact.objects.values().get()
    assert take(CALL).unchanged == 1
    assert Contact.objects.values().get() == before


def test_a_corrected_contact_replaces_the_old_one_even_in_another_month(people: dict[str, Person]) -> None:
    take(CALL)
    first = Contact.objects.get()
    taken = take({**CALL, "at": datetime(2026, 10, 3, 8, 30, tzinfo=UTC), "channel": "email"})
    assert (taken.added, taken.changed) == (0, 1)
    kept = Contact.objects.get()
    assert (kept.id, kept.channel, kept.at) == (first.id, "email", datetime(2026, 10, 3, 8, 30, tzinfo=UTC))
    assert ContactKey.objects.get().at == kept.at
    assert months.strayed() == 0


def test_a_contact_before_its_matter_is_linked_when_the_matter_comes(people: dict[str, Person]) -> None:
    early = take({**CALL, "matter_ref": "M9"})
    assert [(each.row, each.column, each.whole_row) for each in early.wrong] == [(0, "matter_ref", False)]
    ingest.batch_of_matters([MATTER], "housing")
    kept = Contact.objects.get()
    assert (kept.matter, kept.matter_ref) == (Matter.objects.get(ref="M9", kind="repair"), "")


def test_a_contact_before_its_person_is_theirs_when_the_register_brings_them(people: dict[str, Person]) -> None:
    take({**CALL, "person_ref": "P7"})
    assert Unmatched.objects.count() == 1
    late = Person.objects.create(source="housing", ref="P7", surname="Late")
    loading.match_late_people()
    assert Contact.objects.get().person == late
    assert not Unmatched.objects.exists()


def test_a_telephone_number_alone_never_says_whose_a_contact_is(people: dict[str, Person]) -> None:
    number = people["P1"].phones[0]
    taken = take({"contact_ref": "A1", "at": CALL["at"], "telephone": number, "name": "Aisha Khan"})
    assert taken.waiting == 1
    waiting = Unmatched.objects.get()
    assert (waiting.phones, waiting.name) == ([number], "Aisha Khan")
    assert Contact.objects.get().person is None


def test_a_correction_that_names_somebody_ends_the_waiting(people: dict[str, Person]) -> None:
    take({**CALL, "person_ref": "P7"})
    take(CALL)
    assert Contact.objects.get().person == people["P1"]
    assert not Unmatched.objects.exists()


def test_every_bad_row_of_a_batch_is_told_by_its_place(people: dict[str, Person]) -> None:
    taken = take(
        CALL,
        {**CALL, "contact_ref": "A2", "at": "2026-02-31T10:00:00Z"},
        {**CALL, "contact_ref": "A3", "channel": "fax"},
        CALL,
        {"at": CALL["at"]},
        {**CALL, "contact_ref": "A4", "at": "2027-01-01T10:00:00Z"},
    )
    assert [(each.row, each.column, each.whole_row) for each in taken.wrong] == [
        (1, "at", True),
        (2, "channel", False),
        (3, "contact_ref", True),
        (4, "contact_ref", True),
        (5, "at", True),
    ]
    assert (taken.added, Contact.objects.count()) == (2, 2)


def test_two_systems_may_use_the_same_reference(people: dict[str, Person]) -> None:
    take(CALL)
    ingest.batch([CALL], "telephony", today=DAY, register="housing")
    assert Contact.objects.filter(ref="A1", person=people["P1"]).count() == 2


@pytest.mark.parametrize(
    ("given", "hour"), [("2026-07-03T09:30:00+01:00", 8), ("2026-07-03 08:30", 8), ("2026-07-03T08:30:15.123Z", 8)]
)
def test_a_moment_is_read_however_it_is_written(people: dict[str, Person], given: str, hour: int) -> None:
    assert take({**CALL, "at": given}).wrong == ()
    assert Contact.objects.get().at.replace(second=0) == datetime(2026, 7, 3, hour, 30, tzinfo=UTC)


def test_a_day_before_the_matter_was_opened_is_reported_and_counts_as_unknown(people: dict[str, Person]) -> None:
    taken = ingest.batch_of_matters([{**MATTER, "closed_on": "2026-08-01", "done_on": ""}], "housing")
    assert [(each.column, each.whole_row) for each in taken.wrong] == [("closed_on", False)]
    kept = Matter.objects.get()
    assert kept.closed_on is None
    assert set(kept.unknown) == {
        "closed_on", "told_on", "respond_by", "responded_on", "reopened_on", "complaint_exhausted_on"
    }  # fmt: skip


def test_a_matter_of_nobody_is_not_taken_in(people: dict[str, Person]) -> None:
    taken = ingest.batch_of_matters([{**MATTER, "person_ref": "P7"}], "housing")
    assert (taken.added, taken.wrong[0].whole_row) == (0, True)
    assert not Matter.objects.exists()


def test_a_contact_of_which_only_what_is_needed_is_said_is_taken_in(people: dict[str, Person]) -> None:
    bare = {"contact_ref": "A1", "at": "2026-09-03T08:30:00Z", "person_ref": "P1"}
    taken = take(bare, {**bare, "contact_ref": "A2", "matter_ref": "M9"})
    assert taken.added == 2
    assert set(Contact.objects.values_list("ref", "person__ref", "matter_ref")) == {
        ("A1", "P1", ""),
        ("A2", "P1", "M9"),
    }
    assert take(bare).unchanged == 1


@pytest.mark.parametrize("word", ["None", "N/A", "no", "0", "Not exempt", "-", "–", "No exemption", "unknown"])
def test_a_system_that_writes_a_word_for_no_exemption_exempts_nothing(word: str, people: dict[str, Person]) -> None:
    take({**CALL, "exempt_kind": word}, {**CALL, "contact_ref": "A2", "exempt_kind": "Emergency repair"})
    assert dict(Contact.objects.values_list("ref", "exempt_kind")) == {"A1": "", "A2": "emergency_repair"}

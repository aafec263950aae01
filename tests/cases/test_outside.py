"""Rule 1: a contact of another system outside the limits waits to be read for a hazard; nothing else waits for that."""

from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenhand.cases import holding
from evenhand.cases.outside import Judged
from evenhand.contacts import importing, loading, matching
from evenhand.contacts.models import Contact, Outside, ToJudge, ToRead, Unmatched
from evenhand.people import merging
from evenhand.people.models import Landlord, Person
from evenhand.policy.events.expectation import Plan
from evenhand.policy.exempt import Exempt
from evenhand.policy.terms import Terms
from tests.cases.outside_log import ANYHOW, DAY, NOW, by_letter, call, judge, judged, once_a_day, send, waiting
from tests.web.stories import START, Cast, Story

__all__ = ["by_letter", "judged", "once_a_day"]
pytestmark = pytest.mark.django_db


def test_a_contact_outside_the_limits_waits_to_be_read_and_is_in_the_log_all_the_same(by_letter: Story) -> None:
    assert send(call(), call("C2", channel="letter")).added == 2
    found = judge()
    assert (found.count, len(found.outside)) == (2, 1)
    assert waiting() == ["C1"]
    row = ToRead.objects.get()
    assert row.limits == [f"{by_letter.reference}/L1"] and "not one of the ways left open" in row.reasons[0]
    assert not ToJudge.objects.exists() and not Outside.objects.exists()


def test_whom_nothing_limits_nobody_reads_for(story: Story) -> None:
    send(call())
    assert judge() == Judged(1, {})
    assert not ToRead.objects.exists()


@pytest.mark.parametrize("kind", [*Exempt, "mp"])
def test_what_always_gets_through_never_waits(by_letter: Story, kind: str) -> None:
    send(call(exempt_kind=str(kind)))
    assert not judge().outside and not waiting()


@pytest.mark.parametrize("said", [{"direction": "out"}, {"caller": "advocate"}, {"channel": ""}])
def test_what_no_limit_binds_or_nobody_knows_is_not_held_against_them(by_letter: Story, said: dict[str, str]) -> None:
    send(call(**said))
    assert not judge().outside and not waiting()


def test_a_year_of_history_is_nobodys_work_to_read(by_letter: Story) -> None:
    long_ago = [call(f"C{n}", at=f"{DAY - timedelta(days=n)}T09:30:00Z") for n in range(6, 300)]
    send(*long_ago)
    assert ToJudge.objects.count() == 2
    judge()
    assert waiting() == ["C7", "C6"]


def test_the_landlord_decides_how_many_days_back(by_letter: Story) -> None:
    Landlord.objects.update(terms={"judged_days": 2})
    send(*(call(f"C{n}", at=f"{DAY - timedelta(days=n)}T09:30:00Z") for n in (1, 2, 3)))
    judge()
    assert waiting() == ["C2", "C1"]


def test_a_contact_from_before_the_limit_began_is_not_outside_it(by_letter: Story) -> None:
    begins = START + timedelta(days=10)
    [held] = holding.held_of([by_letter.person.pk], DAY).values()  # type: ignore[union-attr]
    [limit] = held.limits
    send(call(at=f"{limit.starts_on - timedelta(days=1)}T09:30:00Z"), today=begins)
    judge(begins)
    assert not waiting()


def test_contacts_are_counted_in_the_order_in_which_they_came(once_a_day: Story) -> None:
    send(*(call(ref, at=f"{DAY}T{hour}:00:00Z") for ref, hour in (("C3", "11"), ("C1", "09"), ("C2", "10"))))
    judge()
    assert waiting() == ["C2", "C3"]


def test_contacts_judged_together_or_one_after_another_come_to_the_same(once_a_day: Story) -> None:
    for ref, hour in (("C1", "09"), ("C2", "10"), ("C3", "11")):
        send(call(ref, at=f"{DAY}T{hour}:00:00Z"))
        judge()
    assert waiting() == ["C2", "C3"]


def test_an_hour_is_the_landlords_own_on_both_sides_of_a_change_of_the_clock(story: Story) -> None:
    nine_to_ten = Plan(channels=ANYHOW, from_time=time(9), to_time=time(10))
    story.limit(nine_to_ten).approve("T1").approve("T2")
    # The clocks go forward on 29 March 2026.
    winter, summer = date(2026, 3, 27), date(2026, 3, 30)
    send(
        call("winter", at=f"{winter}T09:30:00Z"),
        call("winter-early", at=f"{winter}T08:30:00Z"),
        call("summer", at=f"{summer}T08:30:00Z"),
        call("summer-late", at=f"{summer}T09:30:00Z"),
        today=summer,
    )
    judge(summer)
    assert waiting() == ["winter-early", "summer-late"]


def test_half_past_midnight_in_summer_is_that_day_and_not_the_day_before(once_a_day: Story) -> None:
    day = date(2026, 6, 2)
    send(call("late", at="2026-06-01T22:30:00Z"), call("past-midnight", at="2026-06-01T23:30:00Z"), today=day)
    judge(day)
    assert Contact.objects.count() == 2 and not waiting()


def test_judging_again_changes_nothing(by_letter: Story) -> None:
    send(call())
    judge()
    before = ToRead.objects.values().get()
    assert send(call()).unchanged == 1
    assert judge().count == 0
    assert ToRead.objects.values().get() == before


def test_a_corrected_contact_is_judged_anew(by_letter: Story) -> None:
    send(call())
    judge()
    send(call(channel="letter"))
    judge()
    assert not waiting() and not ToRead.objects.exists()
    send(call(channel="email"))
    judge()
    assert waiting() == ["C1"]


def test_a_contact_that_turns_out_to_be_of_long_ago_waits_no_more_and_counts_still(by_letter: Story) -> None:
    send(call())
    judge()
    send(call(at=f"{DAY - timedelta(days=12)}T09:30:00Z"))
    judge()
    assert not waiting() and ToRead.objects.get().late


def test_a_contact_is_judged_when_it_is_matched(by_letter: Story, cast: Cast) -> None:
    assert send(call(person_ref="", telephone="07700 900123")).waiting == 1
    judge()
    assert not waiting()
    row = Unmatched.objects.get()
    matching.match(row.contact, by_letter.person, cast.investigator, NOW)  # type: ignore[arg-type]
    judge()
    assert waiting() == ["C1"]


def test_a_contact_is_judged_when_the_register_brings_its_person(by_letter: Story, tenant: Person) -> None:
    send(call(person_ref="P9"))
    Person.objects.filter(pk=tenant.pk).update(ref="P9")
    loading.match_late_people()
    judge()
    assert waiting() == ["C1"]


def test_a_limit_holds_for_every_record_of_the_person(by_letter: Story, tenant: Person, cast: Cast) -> None:
    other = Person.objects.create(source="housing", ref="P2", forename="Jo", surname="Bell")
    merging.merge(tenant, other, cast.manager, NOW, day=DAY, terms=Terms())
    send(call(person_ref="P2"))
    judge()
    assert waiting() == ["C1"]


def test_an_import_brings_them_too_and_a_trial_brings_nothing(by_letter: Story, tmp_path: Path) -> None:
    head = "contact_ref,at,person_ref,channel,direction"
    (tmp_path / "contacts.csv").write_text(f"{head}\nC1,{DAY}T09:30:00Z,P1,phone,in\nC2,{DAY}T10:30:00Z,P1,letter,in\n")

    def run(**how: Any) -> None:
        record = importing.begin(tmp_path, "telephones", NOW, register="housing", **how)
        importing.run(record.pk, day=DAY, clock=lambda: NOW)
        judge()

    run(dry_run=True)
    assert not waiting()
    run()
    assert waiting() == ["C1"]


def test_how_many_there_are_does_not_change_how_often_the_database_is_asked(by_letter: Story) -> None:
    def asked(first: int, many: int) -> int:
        send(*(call(f"C{n}", at=f"{DAY}T{n // 60:02}:{n % 60:02}:00Z") for n in range(first, first + many)))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert len(judge().outside) == many
        return len(queries)

    assert asked(0, 1) == asked(100, 200)

"""What lies about the stories: who is found by which spelling, homes, visits, other systems, a year of contacts."""

import csv
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

import evenhand.demo
from evenhand.cases import lookup
from evenhand.cases.circumstances import Moment
from evenhand.contacts import importing, matching, suggesting
from evenhand.contacts.models import OwnFailure, Suggested
from evenhand.demo import moved
from evenhand.people import hazards
from evenhand.people.models import User
from evenhand.policy.demand.terms import DemandTerms
from evenhand.sharing import ledger, visit_list, visit_notice
from evenhand.sharing.visit_list import Sheet

REGISTER = Path(evenhand.demo.__file__).parent / "register"
WEDNESDAY = date(2027, 3, 3)


@pytest.fixture
def register(db: None) -> None:
    call_command("import_register", str(REGISTER), verbosity=0)


@pytest.fixture
def played(register: None) -> None:
    call_command("play_stories", verbosity=0)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Malgorzata Wojcik", "C000001"),
        ("Siobhan OBrien 07700 900003", "C000003"),
        ("sean o sulleabhain", "C000004"),
        ("Jean Pierre Pryce Jones", "C000069"),
        ("Yildiz, Gulsen 01134960016", "C000016"),
    ],
)
def test_people_whose_names_are_hard_to_spell_are_found(register: None, typed: str, meant: str) -> None:
    found = lookup.find(typed, timezone.localdate())
    assert [each.person.ref for each in found.people][:1] == [meant]


def test_homes_have_hazards_and_one_is_to_be_looked_at_again(played: None) -> None:
    today = timezone.localdate()
    due, _ = hazards.to_look_at(today)
    assert [hazard.home.ref for hazard in due] == ["H00030"]


def test_whoever_is_booked_reads_on_today_what_came_up_in_the_night(played: None) -> None:
    dev = User.objects.get(email="dev.patel@evenham.example")
    assert [notice.booking.reference for notice in visit_notice.for_colleague(dev, timezone.now())] == ["JOB-4101"]


def test_a_contractor_has_yet_to_say_that_they_took_a_cancelled_marker_off(played: None) -> None:
    assert [each.what for each in ledger.unconfirmed(ledger.contractor("Aqua Ltd"))] == ["withdrawn"]


def test_the_list_to_try_has_an_answer_of_each_sort(played: None, tmp_path: Path) -> None:
    at = timezone.now()
    (tmp_path / "visits.csv").write_text(moved.visits(timezone.localdate(at)), encoding="utf-8")
    sheet, out = Sheet(tmp_path / "visits.csv", "visits.csv", "repairs"), StringIO()
    outcome = visit_list.check_file(sheet, Moment(at, timezone.localdate(at)), out)
    rows = {row["Job"]: row for row in csv.DictReader(StringIO(out.getvalue().lstrip("\ufeff")))}
    codes = {job: row["Evenhand code"] for job, row in rows.items()}
    assert list(codes.values()) == ["instruction"] * 7 + ["nothing_held", "no_match", "not_known"]
    assert rows["JOB-4101"]["Evenhand instruction"] == "Visit in pairs. Ring first."
    assert not outcome.is_certain


def test_a_year_of_contacts_shows_demands_and_what_is_not_one(register: None, tmp_path: Path) -> None:
    moved.contact_log(WEDNESDAY, tmp_path)
    at = datetime(2027, 3, 3, 12, tzinfo=timezone.get_current_timezone())
    importing.run(importing.begin(tmp_path, "housing", at).pk, day=WEDNESDAY, clock=lambda: at)
    suggesting.measure_everybody(WEDNESDAY, at, DemandTerms())
    suggested = {row.person.ref: row.kinds for row in Suggested.objects.select_related("person")}
    assert set(suggested) == {"C000068", "C000060", "C000080", "C000082"}
    assert len({kind for kinds in suggested.values() for kind in kinds}) >= 4
    assert OwnFailure.objects.order_by("-contacts")[0].matter.person.ref == "C000065"
    assert matching.how_many() == 5


def last_day(folder: Path) -> date:
    with (folder / "contacts.csv").open(encoding="utf-8", newline="") as file:
        return date.fromisoformat(max(row["at"] for row in csv.DictReader(file))[:10])


def test_the_contact_log_is_of_late_and_keeps_its_weekdays(tmp_path: Path) -> None:
    weekday = last_day(REGISTER.parent / "contacts").weekday()
    for days in range(8):
        today = WEDNESDAY + timedelta(days=days)
        moved.contact_log(today, tmp_path)
        assert 0 <= (today - last_day(tmp_path)).days < 10
        assert last_day(tmp_path).weekday() == weekday

"""What an older system warned of: every row kept once, where it belongs, or reported; and none is a marker."""

from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from evenhand.people.models import InheritedAlert, Landlord, Person, RegisterImport
from evenhand.people.models.register import ImportState
from evenhand.people.register import batch, freshness
from evenhand.policy.alert_code import About
from evenhand.policy.terms import Terms
from tests.people.register.conftest import DAY, NOW

Write = Callable[..., Path]
Import = Callable[..., RegisterImport]
HEADER = "person_ref,home_ref,code,scheme,since,review_on,note"
GOOD = [
    "P1,,CV,,2019-03-01,2020-03-01,Shouted at the gas engineer",
    "P1,,TRA,letters,,,",
    "P2,H1,UE,,,,",
    ",H2,RISK3.02,UKHDS,2018-05-05,,",
    "P2,,12,HACT,,,",
]
MESSY = [
    ("P1,,cv,,2019-03-01,2020-03-01,Shouted at the gas engineer", 7, "code", True),
    ("P9,,VA,,,,", 8, "person_ref", True),
    (",H9,VA,,,,", 9, "home_ref", True),
    (",,VA,,,,", 10, "person_ref", True),
    ("P2,,ZZ,,,,", 11, "code", True),
    ("P2,,VOID,,,,", 12, "code", True),
    ("P2,,PA,savills,,,", 13, "scheme", True),
    ("P2,,CV,HACT,,,", 14, "code", True),
    ("P2,,VA,,2019-02-31,,", 15, "since", False),
    ("P2,,PA,,2031-01-01,someday,", 16, "since", False),
    ("P2,,CX", 17, "", True),
    ("P2,,,,,,", 18, "code", True),
]


def alerts(folder: Path, *rows: str, header: str = HEADER, mark: str = "\ufeff") -> Path:
    file = folder / "alerts.csv"
    file.write_text(mark + "\r\n".join([header, *rows]) + "\r\n", encoding="utf-8", newline="")
    return file


def kept() -> list[tuple[str | None, str | None, str, str, bool]]:
    rows = InheritedAlert.objects.order_by("pk").select_related("person", "home")
    return [(r.person and r.person.ref, r.home and r.home.ref, r.code, r.about, r.warns) for r in rows]


@pytest.fixture
def register(write: Write, bring_in: Import) -> Path:
    folder = write()
    bring_in(folder)
    return folder


def test_each_alert_comes_with_the_register_and_waits_for_a_person(write: Write, bring_in: Import) -> None:
    folder = write()
    alerts(folder, *GOOD)
    record = bring_in(folder)
    assert record.state == ImportState.DONE and not record.rejected.exists()
    assert record.counts["alerts.csv"] == {"read": 5, "not loaded": 0, "added": 5, "changed": 0, "unchanged": 0}
    assert sorted(kept(), key=str) == sorted(
        [
            ("P1", None, "CV", About.CONDUCT, True),
            ("P1", None, "TRA", About.NEED, False),
            ("P2", "H1", "UE", About.HOME, False),
            (None, "H2", "RISK3.02", About.CONDUCT, True),
            ("P2", None, "HACT12", About.NEED, False),
        ],
        key=str,
    )
    one = InheritedAlert.objects.get(code="CV")
    assert (one.since, one.review_on, one.note) == (date(2019, 3, 1), date(2020, 3, 1), "Shouted at the gas engineer")
    assert (one.received_on, one.until) == (DAY, date(2026, 12, 4)), "ten working days from 20 November"


def test_a_register_without_alerts_is_whole(register: Path) -> None:
    record = RegisterImport.objects.get()
    assert record.state == ImportState.DONE and "alerts.csv" not in record.counts


def test_every_bad_row_is_reported_and_the_others_are_kept(register: Path, bring_in: Import) -> None:
    alerts(register, *GOOD, *(row for row, *_ in MESSY))
    record = bring_in(register)
    reported = list(record.rejected.values_list("file", "line", "column", "whole_row"))
    assert reported == sorted(
        [("alerts.csv", *where) for _, *where in MESSY] + [("alerts.csv", 16, "review_on", False)],
        key=lambda each: (each[1], each[2] != "since"),
    )
    assert all(row.reason.endswith(".") for row in record.rejected.all())
    assert record.counts["alerts.csv"] == {"read": 17, "not loaded": 10, "added": 7, "changed": 0, "unchanged": 0}
    assert InheritedAlert.objects.get(person__ref="P2", code="PA").since is None


def test_nothing_is_kept_twice_and_no_deadline_begins_anew(register: Path, bring_in: Import) -> None:
    alerts(register, *GOOD)
    bring_in(register)
    before = list(InheritedAlert.objects.order_by("pk").values())
    record = bring_in(register, day=date(2026, 12, 1))
    assert list(InheritedAlert.objects.order_by("pk").values()) == before
    assert record.counts["alerts.csv"]["unchanged"] == 5


def test_what_the_older_system_says_anew_is_taken_over_until_somebody_decided(register: Path, bring_in: Import) -> None:
    alerts(register, "P1,,CV,,,,One", "P1,,VA,,,,One")
    bring_in(register)
    InheritedAlert.objects.filter(code="VA").update(settled="let go", note="")
    alerts(register, "P1,,CV,,,,Two", "P1,,VA,,,,Two")
    record = bring_in(register)
    assert record.counts["alerts.csv"] == {"read": 2, "not loaded": 0, "added": 0, "changed": 1, "unchanged": 1}
    assert list(InheritedAlert.objects.order_by("code").values_list("code", "note")) == [("CV", "Two"), ("VA", "")]


def test_a_trial_keeps_nothing(register: Path, bring_in: Import) -> None:
    alerts(register, *GOOD)
    record = bring_in(register, dry_run=True)
    assert record.counts["alerts.csv"]["added"] == 5 and not InheritedAlert.objects.exists()


def test_alerts_come_by_the_command_line_from_another_system(register: Path) -> None:
    file = alerts(register, "P1,CV", header="person_ref,code", mark="")
    out = StringIO()
    call_command("import_alerts", file, source="old", register="housing", stdout=out)
    assert "alerts.csv: 1 read, 0 not loaded, 1 added" in out.getvalue()
    assert "Nothing became a marker." in out.getvalue()
    assert InheritedAlert.objects.get().source == "old"


def test_alerts_alone_do_not_make_an_old_register_new(register: Path) -> None:
    RegisterImport.objects.update(ended_at=NOW.replace(month=10))
    call_command("import_alerts", alerts(register, *GOOD), stdout=StringIO())
    assert freshness.stale_since(DAY, Terms()) is not None


@pytest.mark.parametrize("content", ["", "person_ref,note\r\nP1,x\r\n"])
def test_a_file_that_is_none_loads_nothing(register: Path, content: str) -> None:
    file = register / "old.csv"
    file.write_text(content)
    with pytest.raises(CommandError, match="Nothing was loaded"):
        call_command("import_alerts", file, stdout=StringIO())
    with pytest.raises(CommandError, match="There is no file"):
        call_command("import_alerts", register / "none.csv", stdout=StringIO())


def test_the_bound_is_the_landlord_s(register: Path, bring_in: Import) -> None:
    Landlord.objects.create(name="Zedham Homes", terms={"inherited_alert_days": 1})
    alerts(register, "P1,,CV,,,,")
    bring_in(register)
    assert InheritedAlert.objects.get().until == date(2026, 11, 23)


def test_another_system_sends_alerts_beside_the_people_they_are_about(db: None) -> None:
    person = {"person_ref": "P7", "forename": "Ana", "surname": "Reyes"}
    rows = {"people": [person], "alerts": [{"person_ref": "P7", "code": "VA"}, {"person_ref": "P8", "code": "VA"}]}
    outcome = batch.write(rows, source="housing", sent_by="1", at=NOW, day=DAY)
    assert outcome.counts["alerts"] == {"read": 2, "added": 1, "changed": 0, "unchanged": 0, "not loaded": 1}
    assert [(row.file, row.line, row.column) for row in outcome.wrong] == [("alerts.csv", 2, "person_ref")]
    assert InheritedAlert.objects.get().person == Person.objects.get(ref="P7")

"""C2: the list behind every number gives the number, on the page, as CSV, and as a case keeps it."""

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.cases import exhibits, reading
from evenhand.contacts import suggesting
from evenhand.contacts.models import Answered, Contact, Matter
from evenhand.people.models import Person, User
from evenhand.policy.events.incident import IncidentReported
from evenhand.web import way
from tests.web.demand_log import OPENED, daily, neighbours, said
from tests.web.stories import START, Cast

__all__ = ["daily", "neighbours"]

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
TOLD = {
    "account": "She rang every day.",
    "token": "once",
    "put_right": "The late repair was done on 3 March.",
    "help_offered": "One person to ring, on 2 March.",
}
KIND = "Repeated contact with no time to respond"


def at(name: str, person: Person, *more: str) -> str:
    return reverse(name, args=[way.PEOPLE.sign(str(person.pk)), *more])


def told(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def in_figure(rows: list[dict[str, str]]) -> int:
    (column,) = [head for head in rows[0] if head.startswith(KIND)]
    return sum(row[column] == "in the figure" for row in rows)


@pytest.fixture
def longer(daily: Person) -> Person:
    """Jo Bell also rang three times on a repair of her own that was in time, months after: in no figure."""
    later = OPENED + timedelta(days=45)
    again = Matter.objects.create(
        source="log", ref="later", person=daily, kind="repair", opened_on=later, told_on=later,
        respond_by=later + timedelta(days=14),
    )  # fmt: skip
    Contact.objects.bulk_create(said(daily, later + timedelta(days=n), again, 500 + n) for n in range(3))
    return daily


def test_each_sentence_leads_to_exactly_its_contacts(cast: Cast, longer: Person, as_: SignIn) -> None:
    browser = as_(cast.investigator)
    address = at("demand.behind", longer, "repeated-contact")
    page = browser.get(at("demand.person", longer)).content.decode()
    assert "23 times they contacted us again" in page and f'href="{address}"' in page
    listed = browser.get(address).content.decode()
    assert "In the figure (23)" in listed and listed.count(f"Counted: {KIND[0].lower()}{KIND[1:]}") == 23
    left_out = browser.get(address, {"part": "left_out"}).content.decode()
    assert "Do not count (3)" in left_out and left_out.count("Not counted: came while we were late") == 3


def test_a_figure_that_does_not_show_has_no_list(cast: Cast, daily: Person, as_: SignIn) -> None:
    browser = as_(cast.investigator)
    for kind in ("excessive-emails", "nothing"):
        assert browser.get(at("demand.behind", daily, kind)).status_code == 404
    address = at("demand.behind", daily, "repeated-contact")
    assert as_(cast.colleague).get(address).status_code == 403
    assert as_(cast.manager).get(address, {"part": "?", "after": "x"}).status_code == 200


def test_a_long_list_goes_on_over_the_page(cast: Cast, longer: Person, as_: SignIn) -> None:
    theirs = Matter.objects.filter(person=longer).earliest("pk")
    days = [OPENED + timedelta(days=n) for n in range(25)]
    Contact.objects.bulk_create(
        said(longer, day, theirs, 2000 + 9 * n + m) for n, day in enumerate(days) for m in range(4)
    )
    browser = as_(cast.investigator)
    address = at("demand.behind", longer, "repeated-contact")
    first = browser.get(address).content.decode()
    second = browser.get(address, {"part": "figure", "after": "100"}).content.decode()
    words = "Counted: repeated contact"
    (number,) = re.findall(r"In the figure \((\d+)\)", first)
    assert int(number) > 100
    assert (first.count(words), second.count(words)) == (100, int(number) - 100)


def test_the_csv_has_a_column_for_each_measure_that_gives_its_number(cast: Cast, longer: Person, as_: SignIn) -> None:
    answer = as_(cast.investigator).get(at("demand.chart", longer, "contacts"))
    rows = told(answer.content.decode())
    assert len(rows) == 31
    assert in_figure(rows) == 23
    assert sum(row["why_not"] == "overdue" for row in rows) == 3


def test_what_a_case_keeps_gives_the_numbers_it_keeps(cast: Cast, longer: Person, as_: SignIn) -> None:
    case = as_(cast.manager).post(at("demand.take", longer), TOLD)["Location"].rstrip("/").rpartition("/")[2]
    Contact.objects.filter(person=longer).delete()
    kept = {}
    for one in exhibits.of(reading.case_file(case, cast.manager, START)):
        with exhibits.held(case, one.reference, cast.manager, START)[1] as stored:
            kept[one.name.rpartition(".")[2]] = stored.read()
    figures = json.loads(kept["txt"])
    assert in_figure(told(kept["csv"].decode())) == figures["figures"][0]["figure"] == 23


def test_the_report_is_of_the_day_of_the_last_contact_that_counts(cast: Cast, longer: Person, as_: SignIn) -> None:
    case = as_(cast.manager).post(at("demand.take", longer), TOLD)["Location"].rstrip("/").rpartition("/")[2]
    (incident,) = reading.case_file(case, cast.manager, START).case.incident.all
    assert incident.happened_on == OPENED + timedelta(days=23)


def test_the_case_keeps_what_was_put_right_and_what_help_was_offered(cast: Cast, daily: Person, as_: SignIn) -> None:
    browser = as_(cast.manager)
    case = browser.post(at("demand.take", daily), TOLD)["Location"]
    reported = [
        e.event
        for e in reading.case_file(case.rstrip("/").rpartition("/")[2], cast.manager, START).entries
        if isinstance(e.event, IncidentReported)
    ]
    assert (reported[0].put_right, reported[0].help_offered) == (TOLD["put_right"], TOLD["help_offered"])
    page = browser.get(f"{case}incidents/").content.decode()
    assert TOLD["put_right"] in page and TOLD["help_offered"] in page


def test_of_two_managers_who_take_one_suggestion_the_second_is_told_of_the_first(
    cast: Cast, daily: Person, as_: SignIn
) -> None:
    browser = as_(cast.manager)
    made = browser.post(at("demand.take", daily), TOLD)["Location"].rstrip("/").rpartition("/")[2]
    other = as_(cast.senior).post(at("demand.take", daily), {**TOLD, "token": "another"})
    words = other.content.decode()
    assert other.status_code == 200 and made in words and "Nothing was made a second time" in words
    assert Answered.objects.count() == 1
    assert suggesting.covers(Answered.objects.get(), Answered.objects.get().figures)


def test_how_long_a_contact_took_is_not_nought_where_the_log_does_not_say(
    cast: Cast, daily: Person, as_: SignIn
) -> None:
    last = Contact.objects.filter(person=daily).latest("at")
    Contact.objects.filter(pk=last.pk).update(minutes=None)
    browser = as_(cast.manager)
    rows = told(browser.get(at("demand.chart", daily, "contacts")).content.decode())
    assert [row["minutes"] for row in rows] == ["9"] * (len(rows) - 1) + ["Not known"]
    page = browser.get(at("demand.person", daily)).content.decode()
    assert page.count(">Not known</td>") == 1

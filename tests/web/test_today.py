"""Today and the list of cases: what is due from whom, soonest first, and nothing of what is not theirs."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from evenhand.cases import chain, models, reading
from evenhand.people.models import PolicyVersion, User
from evenhand.policy.promises import Promise
from tests.web.asking import words
from tests.web.stories import START, Cast, Story

SignIn = Callable[[User], Client]


def page(client: Client, path: str = "/") -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return " ".join(response.content.decode().split())


def queries(client: Client, path: str) -> int:
    """How many a page takes that was shown before."""
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)


def test_an_investigator_sees_what_is_due_with_who_when_and_why(story: Story, cast: Cast, as_: SignIn) -> None:
    story.investigate()
    shown = page(as_(cast.investigator))
    assert "Contact the customer for their account" in shown
    assert f'href="/cases/{story.reference}/investigation/invite' in shown
    assert "Jo Bell" in shown and "10 March 2026" in shown and "In 7 days" in shown
    assert Promise.I2.among_colleagues in shown and ">Promise </span>I2<" in shown


def test_what_is_overdue_comes_first_and_reaches_someone_senior(
    story: Story, cast: Cast, as_: SignIn, days_later: Callable[[int], object]
) -> None:
    story.investigate()
    later = Story(cast, story.person, story.home)
    later.later(6).report().investigate()
    days_later(9)
    shown = page(as_(cast.senior), "/?show=overdue")
    assert story.reference in shown and "2 days overdue" in shown and later.reference not in shown
    everything = page(as_(cast.investigator))
    assert everything.index(story.reference) < everything.index(later.reference)


def test_a_manager_sees_decisions_that_fall_to_managers_and_an_investigator_does_not(
    story: Story, cast: Cast, as_: SignIn
) -> None:
    story.investigate()
    assert "Decide the case" in page(as_(cast.manager), "/?show=later")
    assert "Decide the case" not in page(as_(cast.investigator), "/?show=later")
    assert "Decide the case" in page(as_(cast.manager), "/?show=everyone")


def test_what_is_due_within_thirty_days_comes_by_itself_and_the_rest_under_later(
    story: Story, cast: Cast, as_: SignIn, days_later: Callable[[int], object]
) -> None:
    story.investigate()
    decide = f'href="/cases/{story.reference}/decision/decide'
    assert decide not in page(as_(cast.manager)) and decide in page(as_(cast.manager), "/?show=later")
    days_later(20)
    assert decide in page(as_(cast.manager)) and decide not in page(as_(cast.manager), "/?show=later")


def test_reports_that_wait_for_triage_are_shown_to_those_who_triage(story: Story, cast: Cast, as_: SignIn) -> None:
    story.report()
    for user in (cast.duty, cast.investigator, cast.manager):
        assert "Reports that wait for triage" in page(as_(user))
    for user in (cast.colleague, cast.partner, cast.protection, cast.administrator):
        assert "Reports that wait for triage" not in page(as_(user))


def test_the_report_that_has_waited_longest_is_the_first_to_triage(story: Story, cast: Cast, as_: SignIn) -> None:
    newer = Story(cast, story.person, story.home).later(1).report()
    story.report()
    older = Story(cast, story.person, story.home).report()
    models.Case.objects.filter(reference=older.reference).update(opened_at=older.moment.at - timedelta(hours=2))
    client, order = as_(cast.manager), [older.reference, story.reference, newer.reference]
    assert [row.reference for row in client.get("/").context["waiting"]] == order
    assert [row.reference for row in client.get("/cases/?show=untriaged").context["rows"]] == order


def test_whoever_looks_after_a_colleague_reads_whom_to_ring(story: Story, cast: Cast, as_: SignIn) -> None:
    story.report(harmed=(cast.duty,)).triage()
    shown = page(as_(cast.manager), "/?show=everyone")
    assert f"{cast.duty.name} is owed" in shown and "A colleague who was affected" not in shown
    two = Story(cast, story.person, story.home).report(harmed=(cast.duty, cast.colleague)).triage()
    rows = as_(cast.manager).get("/?show=everyone").context["tasks"]
    both = next(row for row in rows if row.get("each") and two.reference in row["hint"])
    assert [each["words"].partition(" is owed")[0] for each in both["each"]] == [cast.duty.name, cast.colleague.name]


def test_a_plain_colleague_sees_their_own_reports_and_no_tasks(story: Story, cast: Cast, as_: SignIn) -> None:
    story.report(harmed=(cast.duty,)).triage()
    shown = page(as_(cast.colleague))
    assert story.reference in shown and "What you reported" in shown
    assert "Give the case an investigator" not in shown and "is owed" not in shown
    assert "is owed" not in page(as_(cast.colleague), "/?show=everyone")


def test_the_data_protection_officer_is_not_told_that_they_reported_what_others_did(
    story: Story, cast: Cast, as_: SignIn
) -> None:
    story.report()
    client = as_(cast.protection)
    assert client.get("/").context["own"] == []
    theirs = Story(cast, story.person, story.home).report(by=cast.protection)
    assert [row.reference for row in client.get("/").context["own"]] == [theirs.reference]


def test_a_target_is_asked_to_do_nothing_in_the_case(story: Story, cast: Cast, as_: SignIn) -> None:
    story.report(harmed=(cast.other_manager,)).investigate()
    assert story.reference in page(as_(cast.manager), "/?show=everyone").partition("What is due")[2]
    assert story.reference not in page(as_(cast.other_manager), "/?show=everyone").partition("What is due")[2]


def test_everyone_who_works_here_may_report_an_incident_from_today(cast: Cast, as_: SignIn) -> None:
    for user in set(cast.everyone) - {cast.independent}:
        assert ">Report an incident</a>" in page(as_(user))


def test_with_nothing_due_the_page_says_what_happens_next(cast: Cast, as_: SignIn) -> None:
    shown = page(as_(cast.manager))
    assert "Nothing is due from you" in shown and "it comes here by itself" in shown


def test_counts_stop_at_a_page_and_the_next_page_goes_on_where_the_first_ended(
    story: Story, cast: Cast, as_: SignIn
) -> None:
    story.report()
    row = models.Case.objects.get(reference=story.reference)
    more = [
        models.Task(case=row, on=story.day, what=f"{n} is due", promise="I1", verb="incident.triage", role="manager")
        for n in range(30)
    ]
    models.Task.objects.bulk_create(more)
    client = as_(cast.manager)
    first = client.get("/")
    assert "25+" in first.content.decode()
    older = first.context["older"]
    second = client.get(older)
    said = " ".join(task["hint"] for response in (first, second) for task in response.context["tasks"])
    assert sorted(re.findall(r"\d+ is due", said)) == sorted(f"{n} is due" for n in range(30))


def test_the_next_page_leaves_nothing_out_though_something_happened_in_the_case_where_the_first_ended(
    story: Story, cast: Cast
) -> None:
    stories = [Story(cast, story.person, story.home).report() for _ in range(reading.PAGE + 5)]
    first = reading.tasks(cast.manager, story.day, show="everyone")
    chain.again(first.rows[-1].case)
    second = reading.tasks(cast.manager, story.day, show="everyone", after=first.after or "")
    due = [row.case.reference for row in (*first.rows, *second.rows)]
    assert sorted(due) == sorted(each.reference for each in stories)


@pytest.mark.parametrize("after", ["", "nonsense", "2026-13-45/1", "2026-03-03/x", "' or 1=1"])
def test_an_address_that_was_tampered_with_shows_the_first_page(
    after: str, story: Story, cast: Cast, as_: SignIn
) -> None:
    story.investigate()
    client = as_(cast.investigator)
    for path in ("/", "/cases/", "/reviews/", "/appeals/"):
        assert client.get(path, {"after": after, "show": after}).status_code == 200
    assert client.get("/", {"after": after}).context["tasks"]


def test_today_takes_as_many_queries_for_many_tasks_as_for_few(story: Story, cast: Cast, as_: SignIn) -> None:
    story.report()
    client = as_(cast.manager)
    few = queries(client, "/")
    for _ in range(4):
        Story(cast, story.person, story.home).mark()
    assert queries(client, "/") == few <= 20


def test_cases_are_filtered_in_the_address(story: Story, cast: Cast, as_: SignIn) -> None:
    story.investigate()
    waiting = Story(cast, story.person, story.home).report()
    client = as_(cast.investigator)
    assert story.reference in page(client, "/cases/?show=mine")
    assert waiting.reference not in page(client, "/cases/?show=mine")
    assert waiting.reference in page(client, "/cases/?show=untriaged")
    assert "No case is under appeal" in page(client, "/cases/?show=appeals")
    assert story.reference in page(client, "/cases/?words=bell")
    assert "No case here has “nobody”" in page(client, "/cases/?words=nobody")


def test_a_list_says_how_a_case_stands_only_to_those_who_work_on_it(story: Story, cast: Cast, as_: SignIn) -> None:
    story.decide().approve("T1").later(3).appeal("F1")
    assert "Under appeal</strong>" in page(as_(cast.senior), "/cases/?show=all")
    reporter = page(as_(cast.colleague), "/cases/?show=all")
    assert story.reference in reporter and "Under appeal</strong>" not in reporter
    assert story.reference not in page(as_(cast.colleague), "/cases/?show=appeals")


def test_the_list_of_cases_takes_as_many_queries_for_many_as_for_few(story: Story, cast: Cast, as_: SignIn) -> None:
    story.report()
    client = as_(cast.manager)
    few = queries(client, "/cases/")
    for _ in range(5):
        Story(cast, story.person, story.home).report()
    assert queries(client, "/cases/") == few <= 12


def test_the_policys_owner_reads_on_today_that_its_review_is_near_and_nobody_else_does(cast: Cast, as_: SignIn) -> None:
    PolicyVersion.objects.create(version="9", title="Conduct", owner="A director", next_review_on=START)
    assert "The policy’s review is near" in as_(cast.director).get("/").content.decode()
    assert "The policy’s review" not in as_(cast.manager).get("/").content.decode()


def test_a_manager_sees_one_row_for_all_who_are_owed_care_and_reaches_each(
    story: Story, cast: Cast, as_: SignIn
) -> None:
    story.report(harmed=(cast.colleague, cast.duty)).triage()
    shown = as_(cast.manager).get("/")
    (several,) = [row for row in shown.context["tasks"] if row.get("each")]
    assert (several["name"], several["count"]) == ("Look after the colleagues who were affected", 2)
    assert "See all 2 : Look after the colleagues who were affected" in words(shown)
    pages = [one["href"] for one in several["each"]]
    assert len(set(pages)) == 2
    for page in pages:
        assert as_(cast.manager).get(page).status_code == 200
        assert f'href="{page}"' in shown.content.decode()


def test_all_that_one_colleague_is_owed_is_one_link(story: Story, cast: Cast, as_: SignIn) -> None:
    story.report(harmed=(cast.duty,)).triage()
    (owed,) = [row for row in as_(cast.manager).get("/").context["tasks"] if "is owed" in row["hint"]]
    assert owed["name"] == "Look after a colleague who was affected" and owed["href"].endswith("/look-after")
    assert owed["hint"].count(";") == 3 and owed["hint"].count(f"{cast.duty.name} is owed") == 1


def test_what_is_due_in_different_cases_stays_apart(story: Story, cast: Cast, as_: SignIn) -> None:
    story.report(harmed=(cast.duty,))
    Story(cast, story.person, story.home).report(harmed=(cast.colleague,))
    rows = [row for row in as_(cast.manager).get("/").context["tasks"] if "is owed" in row["hint"]]
    assert len(rows) == 2 and len({row["href"] for row in rows}) == 2


def test_the_number_beside_what_is_due_is_that_of_the_rows_below(story: Story, cast: Cast, as_: SignIn) -> None:
    story.report(harmed=(cast.colleague, cast.duty)).triage()
    shown = as_(cast.manager).get("/").context
    here = next(place for place in shown["places"] if place["here"])
    assert reading.tasks(cast.manager, story.day).rows[len(shown["tasks"]) :]
    assert here["count"] == str(len(shown["tasks"]))

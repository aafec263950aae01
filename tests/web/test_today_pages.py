"""Today, Reviews and the list of cases page by page: in one order, each row once, and counted as they are listed."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

import pytest
from django.test import Client

from evenhand.cases import chain, models, reading
from evenhand.cases.paging import PAGE, Page
from evenhand.people.models import User
from tests.web.stories import Cast, Story

T = TypeVar("T")
SignIn = Callable[[User], Client]
SHOWS = ("", "overdue", "later", "mine", "everyone")


def all_pages(ask: Callable[[str], Page[T]]) -> list[T]:
    found: list[T] = []
    after = ""
    while True:
        page = ask(after)
        found += page.rows
        if not page.after:
            return found
        after = page.after


def on_one_day(story: Story, how_many: int) -> list[str]:
    """So many tasks of one day, in cases of their own each; what each is called."""
    story.report()
    row = models.Case.objects.get(reference=story.reference)
    models.Task.objects.all().delete()
    said = {"promise": "I1", "verb": "incident.triage", "role": "manager", "on": story.day}
    names = [f"EH-{number % 7:04}-{number:04}" for number in range(how_many)]
    models.Task.objects.bulk_create(models.Task(case=row, reference=name, what=name, **said) for name in names)
    return names


def test_many_things_due_on_one_day_are_all_read_page_by_page_in_one_order(story: Story, cast: Cast) -> None:
    names = on_one_day(story, 2 * PAGE + 7)
    read = all_pages(lambda after: reading.tasks(cast.manager, story.day, show="everyone", after=after))
    assert [task.what for task in read] == sorted(names)


def test_a_count_is_the_same_whether_the_list_is_at_hand_or_asked_for(story: Story, cast: Cast) -> None:
    story.investigate()
    Story(cast, story.person, story.home).report(harmed=(cast.duty, cast.colleague))
    for viewer in (cast.manager, cast.investigator, cast.senior, cast.partner):
        for show in SHOWS:
            page = reading.tasks(viewer, story.day, show=show)
            listed = {(task.case_id, task.verb, task.promise) for task in page.rows}
            assert reading.how_many_tasks(viewer, story.day, show) == len(listed)
            assert reading.how_many_tasks(viewer, story.day, show, page) == len(listed)


def test_a_full_list_counts_as_more_than_a_page_either_way(story: Story, cast: Cast) -> None:
    on_one_day(story, PAGE + 1)
    page = reading.tasks(cast.manager, story.day)
    assert reading.how_many_tasks(cast.manager, story.day, "", page) > PAGE
    assert reading.how_many_tasks(cast.manager, story.day, "") > PAGE


def test_what_is_later_for_someone_senior_is_what_falls_to_them(story: Story, cast: Cast) -> None:
    story.investigate()
    assert not reading.tasks(cast.senior, story.day, show="later").rows
    long_after = story.day + timedelta(days=400)
    assert reading.tasks(cast.senior, long_after, show="overdue").rows


def test_reviews_of_one_day_are_all_read_page_by_page_in_one_order(story: Story, cast: Cast) -> None:
    story.mark()
    kept = models.LiveControl.objects.get()
    names = [f"EH-{number % 7:04}-{number:04}" for number in range(2 * PAGE + 7)]
    for name in names:
        kept.pk, kept.reference, kept.control = None, name, name[-4:]
        kept.save(force_insert=True)
    read = all_pages(lambda after: reading.reviews(cast.manager, story.day, after=after))
    assert [control.reference for control in read] == sorted([*names, story.reference])


@pytest.mark.parametrize("show", ["all", "reported"])
def test_whoever_reported_much_reads_all_of_it_newest_first(show: str, story: Story, cast: Cast) -> None:
    told = [Story(cast, story.person, story.home).later(number).report() for number in range(PAGE + 3)]
    read = all_pages(lambda after: reading.cases(cast.colleague, told[-1].day, show=show, after=after))
    assert [row.reference for row in read] == [each.reference for each in reversed(told)]


def test_a_case_is_found_by_its_reference_and_by_a_name_however_written(story: Story, cast: Cast) -> None:
    story.report()
    for words in (story.reference, story.reference.lower(), f" {story.reference} ", "BELL", "Béll"):
        assert [row.reference for row in reading.cases(cast.manager, story.day, words=words, show="all").rows] == [
            story.reference
        ]
    assert not reading.cases(cast.partner, story.day, words=story.reference, show="all").rows


def test_a_list_that_names_another_case_than_its_own_is_found_out(story: Story) -> None:
    story.mark()
    row = models.Case.objects.get(reference=story.reference)
    assert not chain.stale_in(row)
    models.Task.objects.update(reference="EH-0000-0000")
    models.LiveControl.objects.update(reference="EH-0000-0000")
    assert {fault.words.split("’s ")[1].split()[0] for fault in chain.stale_in(row)} == {"tasks", "controls"}


def test_a_colleague_who_works_on_no_case_is_asked_nothing_of_the_tasks(story: Story, cast: Cast, as_: SignIn) -> None:
    story.report(by=cast.colleague).investigate()
    for show in SHOWS:
        context = as_(cast.colleague).get("/", {"show": show}).context
        assert context["tasks"] == [] and context["places"] == [] and context["own"]

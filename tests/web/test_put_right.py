"""C2: what is ours is put right first: a manager names the matter, somebody and a day; it waits until it is done."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evenhand.contacts import putting_right, suggesting
from evenhand.contacts.models import Answered, Matter, OwnFailure, PutRight, PutRightStep
from evenhand.contacts.models.put_right import Step
from evenhand.contacts.putting_right import Said
from evenhand.people import colleague
from evenhand.people.models import Look, Person, User
from evenhand.people.refusal import NotDone
from evenhand.policy.demand.terms import DemandTerms
from evenhand.web import way
from tests.web.demand_log import OPENED, daily, neighbours, repair, said
from tests.web.stories import START, Cast

__all__ = ["daily", "neighbours"]

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
BY = START + timedelta(days=7)


def boxes(name: str, on: date) -> dict[str, str]:
    return {f"{name}_0": str(on.day), f"{name}_1": str(on.month), f"{name}_2": str(on.year)}


def at(name: str, person: Person) -> str:
    return reverse(name, args=[way.PEOPLE.sign(str(person.pk))])


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return " ".join(response.content.decode().split())


@pytest.fixture
def late(daily: Person) -> Matter:
    """Jo Bell's other repair: late, and not done yet."""
    made = repair(daily, 5, closed_on=None, responded_on=None, done_on=None)
    said(daily, OPENED + timedelta(days=9), made, 700).save(force_insert=True)
    suggesting.measure_everybody(START, datetime(2026, 3, 3, 4, tzinfo=UTC), DemandTerms())
    return made


@pytest.fixture
def task(late: Matter, cast: Cast, clock: Callable[..., None]) -> PutRight:
    """The colleague at the counter has it, within a week."""
    clock(START)
    asked = Said(cast.manager, datetime(2026, 3, 3, 10, tzinfo=UTC), START)
    return putting_right.ask(late, "Fit the part, and ring her.", cast.colleague, BY, asked)


def test_set_aside_as_our_own_failure_names_the_matter_and_somebody_puts_it_right_by_a_day(
    cast: Cast, daily: Person, late: Matter, as_: SignIn, clock: Callable[..., None]
) -> None:
    clock(START)
    browser, address = as_(cast.manager), at("demand.answer", daily)
    assert "Late: put it right" in text(browser, address)
    told: dict[str, Any] = {"said": "our own failure", "words": "Fit the part, and ring her."}
    assert "Choose the matter that was late" in browser.post(address, told).content.decode()
    told["matters"] = [str(late.pk)]
    page = browser.post(address, told).content.decode()
    assert "Choose who puts it right" in page and "Enter the day by which it is put right" in page
    assert not Answered.objects.exists() and not PutRight.objects.exists()
    told |= {"who": cast.colleague.actor_id, **boxes("by_day", BY)}
    page = browser.post(address, told, follow=True).content.decode()
    assert "our own failure (Repair of 2 January 2026)" in page
    assert "Sam Okafor, by 10 March 2026 (in 7 days)" in page
    assert Answered.objects.get().matters == [late.pk]
    asked = PutRight.objects.get()
    assert (asked.matter, asked.who, asked.by_day) == (late, cast.colleague, BY)
    assert PutRightStep.objects.get().by == cast.manager


def test_what_is_done_already_needs_nobody_and_another_reason_asks_nobody(
    cast: Cast, daily: Person, as_: SignIn, clock: Callable[..., None]
) -> None:
    clock(START)
    browser = as_(cast.manager)
    done = OwnFailure.objects.get().matter
    told = {"said": "our own failure", "words": "Ours, and done.", "matters": [str(done.pk)]}
    assert browser.post(at("demand.answer", daily), told).status_code == 302
    told |= {"said": "we offer help first", "who": cast.colleague.actor_id, **boxes("by_day", BY)}
    assert browser.post(at("demand.answer", daily), told).status_code == 302
    assert not PutRight.objects.exists()
    assert [one.matters for one in Answered.objects.order_by("pk")] == [[done.pk], []]


def test_where_nothing_was_ours_it_cannot_be_said(
    cast: Cast, daily: Person, as_: SignIn, clock: Callable[..., None]
) -> None:
    clock(START)
    Matter.objects.filter(person=daily).update(respond_by=START, closed_on=START, done_on=START)
    browser, told = as_(cast.manager), {"said": "our own failure", "words": "Ours."}
    page = browser.post(at("demand.answer", daily), told).content.decode()
    assert "None of their matters was late" in page and "If it is our own failure" not in page
    assert not Answered.objects.exists()


def test_a_manager_asks_from_the_list_of_our_own_failures_and_only_once(
    cast: Cast, late: Matter, as_: SignIn, clock: Callable[..., None]
) -> None:
    clock(START)
    browser = as_(cast.manager)
    address = reverse("own_failure.ask", args=[late.pk])
    assert address in text(browser, reverse("own_failure")) and address in text(browser, reverse("demand"))
    told = {"what": "Fit the part.", "who": cast.colleague.actor_id, **boxes("by_day", BY)}
    assert (
        "The day is over already"
        in browser.post(address, {**told, **boxes("by_day", START - timedelta(days=1))}).content.decode()
    )
    assert browser.post(address, told).status_code == 302
    page = text(browser, reverse("own_failure"))
    assert "Being put right" in page and "Put right: Repair of 2 January 2026" in page
    assert address not in page
    assert "Sam Okafor puts this right already" in browser.post(address, told).content.decode()
    assert PutRight.objects.count() == 1


def test_whoever_was_asked_sees_it_today_says_what_was_done_and_it_is_gone(
    cast: Cast, task: PutRight, as_: SignIn
) -> None:
    browser = as_(cast.colleague)
    page = text(browser, reverse("today"))
    assert "What you are to put right" in page and "Put right: Repair of 2 January 2026" in page and "Jo Bell" in page
    page = text(browser, reverse("put_right", args=[task.pk]))
    assert "Fit the part, and ring her." in page and "Promised by" in page
    assert "contacts" not in page.lower() and "how often" not in page.lower()
    assert Look.objects.filter(actor=cast.colleague.actor_id, person=task.matter.person).exists()
    address = reverse("put_right.done", args=[task.pk])
    told = {"words": "Part fitted; she was rung.", **boxes("on", START)}
    wrong = browser.post(address, {**told, **boxes("on", BY)}).content.decode()
    assert "It cannot have been done after today" in wrong
    assert browser.post(address, told).status_code == 302
    assert "What you are to put right" not in text(browser, reverse("today"))
    assert "Sam Okafor put it right on 3 March 2026" in text(as_(cast.manager), reverse("own_failure"))
    assert "already" in as_(cast.colleague).post(address, told).content.decode()


def test_what_is_not_done_after_all_waits_again_and_nothing_said_is_lost(
    cast: Cast, task: PutRight, as_: SignIn
) -> None:
    browser = as_(cast.colleague)
    browser.post(reverse("put_right.done", args=[task.pk]), {"words": "Part fitted.", **boxes("on", START)})
    told = {"words": "It leaks again.", "who": cast.colleague.actor_id, **boxes("by_day", BY)}
    assert as_(cast.manager).post(reverse("put_right.not_done", args=[task.pk]), told).status_code == 302
    page = text(as_(cast.colleague), reverse("today"))
    assert "What you are to put right" in page
    page = text(as_(cast.colleague), reverse("put_right", args=[task.pk]))
    assert page.index("It leaks again.") < page.index("Part fitted.")
    assert [one.step for one in task.steps.all()] == [Step.ASKED, Step.DONE, Step.NOT_DONE]


def test_whoever_did_it_says_that_it_is_not_done_after_all_and_gives_it_to_nobody_else(
    cast: Cast, task: PutRight, as_: SignIn
) -> None:
    browser, address = as_(cast.colleague), reverse("put_right.not_done", args=[task.pk])
    browser.post(reverse("put_right.done", args=[task.pk]), {"words": "Part fitted.", **boxes("on", START)})
    assert "Who puts it right?" not in text(browser, address)
    told = {"words": "It leaks again.", "who": cast.duty.actor_id, **boxes("by_day", BY)}
    assert browser.post(address, told).status_code == 302
    assert putting_right.of_matters([task.matter_id])[task.matter_id].who == cast.colleague


def test_what_somebody_who_has_left_did_not_do_after_all_is_given_to_somebody_else(
    cast: Cast, task: PutRight, as_: SignIn
) -> None:
    done = {"words": "Part fitted.", **boxes("on", START)}
    as_(cast.colleague).post(reverse("put_right.done", args=[task.pk]), done)
    colleague.leave(cast.colleague, START, None, today=START)
    browser, address = as_(cast.manager), reverse("put_right.not_done", args=[task.pk])
    told = {"words": "It leaks again.", **boxes("by_day", BY)}
    assert "Choose who puts it right" in browser.post(address, told).content.decode()
    assert browser.post(address, {**told, "who": cast.duty.actor_id}).status_code == 302
    assert "What you are to put right" in text(as_(cast.duty), reverse("today"))
    assert "Not put right after all: Dawn Price, by 10 March 2026" in text(
        browser, reverse("put_right", args=[task.pk])
    )


def test_nobody_changes_what_was_said_afterwards(cast: Cast, daily: Person, task: PutRight) -> None:
    said_then = {"said": "our own failure", "at": datetime(2026, 3, 3, 10, tzinfo=UTC), "by": cast.manager}
    Answered.objects.create(person=daily, kinds=[], until=START, figures={}, words="Late.", **said_then)
    for said_before in (Answered.objects, PutRightStep.objects):
        with pytest.raises(ProgrammingError, match="only ever added to"), transaction.atomic():
            said_before.update(words="Something else.")


def test_what_was_written_of_it_is_there_again_after_signing_in_again(cast: Cast, task: PutRight, as_: SignIn) -> None:
    browser, address = as_(cast.colleague), reverse("put_right.done", args=[task.pk])
    (token,) = re.findall(r'name="token" value="([^"]+)"', text(browser, address))
    browser.logout()
    told = {"token": token, "words": "I fitted the part.", **boxes("on", START)}
    assert "login" in browser.post(address, told)["Location"]
    browser.force_login(cast.colleague)
    assert "I fitted the part." in text(browser, address)
    assert not PutRight.objects.get().done_on


def test_what_is_overdue_stands_on_every_managers_first_page_and_on_nobody_elses(
    cast: Cast, task: PutRight, as_: SignIn, clock: Callable[..., None]
) -> None:
    assert "not put right" not in text(as_(cast.manager), reverse("today"))
    clock(BY + timedelta(days=2))
    for viewer in (cast.manager, cast.senior):
        page = text(as_(viewer), reverse("today"))
        assert "One matter of ours is not put right" in page and "by 10 March 2026" in page
    assert "2 days overdue" in text(as_(cast.manager), reverse("own_failure"))
    assert "2 days overdue" in text(as_(cast.colleague), reverse("today"))
    for other in (cast.investigator, cast.duty, cast.planner):
        assert "put right" not in text(as_(other), reverse("today"))


def test_when_whoever_was_asked_has_left_a_manager_gives_it_to_somebody_else(
    cast: Cast, task: PutRight, as_: SignIn
) -> None:
    colleague.leave(cast.colleague, START, None, today=START)
    browser = as_(cast.manager)
    assert "1 of them wait" in text(browser, reverse("today"))
    assert "Sam Okafor has left: give it to somebody else" in text(browser, reverse("own_failure"))
    told = {"who": cast.duty.actor_id, "words": "Sam has left.", **boxes("by_day", BY)}
    assert browser.post(reverse("put_right.change", args=[task.pk]), told).status_code == 302
    assert "What you are to put right" in text(as_(cast.duty), reverse("today"))
    assert "not put right" not in text(as_(cast.manager), reverse("today"))


def test_nobody_else_knows_of_it(cast: Cast, task: PutRight, as_: SignIn) -> None:
    for other in (cast.investigator, cast.duty, cast.planner, cast.administrator, cast.independent):
        browser = as_(other)
        for name in ("put_right", "put_right.done", "put_right.not_done", "put_right.change"):
            assert browser.get(reverse(name, args=[task.pk])).status_code in (403, 404), (other, name)
            assert browser.post(reverse(name, args=[task.pk]), {"words": "x"}).status_code in (403, 404)
    assert as_(cast.colleague).get(reverse("put_right.change", args=[task.pk])).status_code == 403
    assert as_(cast.investigator).get(reverse("own_failure.ask", args=[task.matter_id])).status_code == 403
    page = text(as_(cast.colleague), way.to_check(task.matter.person))
    assert "put right" not in page.lower() and "Fit the part" not in page


def test_a_colleague_who_is_the_customer_neither_does_it_nor_sees_it(
    cast: Cast, task: PutRight, as_: SignIn, clock: Callable[..., None]
) -> None:
    User.objects.filter(pk__in=[cast.colleague.pk, cast.manager.pk]).update(person=task.matter.person)
    clock(BY + timedelta(days=2))
    for user in (cast.colleague, cast.manager):
        viewer = User.objects.get(pk=user.pk)
        assert "put right" not in text(as_(viewer), reverse("today"))
        assert as_(viewer).get(reverse("put_right", args=[task.pk])).status_code == 404
    again = Said(cast.senior, datetime(2026, 3, 3, 10, tzinfo=UTC), START)
    with pytest.raises(NotDone, match="Choose somebody else"):
        putting_right.change(task, User.objects.get(pk=cast.colleague.pk), BY, "Theirs.", again)


def test_the_first_page_asks_no_more_however_many_there_are(
    cast: Cast, daily: Person, task: PutRight, as_: SignIn
) -> None:
    def asked() -> int:
        browser.get(reverse("today"))
        with CaptureQueriesContext(connection) as queries:
            browser.get(reverse("today"))
        return len(queries)

    browser = as_(cast.colleague)
    few = asked()
    for _ in range(4):
        one = Said(cast.manager, datetime(2026, 3, 3, 10, tzinfo=UTC), START)
        putting_right.ask(repair(daily, 5, done_on=None), "Do it.", cast.colleague, BY, one)
    assert asked() == few


def test_a_case_begins_with_what_was_put_right(cast: Cast, daily: Person, task: PutRight, as_: SignIn) -> None:
    page = text(as_(cast.manager), at("demand.take", daily))
    assert "Repair of 2 January 2026: Sam Okafor, by 10 March 2026 (in 7 days). Fit the part, and ring her." in page

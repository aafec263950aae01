"""Reporting an incident, what the reporter is told, triage, who it was, corrections, and looking after colleagues."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from evenhand.cases import models
from evenhand.people.models import Home, Person, User
from evenhand.people.text import name_to_search
from evenhand.policy.conduct import Conduct
from tests.web.asking import answers, carried, errors, page_of, send, words
from tests.web.stories import START, Cast, Story

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]
REPORT = "/report"


def told(**changed: Any) -> dict[str, Any]:
    """What a colleague on a doorstep answers."""
    return {
        "conducts": [Conduct.SHOUTING.value],
        "account": "She shouted abuse and blocked the way.",
        "happened_on": START,
        "happened_at": "2.30 pm",
        "channel": "visit",
        "where": "at her front door",
        "person_words": "Jo Bell",
        "mine": "no",
        **changed,
    }


def reported_case(sent: HttpResponse) -> models.Case:
    assert sent.status_code == 302, errors(sent)
    return models.Case.objects.get(reference=sent["Location"].split("/")[2])


def test_anyone_who_works_here_can_report_on_one_page_of_eight_questions(as_: As, cast: Cast) -> None:
    for user in set(cast.everyone) - {cast.independent}:
        assert as_(user).get(REPORT).status_code == 200
    page = words(as_(cast.colleague).get(REPORT))
    assert "Is anyone in danger now? Ring 999." in page
    assert "8. Photographs or recordings" in page and not re.search(r"\b9\. ", page)


def test_a_report_names_the_person_found_in_the_register(as_: As, cast: Cast, tenant: Person, home: Home) -> None:
    sent = send(
        as_(cast.colleague),
        REPORT,
        **told(person=str(tenant.pk), home_words="ZH1 4JQ", home=str(home.pk), mine="not hurt"),
    )

    row = reported_case(sent)
    assert (row.person, row.home) == (tenant, home)
    assert row.targets == [cast.colleague.actor_id] and row.reporters == [cast.colleague.actor_id]
    page = as_(cast.colleague).get(sent["Location"])
    assert row.reference in words(page) and "rings you today" in words(page)


def test_a_person_is_looked_for_without_a_script_and_nothing_typed_is_lost(
    as_: As, cast: Cast, tenant: Person, home: Home
) -> None:
    browser = as_(cast.colleague)
    shown = browser.get(REPORT)
    answered = {"account": "She shouted.", "person_words": "07700 900123", "find": "person", "happened_on": START}

    found = browser.post(REPORT, {**carried(shown), **answers(**answered)})

    assert found.status_code == 200 and not found.context["form"].errors
    page = words(found)
    assert "Jo Bell" in page and "3 Ferry Row" in page and "She shouted." in page
    assert not models.Case.objects.exists()


@pytest.mark.parametrize("question", ["bell", "3 ferry row", "zh14jq", "jo.bell@example.com"])
def test_a_person_is_found_by_what_one_has(question: str, as_: As, cast: Cast, tenant: Person) -> None:
    browser = as_(cast.colleague)
    found = browser.post(REPORT, {**carried(browser.get(REPORT)), "person_words": question, "find": "person"})
    assert "Jo Bell" in words(found)


@pytest.mark.parametrize(("others", "said"), [(8, False), (12, True)])
def test_whoever_is_not_among_the_first_ten_may_still_be_looked_for(
    as_: As, cast: Cast, tenant: Person, others: int, said: bool
) -> None:
    Person.objects.bulk_create(
        Person(source="housing", ref=f"Q{n}", surname="Bell", search_name=name_to_search("", "Bell"))
        for n in range(others)
    )
    browser = as_(cast.colleague)

    found = browser.post(REPORT, {**carried(browser.get(REPORT)), "person_words": "bell", "find": "person"})

    assert ("There may be more than these" in words(found)) is said


def test_a_photograph_is_not_lost_unnoticed_while_the_person_is_looked_for(as_: As, cast: Cast, tenant: Person) -> None:
    browser = as_(cast.colleague)
    photo = SimpleUploadedFile("door.png", b"\x89PNG\r\n\x1a\n", content_type="image/png")
    asked = {**carried(browser.get(REPORT)), "person_words": "Jo Bell", "find": "person", "attached": photo}

    page = browser.post(REPORT, asked)

    assert "Choose the files again" in words(page)
    assert "Choose the files again" not in words(browser.post(REPORT, {**asked, "attached": ""}))


def test_who_was_found_is_looked_at_before_the_report_goes(as_: As, cast: Cast, tenant: Person) -> None:
    sent = send(as_(cast.colleague), REPORT, **told())

    assert sent.status_code == 200 and "Check that this is who" in errors(sent)
    assert sent.context["form"]["person"].value() == str(tenant.pk)


def test_a_person_nobody_knows_is_described_and_not_looked_up(as_: As, cast: Cast) -> None:
    described = told(person_words="", described="Tall, red van", online_account="@fury_9", happened_on=date(2026, 3, 2))

    row = reported_case(send(as_(cast.colleague), REPORT, **described))

    assert row.person is None and row.happened_on == date(2026, 3, 2)


def test_whoever_finds_nobody_is_told_what_to_do_if_nobody_knows(as_: As, cast: Cast) -> None:
    sent = send(as_(cast.colleague), REPORT, **told(person_words="Quentin Zzyzx"))
    assert "open “I do not know who it was”" in str(sent.context["form"].errors["person_words"])


def test_a_report_that_says_nothing_of_the_person_comes_back_with_its_words(as_: As, cast: Cast) -> None:
    sent = send(
        as_(cast.colleague), REPORT, **told(person_words="", conducts=[], happened_on=START + timedelta(days=1))
    )

    assert "Find the person, or say what you know of them" in errors(sent)
    assert "Choose at least one kind of behaviour" in errors(sent)
    assert "She shouted abuse and blocked the way." in words(sent)
    assert not models.Case.objects.exists()


def test_what_the_policy_refuses_is_said_beside_the_question(as_: As, cast: Cast) -> None:
    late = told(person_words="", described="Tall", happened_on=START + timedelta(days=1))

    sent = send(as_(cast.colleague), REPORT, **late)

    assert sent.context["form"].errors["happened_on"] == ["An incident cannot have happened after today."]


def test_a_report_sent_twice_is_one_report(as_: As, cast: Cast) -> None:
    browser = as_(cast.colleague)
    data = {**carried(browser.get(REPORT)), **answers(**told(person_words="", described="Tall"))}

    first, second = browser.post(REPORT, data), browser.post(REPORT, data)

    assert first["Location"] == second["Location"]
    assert models.Case.objects.count() == 1


def test_other_colleagues_and_people_by_name_are_recorded_as_affected(as_: As, cast: Cast, tenant: Person) -> None:
    others = told(
        person=str(tenant.pk),
        colleagues_words="Hughes, Price",
        colleagues=[cast.investigator.actor_id, cast.duty.actor_id],
        others="Ana from the plumbers",
        injury="a minor injury",
    )

    row = reported_case(send(as_(cast.colleague), REPORT, **others))

    assert set(row.targets) == {cast.investigator.actor_id, cast.duty.actor_id}


def test_a_report_for_a_contractor_says_who_they_are(as_: As, cast: Cast, tenant: Person) -> None:
    theirs = told(person=str(tenant.pk), on_behalf_of="Kwame, ABC Gas")

    refused = send(as_(cast.colleague), REPORT, **theirs)
    sent = send(as_(cast.colleague), REPORT, **theirs, source="a contractor")

    assert "Say who it is that you report for" in errors(refused)
    assert reported_case(sent)


def test_after_a_threat_a_duty_colleague_is_offered_a_marker_at_once(as_: As, cast: Cast, tenant: Person) -> None:
    threat = told(person=str(tenant.pk), conducts=[Conduct.THREATS.value])
    duty, plain = as_(cast.duty), as_(cast.colleague)

    by_duty, by_other = send(duty, REPORT, **threat), send(plain, REPORT, **threat)

    place = reverse("provisional_marker.place", args=[reported_case(by_duty).reference])
    assert place in duty.get(by_duty["Location"]).content.decode()
    assert "Place a provisional marker" not in words(plain.get(by_other["Location"]))


def test_a_threatened_duty_colleague_is_not_sent_to_place_the_marker_themself(
    as_: As, cast: Cast, tenant: Person
) -> None:
    sent = send(
        as_(cast.duty), REPORT, **told(person=str(tenant.pk), conducts=[Conduct.THREATS.value], mine="not hurt")
    )
    assert "Place a provisional marker" not in words(as_(cast.duty).get(sent["Location"]))


def test_nobody_but_the_reporter_is_shown_what_comes_next_for_them(as_: As, story: Story, cast: Cast) -> None:
    story.report()
    address = reverse("incident.reported", args=[story.reference])
    assert as_(cast.colleague).get(address).status_code == 200
    assert as_(cast.manager).get(address).status_code == 404
    assert as_(cast.partner).get(address).status_code == 404


def test_the_reporter_corrects_their_own_report(as_: As, story: Story, cast: Cast) -> None:
    story.report()
    address = page_of(story, "incident.correct", "I1")
    said = {"conducts": [Conduct.SHOUTING.value, Conduct.THREATS.value], "happened_on": START}

    sent = send(as_(cast.colleague), address, correction="She also threatened me.", **said)

    assert sent.status_code == 302
    assert Conduct.THREATS.value in models.Case.objects.get().conducts
    own = words(as_(cast.colleague).get(reverse("case", args=[story.reference])))
    assert "What you corrected" in own and "She also threatened me." in own
    assert as_(cast.partner).get(address).status_code == 404


def test_a_safety_instruction_stands_on_the_home_only_while_nobody_is_known(
    as_: As, story: Story, cast: Cast, tenant: Person
) -> None:
    story.report()
    known = words(as_(cast.duty).get(page_of(story, "incident.instruct")))
    unknown = Story(cast, None, story.home).report(described="Tall")

    sent = send(as_(cast.duty), page_of(unknown, "incident.instruct"), instruction="Visit in pairs.")

    assert "a marker follows them, never the home" in known
    assert sent.status_code == 302


def test_a_manager_records_that_a_colleague_was_looked_after(as_: As, story: Story, cast: Cast) -> None:
    story.report(harmed=(cast.colleague,))
    address = page_of(story, "incident.look_after", "H1")
    assert "Sam Okafor" in words(as_(cast.manager).get(address))

    sent = send(as_(cast.manager), address, care="a call from their manager", note="Rang at 4pm.")

    assert sent.status_code == 302
    assert as_(cast.colleague).get(address).status_code in (403, 404)


def test_who_lives_at_the_home_named_comes_first_even_where_others_fill_the_list(
    as_: As, cast: Cast, tenant: Person, home: Home
) -> None:
    names = [f"Jo{n}" for n in range(14)]
    Person.objects.bulk_create(
        [
            Person(
                source="housing", ref=f"Q{n}", forename=name, surname="Bell", search_name=name_to_search(name, "Bell")
            )
            for n, name in enumerate(["Jo", *names])
        ]
    )
    client = as_(cast.colleague)
    asked = {"find": "person", "person_words": "bell", "home_words": "3 Ferry Row"}
    choices = client.post(REPORT, asked).context["form"].fields["person"].choices
    assert choices[0][0] == str(tenant.pk) and choices[0].hint.startswith("At the home you named. 3 Ferry Row")
    assert len(choices) == 10
    chosen = client.post(REPORT, {**asked, "home": str(home.pk)}).context["form"].fields["person"].choices
    assert chosen[0][0] == str(tenant.pk)
    nowhere = client.post(REPORT, {"find": "person", "person_words": "bell"}).context["form"].fields["person"].choices
    assert not any(choice.hint.startswith("At the home") for choice in nowhere)


def test_somebody_of_another_name_at_the_home_is_not_offered_for_living_there(
    as_: As, cast: Cast, tenant: Person
) -> None:
    other = Person.objects.create(
        source="housing", ref="Z1", forename="Al", surname="Ash", search_name=name_to_search("Al", "Ash")
    )
    asked = {"find": "person", "person_words": "ash", "home_words": "3 Ferry Row"}
    choices = as_(cast.colleague).post(REPORT, asked).context["form"].fields["person"].choices
    assert [choice[0] for choice in choices] == [str(other.pk)]


def test_a_reporter_sees_the_home_they_named_on_their_own_report(as_: As, story: Story, cast: Cast, home: Home) -> None:
    story.report().triage()
    shown = words(as_(cast.colleague).get(f"/cases/{story.reference}/"))
    assert "Home 3 Ferry Row, Zedham, ZH1 4JQ" in shown


def test_whoever_reported_a_child_is_told_what_to_mind(as_: As, story: Story, cast: Cast, tenant: Person) -> None:
    Person.objects.filter(pk=tenant.pk).update(date_of_birth=date(2012, 5, 1))
    story.report()
    address = reverse("incident.reported", args=[story.reference])
    page = words(as_(cast.colleague).get(address))
    assert "Somebody under 18 was involved" in page and "Think of safeguarding first" in page

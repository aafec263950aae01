"""What becomes of a report, and who it was, on the pages for it."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.cases import models
from evenhand.people.models import Home, HomeVisit, Person, User
from tests.web.asking import answers, carried, errors, page_of, send, words
from tests.web.stories import Cast, Story

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]


def test_a_report_becomes_a_case(as_: As, story: Story, cast: Cast) -> None:
    story.report()
    address = page_of(story, "incident.triage")
    assert "She shouted abuse at the front door" in words(as_(cast.investigator).get(address))

    sent = send(as_(cast.investigator), address, outcome="a new case")

    assert sent.status_code == 302 and not models.Case.objects.get().untriaged
    assert "no such report here that waits" in words(as_(cast.manager).get(address))


def test_a_report_that_is_not_about_conduct_needs_a_reason(as_: As, story: Story, cast: Cast) -> None:
    story.report()
    address = page_of(story, "incident.triage")

    refused = send(as_(cast.manager), address, outcome="not a conduct matter")
    sent = send(as_(cast.manager), address, outcome="not a conduct matter", reason="It is a repair.")

    assert refused.context["form"].errors["reason"] == ["Answer “Why?”"], "in the question's own words"
    assert sent.status_code == 302


def test_a_colleague_who_was_shouted_at_cannot_triage(as_: As, story: Story, cast: Cast) -> None:
    story.report(harmed=(cast.manager,))
    page = words(as_(cast.manager).get(page_of(story, "incident.triage")))
    assert "You were affected by what happened" in page and "Save what it is" not in page


def test_a_report_joins_a_case_of_the_same_person(as_: As, story: Story, cast: Cast) -> None:
    story.investigate()
    into = story.reference
    other = Story(cast, story.person, story.home).report()
    address = page_of(other, "incident.triage")
    assert into in words(as_(cast.manager).get(address))

    sent = send(as_(cast.manager), address, outcome="joins a case", joins=into, reason="The same week.")

    assert sent["Location"] == reverse("case", args=[into])
    assert not models.Case.objects.get(reference=other.reference).untriaged


def test_a_report_cannot_join_a_case_that_its_page_did_not_offer(as_: As, story: Story, cast: Cast) -> None:
    story.investigate()
    stranger = Person.objects.create(source="housing", ref="P9", forename="Al", surname="Fox")
    other = Story(cast, stranger).report()

    sent = send(
        as_(cast.manager),
        page_of(other, "incident.triage"),
        outcome="joins a case",
        joins=story.reference,
        reason="Same.",
    )

    assert sent.status_code == 200 and models.Case.objects.get(reference=other.reference).untriaged


def test_an_unknown_person_is_found_in_the_register_later(as_: As, story: Story, cast: Cast, tenant: Person) -> None:
    story.person = None
    story.report(described="Tall, red van")

    sent = send(
        as_(cast.investigator),
        page_of(story, "incident.identify"),
        person_words="Bell",
        person=str(tenant.pk),
        how="The neighbour knows her.",
    )

    assert sent.status_code == 302 and models.Case.objects.get().person == tenant


@pytest.mark.parametrize(
    ("born", "says"), [(date(2010, 5, 1), "They are under 18."), (date(2018, 5, 1), "there is never a marker")]
)
def test_whoever_says_that_it_was_a_child_is_told_what_to_mind_before_and_after(
    as_: As, story: Story, cast: Cast, tenant: Person, born: date, says: str
) -> None:
    Person.objects.filter(pk=tenant.pk).update(date_of_birth=born)
    story.person = None
    story.report(described="Tall, red van")
    address, asked = page_of(story, "incident.identify"), {"person_words": tenant.name, "find": "person"}
    found = words(as_(cast.investigator).post(address, {**asked, "token": "a"}))
    assert "under 18" in found and says in found and "safe parent, guardian" in found
    told = {"person_words": tenant.name, "person": str(tenant.pk), "how": "A neighbour knew them.", "token": "b"}
    after = words(as_(cast.investigator).post(address, told, follow=True))
    assert "Think of safeguarding first" in after and says in after


def test_of_an_adult_nothing_is_said_of_their_age(as_: As, story: Story, cast: Cast, tenant: Person) -> None:
    story.person = None
    story.report(described="Tall, red van")
    asked = {"person_words": tenant.name, "find": "person", "token": "a"}
    found = words(as_(cast.investigator).post(page_of(story, "incident.identify"), asked))
    assert tenant.name in found and "under 18" not in found and "safeguarding" not in found


def test_someone_in_no_register_is_made_once_with_the_home_they_visit(
    as_: As, story: Story, cast: Cast, home: Home
) -> None:
    story.person = None
    story.report(described="Tall, red van")
    browser, address = as_(cast.investigator), page_of(story, "incident.identify")
    told = {
        "description": "Her brother, tall, red van",
        "home_words": "Ferry Row",
        "home": str(home.pk),
        "how": "She said.",
    }
    data = {**carried(browser.get(address)), **answers(**told)}

    first, second = browser.post(address, data), browser.post(address, data)

    assert first.status_code == second.status_code == 302
    person = Person.objects.get(is_local=True)
    assert models.Case.objects.get().person == person
    assert HomeVisit.objects.get().home == home


def test_identifying_without_saying_who_makes_nobody(as_: As, story: Story, cast: Cast) -> None:
    story.person = None
    story.report(described="Tall")
    sent = send(as_(cast.investigator), page_of(story, "incident.identify"), how="I asked around.")
    assert "describe them" in errors(sent) and not Person.objects.filter(is_local=True).exists()


def test_a_stale_form_shows_what_changed_and_keeps_the_words(as_: As, story: Story, cast: Cast) -> None:
    story.report()
    browser, address = as_(cast.manager), page_of(story, "incident.triage")
    data = {**carried(browser.get(address)), "outcome": "not a conduct matter", "reason": "It is a repair."}
    story.triage()

    stale = browser.post(address, data)

    assert stale.status_code == 200
    assert "What changed while you wrote" in words(stale) and "The report was made a case" in words(stale)
    assert "It is a repair." in words(stale)


def test_the_whole_report_stands_beside_its_triage(as_: As, story: Story, cast: Cast) -> None:
    story.person = None
    story.report(
        described="Tall, red van", online_account="@fury_9", witnesses="A neighbour at 5", danger_now=True,
        on_behalf_of="Kwame, ABC Gas", harmed=(cast.colleague,)
    )  # fmt: skip
    page = words(as_(cast.manager).get(page_of(story, "incident.triage")))
    for told in ("Tall, red van", "@fury_9", "A neighbour at 5", "Danger when it was reported", "Kwame, ABC Gas"):
        assert told in page
    assert "Nobody knows yet who it was" in page and "It joins" not in page


def test_after_saying_who_it_was_triage_comes_next(as_: As, story: Story, cast: Cast, tenant: Person) -> None:
    story.person = None
    story.report(described="Tall")
    said = {"person_words": "Bell", "person": str(tenant.pk), "how": "The neighbour knows her."}
    sent = send(as_(cast.investigator), page_of(story, "incident.identify"), **said)
    assert sent["Location"] == page_of(story, "incident.triage")

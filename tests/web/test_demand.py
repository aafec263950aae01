"""C2: what a manager sees worth a look, says of it, and takes to a case; and who never sees it."""

import hashlib
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from evenhand.cases import exhibits, reading
from evenhand.contacts import remeasure, suggesting
from evenhand.contacts.models import Answered, Contact, Matter, Objected, OwnFailure, Suggested
from evenhand.contacts.terms import demand_terms
from evenhand.people.models import Look, Person, User
from evenhand.people.terms import settable
from evenhand.policy.conduct import Conduct, Finding
from evenhand.policy.demand.terms import DemandTerms
from evenhand.policy.events.investigation import Speaker
from evenhand.policy.need import Channel
from evenhand.web import way
from tests.web.demand_log import OPENED, daily, neighbours, repair, said
from tests.web.stories import START, Cast, Story

__all__ = ["daily", "neighbours"]

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
DONE = {"put_right": "The late repair was done on 3 March.", "help_offered": "One person to ring, on 2 March."}


def at(name: str, person: Person) -> str:
    return reverse(name, args=[way.PEOPLE.sign(str(person.pk))])


def ours(person: Person) -> dict[str, list[str]]:
    """The repair of theirs that was late, as the form names it."""
    return {"matters": [str(OwnFailure.objects.get(matter__person=person).matter_id)]}


def test_a_manager_sees_what_is_ours_first_and_the_fair_reading_beside_each_customer(
    cast: Cast, daily: Person, as_: SignIn
) -> None:
    page = as_(cast.manager).get(reverse("demand")).content.decode()
    assert page.index("Put right what is ours") < page.index("Jo Bell</a><span")
    assert "3 of 27 contacts came while our work was late" in page
    assert "Other1" not in page
    assert Look.objects.filter(person=daily, actor=cast.manager.actor_id, purpose__startswith="How often").exists()


def test_what_can_still_be_put_right_comes_before_what_is_done(cast: Cast, daily: Person, as_: SignIn) -> None:
    late = repair(Person.objects.get(ref="N1"), 5, closed_on=None, responded_on=None, done_on=None)
    said(late.person, OPENED + timedelta(days=9), late, 900, minutes=1).save(force_insert=True)
    suggesting.measure_everybody(START, datetime(2026, 3, 4, 3, tzinfo=UTC), DemandTerms())
    page = as_(cast.manager).get(reverse("demand")).content.decode()
    assert page.index("Late: put it right") < page.index("Done on")


@pytest.mark.parametrize("part", ["colleague", "planner", "administrator", "investigator", "partner"])
def test_nobody_else_sees_the_list(cast: Cast, daily: Person, as_: SignIn, part: str) -> None:
    assert as_(getattr(cast, part)).get(reverse("demand")).status_code == 403


def test_nothing_of_it_is_on_the_answer_card_or_the_page_of_a_plain_colleague(
    cast: Cast, daily: Person, as_: SignIn
) -> None:
    browser = as_(cast.colleague)
    for address in (way.to_person(daily), way.to_check(daily)):
        page = browser.get(address).content.decode()
        assert "ow often" not in page and "time to respond" not in page


def test_the_list_takes_as_many_queries_for_many_as_for_one(
    cast: Cast, daily: Person, as_: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser = as_(cast.manager)
    browser.get(reverse("demand"))
    with django_assert_max_num_queries(24):
        browser.get(reverse("demand"))


def test_the_page_of_a_customer_shows_all_seven_kinds_others_and_every_contact(
    cast: Cast, daily: Person, as_: SignIn
) -> None:
    page = as_(cast.investigator).get(at("demand.person", daily)).content.decode()
    for kind in Conduct:
        if not kind.is_behaviour:
            assert kind.value[1:] in page
    assert "23 times they contacted us again about something that was not due yet" in page
    assert "3 contacts came while we were late" in page
    assert "Not counted: came while we were late" in page
    assert "See this as a table" in page and "A count decides nothing" in page


@pytest.mark.parametrize(("which", "says"), [("matters", "Repair of"), ("reasons", "Came while we were late,3")])
def test_each_chart_is_to_be_had_as_csv(cast: Cast, daily: Person, as_: SignIn, which: str, says: str) -> None:
    address = reverse("demand.chart", args=[way.PEOPLE.sign(str(daily.pk)), which])
    assert says in as_(cast.investigator).get(address).content.decode()
    assert as_(cast.colleague).get(address).status_code == 403


def test_beside_others_is_to_be_had_as_csv_and_nothing_that_is_not_there(
    cast: Cast, daily: Person, as_: SignIn
) -> None:
    signed = way.PEOPLE.sign(str(daily.pk))
    said_of = as_(cast.investigator).get(reverse("demand.chart", args=[signed, "beside"])).content.decode()
    assert re.search(r"^This customer: \d+ minutes,1\r$", said_of, re.M) and "Other1" not in said_of
    assert as_(cast.investigator).get(reverse("demand.chart", args=[signed, "other"])).status_code == 404


def test_the_page_for_the_customer_names_no_other_customer(cast: Cast, daily: Person, as_: SignIn) -> None:
    answer = as_(cast.manager).get(at("demand.statement", daily))
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")


def test_a_suggestion_set_aside_as_our_own_failure_does_not_come_back(cast: Cast, daily: Person, as_: SignIn) -> None:
    browser = as_(cast.manager)
    told = {"said": "our own failure", "words": "We put the boiler right and rang her.", **ours(daily)}
    page = browser.post(at("demand.answer", daily), told, follow=True).content.decode()
    assert "Set aside" in page and "We put the boiler right" in page
    assert "Nobody is waiting for a look" in browser.get(reverse("demand")).content.decode()
    suggesting.measure_everybody(START, datetime(2026, 3, 4, 3, tzinfo=UTC), DemandTerms())
    assert Suggested.objects.get(person=daily).answered
    assert Answered.objects.get().by == cast.manager


def test_it_comes_back_when_twice_as_much_shows(cast: Cast, daily: Person, as_: SignIn) -> None:
    browser = as_(cast.manager)
    browser.post(at("demand.answer", daily), {"said": "our own failure", "words": "Ours.", **ours(daily)})
    again = Matter.objects.filter(person=daily).earliest("pk")
    days = [OPENED + timedelta(days=n) for n in range(25)]
    Contact.objects.bulk_create(
        said(daily, day, again, 200 + 2 * n + hour) for n, day in enumerate(days) for hour in (0, 1)
    )
    remeasure.people([daily.pk], datetime(2026, 3, 3, 9, tzinfo=UTC))
    assert "Jo Bell" in browser.get(reverse("demand")).content.decode()


def test_a_suggestion_goes_to_a_case_only_after_help_and_with_its_evidence_for_good(
    cast: Cast, daily: Person, as_: SignIn
) -> None:
    browser = as_(cast.manager)
    told = {"account": "She rang every day about a repair that was in time.", "token": "once"}
    page = browser.post(at("demand.take", daily), told).content.decode()
    assert "First offer help" in page and "First put right what is ours" in page
    answer = browser.post(at("demand.take", daily), {**told, **DONE})
    reference = answer["Location"].rstrip("/").rpartition("/")[2]
    file = reading.case_file(reference, cast.manager, START)
    assert Conduct.REPEATED_CONTACT in file.case.incident.all[0].conducts
    assert (
        f'taken to a case, <a class="govuk-link" href="{reverse("case", args=[reference])}">'
        in browser.get(at("demand.person", daily)).content.decode()
    )
    names = {kept.name.rpartition(".")[2]: kept for kept in exhibits.of(file)}
    assert set(names) == {"pdf", "csv", "txt"}
    Contact.objects.filter(person=daily).delete()
    with exhibits.held(reference, names["txt"].reference, cast.manager, START)[1] as kept:
        figures = json.load(kept)
    assert figures["definitions"] == "3" and figures["figures"][0]["figure"] == 23
    assert Answered.objects.get().case == reference


@pytest.mark.parametrize(
    ("channel", "words"), [(Channel.WEBFORM, "By the form on our website"), (Channel.PHONE, "By telephone")]
)
def test_the_report_tells_how_most_of_the_contacts_came(
    cast: Cast, daily: Person, as_: SignIn, channel: Channel, words: str
) -> None:
    Contact.objects.filter(person=daily).update(channel=channel)
    told = {"account": "Every day about a repair in time.", "token": "once", **DONE}
    browser = as_(cast.manager)
    case = browser.post(at("demand.take", daily), told)["Location"]
    assert words in browser.get(f"{case}incidents/").content.decode()


def test_a_suggestion_may_join_a_case_of_theirs_that_is_open_with_its_evidence(
    cast: Cast, daily: Person, as_: SignIn, story: Story
) -> None:
    into = story.report().triage().reference
    browser = as_(cast.manager)
    assert into in browser.get(at("demand.take", daily)).content.decode()
    told = {"account": "She rang every day.", "token": "once", **DONE}
    assert "Choose where it goes" in browser.post(at("demand.take", daily), told).content.decode()
    for _ in range(2):
        answer = browser.post(at("demand.take", daily), {**told, "into": into})
        assert answer["Location"].rstrip("/").endswith(into)
    file = reading.case_file(into, cast.manager, START)
    assert sum(Conduct.REPEATED_CONTACT in one.conducts for one in file.case.incident.all) == 1
    assert not file.case.incident.untriaged
    assert sorted(kept.name.rpartition(".")[2] for kept in exhibits.of(file)) == ["csv", "pdf", "txt"]
    assert Answered.objects.get().case == into


def found_unreasonable(story: Story) -> None:
    """The manager's finding against everything the case alleges."""
    cast = story.cast
    story.act("investigation.open", cast.manager, investigator=cast.investigator.actor_id)
    said = {"speaker": Speaker.CUSTOMER, "channel": Channel.PHONE, "words": "I was worried about the damp."}
    story.act("investigation.hear", cast.investigator, **said)
    story.act("support.answer", cast.investigator, words="I sleep badly.")
    story.act("investigation.view_how_often", cast.investigator, earlier=2, view="As the files say.")
    story.assess()
    story.act(
        "decision.decide",
        cast.manager,
        found=tuple((c, Finding.UNACCEPTABLE if c.is_behaviour else Finding.UNREASONABLE) for c in story.conducts()),
        reasons="What was measured, and her own account.",
        relied_on="The files about how often she contacted us.",
        beyond_forceful="Ringing daily about a repair that is in time is more than being determined.",
    )


def test_what_a_finding_rested_on_never_changes_whatever_is_measured_afterwards(
    cast: Cast, daily: Person, as_: SignIn, story: Story
) -> None:
    story.report().triage()
    told = {"account": "She rang every day.", "token": "once", **DONE}
    as_(cast.manager).post(at("demand.take", daily), {**told, "into": story.reference})
    found_unreasonable(story)
    before = {kept.name: kept.sha256 for kept in exhibits.of(reading.case_file(story.reference, cast.manager, START))}
    assert len(before) == 3
    Contact.objects.filter(person=daily).delete()
    suggesting.measure_everybody(START, datetime(2026, 3, 4, 3, tzinfo=UTC), DemandTerms(demand_repeated=30))
    file = reading.case_file(story.reference, cast.manager, story.day)
    assert Conduct.REPEATED_CONTACT in file.case.decision.adverse
    assert {kept.name: kept.sha256 for kept in exhibits.of(file)} == before
    for kept in exhibits.of(file):
        with exhibits.held(story.reference, kept.reference, cast.manager, story.day)[1] as stored:
            assert hashlib.sha256(stored.read()).hexdigest() == kept.sha256


def test_a_form_sent_twice_makes_one_report(cast: Cast, daily: Person, as_: SignIn) -> None:
    browser = as_(cast.manager)
    told = {"account": "She rang every day.", "token": "once", **DONE}
    first, second = (browser.post(at("demand.take", daily), told)["Location"] for _ in range(2))
    assert first == second and Answered.objects.count() == 1


def test_a_customer_objects_and_is_answered_once(cast: Cast, daily: Person, as_: SignIn) -> None:
    told = {"words": "I rang because it was cold.", "received_on": "3/3/2026"}
    told |= {"received_on_0": "3", "received_on_1": "3", "received_on_2": "2026"}
    as_(cast.investigator).post(at("demand.object", daily), told)
    objection = Objected.objects.get()
    browser = as_(cast.manager)
    address = reverse("demand.reply", args=[way.PEOPLE.sign(str(daily.pk)), objection.pk])
    assert "I rang because it was cold." in browser.get(address).content.decode()
    told = {"looked_at": "Your calls.", "answer": "You were right to ring."}
    assert "Read it as the customer will" in browser.post(address, told, follow=True).content.decode()
    assert "You were right to ring." in browser.get(at("demand.person", daily)).content.decode()
    assert "already" in browser.post(address, {"looked_at": "Again.", "answer": "Again."}).content.decode()


def test_a_colleague_who_is_the_customer_sees_nothing_of_it(cast: Cast, daily: Person, as_: SignIn) -> None:
    User.objects.filter(pk=cast.manager.pk).update(person=daily)
    browser = as_(cast.manager)
    assert "Jo Bell" not in browser.get(reverse("demand")).content.decode()
    assert browser.get(at("demand.person", daily)).status_code == 404


def test_a_contact_that_comes_is_measured_without_measuring_everybody(cast: Cast, daily: Person, as_: SignIn) -> None:
    quiet = Person.objects.get(ref="N3")
    theirs = Matter.objects.get(person=quiet)
    days = [OPENED + timedelta(days=n) for n in range(25)]
    Contact.objects.bulk_create(said(quiet, day, theirs, 300 + n) for n, day in enumerate(days))
    remeasure.people([quiet.pk], datetime(2026, 3, 3, 9, tzinfo=UTC))
    assert "Other3" in as_(cast.manager).get(reverse("demand")).content.decode()
    alone = Suggested.objects.get(person=quiet).figures["figures"][0]
    suggesting.measure_everybody(START, datetime(2026, 3, 4, 3, tzinfo=UTC), DemandTerms())
    assert Suggested.objects.get(person=quiet).figures["figures"][0]["figure"] == alone["figure"]


def test_an_administrator_sets_what_is_worth_a_look_within_bounds(cast: Cast, daily: Person, as_: SignIn) -> None:
    browser = as_(cast.administrator)
    usual = {term.name: term.default for term in settable(DemandTerms)}
    page = browser.post(reverse("demand.terms"), {**usual, "demand_minutes": 5000}).content.decode()
    assert "enter a whole number from 30 to 600" in page
    browser.post(reverse("demand.terms"), {**usual, "demand_minutes": 600})
    assert demand_terms().demand_minutes == 600
    suggesting.measure_everybody(START, datetime(2026, 3, 4, 3, tzinfo=UTC), demand_terms())
    assert "Nobody is waiting for a look" in as_(cast.manager).get(reverse("demand")).content.decode()


def test_from_a_case_an_investigator_gets_to_how_often_they_contacted_us(
    cast: Cast, story: Story, tenant: Person, as_: SignIn
) -> None:
    story.investigate()
    page = as_(cast.investigator).get(way.to_verb(story.reference, "investigation.view_how_often")).content.decode()
    assert at("demand.person", tenant) in page


def test_the_command_says_of_which_register_a_reference_is(daily: Person, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("demand", "--from", "2025-04-01", "--to", "2026-03-01", "--format", "json")
    told = [(one["source"], one["person_ref"]) for one in json.loads(capsys.readouterr().out)]
    assert told == [(daily.source, daily.ref)]

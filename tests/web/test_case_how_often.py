"""C2: how often, on a case: what it keeps stands beside the decision, is named by the finding, and never changes."""

import hashlib
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.cases import exhibits, reading
from evenhand.contacts.models import Contact, Matter
from evenhand.people.models import Person, User
from evenhand.policy.conduct import Conduct
from evenhand.policy.events.decision import FindingMade
from evenhand.policy.events.investigation import Speaker
from evenhand.policy.need import Channel
from evenhand.web import way
from tests.web.demand_log import OPENED, daily, neighbours, said
from tests.web.stories import START, Cast, Story
from tests.web.test_demand import DONE, at

__all__ = ["daily", "neighbours"]

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
Clock = Callable[..., None]
MEASURED = "As measured on 3 March 2026, 3pm, by version 3 of the definitions"
SENTENCE = "23 times they contacted us again about something that was not due yet"


@pytest.fixture
def taken(cast: Cast, daily: Person, as_: SignIn, story: Story) -> Story:
    """The suggestion joins a case of Jo Bell's; then every contact of hers is corrected away, and new ones come."""
    story.report().triage()
    told = {"account": "She rang every day.", "token": "once", **DONE, "into": story.reference}
    as_(cast.manager).post(at("demand.take", daily), told)
    return story


def page(story: Story, browser: Client, *more: str) -> str:
    name = "case-how-often-of" if more else "case-how-often"
    return str(browser.get(reverse(name, args=[story.reference, *more])).content.decode())


def all_gone(person: Person) -> None:
    Contact.objects.filter(person=person).delete()


def test_a_case_shows_what_it_keeps_whatever_is_measured_now(
    cast: Cast, daily: Person, taken: Story, as_: SignIn
) -> None:
    all_gone(daily)
    browser = as_(cast.investigator)
    kept = page(taken, browser)
    assert MEASURED in kept and SENTENCE in kept and "Kept with this case" in kept
    assert "See this as a table" in kept and "This customer: " in kept
    now = page(taken, browser, "now")
    assert "As it shows now" in now and SENTENCE not in now and "They did not contact us" in now


def test_the_lists_and_charts_of_what_is_kept_are_as_they_were(
    cast: Cast, daily: Person, taken: Story, as_: SignIn
) -> None:
    browser = as_(cast.investigator)
    kept = page(taken, browser)
    all_gone(daily)
    (listed,) = re.findall(r'href="([^"]+/contacts/repeated-contact)"', kept)
    assert "In the figure (23)" in browser.get(listed).content.decode()
    files = set(re.findall(r'href="([^"]+\.csv)"', kept))
    assert len(files) == 4
    assert sum(browser.get(one).content.decode().count("in the figure") for one in files) == 23


def test_a_case_of_demands_alone_says_that_no_behaviour_is_alleged(story: Story, cast: Cast, as_: SignIn) -> None:
    story.report(Conduct.EXCESSIVE_EMAILS).investigate()
    serious = "<dt>How serious</dt><dd>Demands on our time, no behaviour: excessive emails</dd>"
    assert serious in as_(cast.manager).get(reverse("case", args=[story.reference])).content.decode()


def test_a_case_without_anything_kept_shows_how_often_now(cast: Cast, daily: Person, story: Story, as_: SignIn) -> None:
    story.report().triage()
    browser = as_(cast.investigator)
    assert SENTENCE in page(story, browser) and "No decision rests on it" in page(story, browser)
    assert browser.get(reverse("case-how-often-of", args=[story.reference, "0123456789abcdef"])).status_code == 404


def test_a_colleague_who_may_not_see_the_account_sees_nothing_of_it(cast: Cast, taken: Story, as_: SignIn) -> None:
    for colleague in (cast.colleague, cast.planner):
        assert as_(colleague).get(reverse("case-how-often", args=[taken.reference])).status_code == 404


def test_a_file_that_a_colleague_called_so_is_not_taken_for_what_was_measured(
    cast: Cast, daily: Person, taken: Story
) -> None:
    file = reading.case_file(taken.reference, cast.manager, START)
    marked = [one.name for one in exhibits.of(file) if one.described == exhibits.MEASURED]
    assert marked == ["How often, figures, measured 3 March 2026, 3pm.txt"]


def heard(story: Story) -> None:
    cast = story.cast
    story.act("investigation.open", cast.manager, investigator=cast.investigator.actor_id)
    told = {"speaker": Speaker.CUSTOMER, "channel": Channel.PHONE, "words": "I was worried about the damp."}
    story.act("investigation.hear", cast.investigator, **told)
    story.act("support.answer", cast.investigator, words="I sleep badly.")


def test_a_look_at_how_often_keeps_what_was_measured_then(cast: Cast, daily: Person, taken: Story, as_: SignIn) -> None:
    heard(taken)
    more = Matter.objects.filter(person=daily).earliest("pk")
    Contact.objects.bulk_create(said(daily, OPENED + timedelta(days=n), more, 700 + n) for n in range(25))
    browser = as_(cast.investigator)
    address = way.to_verb(taken.reference, "investigation.view_how_often")
    form = browser.get(address).content.decode()
    assert MEASURED in form and SENTENCE in form
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    browser.post(address, {**hidden, "earlier": "0", "view": "Daily, and we were late thrice."})
    file = reading.case_file(taken.reference, cast.manager, START)
    assert len([one for one in exhibits.of(file) if one.described == exhibits.MEASURED]) == 2
    assert SENTENCE not in page(taken, browser) and "47 times they contacted us again" in page(taken, browser)


def test_whoever_decides_relies_on_the_newest_measurement_unless_they_choose_an_older_one(
    cast: Cast, daily: Person, taken: Story, as_: SignIn, clock: Clock
) -> None:
    heard(taken)
    more = Matter.objects.filter(person=daily).earliest("pk")
    Contact.objects.bulk_create(said(daily, OPENED + timedelta(days=n), more, 700 + n) for n in range(25))
    clock(START + timedelta(days=1))
    address = way.to_verb(taken.reference, "investigation.view_how_often")
    browser = as_(cast.investigator)
    hidden = dict(
        re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', browser.get(address).content.decode())
    )
    browser.post(address, {**hidden, "earlier": "0", "view": "Daily, and we were late thrice."})
    form = as_(cast.manager).get(way.to_verb(taken.reference, "decision.decide")).content.decode()
    boxes = re.findall(r'<input[^>]*name="evidence"[^>]*>\s*<label[^>]*>\s*[^<]+', form)
    figures = [box for box in boxes if "How often, figures" in box]
    assert [("3 March" in box, "checked" in box) for box in figures] == [(True, False), (False, True)]
    assert sum("checked" in box for box in boxes) == 1


def test_the_decision_stands_beside_what_is_kept_and_the_finding_names_it(
    cast: Cast, daily: Person, taken: Story, as_: SignIn
) -> None:
    heard(taken)
    taken.act("investigation.view_how_often", cast.investigator, earlier=0, view="As the files say.")
    taken.assess()
    all_gone(daily)
    browser = as_(cast.manager)
    address = way.to_verb(taken.reference, "decision.decide")
    form = browser.get(address).content.decode()
    assert MEASURED in form and SENTENCE in form
    ((chosen, name),) = re.findall(
        r'name="evidence"[^>]*value="(\w+)"[^>]*checked[^>]*>\s*<label[^>]*>\s*([^<]+?)\s*<', form
    )
    assert name == "How often, figures, measured 3 March 2026, 3pm.txt"
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    found = {
        one: "unreasonable" if "UNREASONABLE" in one else "neither" for one in re.findall(r'name="(found_\d+)"', form)
    }
    told = {"reasons": "It was daily.", "relied_on": "What was measured.", "beyond_forceful": "Daily is more."}
    browser.post(address, {**hidden, **told, **found, "evidence": [chosen]})
    file = reading.case_file(taken.reference, cast.manager, taken.day)
    (finding,) = [e.event for e in file.entries if isinstance(e.event, FindingMade)]
    ((reference, kept_as, digest),) = finding.evidence
    assert (reference, kept_as) == (chosen, name)
    with exhibits.held(taken.reference, reference, cast.manager, START)[1] as stored:
        assert hashlib.sha256(stored.read()).hexdigest() == digest
    assert f"Relied on: {name}" in browser.get(reverse("case-decision", args=[taken.reference])).content.decode()


def test_who_decides_reads_each_figure_once_with_what_was_ours_the_time_and_what_was_promised(
    cast: Cast, daily: Person, as_: SignIn, story: Story
) -> None:
    story.report().triage()
    browser = as_(cast.manager)
    account = browser.get(at("demand.take", daily)).context["form"]["account"].value()
    assert SENTENCE in account
    browser.post(at("demand.take", daily), {"account": account, "token": "x", **DONE, "into": story.reference})
    heard(story)
    story.act("investigation.view_how_often", cast.investigator, earlier=0, view="As the files say.")
    story.assess()
    form = browser.get(way.to_verb(story.reference, "decision.decide")).content.decode()
    fair = "3 of 27 contacts came while our work was late or not done"
    assert form.count(SENTENCE) == 1 and form.count(fair) == 1
    kind = form.partition("How often they contacted us</h2>")[2]
    assert fair not in kind and "of our colleagues’ time" in kind and "usually take" in kind
    assert "Not counted in those days: 3 contacts came while we were late." in kind
    assert "What was promised by when, and when they contacted us</h3>" in kind and "See this as a table" in kind
    short = "They did not come back to a complaint that had been through our whole procedure."
    assert short not in form
    whole = browser.get(reverse("case-how-often", args=[story.reference])).content.decode()
    assert SENTENCE in whole and fair in whole and short in whole


def test_a_demand_is_never_counted_as_incidents_by_month(cast: Cast, daily: Person, as_: SignIn) -> None:
    case = as_(cast.manager).post(at("demand.take", daily), {"account": "Daily.", "token": "x", **DONE})["Location"]
    reference = case.rstrip("/").rpartition("/")[2]
    alone = Story(cast, daily, reference=reference)
    alone.triage()
    alone.act("investigation.open", cast.manager, investigator=cast.investigator.actor_id)
    form = as_(cast.investigator).get(way.to_verb(reference, "investigation.view_how_often")).content.decode()
    assert SENTENCE in form and "by month" not in form


def look(story: Story, browser: Client) -> str:
    """Somebody looks at how often and saves their view; the page they are shown then."""
    address = way.to_verb(story.reference, "investigation.view_how_often")
    hidden = dict(
        re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', browser.get(address).content.decode())
    )
    return browser.post(address, {**hidden, "earlier": "0", "view": "Daily."}, follow=True).content.decode()


def kept_names(story: Story) -> list[str]:
    file = reading.case_file(story.reference, story.cast.manager, story.day)
    return [one.name for one in exhibits.of(file)]


def test_a_look_at_what_has_not_changed_keeps_it_once_and_points_at_it(
    cast: Cast, daily: Person, taken: Story, as_: SignIn
) -> None:
    heard(taken)
    before = kept_names(taken)
    assert len(before) == 3
    for _ in range(2):
        shown = look(taken, as_(cast.investigator))
        assert "The figures are those this case kept on 3 March 2026, 3pm, so they are not kept twice." in shown
        assert kept_names(taken) == before


def test_one_day_more_of_being_late_is_not_another_measurement(
    cast: Cast, daily: Person, taken: Story, as_: SignIn, clock: Clock
) -> None:
    heard(taken)
    Matter.objects.filter(person=daily).update(responded_on=None, closed_on=None, done_on=None)
    said(daily, START - timedelta(days=1), Matter.objects.filter(person=daily).first(), 900).save(force_insert=True)
    assert "not kept twice" not in look(taken, as_(cast.investigator))
    late = page(taken, as_(cast.investigator), "now")
    clock(taken.day + timedelta(days=1), 15)
    assert "not kept twice" in look(taken, as_(cast.investigator))
    assert page(taken, as_(cast.investigator), "now") != late


def test_two_measurements_of_one_day_that_differ_have_names_that_differ_and_stand_with_our_evidence(
    cast: Cast, daily: Person, taken: Story, as_: SignIn, clock: Clock
) -> None:
    heard(taken)
    clock(taken.day, 16)
    Contact.objects.filter(person=daily).latest("at").delete()
    assert "not kept twice" not in look(taken, as_(cast.investigator))
    names = kept_names(taken)
    assert len(set(names)) == len(names) == 6
    figures = [name for name in names if "figures" in name]
    assert figures == [f"How often, figures, measured 3 March 2026, {hour}.txt" for hour in ("3pm", "4pm")]
    form = as_(cast.manager).get(way.to_verb(taken.reference, "decision.decide")).content.decode()
    theirs, _, ours = form.partition("The customer’s side</h2>")[2].partition("What makes things harder for them</h2>")
    assert "How often, " not in theirs and ours.count(f">{figures[1]}</a>") == 1
    tab = as_(cast.manager).get(reverse("case-account", args=[taken.reference])).content.decode()
    assert tab.index("How often it happened</h2>") < tab.index(figures[1])

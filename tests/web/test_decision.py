"""Deciding a case on its page: what stands in the way, the evidence, the letter seen first, and one decision only."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from evenhand.cases import models, reading
from evenhand.people.models import Look, User
from evenhand.policy.conduct import Conduct, Finding
from evenhand.policy.events.decision import FindingMade
from evenhand.policy.events.incident import Triage
from evenhand.web.decision import HINTS
from tests.web.asking import answers, carried, errors, page_of, send, words
from tests.web.stories import Cast, Story

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]
REASONS = {"reasons": "Two people heard it on 3 March 2026.", "relied_on": "The report and the account."}
BEYOND = {"beyond_forceful": "It went on for ten minutes."}
ONLY_NEITHER = "You can find “neither”; for anything adverse this stands in the way"


def decide(browser: Client, story: Story, *findings: str, **more: Any) -> Any:
    found = {f"found_{n}": finding for n, finding in enumerate(findings)}
    return send(browser, page_of(story, "decision.decide"), **found, **REASONS, **more)


def findings(story: Story, cast: Cast) -> list[FindingMade]:
    entries = reading.case_file(story.reference, cast.manager, story.day).entries
    return [e.event for e in entries if isinstance(e.event, FindingMade)]


def test_what_stands_in_the_way_is_said_before_anyone_types(as_: As, story: Story, cast: Cast) -> None:
    story.investigate()
    page = words(as_(cast.manager).get(page_of(story, "decision.decide")))
    assert "How often it happened has not been looked at." in page and "Your reasons" not in page


def test_neither_may_be_found_without_an_account_and_the_page_says_so(as_: As, story: Story, cast: Cast) -> None:
    story.investigate()
    story.act("investigation.view_how_often", cast.investigator, earlier=0, view="Once.")
    page = words(as_(cast.manager).get(page_of(story, "decision.decide")))
    assert ONLY_NEITHER in page and "has not been heard or declined" in page

    adverse = decide(as_(cast.manager), story, "unacceptable", **BEYOND)
    neither = decide(as_(cast.manager), story, "neither")

    assert "has not been heard or declined" in errors(adverse) and REASONS["reasons"] in words(adverse)
    assert neither.status_code == 302 and models.Letter.objects.get().kind == "no_action"


def test_the_evidence_stands_beside_the_form(as_: As, story: Story, cast: Cast) -> None:
    story.ready()
    page = words(as_(cast.manager).get(page_of(story, "decision.decide")))
    for evidence in (
        "She shouted abuse",
        "I was upset",
        "I sleep badly.",
        "Three times in two months.",
        "sleeps badly",
    ):
        assert evidence in page
    assert ONLY_NEITHER not in page
    assert Look.objects.filter(reference=story.reference, by=cast.manager).exists()


def test_each_thing_alleged_is_offered_only_what_fits_it(as_: As, story: Story, cast: Cast) -> None:
    story.report(Conduct.SHOUTING, Conduct.EXCESSIVE_EMAILS).ready()
    form = as_(cast.manager).get(page_of(story, "decision.decide")).context["form"]
    offered = {field.label: [choice[0] for choice in field.field.choices] for field in form if "found" in field.name}
    assert offered == {
        "Excessive emails": [Finding.UNREASONABLE, Finding.NEITHER],
        "Excessive shouting or abusive language": [Finding.UNACCEPTABLE, Finding.NEITHER],
    }


def test_what_each_finding_means_is_said_where_it_is_first_offered(as_: As, story: Story, cast: Cast) -> None:
    story.report(Conduct.SHOUTING, Conduct.EXCESSIVE_EMAILS, Conduct.SENIOR_ONLY).ready()
    page = words(as_(cast.manager).get(page_of(story, "decision.decide")))
    assert {page.count(hint) for hint in HINTS.values()} == {1}


def test_a_decision_drafts_its_letter(as_: As, story: Story, cast: Cast) -> None:
    story.report(Conduct.SHOUTING, Conduct.EXCESSIVE_EMAILS).ready()

    sent = decide(as_(cast.manager), story, "unacceptable", "neither", **BEYOND)

    assert sent.status_code == 302
    assert dict(findings(story, cast)[0].found) == {
        Conduct.EXCESSIVE_EMAILS: Finding.NEITHER,
        Conduct.SHOUTING: Finding.UNACCEPTABLE,
    }
    assert models.Letter.objects.get().kind == "finding"


def test_an_adverse_finding_says_why_it_is_more_than_forceful(as_: As, story: Story, cast: Cast) -> None:
    story.ready()
    sent = decide(as_(cast.manager), story, "unacceptable")
    assert "more than a forceful or determined approach" in str(sent.context["form"].errors["beyond_forceful"])
    assert not findings(story, cast)


def test_every_thing_alleged_is_answered(as_: As, story: Story, cast: Cast) -> None:
    story.ready()
    sent = decide(as_(cast.manager), story, **BEYOND)
    assert "Say what you find of excessive shouting" in errors(sent)


def test_the_letter_is_seen_first_and_nothing_is_decided_by_looking(as_: As, story: Story, cast: Cast) -> None:
    story.ready()
    before = models.Event.objects.count()

    shown = decide(as_(cast.manager), story, "unacceptable", **BEYOND, preview="letter")

    page = words(shown)
    assert "The letter as the customer would get it" in page and "Dear Ms Jo Bell" in page
    assert "====" not in page and "What we decided" in [part.heading for part in shown.context["letter"].parts]
    assert page.count(REASONS["reasons"]) >= 2  # in the letter, and still in the form
    assert models.Event.objects.count() == before and not models.Letter.objects.exists()
    data = {**answers(found_0="unacceptable", **REASONS, **BEYOND), **dict(shown.context["form"].data.items())}
    data.pop("preview")
    assert as_(cast.manager).post(page_of(story, "decision.decide"), data).status_code == 302


def test_a_letter_that_would_be_refused_is_refused_when_looked_at(as_: As, story: Story, cast: Cast) -> None:
    story.ready()
    told = {**REASONS, "reasons": "You shouted at Sam Okafor."}
    shown = send(
        as_(cast.manager), page_of(story, "decision.decide"), found_0="unacceptable", **told, **BEYOND, preview="letter"
    )
    assert "Letters never name a colleague" in str(shown.context["form"].errors["reasons"])


def test_a_manager_who_was_shouted_at_cannot_decide(as_: As, story: Story, cast: Cast) -> None:
    story.report(harmed=(cast.manager,))
    story.act("incident.triage", cast.investigator, outcome=Triage.NEW_CASE)
    assert as_(cast.manager).get(page_of(story, "decision.decide")).status_code == 404


def test_an_investigator_is_not_asked_to_decide(as_: As, story: Story, cast: Cast) -> None:
    story.ready()
    assert as_(cast.investigator).get(page_of(story, "decision.decide")).status_code == 403
    assert as_(cast.colleague).get(page_of(story, "decision.decide")).status_code == 404


def test_a_decision_sent_twice_is_one_decision(as_: As, story: Story, cast: Cast) -> None:
    story.ready()
    browser, address = as_(cast.manager), page_of(story, "decision.decide")
    data = {**carried(browser.get(address)), **answers(found_0="unacceptable", **REASONS, **BEYOND)}

    browser.post(address, data)
    browser.post(address, data)

    assert len(findings(story, cast)) == 1 and models.Letter.objects.count() == 1


def test_a_decision_on_an_older_page_shows_what_changed(as_: As, story: Story, cast: Cast) -> None:
    story.ready()
    browser, address = as_(cast.manager), page_of(story, "decision.decide")
    data = {**carried(browser.get(address)), **answers(found_0="unacceptable", **REASONS, **BEYOND)}
    story.act("support.decline", cast.investigator, words="I would rather not.")

    stale = browser.post(address, data)

    assert "What changed while you wrote" in words(stale) and not findings(story, cast)
    assert "would rather not say what makes things harder" in words(stale)
    again = browser.post(address, dict(stale.context["form"].data.items()))
    assert again.status_code == 302 and len(findings(story, cast)) == 1


def test_what_is_alleged_is_decided_in_the_order_in_which_the_case_names_it(as_: As, story: Story, cast: Cast) -> None:
    story.report(Conduct.PERSONAL_ABUSE, Conduct.THREATS).ready()
    manager = as_(cast.manager)
    asked = manager.get(page_of(story, "decision.decide")).context["form"]
    assert list(asked.alleged.values()) == [Conduct.THREATS, Conduct.PERSONAL_ABUSE]
    for page in ("", "incidents/"):
        assert "hreats of violence or harm and personal abuse" in words(manager.get(f"/cases/{story.reference}/{page}"))


def test_lists_and_choices_name_what_is_alleged_in_that_order_too(as_: As, story: Story, cast: Cast) -> None:
    story.report(Conduct.PERSONAL_ABUSE, Conduct.THREATS)
    manager = as_(cast.manager)
    for page in ("/cases/?show=all", page_of(story, "provisional_marker.place")):
        assert "hreats of violence or harm, personal abuse" in words(manager.get(page))
    story.decide()
    assert "hreats of violence or harm and personal abuse" in words(manager.get(page_of(story, "marker.place")))

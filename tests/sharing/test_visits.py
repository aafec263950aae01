"""Many visits checked at once: who is told what, need-to-know, and how little it costs."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenhand.cases import anything_held
from evenhand.cases.circumstances import Moment
from evenhand.people import hazards
from evenhand.people.hazards import Act
from evenhand.people.models import HomeVisit, Person, RegisterImport
from evenhand.people.models.register import ImportState
from evenhand.policy.answer import Allowed, AnswerCode, Asker
from evenhand.policy.conduct import Conduct
from evenhand.policy.events.marker import Audience
from evenhand.policy.hazard import Hazard
from evenhand.sharing.matching import where
from evenhand.sharing.visit_answer import in_columns
from evenhand.sharing.visits import Checked, Visit, check_many
from tests.people.conftest import lives_at
from tests.sharing.homes import home_at
from tests.web.stories import START, Story

__all__ = ["lives_at"]
pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
NOW = Moment(datetime(2026, 3, 3, 12, tzinfo=UTC), START)
TONIGHT = datetime(2026, 3, 3, 18, 30, tzinfo=LONDON)


def ask(asker: Asker = Asker.COLLEAGUE, at: datetime = TONIGHT, **keys: str) -> Checked:
    (found,) = check_many([Visit(where(**keys), at, asker)], NOW)
    return found


def test_a_marker_gives_its_instruction_by_any_key(story: Story) -> None:
    story.mark()
    for keys in ({"uprn": story.home.uprn}, {"address": story.home.address}, {"person_ref": story.person.ref}):
        found = ask(**keys)
        assert found.answer.code is AnswerCode.INSTRUCTION and found.answer.visit.allowed is Allowed.WITH_CARE
        assert in_columns(found.answer)["instruction"].startswith("Visit in pairs. Ring first.")
        assert [(told.case, told.control) for told in found.told] == [(story.reference, "M1")]


def test_a_contractor_is_told_what_to_do_the_kind_of_risk_and_a_number_and_nothing_else(story: Story) -> None:
    story.mark()
    said = in_columns(ask(Asker.CONTRACTOR, uprn=story.home.uprn).answer)
    assert "Visit in pairs." in said["instruction"] and said["ring first"] == "yes"
    assert "threats or verbal abuse" in said["risk"] and said["ask"] == "0113 496 0001"
    everything = " ".join(said.values())
    for secret in ("2026", "Bell", "Jo", story.reference, story.cast.manager.name, "shouted"):
        assert secret not in everything, f"a contractor read {secret!r} in {everything}"


def test_a_marker_for_colleagues_alone_still_gives_a_contractor_its_instruction_and_not_its_risk(story: Story) -> None:
    story.mark(audience=Audience.COLLEAGUES)
    said = in_columns(ask(Asker.CONTRACTOR, uprn=story.home.uprn).answer)
    assert "Visit in pairs." in said["instruction"] and said["risk"] == ""


def test_whoever_lives_there_or_visits_counts_without_a_word_whose_marker_it_is(
    story: Story, person: Callable[..., Person], lives_at: Callable[..., object]
) -> None:
    story.mark()
    visited, neighbour = home_at("9 Other Street", uprn="55"), person("Ann", "Lee")
    lives_at(visited, {neighbour: "tenant"})
    assert ask(uprn="55").answer.code is AnswerCode.NOTHING_HELD
    HomeVisit.objects.create(person=story.person, home=visited, recorded_on=START)
    for keys in ({"uprn": "55"}, {"person_ref": neighbour.ref}, {"uprn": "55", "person_ref": neighbour.ref}):
        said = in_columns(ask(**keys).answer)
        assert "Visit in pairs." in said["instruction"], keys
        assert "Bell" not in " ".join(said.values())


def test_somebody_visited_at_another_home_than_their_own_brings_what_is_held_of_both(story: Story) -> None:
    story.mark()
    elsewhere = home_at("9 Other Street", uprn="55")
    found = ask(uprn="55", person_ref=story.person.ref)
    assert found.match.home == elsewhere.pk and "Visit in pairs." in found.answer.visit.words


def test_nothing_held_no_match_several_and_an_old_register_are_answers_of_their_own(story: Story) -> None:
    home_at("1 Mill Lane", uprn="66"), home_at("2 Mill Lane", uprn="66"), home_at("3 Mill Lane", uprn="67")
    codes = [ask(uprn=uprn).answer.code for uprn in ("67", "99", "66")]
    assert codes == [AnswerCode.NOTHING_HELD, AnswerCode.NO_MATCH, AnswerCode.SEVERAL_MATCHES]
    long_ago = datetime(2025, 1, 1, tzinfo=UTC)
    told = {"started_at": long_ago, "ended_at": long_ago, "state": ImportState.DONE, "whole": True}
    RegisterImport.objects.create(source=story.person.source, **told)
    assert ask(uprn="67").answer.code is AnswerCode.REGISTER_STALE
    words = [in_columns(ask(uprn=uprn).answer)["instruction"] for uprn in ("67", "99", "66")]
    assert words[0] not in words[1:] and not any("hold no warning" in each for each in words)


def test_a_marker_of_somebody_named_is_told_even_where_the_home_is_not_certain(story: Story) -> None:
    story.mark()
    found = ask(uprn="99", person_ref=story.person.ref)
    assert found.answer.code is AnswerCode.INSTRUCTION and "No home has this UPRN" in found.match.trouble


def test_what_holds_on_the_day_of_the_visit_counts_and_not_what_holds_today(story: Story) -> None:
    story.report(Conduct.THREATS)
    story.person.tenancy_links.update(ended_on=date(2026, 3, 10))
    story.mark_provisionally()
    assert "Visit in pairs." in ask(uprn=story.home.uprn).answer.visit.words
    after = datetime(2026, 3, 11, 9, tzinfo=LONDON)
    assert ask(uprn=story.home.uprn, at=after).answer.code is AnswerCode.NOTHING_HELD


def test_many_visits_cost_no_more_queries_than_a_few(story: Story) -> None:
    story.mark()
    homes = [home_at(f"{number} Long Street", uprn=str(1000 + number)) for number in range(60)]
    asked = [Visit(where(uprn=home.uprn), TONIGHT, Asker.COLLEAGUE) for home in (*homes, story.home)]
    with CaptureQueriesContext(connection) as few:
        check_many(asked[-3:], NOW)
    with CaptureQueriesContext(connection) as many:
        found = check_many(asked, NOW)
    assert len(many) == len(few) <= 18
    assert [one.answer.code for one in found].count(AnswerCode.INSTRUCTION) == 1


def test_a_long_list_finds_what_a_short_one_finds(
    story: Story, person: Callable[..., Person], lives_at: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    story.mark()
    visited, joined, hazardous, calm = (home_at(f"{number} Lane", str(70 + number)) for number in range(4))
    HomeVisit.objects.create(person=story.person, home=visited, recorded_on=START)
    lives_at(joined, {person("J", "Bell", merged_into=story.person): "tenant"})
    act = Act(story.cast.manager, NOW.at, START)
    hazards.record(hazardous, Hazard.ANIMAL, "A large dog in the yard.", act)
    uprns = [home.uprn for home in (story.home, visited, joined, hazardous, calm)]
    short = [ask(uprn=uprn).answer for uprn in uprns]
    monkeypatch.setattr(anything_held, "FEW", -1)
    assert [ask(uprn=uprn).answer for uprn in uprns] == short
    assert [answer.code.value for answer in short] == ["instruction"] * 4 + ["nothing_held"]

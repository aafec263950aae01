"""What letters say: all that they owe the customer, so that a reader of eleven follows, whatever a landlord edits."""

import dataclasses
import os
import re
import shutil
import subprocess
import sys
from datetime import date

import pytest

from evenhand.cases import letter_check, typesetting
from evenhand.cases.composing import LetterIncomplete
from evenhand.cases.correspondence import Appeal, Limits, Review
from evenhand.cases.letter_folder import PACKED as LETTERS
from evenhand.cases.letter_kind import Format, Kind
from evenhand.cases.sample_letters import LIMITS, MARKER, sample
from evenhand.cases.wording import NATIONS, WordingError, nation_facts
from tests.cases.reading_age import reading_age, sentences

OWED_BY_ALL = ["what", "next", "support.ask", "advocate", "complain", "ombudsman", "contact.route", "format"]
APPEAL = ["appeal.route", "appeal.last_day", "appeal.help"]
EMERGENCY = ["emergency.route"]
RIGHTS = ["rights.see", "rights.correct", "rights.object", "rights.ico"]
OWED = {
    Kind.INVITATION: ["why", "until", "undecided", "account.invite", "account.support"],
    Kind.REMINDER: ["why", "until", "undecided", "account.invite", "account.support"],
    Kind.NO_ACTION: ["decision", "why", "until"],
    Kind.WARNING: ["why", "stop", "until", *APPEAL],
    Kind.FINDING: ["decision", "why", "forceful", "stop", "until", "police", *APPEAL],
    Kind.LIMITS: ["why", "until", "limits.how", "limits.reading", "emergency.exempt", *EMERGENCY, *APPEAL],
    Kind.SINGLE_CONTACT: ["why", "until", "contact.person", *EMERGENCY, *APPEAL],
    Kind.MARKER: ["decision", "why", "until", "marker.shows", "marker.audience", "police", *RIGHTS, *APPEAL],
    Kind.REVIEW_NOTICE: ["why", "until", "incident", "respond"],
    Kind.REVIEW_OUTCOME: ["decision", "why", "until", *RIGHTS, *APPEAL],
    Kind.LIMIT_ENDED: ["why"],
    Kind.MARKER_ENDED: ["why", "until", "told", *RIGHTS],
    Kind.APPEAL_RECEIVED: ["why", "until", "meanwhile", *EMERGENCY],
    Kind.APPEAL_OUTCOME: ["decision", "why", "changes"],
    Kind.COUNTER_ALLEGATION_OUTCOME: ["decision", "why"],
    Kind.REFERRAL: ["why", "shares", "withdraw"],
    Kind.OBJECTION_ANSWER: ["why", "looked", "rights.ico"],
    Kind.LEGAL: ["why", "until", "advice", "conduct", "order", *EMERGENCY],
}
LABELS = re.compile(
    r"vexatious|difficult (?:customer|person)|abusive (?:customer|person|tenant)|perpetrator|offender|aggressor|victim"
    r"|violent (?:person|tenant|customer)|habitual|unreasonable (?:customer|person|complainant)",
    re.IGNORECASE,
)


def said(kind: Kind, shape: Format = Format.STANDARD, data=None, folder=LETTERS) -> dict[str, str]:
    return typesetting.statements(kind, shape, data or sample(kind), folder)


@pytest.mark.parametrize("shape", Format)
@pytest.mark.parametrize("kind", Kind)
def test_a_letter_says_all_that_it_owes_in_every_format(kind, shape):
    assert letter_check.missing([*OWED_BY_ALL, *OWED[kind]], said(kind, shape)) == []


@pytest.mark.parametrize("kind", Kind)
def test_easy_read_says_no_less_than_the_standard_letter(kind):
    assert list(said(kind)) == list(said(kind, Format.EASY_READ))


@pytest.mark.parametrize("kind", Kind)
def test_a_reader_of_eleven_follows_every_letter(kind):
    words = "\n".join(said(kind).values())
    assert reading_age(words) <= 11
    assert max(map(len, sentences(words))) <= 25


@pytest.mark.parametrize("kind", Kind)
def test_easy_read_is_easier_still_and_keeps_to_short_sentences(kind):
    words = "\n".join(said(kind, Format.EASY_READ).values())
    assert reading_age(words) <= 9
    assert reading_age(words) < reading_age("\n".join(said(kind).values()))
    assert max(map(len, sentences(words))) <= 16


@pytest.mark.parametrize("kind", Kind)
def test_no_letter_has_a_label_for_a_person(kind):
    for shape in Format:
        assert not LABELS.search(typesetting.typeset(kind, Format.PLAIN_TEXT, sample(kind)).decode())
        assert not LABELS.search(" ".join(said(kind, shape).values()))


@pytest.mark.parametrize("shape", Format)
def test_the_last_day_to_ask_us_to_look_again_is_in_the_letter(shape):
    for kind in (Kind.WARNING, Kind.FINDING, Kind.LIMITS, Kind.SINGLE_CONTACT, Kind.MARKER, Kind.REVIEW_OUTCOME):
        assert "15 December 2026" in said(kind, shape)["appeal.last_day"]


def test_a_draft_says_that_its_last_day_is_still_to_be_set():
    data = dataclasses.replace(sample(Kind.FINDING), appeal=Appeal(how=("call us",)))
    assert said(Kind.FINDING, data=data)["appeal.last_day"] == "The last day to ask us is set when this letter is sent."
    data = dataclasses.replace(data, appeal=Appeal(how=("call us",), within="20 working days"))
    assert "20 working days" in said(Kind.FINDING, data=data)["appeal.last_day"]


@pytest.mark.parametrize("kind", Kind)
def test_whoever_has_a_limit_is_told_the_emergency_route_in_every_letter(kind):
    told = said(kind, data=dataclasses.replace(sample(kind), limits_contact=True))
    assert "0161 496 0999" in told["emergency.route"]


def test_a_finding_that_cannot_be_appealed_says_nothing_of_it():
    data = dataclasses.replace(sample(Kind.FINDING), appeal=None)
    assert not {"appeal.route", "appeal.last_day", "appeal.help"} & said(Kind.FINDING, data=data).keys()


def test_limits_are_told_exactly_and_only_those_there_are():
    told = said(Kind.LIMITS)["limits.how"]
    for fact in ("20 November 2026", "20 May 2027", "20 February 2027", "once a week", "Wednesday", "9am to 12 noon"):
        assert fact in told
    assert "email to conduct@harbourhomes.example and letter" in told
    plain = Limits(channels=("letter",), starts=LIMITS.starts, ends=LIMITS.ends, review_on=LIMITS.review_on)
    told = said(Kind.LIMITS, data=dataclasses.replace(sample(Kind.LIMITS), limits=plain))
    assert "How often" not in told["limits.how"] and "expectation" not in told


def test_a_provisional_note_says_that_nothing_is_decided_yet():
    data = dataclasses.replace(sample(Kind.MARKER), marker=dataclasses.replace(MARKER, provisional=True))
    for shape in Format:
        assert "decided" in said(Kind.MARKER, shape, data)["decision"]
    assert "not yet decided" in said(Kind.MARKER, data=data)["decision"]
    assert "not yet decided" not in said(Kind.MARKER)["decision"]


def test_a_late_review_says_sorry():
    review = Review(of="the note on your record", on=date(2027, 5, 20), was_due_on=date(2027, 4, 20))
    told = said(Kind.REVIEW_NOTICE, data=dataclasses.replace(sample(Kind.REVIEW_NOTICE), review=review))
    assert "sorry" in told["apology"] and "20 April 2027" in told["apology"]
    assert "apology" not in said(Kind.REVIEW_NOTICE)


@pytest.mark.parametrize(
    ("result", "words"), [("kept", "still needed"), ("changed", "change it"), ("ended", "not needed")]
)
def test_a_review_says_what_came_of_it(result, words):
    review = Review(
        of="the note", on=date(2026, 11, 12), result=result, changes="It is shorter.", next_on=date(2027, 5, 12)
    )
    data = dataclasses.replace(sample(Kind.REVIEW_OUTCOME), review=review)
    assert words in said(Kind.REVIEW_OUTCOME, data=data)["decision"]


@pytest.mark.parametrize(
    ("result", "words"), [("upheld", "is cancelled"), ("varied", "in part"), ("dismissed", "stays as it is")]
)
def test_an_appeal_says_what_came_of_it(result, words):
    appeal = dataclasses.replace(sample(Kind.APPEAL_OUTCOME).appeal, result=result)
    data = dataclasses.replace(sample(Kind.APPEAL_OUTCOME), appeal=appeal)
    assert words in said(Kind.APPEAL_OUTCOME, data=data)["decision"]


def test_someone_who_did_not_tell_their_side_is_told_that_they_still_can():
    told = said(Kind.FINDING, data=dataclasses.replace(sample(Kind.FINDING), heard=""))
    assert "You can still tell us" in told["heard"]


@pytest.mark.parametrize(
    ("nation", "ombudsman"),
    [
        ("england", "Housing Ombudsman Service"),
        ("wales", "Public Services Ombudsman for Wales"),
        ("scotland", "Scottish Public Services Ombudsman"),
        ("northern-ireland", "Northern Ireland Public Services Ombudsman"),
    ],
)
def test_each_nation_has_its_own_ombudsman_and_advisers(nation, ombudsman):
    told = said(Kind.LEGAL, data=sample(Kind.LEGAL, nation))
    assert ombudsman in told["ombudsman"]
    assert nation_facts(nation)["legal_advice"]["first"] in told["advice"]
    assert nation_facts(nation)["advocate"]["name"] in told["advocate"]


def test_the_letters_that_come_with_evenhand_have_no_faults():
    assert letter_check.problems() == []
    assert set(NATIONS) <= {each for each in NATIONS if nation_facts(each)}


def edit(file, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_landlord_can_change_the_words_and_sees_them_in_the_next_letter(own_letters):
    said(Kind.FINDING, folder=own_letters)
    edit(own_letters / "wording" / "finding.toml", "We have looked into these things:", "We looked at these:")
    assert said(Kind.FINDING, folder=own_letters)["what"].startswith("We looked at these:")
    assert typesetting.typeset(Kind.FINDING, "standard", sample(Kind.FINDING), own_letters).startswith(b"%PDF-")


def test_a_landlord_cannot_edit_away_the_right_to_appeal_unnoticed(own_letters):
    edit(own_letters / "wording" / "finding.toml", '[[section]]\nuse = "appeal"\n', "")
    assert letter_check.missing(APPEAL, said(Kind.FINDING, folder=own_letters)) == APPEAL
    found = letter_check.problems(own_letters)
    assert "finding, easy read: the letter no longer says “appeal.route”, which it must. Put it back." in found
    assert len(found) == len(Format) * len(APPEAL)


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("finding.toml", "{reasons}", "{reason}", "asks for {reason}, which no letter has"),
        ("finding.toml", "{reasons}", "{ reasons }", "stray brace"),
        ("finding.toml", "**Please stop doing this.** Our", "**Please stop doing this. Our", "does not close it"),
        ("finding.toml", 'each = "conduct"', 'each = "reasons"', "not a list that letters have"),
        ("finding.toml", 'when = "often"', 'when = "oftn"', "depends on “oftn”"),
        ("finding.toml", 'picture = "scales"', 'picture = "wales"', "shows “wales”"),
        ("finding.toml", 'use = "help"', 'use = "halp"', "uses “halp”"),
        ("finding.toml", 'easy = "{often}"', 'easy = ""', "needs “easy”"),
        ("finding.toml", 'id = "what"', 'id = "what', "cannot be read"),
        (
            "shared.toml",
            'label = "Starts", ',
            "",
            "shared.toml: a row of the statement “limits.how” needs “label” and “value”",
        ),
        ("nations.toml", 'telephone = "0300 111 3000"', "", "lacks ombudsman.telephone for england"),
        (
            "shared.toml",
            "{appeal.last_day}**.",
            "{appeal.lastday}**.",
            "shared.toml: the statement “appeal.last_day” asks",
        ),
        ("labels.toml", 'dear = "Dear"', "", "labels.toml lacks dear"),
    ],
)
def test_a_slip_in_the_wording_is_found_and_told_by_file_and_place(own_letters, file, old, new, fault):
    edit(own_letters / "wording" / file, old, new)
    found = letter_check.problems(own_letters)
    assert any(fault in each for each in found), found
    assert all(len(each) < 400 for each in found)


def test_a_lost_file_is_told_by_name(own_letters):
    (own_letters / "wording" / "marker.toml").unlink()
    (own_letters / "large_print.typ").unlink()
    assert letter_check.problems(own_letters) == [
        f"marker.toml is missing from {own_letters / 'wording'}. Put the file back."
    ]
    shutil.copy(LETTERS / "wording" / "marker.toml", own_letters / "wording")
    assert any("large_print.typ is missing" in each for each in letter_check.problems(own_letters))


def test_a_slip_in_a_layout_is_told_and_not_a_crash(own_letters):
    edit(own_letters / "standard.typ", "#head(sizes)", "#haed(sizes)")
    with pytest.raises(WordingError, match=r"standard\.typ cannot be set: unknown variable: haed"):
        typesetting.typeset(Kind.FINDING, "standard", sample(Kind.FINDING), own_letters)


def test_a_landlords_logo_heads_the_letter_and_has_its_name_for_those_who_listen(own_letters):
    plain = typesetting.typeset(Kind.FINDING, "standard", sample(Kind.FINDING), own_letters)
    square = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
    (own_letters / "logo.svg").write_text(square, encoding="utf-8")
    assert typesetting.typeset(Kind.FINDING, "standard", sample(Kind.FINDING), own_letters) != plain


def test_no_placeholder_is_left_in_any_letter():
    for kind in Kind:
        for shape in Format:
            assert not re.search(r"[{}]|\*\*|None|True", " ".join(said(kind, shape).values()))


def test_a_missing_fact_in_a_heading_is_refused_too():
    review = Review(of="", on=date(2026, 11, 12), result="kept")
    with pytest.raises(LetterIncomplete, match=r"review\.of"):
        said(Kind.REVIEW_OUTCOME, data=dataclasses.replace(sample(Kind.REVIEW_OUTCOME), review=review))


def test_a_landlord_names_their_own_letters_in_the_environment(own_letters):
    edit(own_letters / "wording" / "labels.toml", 'yours = "Yours sincerely,"', 'yours = "With best wishes,"')
    program = (
        "from evenhand.cases import sample_letters, typesetting;"
        "print(typesetting.typeset('finding', 'plain_text', sample_letters.sample('finding')).decode())"
    )
    command = [sys.executable, "-c", program]
    told = subprocess.run(
        command, check=True, capture_output=True, text=True, env={**os.environ, "EVENHAND_LETTERS": str(own_letters)}
    )
    assert "With best wishes," in told.stdout
